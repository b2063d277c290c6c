"""The client: what it sends, how fast, what it repeats, and what it makes of each kind of answer."""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from converter.delivery import calls
from converter.delivery.answers import Answer, Failure, Trouble
from converter.delivery.calls import Call, Identity
from converter.delivery.client import Client
from converter.delivery.grants import Given
from converter.delivery.pace import BLOCK_SECONDS, MOST_IN_A_SECOND
from converter.delivery.secret import Secret
from converter.delivery.target import Place, target_of
from converter.errors import UsageError
from tests.delivery.sessions import TIN, FakeClock, client_to

BASE = "https://preview.qpp.cms.gov"
WHO = Identity(2025, "individual", TIN, "0777777777")
FIND, POST = calls.find_submissions(WHO), calls.create_set(WHO, {"category": "ia"})
Handler = Callable[[httpx.Request], httpx.Response]


def tried(tmp_path: Path, handler: Handler, call: Call = FIND, **more: Any) -> tuple[Answer | Failure, int, Client]:
    """Make a call, and return what came of it, how often it was made, and the client."""
    made = 0

    def counting(request: httpx.Request) -> httpx.Response:
        nonlocal made
        made += 1
        return handler(request)

    with client_to(BASE, tmp_path, transport=httpx.MockTransport(counting), **more) as client:
        return client.do(call), made, client


def answering(status: int, body: Any = None, **more: Any) -> Handler:
    return lambda _: httpx.Response(status, json=body, **more)


def raising(error: Exception) -> Handler:
    def handler(_: httpx.Request) -> httpx.Response:
        raise error

    return handler


PAGE: Handler = lambda _: httpx.Response(200, html="<h1>Maintenance</h1>")  # noqa: E731
UNAUTHORIZED = {"error": {"type": "Unauthorized", "message": "Current user cannot create this object"}}
DUPLICATE = {"error": {"type": "DuplicateEntryError", "message": "already exists", "details": {"submissionId": "s"}}}
INVALID = {"error": {"type": "ValidationError", "message": "invalid submission object", "details": []}}


@pytest.mark.parametrize(
    ("handler", "trouble", "of_reading"),
    [
        (answering(401, {"error": {"type": "Unauthorized", "message": "jwt expired"}}), Trouble.TOKEN, 1),
        (answering(401), Trouble.TOKEN, 1),
        (answering(401, UNAUTHORIZED), Trouble.NOT_ALLOWED, 1),
        (answering(401, {"error": {"message": "The submission window is closed."}}), Trouble.CLOSED, 1),
        (answering(403, {"message": "Forbidden"}), Trouble.NOT_ALLOWED, 1),
        (lambda _: httpx.Response(403, html="<h1>Request blocked</h1>"), Trouble.NOT_JSON, 3),
        (lambda _: httpx.Response(403), Trouble.NOT_ALLOWED, 1),
        (answering(404, {"error": {"message": "not found"}}), Trouble.NOT_FOUND, 1),
        (answering(409, DUPLICATE), Trouble.DUPLICATE, 1),
        (answering(422, DUPLICATE), Trouble.DUPLICATE, 1),
        (answering(422, INVALID), Trouble.REFUSED, 1),
        (answering(200, INVALID), Trouble.REFUSED, 1),
        (answering(400, {"statusCode": 400, "message": "Bad Request"}), Trouble.REFUSED, 1),
        (answering(500, {"statusCode": 500}), Trouble.SERVER, 3),
        (answering(501), Trouble.SERVER, 1),
        (lambda _: httpx.Response(503, html="<h1>Away</h1>"), Trouble.SERVER, 3),
        (PAGE, Trouble.NOT_JSON, 3),
        (lambda _: httpx.Response(200, content=b'{"data":'), Trouble.NOT_JSON, 3),
        (lambda _: httpx.Response(200, content=b"[" * 100_000), Trouble.NOT_JSON, 3),
        (lambda _: httpx.Response(302, headers={"location": "https://elsewhere.example"}), Trouble.NOT_JSON, 3),
        (answering(200, [1]), Trouble.UNREADABLE, 1),
        (answering(200, "text"), Trouble.UNREADABLE, 1),
        (raising(httpx.ConnectError("no")), Trouble.UNREACHABLE, 3),
        (raising(httpx.ConnectTimeout("no")), Trouble.UNREACHABLE, 3),
        (raising(httpx.ReadTimeout("no")), Trouble.TIMED_OUT, 3),
        (raising(httpx.WriteTimeout("no")), Trouble.TIMED_OUT, 3),
        (raising(httpx.ReadError("no")), Trouble.BROKEN, 3),
        (raising(httpx.RemoteProtocolError("no")), Trouble.BROKEN, 3),
    ],
)
def test_kinds_of_failure(handler: Handler, trouble: Trouble, of_reading: int, tmp_path: Path) -> None:
    """A call that changes nothing is repeated where that may help; one that changes something never is."""
    found, made, _ = tried(tmp_path, handler)
    assert isinstance(found, Failure)
    assert (found.trouble, found.call, made) == (trouble, FIND.name, of_reading)
    found, made, _ = tried(tmp_path, handler, POST)
    assert isinstance(found, Failure)
    assert (found.trouble, made) == (trouble, 1)


