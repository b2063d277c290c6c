"""The sandbox itself: what it is, its clock, and what is to go wrong. CMS has nothing like it."""

from datetime import datetime
from html import escape
from typing import Annotated

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from converter.language.english import number_of
from converter.service.sandbox.answers import Json
from converter.service.sandbox.api.described import answers
from converter.service.sandbox.calls import Here
from converter.service.sandbox.faults import HEADER, NAMES, Planned, fault_of
from converter.service.sandbox.oauth.requests import NATIVE, WEB, WEB_SECRET
from converter.service.sandbox.pages import STYLE, STYLE_PATH, page

router = APIRouter(tags=["sandbox"], responses=answers(413))
_MOST_FAULTS = 100


class Time(BaseModel):
    """A time to set, or seconds that go by at once."""

    model_config = ConfigDict(extra="forbid")
    now: datetime | None = Field(default=None, description="The time, with a time zone.")
    advance: float | None = Field(default=None, ge=0, le=3e9, description="Seconds that go by at once.")


def _known(text: str) -> str:
    return str(fault_of(text))


class FaultRow(BaseModel):
    """A fault of chosen calls."""

    model_config = ConfigDict(extra="forbid")
    fault: Annotated[str, AfterValidator(_known)] = Field(description="What goes wrong.", examples=["timeout-after"])
    method: str | None = Field(default=None, max_length=10, description="Method of the calls; any without.")
    path: str = Field(default="", max_length=200, examples=["/submissions/measurement-sets"])
    skip: int = Field(default=0, ge=0, le=10**6, description="So many of these calls go well first.")
    times: int | None = Field(default=1, ge=1, le=10**6, description="So many go wrong then; null for all.")


@router.get("/", response_class=HTMLResponse)
async def about(here: Here) -> Response:
    """Say what this is, and how it is used."""
    tokens = "".join(
        f"<tr><td><code>{escape(token)}</code></td><td>{escape(one.name)}</td></tr>"
        for token, one in here.settings.registries.items()
    )
    faults = "".join(f"<tr><td><code>{name}</code></td><td>{escape(words)}</td></tr>" for name, words in NAMES.items())
    submissions, sets = here.store.numbers
    held = f"{number_of(submissions, 'submission')} and {number_of(sets, 'measurement set')}"
    return HTMLResponse(
        page(
            "The sandbox",
            "<p>It takes the place of the submissions API and the auth service. All in it is invented, kept in memory, "
            f"and gone when it ends. It holds {held}; its clock says "
            f"{here.clock.text()}.</p>\n<h2>Tokens of registries</h2>\n<table>{tokens}</table>\n"
            f"<h2>Applications</h2>\n<p><code>{NATIVE}</code>, native; <code>{WEB}</code> with the secret "
            f"<code>{WEB_SECRET}</code>.</p>\n<h2>Faults</h2>\n<p>Header <code>{HEADER}</code>; with "
            f"<code>-after</code> the call is carried out first.</p>\n<table>{faults}</table>\n"
            '<p>All addresses: <a href="/openapi.json">openapi.json</a></p>',
        )
    )


@router.get(STYLE_PATH, include_in_schema=False)
async def style() -> Response:
    """Give the style of the pages."""
    return Response(STYLE, media_type="text/css")


@router.get("/sandbox/clock")
async def read_clock(here: Here) -> Response:
    """Say what time it is in the sandbox."""
    return Json({"now": here.clock.text()})


@router.put("/sandbox/clock")
async def set_clock(time: Time, here: Here) -> Response:
    """Set the clock, or let time go by."""
    try:
        if time.now is not None:
            here.clock.set(time.now)
        if time.advance is not None:
            here.clock.advance(time.advance)
    except ValueError as error:
        raise HTTPException(400, f"The clock takes {error}") from error
    return Json({"now": here.clock.text()})


@router.get("/sandbox/faults")
async def read_faults(here: Here) -> Response:
    """Say what is to go wrong, with what is left of it."""
    return Json([one.members() for one in here.plan.rows])


@router.put("/sandbox/faults")
async def set_faults(rows: Annotated[list[FaultRow], Field(max_length=_MOST_FAULTS)], here: Here) -> Response:
    """Plan faults in place of those that were planned."""
    here.plan.set(
        Planned(fault_of(one.fault), one.method and one.method.upper(), one.path, one.skip, one.times) for one in rows
    )
    return await read_faults(here)


@router.post("/sandbox/reset")
async def reset(here: Here) -> Response:
    """Forget everything that was stored, given out or planned."""
    here.reset()
    return Json({"now": here.clock.text()})
