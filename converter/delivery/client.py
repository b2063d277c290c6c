"""Makes calls: one door through which everything goes that this tool sends."""

import json
import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from math import ceil
from pathlib import Path
from typing import Any, Protocol

import httpx

from converter import __version__
from converter.delivery.answers import Answer, Failure, Trouble
from converter.delivery.calls import Call
from converter.delivery.classified import trouble_of, words_of
from converter.delivery.pace import Clock, Pace
from converter.delivery.secret import Secret
from converter.delivery.target import Target
from converter.errors import UsageError
from converter.language.english import number_of

CONNECT_SECONDS, TOTAL_SECONDS = 10.0, 60.0
"""What CMS recommends."""
_LARGEST_ANSWER = 50 * 2**20
_TRIES = 3
_FIRST_PAUSE = 2.0
_NEVER = 501
"""Status of what a server does not do at all, now or later."""
_REQUEST_IDS = ("x-request-id", "x-amzn-requestid", "x-amzn-trace-id", "x-correlation-id", "x-amz-cf-id")
"""Headers in which servers of this kind name a request; which of them CMS sends is not documented."""
_AGAIN = frozenset({Trouble.SERVER, Trouble.NOT_JSON, Trouble.TIMED_OUT, Trouble.BROKEN, Trouble.UNREACHABLE})


class Tokens(Protocol):
    """What knows the token."""

    def current(self) -> Secret | None:
        """Return the token, or None if there is none."""

    def renewed(self, client: "Client") -> Secret | None:
        """Return another token after the current one was refused; None if there is no way to get one."""

    def why(self, now: float) -> str:
        """Say what is known about a token that was refused; empty if nothing is."""


@dataclass(frozen=True, slots=True)
class Made:
    """A call that was made, for the receipt.

    Attributes:
        time: when it began, in seconds since 1970.
        call: name of the call.
        method: GET, POST, PUT or DELETE.
        status: status code, or None where no answer came.
        trouble: what went wrong, or None.
        request_id: what CMS calls the request, or None.
        seconds: how long it took.
    """

    time: float
    call: str
    method: str
    status: int | None
    trouble: Trouble | None
    request_id: str | None
    seconds: float


