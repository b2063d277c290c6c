"""What is missing where it is read, and stands in another place or under another root: it is named with its line."""

import json
import re
from collections.abc import Callable

import pytest

import converter
from converter.emitters.reports.formats import FORMATS, emitter
from converter.findings.finding import Finding
from converter.result import Result
from tests.documents import CEHRT_ROOT, NPI, NPI_ROOT, PROGRAM_ROOT, TIN, TIN_ROOT, document, replace_once
from tests.facts.qpp_examples import NPI as JSON_NPI
from tests.facts.qpp_examples import TIN as JSON_TIN
from tests.facts.qpp_examples import submission

APM_ROOT, SUBGROUP_ROOT = (f"2.16.840.1.113883.3.249.5.{number}" for number in (4, 5))
TIN_ID = f'<id root="{TIN_ROOT}" extension="{TIN}"/>'
NPI_ID = f'<id root="{NPI_ROOT}" extension="{NPI}"/>'
CUSTODIAN, ORGANIZATION, CLINICIAN = (
    "<representedCustodianOrganization>",
    "<representedOrganization>",
    "<assignedEntity>",
)
NAME = "<name>Larkspur Valley Family Practice</name>"

Edit = Callable[[str], str]


def instead(old: str, new: str) -> Edit:
    """Write something else in the place of a part."""
    return lambda text: replace_once(text, old, new)


def moved(part: str, into: str) -> Edit:
    """Move a part to the beginning of another element."""
    return lambda text: replace_once(replace_once(text, part, ""), into, into + part)


def under(part: str, root: str, other: str) -> Edit:
    """Write the root of a part anew."""
    return instead(part, part.replace(root, other))


def checked(text: str) -> Result:
    return converter.check(text.encode(), guide="none")


def one(result: Result, id: str) -> Finding:
    return next(finding for finding in result.findings if finding.id == id)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


