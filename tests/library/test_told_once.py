"""One cause gives one error: what follows from it in the JSON Schema or in other rules is not told as well."""

import json
from typing import Any

import pytest

import converter
from tests.facts.qpp_examples import submission

Json = dict[str, Any]
_FIRST = "/measurementSets/0/measurements/0"


def errors(data: object) -> list[tuple[str, str | None]]:
    """Id and pointer of the errors of a submission."""
    checked = converter.check(json.dumps(data).encode())
    return [(one.id, one.place.pointer if one.place else None) for one in checked.errors]


def changed(year: int = 2025, **members: Any) -> Json:
    return {**submission(year), **members}


def with_value(**members: Any) -> Json:
    data = submission(2025)
    data["measurementSets"][0]["measurements"][0]["value"] |= members
    return data


def moved() -> Json:
    """A submission whose quality measure stands among the promoting interoperability measures."""
    data = submission(2025)
    quality, pi = data["measurementSets"][:2]
    pi["measurements"].insert(0, quality["measurements"].pop(0))
    return data


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (changed(taxpayerIdentificationNumber="1234567893", nationalProviderIdentifier="000417263"),
         [("SUB007", "/nationalProviderIdentifier")]),
        (changed(nationalProviderIdentifier=1234567893), [("SUB020", "/nationalProviderIdentifier")]),
        (changed(entityType="group", nationalProviderIdentifier=1234567893),
         [("SUB020", "/nationalProviderIdentifier")]),
        (changed(entityType="practice"), [("SUB021", "/entityType")]),
        (with_value(performanceMet=1200, performanceNotMet=-300),
         [("SUB054", f"{_FIRST}/value/performanceMet")]),
        (with_value(performanceMet="12"), [("SUB020", f"{_FIRST}/value/performanceMet")]),
        (moved(), []),
    ],
    ids=["swapped", "NPI as number", "NPI of a group as number", "unknown entity", "counts that cannot be",
         "count as text", "measure of another category"],
)  # fmt: skip
def test_cause_is_told_once(data: Json, told: list[tuple[str, str]]) -> None:
    assert errors(data) == told


def test_measure_of_another_category_is_a_warning() -> None:
    found = converter.check(json.dumps(moved()).encode()).warnings
    assert [one.place.pointer for one in found if one.id == "SUB047" and one.place] == [
        "/measurementSets/1/measurements/0/measureId"
    ]


@pytest.mark.parametrize(("given", "meant"), [("1", "001"), ("CMS165v13", "236"), ("cms165", "236"), ("23 6", None)])
def test_measure_that_is_meant(given: str, meant: str | None) -> None:
    data = submission(2025)
    data["measurementSets"][0]["measurements"][0]["measureId"] = given
    (found,) = (one for one in converter.check(json.dumps(data).encode()).errors if one.id == "SUB046")
    assert (f"it is close to {meant}" in found.message) is (meant is not None)


@pytest.mark.parametrize(("category", "told"), [("pi", "SUB067"), ("ia", "SUB079"), ("quality", "SUB071")])
def test_set_without_measurements(category: str, told: str) -> None:
    data = submission(2025)
    (one,) = (each for each in data["measurementSets"] if each["category"] == category)
    one["measurements"] = []
    found = {each.id: each.message for each in converter.check(json.dumps(data).encode()).warnings}
    assert told in found
    assert (
        "The file has no quality measure" in found.get("SUB071", "The file has no quality measure")
        or category != "quality"
    )