@dataclass(slots=True)
class Client:
    """Makes the calls of one run.

    Attributes:
        target: where they go.
        http: what sends them (`http_client`).
        pace: how fast.
        clock: the time.
        tokens: the token.
        waits: whether to wait out a block of ten minutes; otherwise the call fails.
        says: is called with a sentence for the user when there is to be a longer wait.
        made: the calls that were made.
    """

    target: Target
    http: httpx.Client
    pace: Pace
    clock: Clock
    tokens: Tokens
    waits: bool = True
    says: Callable[[str], None] = lambda _words: None
    made: list[Made] = field(default_factory=list)

    def do(self, call: Call) -> Answer | Failure:
        """Make a call, and return what came of it; nothing is raised for what CMS or the network does.

        A call that changes nothing is tried three times, once more after 401 with another token, and once more after
        the block that follows 429. One that changes something is made once: who makes it looks first at what is stored.
        """
        token = self.tokens.current() if call.signed else None
        if call.signed and token is None:
            return Failure(call.name, Trouble.NO_TOKEN)
        found = self._in_time(call, token)
        if isinstance(found, Failure) and found.trouble is Trouble.TOKEN and call.signed:
            other = self.tokens.renewed(self)
            if other is None:
                return replace(found, note=self.tokens.why(self.clock.now()))
            found = found if call.changes else self._in_time(call, other)
        return found

    def _in_time(self, call: Call, token: Secret | None) -> Answer | Failure:
        for _ in range(2):
            if left := self.pace.blocked():
                if not self.waits:
                    return Failure(call.name, Trouble.TOO_MANY)
                self.says(f"CMS asked for a pause. The next call is made in {number_of(ceil(left / 60), 'minute')}.")
                self.clock.sleep(left)
            found = self._tried(call, token)
            if not (isinstance(found, Failure) and found.trouble is Trouble.TOO_MANY):
                return found
            self.pace.begin_block()
            if call.changes or not self.waits:
                break
        return found

    def _tried(self, call: Call, token: Secret | None) -> Answer | Failure:
        for attempt in range(_TRIES):
            if attempt:
                self.clock.sleep(_FIRST_PAUSE * 2 ** (attempt - 1))
            found = self._once(call, token)
            if isinstance(found, Answer) or call.changes or found.trouble not in _AGAIN or found.status == _NEVER:
                return found
        return found

    def _once(self, call: Call, token: Secret | None) -> Answer | Failure:
        self.pace.turn()
        begun = self.clock.now()
        try:
            found = self._sent(call, token, begun + TOTAL_SECONDS)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError):
            found = Failure(call.name, Trouble.UNREACHABLE)
        except (httpx.TimeoutException, TimeoutError):
            found = Failure(call.name, Trouble.TIMED_OUT)
        except (httpx.RequestError, OSError):
            found = Failure(call.name, Trouble.BROKEN)
        trouble = found.trouble if isinstance(found, Failure) else None
        ended = self.clock.now()
        self.made.append(Made(begun, call.name, call.method, found.status, trouble, found.request_id, ended - begun))
        return found

    def _sent(self, call: Call, token: Secret | None, end: float) -> Answer | Failure:
        headers = dict(call.headers)
        if token is not None:
            headers["Authorization"] = f"Bearer {token.reveal()}"
        url = call.path if "://" in call.path else f"{self.target.base}{call.path}"
        more: dict[str, Any] = {}
        if call.body is not None:
            more["content"] = json.dumps(call.body, ensure_ascii=False).encode("utf-8")
            headers["Content-Type"] = "application/json"
        if call.form is not None:
            more["data"] = {name: _revealed(value) for name, value in call.form.items()}
        with self.http.stream(call.method, url, params=dict(call.query) or None, headers=headers, **more) as response:
            content = bytearray()
            for piece in response.iter_bytes():
                content += piece
                if self.clock.now() > end:
                    raise TimeoutError
                if len(content) > _LARGEST_ANSWER:
                    return Failure(call.name, Trouble.UNREADABLE, response.status_code)
        return self._read(call, response, bytes(content))

    def _read(self, call: Call, response: httpx.Response, content: bytes) -> Answer | Failure:
        request_id = next((response.headers[one][:200] for one in _REQUEST_IDS if one in response.headers), None)
        clock = _ahead(response.headers.get("date"), self.clock.now())
        try:
            data = json.loads(content) if content.strip() else None
        except (ValueError, RecursionError):
            data = ...
        trouble = trouble_of(response.status_code, data)
        if trouble is None:
            return Answer(call.name, response.status_code, data, request_id, clock)
        body = data if isinstance(data, dict) else None
        return Failure(call.name, trouble, response.status_code, words_of(body), body, request_id, clock)


def http_client(
    *, proxy: str | None = None, authorities: Path | None = None, transport: httpx.BaseTransport | None = None
) -> httpx.Client:
    """Return what sends calls: no redirects, no settings of the environment, and no log of URLs.

    Args:
        proxy: URL of a proxy, or None.
        authorities: file with the certificates of those who may vouch for the server, instead of the usual ones.
        transport: what tests put in place of the network.

    Raises:
        UsageError: the proxy or the file cannot be used.
    """
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).disabled = True  # their lines have URLs, and a URL may have an NPI
    try:
        verify = ssl.create_default_context(cafile=str(authorities)) if authorities else True
        return httpx.Client(
            timeout=httpx.Timeout(TOTAL_SECONDS, connect=CONNECT_SECONDS),
            follow_redirects=False,
            trust_env=False,
            verify=verify,
            proxy=proxy,
            transport=transport,
            headers={"User-Agent": f"qrda2qpp/{__version__}"},
        )
    except OSError:
        raise UsageError(f"The file {authorities} has no certificates in PEM form.") from None
    except (ValueError, httpx.InvalidURL):
        raise UsageError("The proxy is not a URL such as http://proxy.example.org:8080.") from None


def _revealed(value: "str | Secret") -> str:
    return value.reveal() if isinstance(value, Secret) else value


def _ahead(date: str | None, now: float) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp() - now if date else None
    except (ValueError, TypeError):
        return None
