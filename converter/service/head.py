"""Answers HEAD, which load balancers ask, wherever GET is answered."""

from starlette.types import ASGIApp, Receive, Scope, Send


class Head:
    """Hands a HEAD request on as GET. The server sends the head of the answer alone, as it knows the request's method.

    Args:
        app: what the requests are handed on to.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a request."""
        if scope.get("method") != "HEAD":
            await self._app(scope, receive, send)
            return
        as_get = dict(scope, method="GET")
        try:
            await self._app(as_get, receive, send)
        finally:
            scope["route"] = as_get.get("route")
