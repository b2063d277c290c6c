"""A service that runs in a thread of the tests, with real processes behind it."""

import asyncio
import io
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import httpx
from fastapi import FastAPI

from converter.service.app import create_app
from converter.service.pool import Pool
from converter.service.server import server_of
from converter.service.settings import Settings

P = ParamSpec("P")
Value = TypeVar("Value")
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
CLEAN = (FIXTURES / "2025" / "MIPS_GROUP-clean.xml").read_bytes()
_LONGEST_START = 120
_LONGEST_WAIT = 20


@dataclass
class Service:
    """A service that runs.

    Attributes:
        app: the application.
        port: its port on this machine.
        log: the lines of its log.
        client: a client for it.
        loop: where it runs.
    """

    app: FastAPI
    port: int
    log: list[dict[str, Any]]
    client: httpx.Client
    loop: asyncio.AbstractEventLoop

    def post(self, path: str, *files: tuple[str, bytes], field: str = "file", **more: Any) -> httpx.Response:
        """Post files in a form."""
        return self.client.post(path, files=[(field, file) for file in files], **more)

    def worked(self, work: Callable[P, Value], *args: P.args, **kwargs: P.kwargs) -> Value:
        """Let a process of the pool do something, and return what comes of it."""
        pool: Pool = self.app.state.pool
        return asyncio.run_coroutine_threadsafe(pool.run(work, *args, **kwargs), self.loop).result(60)

    def busy(self, seconds: float) -> "Future[None]":
        """Keep a process of the pool busy."""
        return asyncio.run_coroutine_threadsafe(self.app.state.pool.run(time.sleep, seconds), self.loop)

    def line(self, request_id: str) -> dict[str, Any]:
        """Return the line of the log of a request, which may be written a moment after its answer is sent."""
        end = time.monotonic() + _LONGEST_WAIT
        while True:
            for line in list(self.log):
                if line["requestId"] == request_id and line["event"] == "request":
                    return line
            assert time.monotonic() < end
            time.sleep(0.01)

    def raw(self, text: bytes) -> socket.socket:
        """Open a connection and send bytes."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        connection.sendall(text)
        return connection


def _client(port: int) -> httpx.Client:
    """A client with a connection for each request: one that is kept may be closed as it is used again."""
    limits = httpx.Limits(max_keepalive_connections=0)
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False, limits=limits)


@contextmanager
def serving(**settings: Any) -> Iterator[Service]:
    """Run a service with one process for documents, unless the settings say otherwise."""
    log: list[dict[str, Any]] = []
    chosen = Settings(**{"port": 0, "workers": 1} | settings)
    app = create_app(chosen, log.append)
    server = server_of(app, chosen)
    started: Future[asyncio.AbstractEventLoop] = Future()
    server.on_start = lambda: started.set_result(asyncio.get_running_loop())
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            loop = started.result(_LONGEST_START)
            port = listening.getsockname()[1]
            with _client(port) as client:
                yield Service(app, port, log, client, loop)
        finally:
            server.should_exit = True
            thread.join(30)
    assert not thread.is_alive()


@contextmanager
def beside(service: Service, **settings: Any) -> Iterator[Service]:
    """Run a service with settings of its own that has no processes, but uses those of another one: it starts fast."""
    log: list[dict[str, Any]] = []
    chosen = Settings(**{"port": 0, "workers": 1} | settings)
    app = create_app(chosen, log.append)
    app.state.pool, app.state.lookups = service.app.state.pool, service.app.state.lookups
    server = server_of(app, chosen)
    server.config.lifespan = "off"
    started: Future[None] = Future()
    server.on_start = lambda: started.set_result(None)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        served = asyncio.run_coroutine_threadsafe(server.serve(sockets=[listening]), service.loop)
        try:
            started.result(_LONGEST_START)
            port = listening.getsockname()[1]
            with _client(port) as client:
                yield Service(app, port, log, client, service.loop)
        finally:
            server.should_exit = True
            served.result(30)


def answer_of(connection: socket.socket) -> bytes:
    """Return all that comes on a connection until it is closed."""
    parts = []
    while part := connection.recv(65536):
        parts.append(part)
    return b"".join(parts)


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return a zip archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()
