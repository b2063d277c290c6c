"""Reports say that their data is old; nothing else of them depends on the day."""

from datetime import date

import pytest

from tests.cli.runner import qrda2qpp
from tests.documents import document


def test_reports_say_that_their_data_is_older_than_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    data = document(2025).bytes()
    fresh, old = "measures of 2025 as of 2026-08-20, identifiers final", "older than a year"
    for today, said in ((date(2027, 8, 20), False), (date(2027, 8, 21), True)):
        monkeypatch.setattr("converter.cli.age.today", lambda: today)  # noqa: B023  # asked at once
        for report in ("text", "html", "markdown"):
            result = qrda2qpp("check", "--report", report, stdin=data)
            text = " ".join((result.text + result.stderr).split())
            assert fresh in text and (old in text) is said, (report, today)