def test_what_is_sent(tmp_path: Path) -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"data": {}}, headers={"x-request-id": "r1"})

    found, _, client = tried(tmp_path, handler, tokens=Given(Secret("the-token")))
    (request,) = seen
    assert str(request.url).startswith(f"{BASE}/api/submissions/submissions?performanceYear=2025&entityType=individual")
    assert TIN not in str(request.url)
    assert request.headers["qpp-taxpayer-identification-number"] == TIN
    assert request.headers["accept"] == "application/vnd.qpp.cms.gov.v1+json"
    assert request.headers["authorization"] == "Bearer the-token"
    assert isinstance(found, Answer)
    assert found.request_id == "r1"
    assert [(one.call, one.status, one.request_id) for one in client.made] == [(FIND.name, 200, "r1")]
    for said in (repr(client), repr(FIND), repr(found), repr(client.made), repr(client.tokens)):
        assert "the-token" not in said
        assert TIN not in said


@pytest.mark.parametrize("call", [calls.validate({}), calls.benchmarks(2025, "001"), calls.discovery()])
def test_public_calls_have_no_token(call: Call, tmp_path: Path) -> None:
    seen: list[httpx.Headers] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return httpx.Response(200, json={"data": {}})

    tried(tmp_path, handler, call, tokens=Given(None))
    assert "authorization" not in seen[0]


def test_benchmarks(tmp_path: Path) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/api/submissions/public/benchmarks"
        assert dict(request.url.params) == {"performanceYear": "2025", "measureId": "001"}
        return httpx.Response(200, json={"data": [{"measureId": "001", "status": "historical"}]})

    found, _, _ = tried(tmp_path, handler, calls.benchmarks(2025, "001"))
    assert isinstance(found, Answer)
    assert found.data["data"][0]["status"] == "historical"


def test_nobody_signed_in(tmp_path: Path) -> None:
    found, made, _ = tried(tmp_path, answering(200), tokens=Given(None))
    assert isinstance(found, Failure)
    assert (found.trouble, made) == (Trouble.NO_TOKEN, 0)


class Still(FakeClock):
    """A clock on which only waiting takes time."""

    def now(self) -> float:
        return self.ahead


def test_at_most_15_calls_a_second(tmp_path: Path) -> None:
    clock = Still()
    times: list[float] = []

    def handler(_: httpx.Request) -> httpx.Response:
        times.append(clock.now())
        return httpx.Response(200, json={"data": {}})

    with client_to(BASE, tmp_path, transport=httpx.MockTransport(handler), clock=clock) as client:
        for _ in range(100):
            client.do(FIND)
    assert all(later - first >= 1 for first, later in zip(times, times[MOST_IN_A_SECOND:], strict=False))
    assert times[-1] - times[0] == 6


def test_429_stops_every_call_for_ten_minutes(tmp_path: Path) -> None:
    clock = FakeClock()
    found, made, _ = tried(tmp_path, answering(429), clock=clock)
    assert isinstance(found, Failure)
    assert (found.trouble, made) == (Trouble.TOO_MANY, 1)
    found, made, _ = tried(tmp_path, answering(200, {"data": {}}), clock=clock)  # another run on this machine
    assert isinstance(found, Failure)
    assert (found.trouble, made) == (Trouble.TOO_MANY, 0)
    clock.sleep(BLOCK_SECONDS)
    found, made, _ = tried(tmp_path, answering(200, {"data": {}}), clock=clock)
    assert isinstance(found, Answer)


@pytest.mark.parametrize("time", ["1" + "0" * 400, "NaN", "[]", "[" * 200_000], ids=["huge", "nan", "list", "deep"])
def test_a_damaged_file_of_pauses_is_none(time: str, tmp_path: Path) -> None:
    (tmp_path / "pauses.json").write_text(f'{{"{BASE}": {time}}}')
    assert isinstance(tried(tmp_path, answering(200, {"data": {}}))[0], Answer)


