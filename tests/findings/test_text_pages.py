"""Pages that show numbers or ids in place of XML: what they show is what comes out."""

import json
import re
from typing import Any

import converter
from converter.result import Conversion
from tests.documents import Doc, document
from tests.findings.pages import Page, read_page

_NUMBER = re.compile(r"(denominator|numerator|eligible|performance met|performance not met) +(\d+)")


def _page(id: str) -> Page:
    page = read_page(id)
    assert page is not None
    return page


def _rows(page: Page, section: str) -> list[tuple[str, dict[str, int]]]:
    """Name and numbers of each line of a snippet."""
    _, snippet = page.snippet(section)
    return [
        (re.split(r" {2,}", line.strip())[0], {name: int(number) for name, number in _NUMBER.findall(line)})
        for line in snippet.splitlines()
    ]


def _value(doc: Doc) -> dict[str, Any]:
    result = converter.convert(doc.bytes())
    value: dict[str, Any] = json.loads(result.to_json())["measurementSets"][0]["measurements"][0]["value"]
    return value


def _ids(result: Conversion) -> list[str]:
    return [finding.id for finding in result.findings]


def test_counts_in_first_stratum() -> None:
    page = _page("POP011")
    (_, everybody), *ages = _rows(page, "Wrong")
    assert all(sum(row[name] for _, row in ages) == total for name, total in everybody.items())
    doc = document(2025, measures=("370",))
    denominator, numerator = everybody["denominator"], everybody["numerator"]
    doc.measure("370").set_counts(IPOP=denominator, DENOM=denominator, DENEX=0, NUMER=numerator)
    assert "POP011" in _ids(converter.convert(doc.bytes()))
    written = [(one["stratum"], one["eligiblePopulation"], one["performanceMet"]) for one in _value(doc)["strata"]]
    assert written == [(name, row["eligible"], row["performance met"]) for name, row in _rows(page, "Right")]


def test_population_sets_summed() -> None:
    page = _page("POP012")
    doc = document(2025, measures=("143",))
    for index, (_, row) in enumerate(_rows(page, "Wrong")):
        denominator, numerator = row["denominator"], row["numerator"]
        doc.measure("143").set_counts(index, IPOP=denominator, DENOM=denominator, NUMER=numerator)
    assert "POP012" in _ids(converter.convert(doc.bytes()))
    value = _value(doc)
    ((_, row),) = _rows(page, "Right")
    assert row == {
        "eligible": value["eligiblePopulation"],
        "performance met": value["performanceMet"],
        "performance not met": value["performanceNotMet"],
    }


def test_roles_swapped() -> None:
    page = _page("POP017")
    assert "POP017" in _ids(_with_populations(page, "Wrong"))
    assert not _with_populations(page, "Right").errors


def _with_populations(page: Page, section: str) -> Conversion:
    doc = document(2026, measures=("236",))
    _, snippet = page.snippet(section)
    for line in snippet.splitlines():
        role, guid, number = line.split()
        population = doc.measure("236").population(role)
        population.id, population.count = guid, int(number)
    return converter.convert(doc.bytes())
