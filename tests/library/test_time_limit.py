"""The time limit: wherever it strikes, the document has one finding that says so, and the tool has not failed."""

import json
from itertools import count
from pathlib import Path

import pytest

import converter
from converter import deadline
from converter.findings.kinds import FILE_TOOK_TOO_LONG
from tests.cli.runner import qrda2qpp
from tests.documents import document


def _flawed() -> bytes:
    doc = document(2025, measures=("236", "438"), supplemental=True)
    doc.measure("236").guid = "00000000-1111-2222-3333-444444444444"
    doc.measure("438").population("NUMER").count = "x"
    return doc.xml().replace("<statusCode", "<wrong/><statusCode", 1).encode()


def _submission() -> bytes:
    return converter.convert(document(2025).bytes()).to_json().replace('"quality"', '"qualitty"').encode()


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a second pass at each look at the clock."""
    seconds = count()
    monkeypatch.setattr(deadline, "monotonic", lambda: float(next(seconds)))


@pytest.mark.every(2)
@pytest.mark.usefixtures("looks")
@pytest.mark.parametrize("data", [_flawed(), _submission()], ids=["document", "submission"])
def test_wherever_the_time_is_over_one_finding_says_so(data: bytes) -> None:
    whole, limit = converter.check(data), 0
    while (result := converter.check(data, limits=converter.Limits(seconds=limit))).findings != whole.findings:
        assert [finding.kind for finding in result.findings] == [FILE_TOOK_TOO_LONG]
        assert not result.ok and result.submission is None and type(result) is type(whole)
        assert "not read, for it took too long" in result.verdict.sentence
        limit += 1
    assert limit > 10


def test_the_document_itself_is_not_changed_by_a_limit() -> None:
    for data in (_flawed(), _submission(), document(2025).bytes()):
        limited = converter.check(data, limits=converter.Limits(seconds=1e6))
        assert limited == converter.check(data)


def test_what_is_left_out_of_a_report_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from converter.emitters.reports import error_json

    own, calls = error_json._error, count()

    def slow(*arguments: object) -> object:
        if next(calls) == 1:
            raise deadline.OutOfTimeError
        return own(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(error_json, "_error", slow)
    for name in "abc":
        (tmp_path / f"{name}.xml").write_bytes(_flawed())
    report = tmp_path / "report.json"
    result = qrda2qpp("check", tmp_path, "--timeout", "600", "--report", f"error-json={report}")
    assert result.code == 1 and "took longer than 600 seconds" in result.stderr
    errors = json.loads(report.read_text(encoding="utf-8"))["errors"]
    assert [FILE_TOOK_TOO_LONG.id in str(one) for one in errors] == [False, True, False]
