"""An error of structure that comes of the same mistake as a rule's finding is not told again; any other one is."""

from collections.abc import Callable

import pytest

import converter
from tests.documents import Doc, document
from tests.rules.cases import DOCUMENT, POPULATIONS, PROMOTING_INTEROPERABILITY, RATES, SUBMISSION, Case

BROKEN = [
    case
    for case in (*DOCUMENT, *POPULATIONS, *RATES, *PROMOTING_INTEROPERABILITY, *SUBMISSION)
    if case.fails and case.finding in ("DOC010", "DOC018", "DOC019", "DOC020", "POP008", "RATE001", "PI010", "SUB003")
]


def structure_of(data: bytes) -> list[str]:
    """Ids of the errors of structure, and the elements that they are about."""
    found = converter.check(data, guide="none").findings
    listed = [one for one in found if one.id.startswith("IG") and one.id != "IG011"]
    return [f"{one.id} {one.data.get('element') or one.data['parent_element']}" for one in listed]


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_told_once(case: Case) -> None:
    assert {one.split()[0] for one in structure_of(case.data())} <= case.ids | {"IG008"}


def _text_of_count(doc: Doc) -> None:
    doc.measures[0].population("NUMER").count = "many"


def _nothing(_: Doc) -> None:
    pass


@pytest.mark.parametrize(
    ("change", "edit", "left"),
    [
        (_text_of_count, ("", ""), []),
        (_nothing, ("<statusCode", "<statusKode"), ["IG001 statusKode"]),
        (_text_of_count, ("<statusCode", "<statusKode"), ["IG001 statusKode"]),
        (_text_of_count, ('<realmCode code="US"/>', '<realmCode code=""/>'), ["IG007 realmCode"]),
    ],
    ids=["the same", "another one", "the same and another one", "of another element"],
)
def test_what_is_not_the_same_is_told(change: Callable[[Doc], None], edit: tuple[str, str], left: list[str]) -> None:
    doc = document(2025)
    change(doc)
    assert sorted(set(structure_of(doc.xml().replace(*edit).encode()))) == left
