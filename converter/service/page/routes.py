"""The addresses of the page."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any, ParamSpec, TypeVar
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from converter.batch.lost import Lost, lost_result
from converter.errors import ConverterError
from converter.facts.files import years
from converter.service.dealing import dealt, looked_up
from converter.service.page.asked import Asked, asked, unpacked
from converter.service.page.downloads import FORMS, download
from converter.service.page.files import options
from converter.service.page.lookups import search_results
from converter.service.page.rendering import page, rendered, safe
from converter.service.page.results import Shown, shown
from converter.service.page.rows import COLUMNS_SHOWN, HEADER, row, row_of
from converter.service.page.static_files import static_files
from converter.service.page.together import together, together_of
from converter.service.problems import Problem
from converter.service.uploads import read_body
from converter.source.inputs import Input

P = ParamSpec("P")
Value = TypeVar("Value")

router = APIRouter(include_in_schema=False)
_BUSY, _TOOK_TOO_LONG = 503, 422
_PAUSE = 1.0
"""Seconds until the next document of an archive is tried again, while others are dealt with."""
_A_DAY = "public, max-age=86400"


@router.get("/")
async def home(request: Request) -> Response:
    """Return the page on which files are chosen."""
    known = sorted(years(request.app.state.settings.folders, "profiles"), reverse=True)
    body = rendered("home.html.j2", years=known, csv_header=HEADER, columns=COLUMNS_SHOWN)
    return HTMLResponse(page("Would CMS accept this file? - qrda2qpp", body, here="check"))


@router.post("/page/result")
async def result(request: Request) -> Response:
    """Return a whole page with what is to be said of a file: what a browser without scripts asks for."""
    form = await asked(request)
    chosen = form.one
    if chosen is None:
        rows = [one async for one in _rows(request, form)]
        across = await _told(dealt, request, together, [one["kept"] for one in rows])
        rows = [across.rows.get(number, one) for number, one in enumerate(rows)]
        names = [one["name"] for one in rows]
        body = rendered(
            "files.html.j2", name=form.name, rows=rows, across=safe(across.html), members=names, forms=FORMS
        )
        return HTMLResponse(page(f"{len(rows)} files - qrda2qpp", body, here="check"))
    found = await _shown(request, form, chosen)
    body = rendered("whole_result.html.j2", result=safe(found.html), forms=FORMS)
    return HTMLResponse(page(f"{found.title} - qrda2qpp", body, here="check"))


@router.post("/page/part")
async def part(request: Request) -> Response:
    """Return what is to be said of a file, for the script to put it into the page."""
    form = await asked(request)
    found = await _shown(request, form, form.one or form.files[0])
    return HTMLResponse(found.html)


@router.post("/page/rows")
async def rows(request: Request) -> Response:
    """Return a line of JSON for each document, as soon as it was dealt with."""
    form = await asked(request)
    found = _rows(request, form)
    first = await anext(found)  # what is wrong with all of them is told with a status

    async def lines() -> AsyncIterator[str]:
        yield json.dumps(first) + "\n"
        async for one in found:
            yield json.dumps(one) + "\n"

    return StreamingResponse(lines(), media_type="application/x-ndjson")


@router.post("/page/together")
async def compare(request: Request) -> Response:
    """Return what several files have to do with each other, made of what the browser kept of their rows."""
    found = await _told(dealt, request, together_of, await read_body(request))
    return JSONResponse({"html": found.html, "rows": found.rows})


@router.post("/page/download/{form_name}")
async def save(request: Request, form_name: str) -> Response:
    """Return a file to be saved."""
    form = await asked(request)
    if form.one is None:
        raise Problem(400, "There are several files in the archive: choose one of them.")
    made = await _told(dealt, request, download, await unpacked(form.one), form.wanted, form_name)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(made.name, safe='')}"}
    return Response(made.text.encode(), media_type=made.media, headers=headers)


@router.get("/page/explain")
async def explain_page(request: Request, q: str = "") -> Response:
    """Return the page on which words are looked up."""
    found = await _told(looked_up, request, search_results, q, request.app.state.settings.folders)
    body = rendered("explain.html.j2", words=q, found=safe(found))
    return HTMLResponse(page("Look something up - qrda2qpp", body, here="explain"))


@router.get("/page/lookup")
async def lookup(request: Request, q: str = "") -> Response:
    """Return what a word is, for the script to put it into the page."""
    return HTMLResponse(await _told(looked_up, request, search_results, q, request.app.state.settings.folders))


@router.get("/static/{name}")
async def static(request: Request, name: str) -> Response:
    """Return a style sheet, a script or the icon."""
    found = static_files().get(name)
    if found is None:
        raise Problem(404, "There is no such file.")
    headers = {"Cache-Control": _A_DAY, "ETag": found.tag}
    if request.headers.get("if-none-match") == found.tag:
        return Response(status_code=304, headers=headers)
    return Response(found.data, media_type=found.media, headers=headers)


async def _shown(request: Request, form: Asked, chosen: Input) -> Shown:
    return await _told(dealt, request, shown, await unpacked(chosen), form.wanted, form.sent)


async def _rows(request: Request, form: Asked) -> AsyncIterator[dict[str, Any]]:
    """Yield the row of each document; the first one fails where the service is busy, the others wait."""
    for number, file in enumerate(form.files):
        member = {"member": number} if len(form.files) > 1 or file.path is not None else {}
        yield {**await _row(request, form, file, patient=number > 0), **member}


async def _row(request: Request, form: Asked, file: Input, patient: bool) -> dict[str, Any]:
    ready = await unpacked(file)
    while True:
        try:
            return await _told(dealt, request, row, ready, form.wanted)
        except Problem as problem:
            if problem.status_code == _TOOK_TOO_LONG and patient:
                lost = lost_result(file.name, Lost.TOO_LONG, options(form.wanted))
                return row_of(lost, form.wanted)
            if problem.status_code != _BUSY or not patient:
                raise
        await asyncio.sleep(_PAUSE)


async def _told(deal: Callable[..., Any], request: Request, work: Callable[P, Value], *args: P.args) -> Value:  # type: ignore[valid-type]
    """Let the pool do something; what it cannot be done for is a problem of the request."""
    try:
        value: Value = await deal(request, work, *args)
    except ConverterError as error:
        raise Problem(422, str(error)) from error
    return value
