"""Waits on this machine for the browser to come back from the sign-in."""

import sys
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

_PAGE = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>qrda2qpp</title>"
    "<p>{words} You can close this page and go back to the command.</p></html>"
)
_TAKEN, _OTHER = "The sign-in is complete.", "This page belongs to no sign-in that is going on."

_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Connection": "close",
}


class _Server(HTTPServer):
    allow_reuse_address = sys.platform != "win32"  # on Windows it would let another program listen to the same port
    timeout = 0.2

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that breaks off is no matter."""


class Redirect:
    """Listens for one address to which the browser is sent.

    Raises:
        OSError: the port is taken.
    """

    def __init__(self, port: int, accepts: Callable[[str], bool]) -> None:
        """Begin to listen on 127.0.0.1; `accepts` says whether an address belongs to this sign-in."""
        self.address: str | None = None
        outer = self

        class _Handler(BaseHTTPRequestHandler):
            timeout = 5

            def do_GET(self) -> None:
                address = f"http://127.0.0.1:{outer.port}{self.path}"
                known = outer.address is None and accepts(address)
                outer.address = address if known else outer.address
                body = _PAGE.format(words=_TAKEN if known else _OTHER).encode()
                self.send_response(200 if known else 404)
                for name, value in _HEADERS.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """A line would have the code in it."""

        self._server = _Server(("127.0.0.1", port), _Handler)
        self.port: int = self._server.server_address[1]

    def wait(self, seconds: float) -> str | None:
        """Return the address that came; None if none came in time."""
        end = time.monotonic() + seconds
        while self.address is None and time.monotonic() < end:
            self._server.handle_request()
        return self.address

    def close(self) -> None:
        """Stop listening."""
        self._server.server_close()
