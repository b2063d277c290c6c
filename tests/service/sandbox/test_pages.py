"""The pages and the addresses of the sandbox itself, conversion, and what a browser may do."""

from pathlib import Path
from time import perf_counter

import pytest

from tests.sandbox_server import RunningSandbox
from tests.service.sandbox.bodies import posted
from tests.service.sandbox.test_measurement_sets import SETS, stored

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
CLEAN = (FIXTURES / "2025" / "MIPS_GROUP-clean.xml").read_bytes()


@pytest.mark.parametrize("path", ["/", "/sandbox/style.css", "/openapi.json", "/nothing", "/sandbox/clock"])
def test_every_answer_says_that_it_is_not_cms(box: RunningSandbox, path: str) -> None:
    answer = box.client.get(path)
    assert answer.headers["x-not-cms"].startswith("This is the sandbox of qrda2qpp, not CMS.")
    if answer.headers["content-type"].startswith("text/html"):
        assert answer.headers["x-not-cms"] in answer.text


def test_also_what_the_guard_refuses_says_so(box: RunningSandbox) -> None:
    for headers in ({"Host": "example.org"}, {"Origin": "https://example.org"}):
        answer = box.client.post(SETS, json=posted(), headers=headers)
        assert answer.status_code in (403, 421)
        assert "not CMS" in answer.headers["x-not-cms"]


def test_the_first_page_tells_how_it_is_used(box: RunningSandbox) -> None:
    stored(box)
    text = box.client.get("/").text
    assert "sandbox-registry-1" in text
    assert "sandbox-native" in text
    assert "duplicate-409" in text
    assert "1 submission and 1 measurement set;" in text


def test_everything_is_forgotten(box: RunningSandbox) -> None:
    stored(box)
    user = box.user()
    box.plan({"fault": "503", "path": "/nothing"})
    box.client.post("/sandbox/reset").raise_for_status()
    assert box.state.store.numbers == (0, 0)
    assert box.client.get(SETS, headers=user).status_code == 401
    assert box.client.get("/sandbox/faults").json() == []
    stored(box)


@pytest.mark.parametrize(
    ("path", "token", "status"),
    [("/public/converter", "", 201), ("/converter", "Bearer sandbox-registry-1", 201), ("/converter", "", 401)],
)
def test_a_document_is_converted(box: RunningSandbox, path: str, token: str, status: int) -> None:
    answer = box.client.post(f"/api/submissions{path}", files={"file": CLEAN}, headers={"Authorization": token})
    assert answer.status_code == status
    if status == 201:
        checked = box.client.post("/api/submissions/public/validate-submission", json=answer.json())
        assert checked.status_code == 201


@pytest.mark.parametrize(("files", "status"), [({"file": b"<a/>"}, 422), ({"other": b"<a/>"}, 400)])
def test_what_is_no_document_is_not_converted(box: RunningSandbox, files: dict[str, bytes], status: int) -> None:
    answer = box.client.post("/api/submissions/public/converter", files=files)
    assert answer.status_code == status
    assert "errors" in answer.json() if status == 422 else answer.json()["statusCode"] == 400


def test_an_answer_does_not_wait_for_its_head_to_be_confirmed(box: RunningSandbox) -> None:
    """The system would hold back each body for 40 ms; the fastest call leaves out what else is slow."""

    def seconds() -> float:
        begin = perf_counter()
        box.client.get("/sandbox/clock").raise_for_status()
        return perf_counter() - begin

    assert min(seconds() for _ in range(10)) < 0.03
