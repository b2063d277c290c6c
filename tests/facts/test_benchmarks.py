"""Benchmarks as they are looked up: the order of their figures, and those that contradict themselves."""

from decimal import Decimal
from pathlib import Path

import pytest

from converter.errors import DataFileError
from converter.facts.benchmarks import benchmark_of, load_benchmarks
from converter.facts.files import data_folders, shipped_folder
from converter.facts.scoring_rules import load_scoring_rules

FOLDERS = (shipped_folder(),)
YEARS = range(2017, 2027)


@pytest.mark.parametrize("year", YEARS)
def test_bounds_rise_or_fall(year: int) -> None:
    rows = load_benchmarks(FOLDERS, year)
    assert rows is not None
    one = rows.of("001", "electronicHealthRecord")
    assert one is not None
    assert one.first == (2 if year < 2023 else 1)
    assert len(one.bounds) == (9 if year < 2023 else 10)
    assert list(one.bounds) == sorted(one.bounds, reverse=one.inverse)
    assert one.historical is (one.year < year)


def test_percentiles_of_an_inverse_measure_are_read_from_the_other_end() -> None:
    figures = [2, 10, 20, 30, 40, 50, 60, 70, 80, 90, 99]
    up = benchmark_of("X", "registry", 2025, {"benchmarkYear": 2023, "percentiles": figures})
    down = benchmark_of("X", "registry", 2025, {"benchmarkYear": 2023, "percentiles": figures, "inverse": True})
    assert up.bounds == tuple(map(Decimal, (2, 10, 20, 30, 40, 50, 60, 70, 80, 90)))
    assert down.bounds == tuple(map(Decimal, (99, 90, 80, 70, 60, 50, 40, 30, 20, 10)))


@pytest.mark.parametrize(
    ("year", "measure", "method"),
    [(2017, "AQI18", "registry"), (2020, "ACRAD25", "registry"), (2018, "MSPB_1", "administrativeClaims")],
)
def test_figures_that_contradict_themselves_are_not_used(year: int, measure: str, method: str) -> None:
    rows = load_benchmarks(FOLDERS, year)
    assert rows is not None
    one = rows.of(measure, method)
    assert one is not None
    assert one.bounds == ()
    assert one.published


def test_what_there_is_not() -> None:
    assert load_benchmarks(FOLDERS, 2027) is None
    rows = load_benchmarks(FOLDERS, 2026)
    assert rows is not None
    assert rows.of("102", "electronicHealthRecord") is None
    assert rows.of("no such measure", "registry") is None


def test_a_folder_of_a_user_replaces_a_year(tmp_path: Path) -> None:
    folder = tmp_path / "benchmarks"
    folder.mkdir()
    text = (shipped_folder() / "benchmarks" / "2026.json").read_text(encoding="utf-8")
    (folder / "2027.json").write_text(
        text.replace('"performanceYear":2026', '"performanceYear":2027'), encoding="utf-8"
    )
    rows = load_benchmarks(data_folders(tmp_path), 2027)
    assert rows is not None
    assert rows.year == 2027
    (folder / "2026.json").write_text("{}", encoding="utf-8")
    with pytest.raises(DataFileError):
        load_benchmarks(data_folders(tmp_path), 2026)


@pytest.mark.parametrize("year", YEARS)
def test_each_year_has_its_rules(year: int) -> None:
    rules = load_scoring_rules(FOLDERS, year)
    one_row = ("decimals", "floors", "noBenchmark", "fewCases", "incomplete", "methodsTogether", "thresholds")
    for name in one_row:
        assert len(list(rules.rows(name))) == 1, name
    assert any(row["program"] == "mips" for row in rules.rows("weights"))
    for name in ("weights", "reweighted"):
        for row in rules.rows(name):
            assert row["quality"] + row["pi"] + row["ia"] + row["cost"] == 100


@pytest.mark.parametrize("year", range(2019, 2027))
def test_promoting_interoperability_adds_up_to_100(year: int) -> None:
    rules = load_scoring_rules(FOLDERS, year)
    points = {row["measure"]: row["points"] for row in rules.rows("piPoints") if not row.get("bonus")}
    instead = sum(points.pop(name, 0) for name in ("PI_HIE_5", "PI_HIE_6"))
    registries = rules.row("piRegistries")
    assert registries is not None
    assert sum(points.values()) + registries["points"] == 100
    assert not instead or instead % (points["PI_HIE_1"] + points["PI_HIE_4"]) == 0