ROWS: dict[str, tuple[str, str, Edit, str, str, str]] = {
    "TIN under another root": ("MIPS_GROUP", "SUB004", under(TIN_ID, TIN_ROOT, "2.16.840.1.113883.19.5"),
        f'113883.19.5" extension="{TIN}"', "has 9 digits under root 2.16.840.1.113883.19.5", f'root="{TIN_ROOT}"'),
    "TIN under the root of the NPI": ("MIPS_GROUP", "SUB004", under(TIN_ID, TIN_ROOT, NPI_ROOT),
        f'{NPI_ROOT}" extension="{TIN}"', "which is for the NPI", f'root="{TIN_ROOT}"'),
    "TIN of the custodian": ("MIPS_GROUP", "SUB004", moved(TIN_ID, CUSTODIAN), TIN_ID,
        "in custodian/assignedCustodian/representedCustodianOrganization", "move or copy it to the performer's"),
    "TIN of the custodian, under another root": ("MIPS_GROUP", "SUB004",
        lambda text: replace_once(moved(TIN_ID, CUSTODIAN)(text), f'"{TIN_ROOT}"', '"1.2.3"'), '"1.2.3" extension="0',
        "has 9 digits under root 1.2.3", f'<id root="{TIN_ROOT}" extension="..."/> in the performer'),
    "TIN with a dash, without root": ("MIPS_GROUP", "SUB004", instead(TIN_ID, '<id extension="00-0417263"/>'),
        "00-0417263", "has 9 digits without a root", f'root="{TIN_ROOT}"'),
    "TIN as root": ("MIPS_GROUP", "SUB004", instead(TIN_ID, f'<id root="{TIN}"/>'), f'<id root="{TIN}"/>',
        "9 digits in place of its root", f'root="{TIN_ROOT}"'),
    "TIN that is not known": ("MIPS_INDIV", "SUB004", instead(TIN_ID, f'<id root="{TIN_ROOT}" nullFlavor="NI"/>'),
        'nullFlavor="NI"', 'says nullFlavor="NI"', 'Replace nullFlavor="NI" of the id in line'),
    "NPI of the practice": ("MIPS_INDIV", "SUB003", moved(NPI_ID, TIN_ID), NPI_ID, "representedOrganization",
        "move or copy it to the performer's assignedEntity"),
    "NPI under another root": ("MIPS_INDIV", "SUB003", under(NPI_ID, NPI_ROOT, "1.2.3"), f'"1.2.3" extension="{NPI}"',
        "has 10 digits under root 1.2.3", f'root="{NPI_ROOT}"'),
    "NPI that is not applicable": ("MIPS_INDIV", "SUB003", instead(NPI_ID, f'<id root="{NPI_ROOT}" nullFlavor="NA"/>'),
        f'{NPI_ROOT}" nullFlavor="NA"', 'says nullFlavor="NA"', 'with the NPI; if the data is for a group'),
    "APM entity under the root of subgroups": ("MIPS_APMENTITY", "SUB002", instead(APM_ROOT, SUBGROUP_ROOT),
        SUBGROUP_ROOT, "which is for the id of a subgroup", f'root="{APM_ROOT}"'),
    "virtual group without value": ("MIPS_VIRTUALGROUP", "DOC014", instead('extension="VG0417"', 'nullFlavor="UNK"'),
        "UNK", 'says nullFlavor="UNK"', 'Replace nullFlavor="UNK" of the id in line'),
    "certified EHR under another root": ("MIPS_GROUP", "SUB028", instead(CEHRT_ROOT, "2.16.840.1.113883.3.2074"),
        '113883.3.2074"', "has a value of that form under root", f'root="{CEHRT_ROOT}"'),
    "program under another root": ("MIPS_GROUP", "DOC005", instead(f'"{PROGRAM_ROOT}"', '"1.2.3"'), '"1.2.3"',
        "has the name of a program under root 1.2.3", f'root="{PROGRAM_ROOT}"'),
    "program without value": ("MIPS_GROUP", "DOC005", instead('extension="MIPS_GROUP"', 'nullFlavor="NA"'),
        f'{PROGRAM_ROOT}" nullFlavor="NA"', 'says nullFlavor="NA"', 'with the program name'),
    "measure without GUID": ("MIPS_GROUP", "GUID003",
        lambda text: re.sub(r'(113883\.4\.738") extension="[^"]+"', r'\1 nullFlavor="UNK"', text, count=1),
        '4.738" nullFlavor', 'says nullFlavor="UNK"', "Add the measure's GUID"),
    "activity without id": ("MIPS_GROUP", "IA003", instead('extension="IA_BE_4"', 'nullFlavor="UNK"'),
        'nullFlavor="UNK"', 'says nullFlavor="UNK"', "Give the activity its id"),
    "answered measure without id": ("MIPS_GROUP", "PI001", instead('extension="PI_PPHI_1"', 'nullFlavor="UNK"'),
        'nullFlavor="UNK"', 'says nullFlavor="UNK"', "Give the measure its id"),
}  # fmt: skip
"""What is wrong -> program, finding, change, the part whose line is named, words of the message, words of the fix."""


@pytest.mark.parametrize("what", ROWS)
def test_it_is_named_with_its_line(what: str) -> None:
    program, id, edit, part, message, fix = ROWS[what]
    text = edit(document(2025, program).xml())
    found = one(checked(text), id)
    line = line_of(text, part)
    assert f"line {line}" in found.message
    assert message in found.message
    assert fix in found.fix
    assert line in [place.line for place in found.related]


@pytest.mark.parametrize("what", ROWS)
def test_no_number_is_shown(what: str) -> None:
    program, _, edit, _, _, _ = ROWS[what]
    result = checked(edit(document(2025, program).xml()))
    for name in FORMATS:
        shown = emitter(name)([result.report()])
        assert TIN not in shown
        assert NPI not in shown


