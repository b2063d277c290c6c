"""What bad input gets: the right status and a readable body, and the service goes on."""

import json
import socket
import struct
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest

from tests.service.serving import CLEAN, Service, answer_of, serving, zipped

pytestmark = pytest.mark.long

PART = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xml"\r\n\r\n'
FORM = {"Content-Type": "multipart/form-data; boundary=x"}
MEGABYTE = 1024 * 1024
BOMB = zipped({"a.xml": b"<a>" + b" " * 20 * MEGABYTE + b"</a>"})
LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><a>&j;</a>"
)


@pytest.fixture(scope="module")
def small() -> Iterator[Service]:
    """A service that takes on little."""
    limits = {"upload_bytes": MEGABYTE, "memory_bytes": MEGABYTE, "idle_seconds": 0.5, "transfer_seconds": 1.5}
    with serving(waiting=1, connections=8, zip_members=20, **limits) as running:
        yield running


def head(service: Service, length: str, *more: str) -> bytes:
    lines = ["POST / HTTP/1.1", f"Host: localhost:{service.port}", "Content-Type: multipart/form-data; boundary=x"]
    return "\r\n".join([*lines, length, *more, "", ""]).encode()


def told(answer: bytes) -> tuple[int, dict[str, Any]]:
    """The status and the problem of an answer."""
    start, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in start.lower()
    return int(start.split()[1]), json.loads(body)


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def goes_on(small: Service) -> Iterator[None]:
    yield
    until(lambda: small.app.state.pool.under_way == 0)
    assert small.post("/", ("a.xml", CLEAN)).status_code == 201


def test_too_large_by_its_own_word_is_refused_before_it_is_sent(small: Service) -> None:
    with small.raw(head(small, f"Content-Length: {2 << 30}", "Expect: 100-continue")) as connection:
        status, problem = told(answer_of(connection))
    assert status == 413
    assert "larger than 1 MB" in problem["detail"]


def test_too_large_and_sent_all_the_same_still_gets_the_answer(small: Service) -> None:
    with small.raw(head(small, f"Content-Length: {2 << 30}")) as connection:
        for _ in range(64):
            connection.sendall(b"x" * MEGABYTE)
        status, _ = told(answer_of(connection))
    assert status == 413


def test_too_large_in_chunks(small: Service) -> None:
    with small.raw(head(small, "Transfer-Encoding: chunked")) as connection:
        connection.sendall(b"%x\r\n%s\r\n" % (len(PART), PART))
        for _ in range(20):
            connection.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
        status, _ = told(answer_of(connection))
    assert status == 413


def test_a_client_that_stops_in_the_middle(small: Service) -> None:
    with small.raw(head(small, "Content-Length: 1000") + PART) as connection:
        status, problem = told(answer_of(connection))
    assert status == 408
    assert "in time" in problem["detail"]


def test_a_client_that_sends_a_byte_now_and_then(small: Service) -> None:
    begin = time.monotonic()
    with small.raw(head(small, "Content-Length: 1000") + PART) as connection:
        connection.settimeout(0.2)
        answer = b""
        while not answer:
            connection.sendall(b"x")
            with suppress(TimeoutError):
                answer = connection.recv(65536)
        connection.settimeout(10)
        answer += answer_of(connection)
    assert told(answer)[0] == 408
    assert time.monotonic() - begin < 10


@pytest.mark.parametrize("begin", [b"", b"POST / HT", b"POST / HTTP/1.1\r\nHost: localhost\r\nX"])
def test_a_client_that_never_sends_a_whole_head_is_let_go(small: Service, begin: bytes) -> None:
    with small.raw(begin) as connection:
        assert answer_of(connection) == b""


def test_a_client_that_asks_and_asks_and_never_reads_is_let_go(small: Service) -> None:
    ask = f"GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost:{small.port}\r\n\r\n".encode()
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", small.port))
        connection.settimeout(20)
        with pytest.raises(ConnectionError):
            while True:
                connection.sendall(ask)
    until(lambda: _number(small, "qrda2qpp_active_requests") == 1)


def test_a_client_that_reads_slowly_gets_the_whole_answer(small: Service) -> None:
    limit, answers = small.app.state.settings.transfer_seconds, 150
    ask = f"GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost:{small.port}\r\n\r\n".encode()
    size, begin, read = len(small.client.get("/api/v1/openapi.json").content), time.monotonic(), 0
    with socket.create_connection(("127.0.0.1", small.port), 20) as connection:
        connection.sendall(ask * answers)
        while part := connection.recv(65536):
            read += len(part)
            if read < answers * size:
                time.sleep(2 * limit / (answers * size / 65536))
    assert time.monotonic() - begin > 1.5 * limit
    assert read > answers * size


def test_a_head_that_is_too_long(small: Service) -> None:
    with small.raw(b"POST / HTTP/1.1\r\nX: " + b"x" * 40_000) as connection:
        assert answer_of(connection).startswith(b"HTTP/1.1 400 ")


