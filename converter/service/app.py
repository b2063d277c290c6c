"""The application: its routes and what every request goes through."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from converter import __version__
from converter.service import api, health, official, session
from converter.service.description import describe
from converter.service.guard import Guard
from converter.service.head import Head
from converter.service.intake import Intake
from converter.service.metrics import Metrics
from converter.service.page import routes
from converter.service.page.html_problems import HtmlProblems
from converter.service.pool import Pool
from converter.service.problems import add_handlers
from converter.service.security_headers import SecurityHeaders
from converter.service.settings import Settings
from converter.service.watch import Say, Watch, say_on_stderr

OPENAPI = "/api/v1/openapi.json"
STATIC = "/static/"
_LOOKUPS = 1
"""Processes for short questions."""


def create_app(settings: Settings, say: Say = say_on_stderr) -> FastAPI:
    """Return the application. Its processes start when it is served.

    Args:
        settings: how it runs.
        say: writes a line of the log.
    """
    app = FastAPI(
        title="qrda2qpp",
        version=__version__,
        summary="Convert QRDA III XML to QPP JSON, and say what is wrong, where and what to do.",
        openapi_url=OPENAPI,
        docs_url=None,
        redoc_url=None,
        lifespan=_running,
    )
    app.state.settings = settings
    app.state.metrics = Metrics()
    app.state.pool = Pool(settings.workers, settings.waiting, settings.seconds)
    app.state.lookups = Pool(_LOOKUPS, settings.waiting, settings.seconds)
    app.state.metrics.watch("pool", app.state.pool)
    app.state.metrics.watch("lookups", app.state.lookups)
    app.include_router(official.router)
    app.include_router(api.router)
    app.include_router(health.router)
    app.include_router(session.router)
    app.include_router(routes.router)
    add_handlers(app)
    describe(app)
    # The last one that is added sees a request first.
    app.add_middleware(Head)
    app.add_middleware(Intake, settings=settings, metrics=app.state.metrics)
    app.add_middleware(Guard, settings=settings, open_folders=(STATIC,))
    app.add_middleware(Watch, metrics=app.state.metrics, say=say)
    app.add_middleware(HtmlProblems)
    app.add_middleware(SecurityHeaders)
    return app


@asynccontextmanager
async def _running(app: FastAPI) -> AsyncIterator[None]:
    try:
        await app.state.pool.start()
        await app.state.lookups.start()
        yield
    finally:
        await app.state.pool.close()
        await app.state.lookups.close()
