"""What is marked of a document: of every kind of finding, over the case of its page.

The texts are in `marks.json`; `python -m tests.findings.test_marks` writes them anew.
"""

import json
from pathlib import Path

import pytest

from converter.emitters.reports.excerpts import underlined
from converter.findings.finding import Finding
from converter.findings.kinds import TABLE
from converter.findings.marks import MARKS
from converter.findings.place import Place
from converter.source.xml.xpaths import spots
from tests.findings.pages import Page, page_ids, read_page

FILE = Path(__file__).with_name("marks.json")
PAGES = [page for id in page_ids() if (page := read_page(id)) and page.case.tested_in is None]
CONTAINERS = {
    "DOC022": "which part should be something else is not known",
    "DOC036": "the element itself is of no namespace",
    "GUID018": "it is about the whole document",
    "SUB011": "the performer itself is one too many",
    "SUB015": "it is about the whole file",
    "SUB040": "the section itself is not taken",
    "SUB044": "the member itself is not taken",
    "SUB052": "too few or too many are given",
    "SUB070": "the values as a whole differ",
    "SUB082": "the section itself is not needed",
}
"""Kinds that mark the start of something that holds more, and say no more about it -> why."""


def marked(place: Place) -> str:
    """What is marked in the frame of a place."""
    (line,) = [one for one in place.frame if one.marked]
    start, end = underlined(line)
    return line.text[start:end]


_KNOWN: dict[str, Finding] = {}


def finding_of(page: Page) -> Finding:
    """What the case of a page finds; three tests ask for it."""
    if page.id not in _KNOWN:
        _KNOWN[page.id] = _finding_of(page)
    return _KNOWN[page.id]


def _finding_of(page: Page) -> Finding:
    found = page.case.convert(page.snippet("Wrong")[1]).findings
    return next(one for one in found if one.id == page.id)


def shown(finding: Finding) -> list[str]:
    """Words and marked text of each frame."""
    return [
        f"{one.words}: {marked(one.place)}" if one.words else marked(one.place)
        for one in finding.frames
        if one.place.frame
    ]


def test_what_is_marked_in_the_case_of_each_page() -> None:
    assert {page.id: shown(finding_of(page)) for page in PAGES} == json.loads(FILE.read_text(encoding="utf-8"))


def test_what_is_marked_is_the_fault_or_said_to_hold_it() -> None:
    wanted: dict[str, list[str]] = json.loads(FILE.read_text(encoding="utf-8"))
    open_ones = ("<section", "<organizer", "<observation", "<act", "<entry", "<component", "<ClinicalDocument")
    bare = {
        id
        for id, texts in wanted.items()
        if texts and (texts[0].startswith((*open_ones, "{", "[")) or texts[0].endswith(("{", "[")))
        if ": <" not in texts[0]
    }
    said = {id for id in bare if any(text.partition(": ")[0].endswith("in here") for text in wanted[id])}
    assert bare - said == set(CONTAINERS) - {"SUB011"}


@pytest.mark.parametrize("id", MARKS)
def test_marks_are_of_kinds_and_their_paths_are_right(id: str) -> None:
    assert id in TABLE
    kind, mark = TABLE[id], MARKS[id]
    page = read_page(id)
    assert page is not None
    finding = finding_of(page) if page.case.tested_in is None else None
    assert not mark.other or mark.other_words
    assert mark.fault or mark.member or mark.words or mark.missing
    assert finding is None or len(finding.frames) <= 2
    assert "{" not in mark.member or mark.member.strip("{}") in kind.data


def test_a_pair_that_is_declared_is_shown() -> None:
    pairs = {page.id for page in PAGES if len(finding_of(page).frames) == 2}
    declared = {page.id for page in PAGES if page.id in MARKS and MARKS[page.id].other_words}
    one_alone = {  # in the case of the page there is none, and not one too many
        "DOC018", "DOC019", "IA001", "IA003", "PI001", "PI006", "PI008", "POP006", "SITE001", "SITE026",
        "SITE032",
    }  # fmt: skip
    assert declared - pairs == one_alone
    assert pairs <= declared


def test_an_xpath_that_names_what_a_finding_has_not_leads_nowhere() -> None:
    from lxml import etree

    element = etree.fromstring('<a xmlns="urn:hl7-org:v3" b="1"/>')
    assert list(spots(element, "@b[. = $missing]", {})) == []
    assert [(one.tag, name) for one, name in spots(element, "@b[. = $is1]", {"is": ("1", "2")})] == [
        ("{urn:hl7-org:v3}a", "b")
    ]


if __name__ == "__main__":
    texts = {page.id: shown(finding_of(page)) for page in PAGES}
    FILE.write_text(json.dumps(texts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
