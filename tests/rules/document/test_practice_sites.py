"""Documents of practice sites: what only a text shows, what is written, and that nobody else pays for it."""

import json
import subprocess
import sys

import pytest

import converter
from converter.facts.files import data_folders
from converter.facts.profiles import load_profile
from converter.findings.kinds import TABLE
from converter.result import Result
from converter.rules.document.practice_sites import CHECKS
from tests.documents import NPI, NPI_ROOT, SITE_IDS, TIN, TIN_ROOT, YEARS, document, replace_once
from tests.rules.site_cases import ALWAYS, CPC, CPC_2018, PCF

PROGRAMS = [(year, name) for year in YEARS for name in load_profile(data_folders(), year).practice_sites]
ASSIGNED = f'<assignedEntity><id root="{NPI_ROOT}" extension="2003004183"/></assignedEntity></performer>'
ISLAND = '<entryRelationship xmlns="" typeCode="COMP">'


def measures_of(year: int, program: str) -> tuple[str, ...]:
    return PCF if program == "PCF" else CPC_2018 if year == 2018 else CPC


def text_of(year: int, program: str) -> str:
    return document(year, program, measures=measures_of(year, program)).xml()


def convert(text: str) -> Result:
    return converter.convert(text.encode())


def given(result: Result, id: str) -> list[str]:
    return [one.message for one in result.findings if one.id == id]


def test_programs_are_those_that_were_measured() -> None:
    assert [
        *((year, "CPCPLUS") for year in range(2018, 2021)),
        (2021, "CPCPLUS"),
        *((year, "PCF") for year in range(2021, 2026)),
    ] == PROGRAMS


@pytest.mark.parametrize(("year", "program"), PROGRAMS)
def test_what_is_written(year: int, program: str) -> None:
    result = convert(text_of(year, program))
    written = json.loads(result.to_json() or "")
    family = "cpcPlus" if program == "CPCPLUS" else "pcf"
    site, (first,) = SITE_IDS[family], written["measurementSets"]
    assert list(written) == ["performanceYear", "entityType", "entityId", "measurementSets"]
    assert (written["performanceYear"], written["entityType"], written["entityId"]) == (year, "apm", site)
    assert first.get("practiceId") == (site if family == "cpcPlus" else None)
    assert first["programName"] == family
    assert (first["performanceStart"], first["performanceEnd"]) == (f"{year}-01-01", f"{year}-12-31")
    assert first.get("source") == (None if year == 2018 else "qrda3")
    assert not {"cehrtId", "nationalProviderIdentifier", "taxpayerIdentificationNumber"} & {*written, *first}
    assert [one["measureId"] for one in first["measurements"]] == list(measures_of(year, program))


@pytest.mark.parametrize(("year", "program"), PROGRAMS)
def test_that_the_roster_was_not_compared_is_said_once(year: int, program: str) -> None:
    result = convert(text_of(year, program))
    assert [one.id for one in result.findings if one.id in ALWAYS.split()] == ["SITE019", "SITE018"]
    assert "the clinicians against the roster of the practice site" in result.verdict.unchecked


def test_the_converter_of_the_year_decides_what_is_asked() -> None:
    """Every check has its rule, and every rule is asked by some year."""
    folders = data_folders()
    asked = {one for year, name in PROGRAMS for one in load_profile(folders, year).practice_sites[name]["checks"]}
    assert asked == set(CHECKS)


@pytest.mark.parametrize(("year", "program", "times"), [(2021, "CPCPLUS", 1), (2024, "PCF", 1), (2020, "CPCPLUS", 0)])
def test_a_performer_with_two_clinicians(year: int, program: str, times: int) -> None:
    """SITE012: a second assignedEntity in a performer, from 2021 on."""
    text = replace_once(text_of(year, program), "</performer>", ASSIGNED)
    assert len(given(convert(text), "SITE012")) == times
    assert given(convert(text), "SITE011") == [
        "The document gives 2 NPIs, but only 1 TIN: each clinician must have one of each."
    ]


