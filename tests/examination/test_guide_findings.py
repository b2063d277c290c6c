"""Each finding of the implementation guide: a document that has it, what it says, and what it says to write."""

import re

import pytest

import converter
from converter.findings.finding import Severity
from tests.documents import document, replace_once

ONLY_SECTIONS = document(2025, measures=()).xml()
"""A document that follows the guide; it has no quality measures."""
WITH_MEASURE = document(2025, supplemental=True).xml()
"""One that lacks only what the guide recommends: the measure set of its measure."""
OF_2022 = document(2022, measures=()).xml()
STATUS = r'(?<=<code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/>)\s*<statusCode code="completed"/>'
PAYER = '<templateId root="2.16.840.1.113883.10.20.27.3.18" extension="2018-05-01"/>'
TIN = r'(<id root="2.16.840.1.113883.4.2" extension="\d+")/>'
PARAMETERS = '<section><templateId root="2.16.840.1.113883.10.20.27.2.2"/></section>'

ROWS = [
    ("IG012", ONLY_SECTIONS, STATUS, "", "has no statusCode", 'Write in observation: <statusCode code="completed"/>.'),
    ("IG013", WITH_MEASURE, PAYER, PAYER * 2, "has 2 templateId", f"remove the others; it is written {PAYER}."),
    ("IG014", OF_2022, "</structuredBody>", f"<component>{PARAMETERS}</component></structuredBody>",
     "has component with section (reporting parameters section), which the guide does not allow there",
     f"Remove this from structuredBody in component: <component>{PARAMETERS}</component>."),
    ("IG015", WITH_MEASURE, PAYER, "", "observation (payer) is missing the templateId",
     f"Write in observation, next to its other templateIds: {PAYER}."),
    ("IG016", ONLY_SECTIONS, '(<confidentialityCode code=")N"', r'\1R"', "is R, but the guide requires N (CMS_4)",
     'Write <confidentialityCode code="N"/>.'),
    ("IG017", ONLY_SECTIONS, '<realmCode code="US"/>', "<realmCode/>", "is missing the attribute code",
     'Write <realmCode code="US"/>.'),
    ("IG018", WITH_MEASURE, '<translation code="D"', '<translation code="M"', "is M, which is not one of the values",
     'Write <translation code="A"/>, with one of the values A, B, C or D.'),
    ("IG019", ONLY_SECTIONS, '<realmCode code="US"/>', '<realmCode code="US" nullFlavor="NI"/>',
     "has both code and nullFlavor", 'Write <realmCode code="US"/>, or <realmCode nullFlavor="..."/> if there is no'),
    ("IG020", ONLY_SECTIONS, TIN, r'\1 nullFlavor="NA"/>', "has root, extension and nullFlavor",
     'Write <id root="2.16.840.1.113883.4.2" extension="..."/>, or <id nullFlavor="..."/> if there is no'),
    ("IG021", WITH_MEASURE, '<value xsi:type="INT" ', '<value xsi:type="PQ" ', "has value, but the guide",
     'Write <value xsi:type="PQ" value="..." unit="..."/>, or nullFlavor alone'),
    ("IG022", ONLY_SECTIONS, "<title>[^<]*</title>", "<title/>", "has neither text nor a nullFlavor",
     'Write <title>text</title>, or <title nullFlavor="NI"/>'),
    ("IG023", WITH_MEASURE, r'(<value xsi:type="REAL" value="0\.)\d+"', r'\g<1>12345678"', "is 0.12345678, but",
     'Write <value xsi:type="REAL" value="..."/>, where "..." stands for a number with at most 6 decimals.'),
    ("IG024", ONLY_SECTIONS, '<low value="20250401"/>', '<low value="202504010800"/>', "does not have a time zone",
     'Write <low value="202504010800-0500"/>, with a time zone.'),
    ("IG025", ONLY_SECTIONS, TIN, r"\1/>\1/>", "For the program MIPS_GROUP", "Keep only one in represented"),
    ("IG026", ONLY_SECTIONS, "<assignedAuthoringDevice>.*?</assignedAuthoringDevice>", "", "has none of the parts",
     "Write in assignedAuthor: <assignedPerson>"),
]  # fmt: skip


def found(text: str, id: str) -> list[converter.Finding]:
    return [one for one in converter.check(text.encode()).findings if one.id == id and one.stage == "guide"]


@pytest.mark.parametrize(("id", "text", "old", "new", "says", "fix"), ROWS, ids=[row[0] for row in ROWS])
def test_each_finding(id: str, text: str, old: str, new: str, says: str, fix: str) -> None:
    wrong, number = re.subn(old, new, text, count=1, flags=re.DOTALL)
    assert number == 1
    (finding,) = found(wrong, id)
    assert says in finding.message and fix in finding.fix
    assert finding.severity is Severity.WARNING and finding.data["required"] is True
    assert finding.place and finding.place.line


@pytest.mark.parametrize("text", [ONLY_SECTIONS, WITH_MEASURE, OF_2022])
def test_what_follows_the_guide_has_none(text: str) -> None:
    result = converter.check(text.encode())
    assert not [one for one in result.findings if one.data.get("required")]
    assert {one.id for one in result.assertions} <= {"4484-18353"}


OPEN = {"IG020", "IG021", "IG022", "IG023"}
"""Findings whose fix leaves something for the reporter to fill in."""


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row[5].startswith("Write <") and row[0] not in OPEN], ids=lambda row: row[0]
)
def test_what_is_to_be_written_is_right(row: tuple[str, str, str, str, str, str]) -> None:
    """The piece in place of the element makes the document right again."""
    id, text, old, new, _, _ = row
    wrong = re.sub(old, new, text, count=1, flags=re.DOTALL)
    (finding,) = found(wrong, id)
    piece = finding.fix[finding.fix.index("<") : finding.fix.index("/>") + 2]
    assert "..." not in piece and finding.place is not None
    again = replace_once(wrong, finding.place.excerpt, piece)
    assert found(again, id) == []


def test_a_document_of_no_known_year() -> None:
    text = replace_once(ONLY_SECTIONS, 'extension="2024-12-01"/>', 'extension="1999-01-01"/>')
    (finding,) = found(text, "IG027")
    assert "was not compared with an implementation guide" in finding.message and "--year 2025" in finding.fix
    assert found(ONLY_SECTIONS, "IG027") == []
