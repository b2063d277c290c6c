"""The pages of the sandbox: plain, and each says what it is."""

from html import escape

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOTICE = "This is the sandbox of qrda2qpp, not CMS. Nothing that is sent here reaches CMS."
HEADER = "X-Not-CMS"
STYLE_PATH = "/sandbox/style.css"
STYLE = """body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
.notice { border: 2px solid #8a3b00; background: #fff6e9; color: #5c2700; padding: .5rem 1rem; font-weight: 600; }
label { display: block; margin: .75rem 0; }
input, select { display: block; width: 100%; font: inherit; padding: .35rem; box-sizing: border-box; }
button { font: inherit; padding: .4rem 1rem; margin-right: .5rem; }
td, th { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; }
"""


def page(title: str, body: str) -> str:
    """Return a page.

    Args:
        title: its title, as text.
        body: its content, as html.
    """
    name = escape(title)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{name} - sandbox, not CMS</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<link rel="stylesheet" href="{STYLE_PATH}">\n</head>\n'
        f'<body>\n<main>\n<p class="notice" role="note">{NOTICE}</p>\n<h1>{name}</h1>\n{body}\n'
        "</main>\n</body>\n</html>\n"
    )


class Marked:
    """Says in a header of every answer that it does not come from CMS."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a request."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = NOTICE
            await send(message)

        await self._app(scope, receive, sent)
