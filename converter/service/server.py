"""The HTTP server: uvicorn, patient with nobody who sends nothing."""

import asyncio
import logging
import os
import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from converter.service.settings import Settings
from converter.service.watch import Say, now, say_on_stderr

_LINGER = 3.0
"""Seconds that a connection is read on after an answer that did not wait for the whole request.

To close it at once could take the answer away from a client that still sends.
"""
_SHUT_DOWN = 10
_PROBLEM = b'{"type": "about:blank", "title": "Service Unavailable", "status": 503, "detail": "Too many connections."}'
_TOO_MANY = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nRetry-After: 5\r\n"
    b"Connection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(_PROBLEM), _PROBLEM)
)
_LONGEST_HEAD = 16 * 1024


def serve(app: FastAPI, settings: Settings, say: Callable[[str], None]) -> None:
    """Serve an application until an interrupt or termination, and let the requests of that moment end.

    Args:
        app: the application.
        settings: where it listens.
        say: is told the address once it listens.

    Raises:
        OSError: the address cannot be accepted on.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as listening:
        if os.name != "nt":  # on Windows it would let two programs listen on one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((settings.host.strip("[]"), settings.port))
        host = f"[{settings.host}]" if family is socket.AF_INET6 else settings.host
        log_server(say_on_stderr)
        server = server_of(app, settings)
        server.on_start = lambda: say(f"http://{host}:{listening.getsockname()[1]}")
        server.run(sockets=[listening])


class _Handler(logging.Handler):
    """Turns what the server says into lines of the log. Of an exception only its kind is said.

    Args:
        say: writes a line of the log.
        words: what is said in place of the message, which may quote a request; None for the message.
    """

    def __init__(self, say: Say, words: str | None = None) -> None:
        super().__init__(logging.WARNING)
        self._say, self._words = say, words

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        message = self._words or record.getMessage().strip()
        self._say({"time": now(), "event": "server", "message": message, "kind": kind})


def log_server(say: Say) -> None:
    """Let what the server says be a part of the log."""
    handlers = {
        "uvicorn": _Handler(say),
        "asyncio": _Handler(say, "Something failed outside the requests."),
        "python_multipart": logging.NullHandler(),
    }
    for name, handler in handlers.items():
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False


def server_of(app: FastAPI, settings: Settings) -> "Server":
    """Return the server of an application, which does not listen yet."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=protocol(settings),
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=int(max(1, settings.idle_seconds)),
        timeout_graceful_shutdown=_SHUT_DOWN,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
    )
    return Server(config)


class Server(uvicorn.Server):
    """A server that ends in peace when it is told to end.

    Attributes:
        on_start: is called once it listens.
    """

    on_start: Callable[[], None] = staticmethod(lambda: None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        if self.started:
            self.on_start()

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Take an interrupt or termination."""
        super().handle_exit(sig, frame)
        self._captured_signals.clear()  # it is not to be raised once more when all has ended


def protocol(settings: Settings) -> type[asyncio.Protocol]:
    """Return a protocol that ends connections on which no request comes or no answer is read, and refuses too many."""

    class Protocol(_Protocol):
        """The protocol with these limits."""

        seconds, reading_seconds = settings.idle_seconds, settings.transfer_seconds
        connections_allowed = settings.connections

    return Protocol


class _Protocol(H11Protocol):
    """HTTP/1.1 with time limits for the head of a request and for an answer, and a close that does not lose it."""

    seconds = 10.0
    reading_seconds = 120.0
    connections_allowed = 500

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin a connection."""
        # Head and body are written apart, and the body would wait for the client to confirm the head: 40 ms on Linux.
        # asyncio sees to that only for sockets that are made with the number of the protocol.
        accepted = transport.get_extra_info("socket")
        if accepted is not None:
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().connection_made(_Lingering(transport, self))  # type: ignore[arg-type]
        self._head: asyncio.TimerHandle | None = None
        self._reading: asyncio.TimerHandle | None = None
        if len(self.connections) > self.connections_allowed:
            transport.write(_TOO_MANY)
            transport.close()
            return
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        """Take what a client sends."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        if self._in_request():
            self._stop_waiting()
        elif self._head is None:
            self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """End a connection."""
        self._stop_waiting()
        self._stop_looking()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Look from now on whether the client reads what is sent to it."""
        super().pause_writing()
        self._look_again()

    def resume_writing(self) -> None:
        """Go on: the client has read."""
        self._stop_looking()
        super().resume_writing()

    def is_unread(self) -> bool:
        """Whether a part of the request has not come yet."""
        return self.cycle is not None and self.cycle.more_body

    def _in_request(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait_for_head(self) -> None:
        self._head = self.loop.call_later(self.seconds, self._end_if_idle)

    def _stop_waiting(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _look_again(self) -> None:
        unread = self.transport.get_write_buffer_size()
        self._reading = self.loop.call_later(self.reading_seconds, self._end_unless_read, unread)

    def _stop_looking(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _end_unless_read(self, unread: int) -> None:
        if self.transport.get_write_buffer_size() < unread:
            self._look_again()
        else:
            self.transport.abort()

    def _end_if_idle(self) -> None:
        self._head = None
        if not self._in_request() and not self.transport.is_closing():
            self.transport.close()


class _Lingering:
    """A transport that, where the client still sends, says that it is over and reads on for a while."""

    def __init__(self, transport: asyncio.Transport, owner: _Protocol) -> None:
        self._transport, self._owner = transport, owner
        self._closing = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def is_closing(self) -> bool:
        """Whether nothing more is to be done with it."""
        return self._closing or self._transport.is_closing()

    def close(self) -> None:
        """Close it, at once or after a while."""
        if self.is_closing():
            return
        self._closing = True
        if not self._owner.is_unread() or not self._transport.can_write_eof():
            self._transport.close()
            return
        try:
            self._transport.write_eof()
            self._transport.resume_reading()
        except (OSError, RuntimeError):  # the client has gone
            self._transport.close()
            return
        self._owner.loop.call_later(_LINGER, self._transport.close)
