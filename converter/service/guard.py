"""Who may call the service: the names that it goes by, the sites that may post to it, and the token."""

import hashlib
import hmac
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from converter.service.problems import Problem
from converter.service.settings import LOOPBACK_NAMES, Settings, is_loopback

COOKIE = "qrda2qpp"
OPEN_PATHS = frozenset({"/health", "/ready", "/session"})
"""What may be called without the token: it tells nothing about documents."""
_NO_TOKEN = "A token is required: send the header Authorization: Bearer TOKEN."
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Refuses requests that are not meant for this service, or that nobody who may has sent.

    Args:
        app: what the others are handed on to.
        settings: names and token.
        open_folders: beginnings of paths that may be called without the token, such as that of static files.
    """

    def __init__(self, app: ASGIApp, settings: Settings, open_folders: tuple[str, ...] = ()) -> None:
        self._app = app
        self._settings = settings
        self._open_folders = open_folders
        self._names = {name.lower() for name in (*LOOPBACK_NAMES, *settings.allowed_hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a request, or refuse it.

        Raises:
            Problem: it is refused.
        """
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            self._check_host(headers)
            if scope["method"] not in _READING:
                _check_origin(headers)
            if not self._is_known(scope, headers):
                if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
                    await RedirectResponse("/session", 303)(scope, receive, send)
                    return
                raise Problem(401, _NO_TOKEN, headers={"WWW-Authenticate": 'Bearer realm="qrda2qpp"'})
        await self._app(scope, receive, send)

    def _check_host(self, headers: Headers) -> None:
        name = _host_name(headers.get("host", ""))
        if name in self._names or name == self._settings.host.lower().strip("[]"):
            return
        # No name of another site is an address: on it a page of that site could not call us by its own name.
        if _is_address(name) and not is_loopback(self._settings.host):
            return
        raise Problem(421, "The service does not go by this name. Start it with --allowed-host NAME if it is meant.")

    def _is_known(self, scope: Scope, headers: Headers) -> bool:
        token, path = self._settings.token, scope["path"]
        if token is None or path in OPEN_PATHS or path.startswith(self._open_folders):
            return True
        return is_token(_bearer(headers), token) or is_token(_cookie(headers), session_of(token))


def is_token(given: str, wanted: str) -> bool:
    """Whether a token is the one that is wanted; it takes as long whichever characters differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def session_of(token: str) -> str:
    """Return the value of the cookie that stands for a token: it tells nobody the token."""
    return hmac.new(token.encode(), b"qrda2qpp session", hashlib.sha256).hexdigest()


def _bearer(headers: Headers) -> str:
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _check_origin(headers: Mapping[str, str]) -> None:
    """Refuse what a page of another site sends. Clients that are no browsers send neither header.

    Raises:
        Problem: it is refused.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        raise Problem(403, "A page of another site may not send anything to this service.")
    if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
        raise Problem(403, "A page of another site may not send anything to this service.")


def _host_name(host: str) -> str:
    """Return the name in a Host header, without port and brackets; empty where it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        return bool(ip_address(name))
    except ValueError:
        return False
