"""Signing in with a browser: the token is exchanged once for a cookie that scripts and other sites cannot use."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from converter.service.guard import COOKIE, is_token, session_of
from converter.service.page.html_problems import sign_in_page
from converter.service.problems import Problem
from converter.service.uploads import read_form

router = APIRouter(include_in_schema=False)

_DAY = 24 * 60 * 60


@router.get("/session")
async def ask() -> Response:
    """Ask for the token."""
    return HTMLResponse(sign_in_page())


@router.post("/session")
async def sign_in(request: Request) -> Response:
    """Exchange the token for the cookie.

    Raises:
        Problem: it is not the token.
    """
    token = request.app.state.settings.token
    form = await read_form(request)
    answer = RedirectResponse("/", 303)
    if token is None:
        return answer
    if not is_token(form.fields.get("token", ""), token):
        raise Problem(401, "This is not the token of the service.")
    answer.set_cookie(
        COOKIE,
        session_of(token),
        max_age=_DAY,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer
