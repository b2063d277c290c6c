"""Problems as pages: a person who follows a link gets words and a way back, not JSON."""

import json

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from converter.service.page.rendering import page, rendered
from converter.service.problems import PROBLEM_TYPE

_SIGNED_OUT = 401
_HTML = "text/html"


def sign_in_page(wrong: bool = False) -> str:
    """Return the page that asks for the token; `wrong` says that another one was given."""
    return page("Sign in - qrda2qpp", rendered("session.html.j2", wrong=wrong))


class HtmlProblems:
    """Answers those who ask for html with html where there is a problem: a page, or the one to sign in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a request."""
        if scope["type"] != "http" or _HTML not in Headers(scope=scope).get("accept", ""):
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def sent(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_problem(message):
                start = message
            elif start is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    await _send_page(scope, start, body, send)

        await self._app(scope, receive, sent)


def _is_problem(message: Message) -> bool:
    return Headers(raw=message["headers"]).get("content-type", "").startswith(PROBLEM_TYPE)


async def _send_page(scope: Scope, start: Message, body: bytes, send: Send) -> None:
    if start["status"] == _SIGNED_OUT:
        html = sign_in_page(wrong=scope["path"] == "/session").encode()
    else:
        problem = json.loads(body)
        html = page(
            problem["title"], rendered("problem.html.j2", title=problem["title"], words=problem["detail"])
        ).encode()
    kept = [one for one in start["headers"] if one[0].lower() not in (b"content-type", b"content-length")]
    more = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(html)).encode())]
    await send({**start, "headers": [*kept, *more]})
    await send({"type": "http.response.body", "body": html})