def test_too_many_connections(small: Service) -> None:
    idle = [small.raw(b"") for _ in range(8)]
    try:
        with small.raw(b"") as connection:
            status, problem = told(answer_of(connection))
        assert (status, problem["status"]) == (503, 503)
    finally:
        for one in idle:
            one.close()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "ends before"),
        (b"no form at all", "damaged"),
        (b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xml"\r\n\r\n<a/>', "ends before"),
        (b"--x\r\nContent-Disposition: form-data; filename=a.xml\r\n\r\n<a/>\r\n--x--\r\n", "has no name"),
        (b"--x\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n--x--\r\n", "has no name"),
        (b"--x\r\nA b: c\r\n\r\n\r\n--x--\r\n", "damaged"),
        (b"--x\r\n" + b"A: b\r\n" * 100 + b"\r\n\r\n--x--\r\n", "damaged"),
        (b"--x\r\nA: " + b"b" * 10_000 + b"\r\n\r\n\r\n--x--\r\n", "damaged"),
    ],
)
def test_a_broken_form(small: Service, body: bytes, words: str) -> None:
    response = small.client.post("/", content=body, headers=FORM)
    assert response.status_code == 400
    assert words in response.json()["detail"]


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "x" * 300]
)
def test_a_form_without_a_usable_boundary(small: Service, kind: str) -> None:
    response = small.client.post("/", content=b"--x--\r\n", headers={"Content-Type": kind})
    assert response.status_code == 400
    assert response.json()["detail"].startswith("The form cannot be read: ")


def test_a_form_with_too_many_parts(small: Service) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'
    response = small.client.post("/", content=part * 1001 + b"--x--\r\n", headers=FORM)
    assert response.status_code == 413


@pytest.mark.parametrize(
    "name",
    [
        "a\\r\\nSet-Cookie: b=c.xml",
        "a\r\n\tb.xml",
        "../../etc/passwd",
        "C:\\fakepath\\a.xml",
        "\u202elmx.a",
        "x" * 1000,
        "<script>.xml",
        "",
    ],
)
def test_names_of_files_stay_names(small: Service, name: str) -> None:
    escaped = name.replace("\\", "\\\\").encode("utf-8").replace(b"\r\n", b"\r\n ")
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="' + escaped + b'"\r\n\r\n<a/>\r\n--x--\r\n'
    response = small.client.post("/", content=body, headers=FORM)
    assert response.status_code in (400, 422)
    assert "set-cookie" not in response.headers
    if response.status_code == 422:
        shown = response.json()["errors"][0]["sourceIdentifier"]
        assert shown
        assert len(shown) <= 200
        assert shown.isprintable()
        assert not {"/", "\\\\"} & set(shown)


@pytest.mark.parametrize(
    "data",
    [
        BOMB,
        LAUGHS,
        zipped({f"{n}.xml": b"<a/>" for n in range(50)}),
        zipped({"a.zip": BOMB}),
        BOMB[:-30],
        zipped({}),
        b"PK\x03\x04",
        b"\0" * 500_000,
    ],
    ids=["bomb", "laughs", "members", "nested", "damaged", "empty archive", "head of an archive", "zeros"],
)
def test_what_does_harm_is_refused_with_a_finding(small: Service, data: bytes) -> None:
    response = small.post("/", ("a.zip", data))
    assert response.status_code == 422
    assert all(one["message"] and one["fix"] for error in response.json()["errors"] for one in error["details"])


def test_a_full_queue_answers_503_and_when_to_come_back(small: Service) -> None:
    busy = [small.busy(1.0), small.busy(0.0)]
    until(lambda: small.app.state.pool.full)
    response = small.post("/", ("a.xml", CLEAN))
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert "busy" in response.json()["detail"]
    assert small.client.get("/ready").status_code == 503
    assert small.client.get("/health").status_code == 200
    assert small.client.get("/api/v1/years").status_code == 200, "short questions do not wait for documents"
    for one in busy:
        one.result(20)
    assert small.client.get("/ready").status_code == 200


def test_all_requests_together_fit_into_the_memory(small: Service) -> None:
    half = PART + b"x" * 600_000
    with small.raw(head(small, f"Content-Length: {len(half) + 1}") + half) as connection:
        until(lambda: _held(small) >= len(half))
        response = small.post("/", ("a.xml", half))
        assert (response.status_code, response.headers["retry-after"]) == (503, "5")
        assert connection.fileno()
    until(lambda: _held(small) == 0)


def _held(service: Service) -> float:
    return _number(service, "qrda2qpp_held_bytes")


def _number(service: Service, name: str) -> float:
    lines = service.client.get("/metrics").text.splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(f"{name} "))


@pytest.mark.parametrize("reset", [False, True])
def test_a_client_that_hangs_up_frees_its_place(small: Service, reset: bool) -> None:
    busy = small.busy(2.0)
    body = PART + b"<a/>\r\n--x--\r\n"
    connection = small.raw(head(small, f"Content-Length: {len(body)}") + body)
    until(lambda: small.app.state.pool.waiting == 1)
    if reset:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    until(lambda: small.app.state.pool.waiting == 0)
    assert not busy.done()
    until(lambda: small.log[-1]["status"] == 499)
    busy.result(20)


def test_a_client_that_hangs_up_while_it_sends(small: Service) -> None:
    seen = len(small.log)
    small.raw(head(small, "Content-Length: 1000") + PART).close()
    until(lambda: any(one["status"] == 499 for one in small.log[seen:]))  # the line before may come late
    assert not [one for one in small.log if one["event"] == "failure"]


def test_twenty_at_once_and_one_of_them_hostile() -> None:
    with serving(workers=2) as service, ThreadPoolExecutor(20) as threads:
        sent = [CLEAN] * 19 + [LAUGHS]
        answers = list(threads.map(lambda data: service.post("/", ("a.xml", data)).status_code, sent))
    assert answers == [201] * 19 + [422]


def test_a_document_that_takes_too_long() -> None:
    with serving(seconds=0.001) as service:
        long = CLEAN.replace(b"</ClinicalDocument>", b"<!-- -->" * 300_000 + b"</ClinicalDocument>")
        response = service.post("/", ("a.xml", long))
        assert response.status_code == 422
        assert "longer than" in response.text or "took longer" in response.text
        assert service.client.get("/health").status_code == 200
