"""The sandbox as an application: its addresses, and what every request goes through."""

from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from anyio.to_thread import run_sync
from fastapi import FastAPI

from converter import __version__
from converter.service.guard import Guard
from converter.service.intake import Intake
from converter.service.metrics import Metrics
from converter.service.sandbox import control
from converter.service.sandbox.answers import add_handlers
from converter.service.sandbox.api import measurement_sets, measurements, public, submissions
from converter.service.sandbox.failing import Failing
from converter.service.sandbox.oauth import routes
from converter.service.sandbox.pages import NOTICE, Marked
from converter.service.sandbox.rate import Limiting
from converter.service.sandbox.settings import SandboxSettings
from converter.service.sandbox.state import Sandbox
from converter.service.security_headers import POLICY, SecurityHeaders
from converter.service.watch import Say, Watch, say_on_stderr

P = ParamSpec("P")
Value = TypeVar("Value")
_OWN_FORMS = "form-action 'self'"
# A form that sends its user on is followed only where the policy allows it, which cannot name [::1]. Where to users are
# sent is decided by oauth/requests.py.
_FORMS = f"{_OWN_FORMS} http: https:"


def create_sandbox(settings: SandboxSettings, say: Say = say_on_stderr) -> FastAPI:
    """Return the sandbox as an application.

    Args:
        settings: how it runs.
        say: writes a line of the log.
    """
    app = FastAPI(
        title="qrda2qpp sandbox",
        version=__version__,
        summary="A stand-in for the QPP auth service and submissions API.",
        description=NOTICE,
        docs_url=None,
        redoc_url=None,
    )
    here = Sandbox(settings)
    app.state.settings, app.state.sandbox = settings, here
    app.state.metrics, app.state.pool = Metrics(), _Threads()
    for part in (control, routes, public, submissions, measurement_sets, measurements):
        app.include_router(part.router)
    add_handlers(app)
    # The last one that is added sees a request first.
    app.add_middleware(Failing, plan=here.plan, rate=here.rate, seconds=settings.fault_seconds)
    app.add_middleware(Limiting, rate=here.rate, counts=settings.rate_limit)
    app.add_middleware(Intake, settings=settings, metrics=app.state.metrics)
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(Watch, metrics=app.state.metrics, say=say)
    app.add_middleware(SecurityHeaders, policy=POLICY.replace(_OWN_FORMS, _FORMS))
    app.add_middleware(Marked)
    return app


class _Threads:
    """Does the conversions in threads: a sandbox has one user, and starts at once."""

    async def run(self, work: Callable[P, Value], *args: P.args, **kwargs: P.kwargs) -> Value:
        """Do some work, and return what comes of it."""
        return await run_sync(partial(work, *args, **kwargs))
