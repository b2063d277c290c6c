"""What is known of requests afterwards: lines of the log and numbers, without names and content."""

import json

import pytest

from converter.service.watch import say_on_stderr
from tests.service.serving import CLEAN, Service
from tests.service.test_official import QPP

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