@pytest.mark.parametrize(
    ("program", "id", "edit"),
    [
        ("MIPS_GROUP", "SUB004", instead(TIN_ID, '<id root="1.2.3" extension="00041726"/>')),
        ("MIPS_GROUP", "SUB004", instead(TIN_ID, '<id root="1.2.3" extension="X00417263"/>')),
        ("MIPS_GROUP", "SUB004", instead(TIN_ID, '<id root="1.2.3.000417263"/>')),
        ("MIPS_INDIV", "SUB003", instead(NPI_ID, "")),
        ("MIPS_APMENTITY", "SUB002", instead(APM_ROOT, "1.2.3")),
        ("MIPS_GROUP", "DOC005", instead(f'"{PROGRAM_ROOT}" extension="MIPS_GROUP"', '"1.2.3" extension="CMS"')),
    ],
)  # fmt: skip
def test_what_resembles_it_too_little_is_not_named(program: str, id: str, edit: Edit) -> None:
    found = one(checked(edit(document(2025, program).xml())), id)
    assert "line" not in found.message
    assert found.related == ()
    assert found.fix.startswith(("In the header of the document, add", "Add the program name"))


def test_the_patient_is_not_looked_at() -> None:
    text = replace_once(document(2025, "MIPS_GROUP").xml(), TIN_ID, "")
    text = replace_once(text, '<id nullFlavor="NA"/>', f'<id root="1.2.3" extension="{TIN}"/>')
    assert "line" not in one(checked(text), "SUB004").message


# --- the performance period --------------------------------------------------------------------------------------

_ENTRY = re.compile(r"\s*<entry[^>]*>\s*(<act .*?</act>)\s*</entry>", re.DOTALL)


def without_period(text: str) -> tuple[str, str]:
    """A document without the first performance period, and the act that states it."""
    match = _ENTRY.search(text)
    assert match
    return text.replace(match[0], "", 1), match[1]


@pytest.mark.parametrize(("year", "own"), [(2025, "17.2.1"), (2018, "27.2.2")])
def test_period_in_a_section_of_its_own(year: int, own: str) -> None:
    text, act = without_period(document(year).xml())
    template = f'<templateId root="2.16.840.1.113883.10.20.{own}"/>'
    section = f"<component><section>{template}<entry>{act}</entry></section></component>"
    text = replace_once(text, "<structuredBody>", f"<structuredBody>\n{section}")
    found = one(checked(text), "DOC015")
    line = line_of(text, "<entry><act")
    assert "in a section of its own" in found.message
    assert [place.line for place in found.related] == [line]
    assert [place.official[0] for place in found.related] == [line + 1]
    assert found.fix == f"Move or copy the entry with the performance period of line {line} into this section."


def test_period_in_each_measure() -> None:
    text, act = without_period(document(2025, measures=("236", "001"), pi=False, ia=False).xml())
    text = text.replace(
        "</externalDocument>", f"</externalDocument></reference><component>{act}</component><reference>"
    )
    found = one(checked(text), "DOC015")
    assert "inside the entries of the section (line " in found.message
    assert len(found.related) == 2
    assert "an entry of its own in this section" in found.fix


def test_period_of_another_section() -> None:
    doc = document(2025)
    doc.pi.periods.clear()
    found = one(checked(doc.xml()), "DOC016")
    assert "in the quality section" in found.message
    assert found.fix.startswith("Give this section a performance period of its own")


def test_period_that_is_nowhere() -> None:
    doc = document(2025, pi=False, ia=False)
    doc.quality.periods.clear()
    found = one(checked(doc.xml()), "DOC015")
    assert found.message == "The quality section does not give the performance period."
    assert found.fix.startswith("Give one")


# --- how numbers are written -------------------------------------------------------------------------------------

WRITTEN = {
    "O00417263": "the letter O", "0004l7263": "the letter l", "OO0417Z63": "character 2 is the letter O, not the "
    "digit 0 and character 7 is the letter Z",
    "00417263": "8 digits (a spreadsheet may have dropped its leading zero)",
    "0417263": "7 digits (a spreadsheet may have dropped its leading zeros)",
    "41": "2 digits", "0004172631": "10 digits",
    "XXX-XX-7263": "hide some of the digits", "*****7263": "hide some of the digits", "xxxxx7263": "hide some of "
    "the digits", "00-0417263": "dashes",
    "NA": "no digits", "000417263.": "other characters",
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), WRITTEN.items())
def test_tin_that_is_written_otherwise(text: str, words: str) -> None:
    found = one(checked(replace_once(document(2025, "MIPS_GROUP").xml(), TIN, text)), "SUB010")
    data = submission(2025)
    data["taxpayerIdentificationNumber"] = text
    same = next(each for each in converter.check(json.dumps(data).encode()).findings if each.id == "SUB010")
    assert words in found.message
    assert (same.message, same.fix) == (found.message, found.fix)
    assert ("zeros" in found.fix) is ("leading zero" in words)
    assert not re.search(r"\d{3}", found.message + found.fix)


