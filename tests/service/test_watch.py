"""What is known of requests afterwards: lines of the log and numbers, without names and content."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from converter.service.pool import FailedError
from converter.service.server import log_server
from converter.service.watch import say_on_stderr
from tests.service.serving import CLEAN, Service
from tests.service.test_official import QPP, problem_of

SECRETS = ("987654321", "secret-name", "ClinicalDocument", str(QPP["taxpayerIdentificationNumber"]))


def test_a_line_of_the_log(service: Service) -> None:
    name = "secret-name-987654321.xml"
    response = service.post("/api/v1/convert?name=987654321&year=2025", (name, CLEAN), headers={"User-Agent": name})
    line = service.line(response.headers["x-request-id"])
    assert set(line) == {
        "time", "event", "requestId", "method", "route", "status", "seconds", "bytesIn", "bytesOut",
    }  # fmt: skip
    assert (line["method"], line["route"], line["status"]) == ("POST", "/api/v1/convert", 200)
    assert line["bytesIn"] > len(CLEAN)
    assert line["bytesOut"] == len(response.content)


def test_neither_log_nor_numbers_hold_what_was_sent(service: Service) -> None:
    service.client.get("/987654321/secret-name?ClinicalDocument=1", headers={"X-Request-Id": "987654321-secret-name"})
    service.client.request("SECRET-NAME", "/987654321")
    service.client.get("/api/v1/explain", params={"word": "secret-name 987654321"})
    last = service.post("/", ("secret-name-987654321.xml", CLEAN))
    service.line(last.headers["x-request-id"])
    written = json.dumps(service.log) + service.client.get("/metrics").text
    assert not [one for one in SECRETS if one in written]
    assert "OTHER" in written


@pytest.mark.parametrize(
    ("error", "kind"),
    [(RuntimeError(CLEAN.decode()), "RuntimeError"), (FailedError("KeyError", ["work.py:1 official"]), "KeyError")],
    ids=["here", "in another process"],
)
def test_a_failure_is_logged_without_its_words(
    service: Service, monkeypatch: pytest.MonkeyPatch, error: Exception, kind: str
) -> None:
    async def failing(*_arguments: Any) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr("converter.service.official.dealt", failing)
        response = service.post("/", ("secret-name-987654321.xml", CLEAN))
    assert response.status_code == 500
    assert "a bug" in problem_of(response)["detail"]
    line = service.line(response.headers["x-request-id"])
    (failure,) = [one for one in service.log if one["event"] == "failure" and one["requestId"] == line["requestId"]]
    assert (line["status"], failure["kind"]) == (500, kind)
    assert failure["where"]
    assert not [one for one in SECRETS if one in json.dumps([line, failure]) + response.text]
    assert service.post("/", ("a.xml", CLEAN)).status_code == 201


@pytest.fixture
def server_log() -> Iterator[list[dict[str, Any]]]:
    """What the loggers of libraries say, while they belong to the service."""
    loggers = [logging.getLogger(name) for name in ("uvicorn", "asyncio", "python_multipart")]
    before = [(logger.handlers, logger.propagate) for logger in loggers]
    lines: list[dict[str, Any]] = []
    log_server(lines.append)
    yield lines
    for logger, (handlers, propagate) in zip(loggers, before, strict=True):
        logger.handlers, logger.propagate = handlers, propagate


def test_what_libraries_log_is_a_line_without_content(server_log: list[dict[str, Any]]) -> None:
    error = ValueError("secret-name 987654321")
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
    logging.getLogger("uvicorn.error").error("Exception in ASGI application", exc_info=error)
    logging.getLogger("asyncio").error("Exception in callback done(%r)", CLEAN, exc_info=error)
    logging.getLogger("python_multipart.multipart").warning("Did not find boundary: %r", CLEAN)
    assert [(one["event"], one["kind"]) for one in server_log] == [
        ("server", None), ("server", "ValueError"), ("server", "ValueError"),
    ]  # fmt: skip
    assert not [one for one in SECRETS if one in json.dumps(server_log)]


def test_numbers(service: Service) -> None:
    service.post("/converter", ("a.xml", CLEAN))
    service.post("/converter", ("a.xml", b"<a/>"))
    text = service.client.get("/metrics").text
    assert 'qrda2qpp_requests_total{method="POST",route="/converter",status="201"}' in text
    assert 'qrda2qpp_requests_total{method="POST",route="/converter",status="422"}' in text
    assert 'qrda2qpp_documents_total{outcome="blocked"}' in text
    assert 'qrda2qpp_request_seconds_bucket{le="0.1",route="/converter"}' in text
    assert "qrda2qpp_pool_under_way 0.0" in text
    assert "qrda2qpp_held_bytes 0.0" in text


def test_the_log_goes_to_standard_error(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    say_on_stderr({"event": "request", "route": "\u2028"})
    out, err = capsys.readouterr()
    assert (out, json.loads(err)) == ("", {"event": "request", "route": "\u2028"})
    assert err.isascii()
    monkeypatch.setattr("sys.stderr", None)
    say_on_stderr({"event": "request"})
