"""The generator of the benchmarks: what it keeps, what it leaves out, and what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest

from tools import build_benchmarks
from tools.data_files import SCHEMAS, load

RECORD = {"benchmarkYear": 2023, "percentiles": [1] * 11, "inverse": False, "toppedOut": False, "sevenPointCap": True}
SOURCE = {
    "performanceYear": 2025,
    "source": "measures data (2026-08-20)",
    "layout": "how the figures are ordered",
    "benchmarks": {"002": {"registry": RECORD, "claims": RECORD}, "001": {"registry": RECORD}},
}


def test_a_year_file() -> None:
    made = build_benchmarks.year_file(SOURCE)
    assert (made["date"], made["origin"]) == ("2026-08-20", ["measures data (2026-08-20)"])
    assert [(name, list(methods)) for name, methods in made["benchmarks"].items()] == [
        ("001", ["registry"]),
        ("002", ["claims", "registry"]),
    ]
    kept = {"benchmarkYear": 2023, "percentiles": [1] * 11, "inverse": False, "sevenPointCap": True}
    assert made["benchmarks"]["001"]["registry"] == kept


@pytest.mark.parametrize(
    "change", [{"source": "no day"}, {"benchmarks": {"001": {"registry": {**RECORD, "median": 50}}}}]
)
def test_what_it_refuses(change: dict[str, Any]) -> None:
    with pytest.raises(SystemExit):
        build_benchmarks.year_file({**SOURCE, **change})


def test_writing_and_checking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_benchmarks, "SCHEMAS", tmp_path / "schemas")
    (tmp_path / "2025.json").write_text(json.dumps(SOURCE), encoding="utf-8")
    assert build_benchmarks.main([str(tmp_path), "--check"]) == 1
    assert build_benchmarks.main([str(tmp_path)]) == 0
    assert build_benchmarks.main([str(tmp_path), "--check", "--year", "2025"]) == 0
    written = json.loads((tmp_path / "schemas" / "benchmarks" / "2025.json").read_bytes())
    assert written["performanceYear"] == 2025


def test_the_files_have_their_years_and_dates() -> None:
    for path in (SCHEMAS / "benchmarks").iterdir():
        facts = load(f"benchmarks/{path.name}")
        assert facts["performanceYear"] == int(path.stem)
        assert facts["date"] in facts["origin"][0]