def test_two_performers_are_two_clinicians() -> None:
    doc = document(2024, "PCF", measures=PCF)
    doc.performers *= 2
    assert not [one for one in convert(doc.xml()).findings if one.id in ("SITE010", "SITE011", "SITE012", "SUB011")]


def test_no_sentence_shows_who_reports() -> None:
    text = text_of(2024, "PCF").replace(TIN, "000417").replace(NPI, "20030041750")
    result = convert(text)
    assert {"SITE007", "SITE009"} <= {one.id for one in result.findings}
    for one in result.findings:
        assert "000417" not in " ".join((one.message, one.expected, one.fix))
        assert "20030041750" not in f"{one.message} {one.found} {one.expected} {one.fix}"


@pytest.mark.parametrize(("program", "measures"), [("PCF", PCF), ("MIPS_GROUP", ("001", "236"))])
def test_supplemental_data_in_no_namespace(program: str, measures: tuple[str, ...]) -> None:
    """The official converter reads a part in the namespace of its templateId; nothing that is submitted is in it."""
    doc = document(2024, program, measures=measures, pi=False, ia=False, supplemental=True)
    whole = doc.xml()
    start = whole.index(".27.3.6")  # sex
    begin = whole.rindex("<entryRelationship", 0, start)
    end = whole.index(">", begin) + 1
    result = convert(whole[:begin] + ISLAND + whole[end:])
    assert not [one.message for one in result.errors]
    assert "another namespace" in str(result.inventory)


def test_a_measure_in_no_namespace_is_still_refused() -> None:
    whole = text_of(2024, "PCF")
    start = whole.index('code="DENOM"')
    begin = whole.rindex("<component", 0, start)
    end = whole.index(">", begin) + 1
    assert "DOC036" in {one.id for one in convert(whole[:begin] + '<component xmlns="">' + whole[end:]).findings}


def test_counts_of_supplemental_data_are_not_looked_at() -> None:
    doc = document(2024, "PCF", measures=PCF)
    details = doc.measure("001").population("DENOM").details
    details[0].counts[0].value, details[1].counts[0].value, details[2].counts[0].value = "x", None, -3
    result = convert(doc.xml())
    assert not result.errors


def test_the_initial_population_is_asked_like_the_others() -> None:
    """14, 57 and 59, which every other program leaves out for it."""
    doc = document(2024, "PCF", measures=PCF)
    doc.measure("001").populations.remove(doc.measure("001").population("IPOP"))
    codes = [one.official_code for one in convert(doc.xml()).errors]
    assert codes == [14, 59]
    doc = document(2019, "CPCPLUS", measures=CPC)
    doc.measure("001").population("IPOP").ids.clear()
    assert sorted(one.official_code or 0 for one in convert(doc.xml()).errors) == [57, 59]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("name", ["MCP_STANDARD", "MCP_FQHC"])
def test_making_care_primary_is_known_and_never_converted(year: int, name: str) -> None:
    doc = document(year, "MIPS_GROUP")
    doc.program = name
    result = convert(doc.xml())
    (finding,) = [one for one in result.errors if one.official_code == 25]
    assert "Making Care Primary" in finding.message + finding.fix
    assert result.submission is None


def test_primary_care_first_of_2025_is_converted_with_a_warning() -> None:
    result = convert(text_of(2025, "PCF"))
    assert result.ok
    (message,) = given(result, "SITE020")
    assert "code 25" in message
    assert TABLE["SITE020"].severity == "warning"


def test_a_plain_conversion_loads_none_of_it() -> None:
    code = (
        "import sys, converter; from tests.documents import document; "
        "converter.convert(document(2024, 'MIPS_GROUP').xml().encode()); "
        "print([name for name in sys.modules if 'practice_site' in name])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_ids_of_a_list_with_a_comma() -> None:
    text = text_of(2024, "PCF").replace(
        f'root="{TIN_ROOT}" extension="{TIN}"', f'root="{TIN_ROOT}" extension="0004,17263"'
    )
    ids = [one.id for one in convert(text).errors]
    assert ids == ["SITE007", "SITE007", "SITE010"]
