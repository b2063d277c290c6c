"""A sandbox that runs in a thread of the tests, on a free port of this machine."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from socket import create_server
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from converter.service.sandbox.app import create_sandbox
from converter.service.sandbox.oauth.grants import challenge_of
from converter.service.sandbox.oauth.requests import NATIVE
from converter.service.sandbox.settings import SandboxSettings
from converter.service.sandbox.state import Sandbox
from converter.service.server import server_of

REGISTRY, OTHER_REGISTRY = "sandbox-registry-1", "sandbox-registry-2"
REDIRECT = "http://127.0.0.1:8765/callback"
VERIFIER = "v" * 86
SCOPE = "openid qpp_data offline_access profile"


@dataclass
class RunningSandbox:
    """A sandbox that runs.

    Attributes:
        base: its address.
        state: what it knows.
        client: a client that shows the token of the first registry.
        log: the lines of its log.
    """

    base: str
    state: Sandbox
    client: httpx.Client
    log: list[dict[str, Any]] = field(default_factory=list)

    def plan(self, *rows: dict[str, Any]) -> None:
        """Plan faults in place of those that were planned."""
        self.client.put("/sandbox/faults", json=list(rows)).raise_for_status()

    def code(self, **changes: str) -> str:
        """Let a user agree, and return the code. Changes are to the parameters or to the fields of the page."""
        answer = self.client.post("/api/auth/oauth/authorize", data=asked() | {"decision": "allow"} | changes)
        assert answer.status_code == 303
        return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]

    def token(self, **fields: str) -> httpx.Response:
        """Exchange a code for tokens, or what the fields say instead."""
        whole = {
            "client_id": NATIVE,
            "grant_type": "authorization_code",
            "code_verifier": VERIFIER,
            "redirect_uri": REDIRECT,
        } | fields
        return self.client.post("/api/auth/oauth/token", data=whole)

    def user(self, **changes: str) -> dict[str, str]:
        """Return the header of a user who signed in; `role` and `ids` say for whom they may act."""
        access = self.token(code=self.code(**changes)).json()["access_token"]
        return {"Authorization": f"Bearer {access}"}


def asked(**changes: str) -> dict[str, str]:
    """Return the parameters of an authorization request."""
    return {
        "client_id": NATIVE,
        "response_type": "code",
        "scope": SCOPE,
        "redirect_uri": REDIRECT,
        "state": "a state",
        "code_challenge_method": "S256",
        "code_challenge": challenge_of(VERIFIER),
    } | changes


@contextmanager
def sandbox(**settings: Any) -> Iterator[RunningSandbox]:
    """Run a sandbox, on a free port unless the settings say otherwise."""
    log: list[dict[str, Any]] = []
    chosen = SandboxSettings(**{"port": 0} | settings)
    app = create_sandbox(chosen, log.append)
    server = server_of(app, chosen)
    started: Future[None] = Future()
    server.on_start = lambda: started.set_result(None)
    with create_server(("127.0.0.1", chosen.port)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            started.result(60)
            base = f"http://127.0.0.1:{listening.getsockname()[1]}"
            headers = {"Authorization": f"Bearer {REGISTRY}"}
            with httpx.Client(base_url=base, headers=headers, timeout=30, trust_env=False) as client:
                yield RunningSandbox(base, app.state.sandbox, client, log)
        finally:
            server.should_exit = True
            thread.join(30)
    assert not thread.is_alive()