def test_429_is_waited_out_and_the_call_made_once_more(tmp_path: Path) -> None:
    clock, answers = FakeClock(), iter([429, 200])
    handler: Handler = lambda _: httpx.Response(next(answers), json={"data": {}})  # noqa: E731
    found, made, _ = tried(tmp_path, handler, clock=clock, waits=True)
    assert isinstance(found, Answer)
    assert made == 2
    assert clock.waits == [pytest.approx(BLOCK_SECONDS, abs=5)]
    found, made, _ = tried(tmp_path, answering(429), clock=clock, waits=True)
    assert isinstance(found, Failure)
    assert made == 2


def test_the_clock_of_the_server_is_compared(tmp_path: Path) -> None:
    found, _, _ = tried(tmp_path, answering(401, headers={"date": "Fri, 27 Nov 2037 08:00:00 GMT"}))
    assert isinstance(found, Failure)
    assert found.clock is not None
    assert found.clock > 86_400
    found, _, _ = tried(tmp_path, answering(401, headers={"date": "yesterday"}))
    assert found.clock is None


def test_an_answer_that_trickles_in_ends_in_time(tmp_path: Path) -> None:
    clock = FakeClock()

    class Slow(httpx.SyncByteStream):
        def __iter__(self) -> Any:
            while True:
                clock.ahead += 10
                yield b" "

    found, made, _ = tried(tmp_path, lambda _: httpx.Response(200, stream=Slow()), POST, clock=clock)
    assert isinstance(found, Failure)
    assert (found.trouble, made) == (Trouble.TIMED_OUT, 1)


def test_settings_of_the_environment_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with client_to("http://127.0.0.1:1", tmp_path) as client:
        assert not client.http._mounts
        assert isinstance(client.do(FIND), Failure)


def test_nothing_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        tried(tmp_path, answering(200, {"data": {}}))
    assert caplog.records == []


@pytest.mark.parametrize(
    ("word", "base", "place"),
    [
        ("production", "https://qpp.cms.gov", Place.PRODUCTION),
        ("preview", "https://preview.qpp.cms.gov", Place.PREVIEW),
        ("https://qpp.cms.gov/", "https://qpp.cms.gov", Place.PRODUCTION),
        ("https://QPP.cms.gov:443", "https://qpp.cms.gov", Place.PRODUCTION),
        ("http://127.0.0.1:3100", "http://127.0.0.1:3100", Place.LOOPBACK),
        ("http://[::1]:3100", "http://[::1]:3100", Place.LOOPBACK),
        ("https://qpp.example.org", "https://qpp.example.org", Place.OTHER),
    ],
)
def test_targets(word: str, base: str, place: Place) -> None:
    target = target_of(word)
    assert (target.base, target.place) == (base, place)


@pytest.mark.parametrize(
    "word",
    ["", "prod", "http://qpp.cms.gov", "ftp://qpp.cms.gov", "https://", "https://user:pass@qpp.cms.gov",
     "https://qpp.cms.gov/api?x=1", "https://qpp.cms.gov:port", "https://[::1"],
)  # fmt: skip
def test_what_is_no_target(word: str) -> None:
    with pytest.raises(UsageError):
        target_of(word)


@pytest.mark.parametrize(
    ("word", "tin", "refused"),
    [
        ("production", TIN, True), ("production", "123456789", False), ("preview", TIN, False),
        ("preview", "123456789", True), ("https://qpp.example.org", "123456789", True),
        ("http://127.0.0.1:3100", "123456789", False),
    ],
)  # fmt: skip
def test_real_data_is_not_for_tests_and_invented_data_not_for_production(word: str, tin: str, refused: bool) -> None:
    assert (target_of(word).refuses(frozenset({tin})) is not None) is refused


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        (f"{BASE}/token", True), ("https://idp.cms.gov/token", True), ("https://idp.cms.gov.example.org/", False),
        ("http://preview.qpp.cms.gov/token", False), ("https://evilcms.gov/", False), ("https://x:y", False),
    ],
)  # fmt: skip
def test_endpoints_of_other_hosts(url: str, ours: bool) -> None:
    assert target_of(BASE).belongs(url) is ours


def test_a_body_is_sent_as_json(tmp_path: Path) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        assert request.headers["content-type"] == "application/json"
        assert json.loads(request.content)["submission"]["taxpayerIdentificationNumber"] == TIN
        return httpx.Response(201, json={"data": {}})

    found, _, _ = tried(tmp_path, handler, POST)
    assert isinstance(found, Answer)
