"""Whether the service lives and takes work, and its numbers."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from converter import __version__
from converter.service.metrics import TYPE

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """That the service lives."""

    status: str = Field(examples=["ok"])
    version: str = Field(examples=[__version__])


@router.get("/health")
async def health() -> Health:
    """Say that the service lives; it says so also when it is busy."""
    return Health(status="ok", version=__version__)


@router.get("/ready", responses={503: {"model": Health, "description": "It takes no work at the moment."}})
async def ready(request: Request) -> Response:
    """Say whether the service takes work: its processes have started, and not too much waits for them."""
    full = request.app.state.pool.full
    found = Health(status="busy" if full else "ok", version=__version__)
    return JSONResponse(found.model_dump(), 503 if full else 200)


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def metrics(request: Request) -> Response:
    """Give the numbers of the service in the format of Prometheus. They hold no identifiers."""
    return Response(request.app.state.metrics.text(), media_type=TYPE)