@pytest.mark.parametrize(
    ("text", "words"), [("2OO3004175", "the letter O"), ("203004175", "9 digits."), ("XXXXXX4175", "hide")]
)
def test_npi_that_is_written_otherwise(text: str, words: str) -> None:
    found = one(checked(replace_once(document(2025, "MIPS_INDIV").xml(), NPI, text)), "SUB008")
    assert words in found.message
    assert "leading zero" not in found.message


def test_numbers_in_the_member_of_another_in_json() -> None:
    data = submission(2025)
    del data["taxpayerIdentificationNumber"]
    data["entityId"] = JSON_TIN
    found = next(each for each in converter.check(json.dumps(data).encode()).findings if each.id == "SUB004")
    assert 'the member "entityId" has 9 digits' in found.message
    assert [place.pointer for place in found.related] == ["/entityId"]
    data["entityId"] = JSON_NPI[1:8]
    found = next(each for each in converter.check(json.dumps(data).encode()).findings if each.id == "SUB004")
    assert "entityId" not in found.message


# --- the name of the program -------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2017, 2018])
@pytest.mark.parametrize("name", ["MIPS", "mips", "Mips"])
def test_mips_is_an_individual_in_2017_and_2018(year: int, name: str) -> None:
    doc = document(year, "MIPS")
    doc.program = name
    result = converter.convert(doc.bytes())
    assert result.ok
    assert result.submission is not None
    assert result.submission.entityType == "individual"
    assert {one.programName for one in result.submission.measurementSets} == {"mips"}
    assert result.submission.nationalProviderIdentifier == NPI


@pytest.mark.parametrize(
    ("name", "message", "fix"),
    [
        ("MIPS_GROUP ", "because of the spaces around it", "such as MIPS_GROUP."),
        ("\tMIPS_GROUP", "because of the spaces around it", "such as MIPS_GROUP."),
        ("M1366", "is the id of the MIPS Value Pathway ", 'extension="M1366"'),
        ("G9999", "looks like the id of a MIPS Value Pathway", 'extension="G9999"'),
        ("MIPS_CLINIC", "is not one that CMS recognizes.", "under which the 2025 data is reported."),
        ("HQR_OQR", "is a program of CMS' Hospital Quality Reporting", "QRDA I"),
        ("MCP_STANDARD", "it is a name of Making Care Primary", "Keep the file"),
        ("MCP_FQHC ", "it is a name of Making Care Primary", "Keep the file"),
        ("PCF ", "because of the spaces around it", "such as PCF."),
        ("CPCPLUS", "was accepted for 2017 to 2021", "takes part in now"),
    ],
)
def test_what_a_program_name_is(name: str, message: str, fix: str) -> None:
    doc = document(2025, "MIPS_GROUP")
    doc.program = name
    (found,) = converter.convert(doc.bytes()).errors
    assert found.official_code == 25
    assert message in found.message
    assert fix in found.fix


def test_a_practice_of_a_program_that_is_not_converted_is_not_told_to_replace_it() -> None:
    doc = document(2025, "MIPS_GROUP")
    doc.program = "MCP_STANDARD"
    (found,) = converter.convert(doc.bytes()).errors
    assert "Replace" not in found.fix
    assert found.expected.endswith("for data of these programs")


@pytest.mark.parametrize("text", [TIN, NPI, "00-0417263"])
def test_number_in_place_of_the_program_is_not_shown(text: str) -> None:
    doc = document(2025, "MIPS_GROUP")
    doc.program = text
    result = converter.convert(doc.bytes())
    (found,) = result.errors
    digits = sum(one.isdecimal() for one in text)
    assert found.message.startswith(
        f"The program name of {digits} digits is not one that CMS recognizes; a TIN or NPI may"
    )
    assert all(text not in emitter(name)([result.report()]) for name in FORMATS)
