"""Who reports: every form of NPI, TIN and entity id, and exactly the findings that it gives."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import converter
from converter.result import Result
from converter.rules.submission.reporter import valid_check_digit
from tests.documents import ENTITY_IDS, NPI, NPI_ROOT, TIN, TIN_ROOT, YEARS, Doc, Id, document, profile
from tests.policy import apart_from_policy

ENTITY_ROOTS = {"apm": "2.16.840.1.113883.3.249.5.4", "subgroup": "2.16.840.1.113883.3.249.5.5"}
CONVERTED_FAMILIES = ("mips", "app1", "appPlus")

MIPS_TYPES = {
    "individual": "MIPS_INDIV",
    "group": "MIPS_GROUP",
    "virtualGroup": "MIPS_VIRTUALGROUP",
    "apm": "MIPS_APMENTITY",
    "subgroup": "MIPS_SUBGROUP",
}


@dataclass(frozen=True)
class Numbers:
    """NPI and TIN of the performer; None is written as nullFlavor NA."""

    npi: str | None
    tin: str | None


BOTH, ONLY_NPI, ONLY_TIN, NEITHER = Numbers(NPI, TIN), Numbers(NPI, None), Numbers(None, TIN), Numbers(None, None)
EXPECTED: dict[str, dict[Numbers, set[str]]] = {
    "individual": {BOTH: set(), ONLY_NPI: {"SUB004"}, ONLY_TIN: {"SUB003"}, NEITHER: {"SUB003", "SUB004"}},
    "group": {BOTH: {"SUB006"}, ONLY_NPI: {"SUB004", "SUB006"}, ONLY_TIN: set(), NEITHER: {"SUB004"}},
    "virtualGroup": {BOTH: {"SUB006", "SUB026"}, ONLY_NPI: {"SUB006"}, ONLY_TIN: {"SUB026"}, NEITHER: set()},
    "apm": {BOTH: {"SUB006"}, ONLY_NPI: {"SUB006"}, ONLY_TIN: set(), NEITHER: set()},
    "subgroup": {BOTH: {"SUB006"}, ONLY_NPI: {"SUB006"}, ONLY_TIN: set(), NEITHER: set()},
}


def numbered(program: str, npi: str | None, tin: str | None, year: int = 2025) -> Doc:
    doc = document(year, program)
    performer = doc.performers[0]
    performer.ids = [Id(NPI_ROOT, npi, None if npi is not None else "NA")]
    others = [one for one in performer.organization_ids if one.root != TIN_ROOT]
    performer.organization_ids = [Id(TIN_ROOT, tin, None if tin is not None else "NA"), *others]
    return doc


def checked(doc: Doc) -> Result:
    return converter.check(doc.bytes(), guide="none")


def submission_ids(result: Result) -> list[str]:
    """Findings of the submission, but for the remark that the measure of these documents was suppressed in 2022."""
    found = (one.id for one in apart_from_policy(result.findings) if one.id.startswith("SUB"))
    return sorted(one for one in found if (one, result.year) != ("SUB061", 2022))


def programs(year: int, accepted: bool = True) -> list[str]:
    return [
        name
        for name, facts in profile(year)["programs"].items()
        if facts["family"] in CONVERTED_FAMILIES and facts["accepted"] is accepted
    ]


def entity_type(year: int, program: str) -> str:
    return str(profile(year)["programs"][program]["entityType"])


# --- which numbers are there -------------------------------------------------------------------------------------


@pytest.mark.every(4)
@pytest.mark.parametrize("numbers", [BOTH, ONLY_NPI, ONLY_TIN, NEITHER], ids=["both", "npi", "tin", "neither"])
@pytest.mark.parametrize("year", YEARS)
def test_numbers_that_a_program_asks_for(year: int, numbers: Numbers) -> None:
    found, wanted = {}, {}
    for program in programs(year):
        found[program] = submission_ids(checked(numbered(program, numbers.npi, numbers.tin, year)))
        wanted[program] = sorted(EXPECTED[entity_type(year, program)][numbers])
    assert wanted
    assert found == wanted


@pytest.mark.parametrize("year", YEARS)
def test_programs_that_the_year_does_not_take_have_no_findings_of_the_submission(year: int) -> None:
    for program in programs(year, accepted=False):
        result = checked(numbered(program, NPI, None, year))
        assert [one.id for one in result.errors] == ["DOC008"], program
        assert submission_ids(result) == []


@pytest.mark.parametrize("program", MIPS_TYPES.values(), ids=MIPS_TYPES)
def test_numbers_that_are_not_submitted(program: str) -> None:
    result = checked(numbered(program, NPI, TIN))
    assert result.submission is not None
    submitted = (result.submission.nationalProviderIdentifier, result.submission.taxpayerIdentificationNumber)
    wanted = {"MIPS_INDIV": (NPI, TIN), "MIPS_GROUP": (None, TIN), "MIPS_VIRTUALGROUP": (None, TIN)}
    assert submitted == wanted.get(program, (None, None))


@pytest.mark.parametrize("year", YEARS)
def test_the_name_for_individuals_is_one_of_the_year_and_family(year: int) -> None:
    for program in programs(year):
        kinds = {one.id: one for one in checked(numbered(program, NPI, TIN, year)).findings}
        if "SUB006" in kinds:
            family = profile(year)["programs"][program]["family"]
            individual = {"mips": "MIPS_INDIV", "app1": "MIPS_APP1_INDIV", "appPlus": "APP_PLUS_INDIV"}[family]
            assert f"program name {individual} instead" in kinds["SUB006"].fix


def test_numbers_in_the_element_of_the_other_are_not_found() -> None:
    doc = document(2025, "MIPS_INDIV")
    performer = doc.performers[0]
    performer.ids, performer.organization_ids = performer.organization_ids, performer.ids
    assert submission_ids(checked(doc)) == ["SUB003", "SUB004"]


@pytest.mark.parametrize(
    ("program", "wanted"),
    [
        ("MIPS_INDIV", ["SUB003", "SUB004"]),
        ("MIPS_GROUP", ["SUB004"]),
        ("MIPS_APMENTITY", ["SUB002"]),
        ("MIPS_SUBGROUP", ["SUB002"]),
    ],
)
def test_no_performer(program: str, wanted: list[str]) -> None:
    doc = document(2025, program)
    doc.performers = []
    assert submission_ids(checked(doc)) == wanted


# --- how they are written ----------------------------------------------------------------------------------------

NPI_FORMS: dict[str, tuple[str | None, list[str]]] = {
    "right": (NPI, []),
    "another right one": ("1234567893", []),
    "last digit wrong": ("2003004176", ["SUB009"]),
    "two digits swapped": ("2003004157", ["SUB009"]),
    "zeros": ("0000000000", ["SUB009"]),
    "nine digits": ("200300417", ["SUB008"]),
    "eleven digits": ("20030041755", ["SUB008"]),
    "few digits": ("77", ["SUB008"]),
    "dashes": ("2003-004-175", ["SUB008"]),
    "a blank inside": ("2003 004175", ["SUB008"]),
    "a blank before": (" 2003004175", ["SUB008"]),
    "a blank after": ("2003004175 ", ["SUB008"]),
    "a letter for a digit": ("200300417X", ["SUB008"]),
    "a word before": ("NPI2003004175", ["SUB008"]),
    "letters": ("unknown", ["SUB008"]),
    "a blank": (" ", ["SUB008"]),
    "a decimal": ("2003004175.0", ["SUB008"]),
    "digits of another script": ("２００３００４１７５", ["SUB008"]),
    "empty": ("", ["SUB003"]),
    "not applicable": (None, ["SUB003"]),
}

TIN_FORMS: dict[str, tuple[str | None, list[str]]] = {
    "right": (TIN, []),
    "zeros": ("000000000", []),
    "a dash": ("00-0417263", ["SUB010"]),
    "dashes": ("000-41-7263", ["SUB010"]),
    "blanks inside": ("000 417 263", ["SUB010"]),
    "a blank before": (" 000417263", ["SUB010"]),
    "a blank after": ("000417263 ", ["SUB010"]),
    "eight digits": ("00041726", ["SUB010"]),
    "leading zeros lost": ("417263", ["SUB010"]),
    "ten digits": ("0004172633", ["SUB010"]),
    "eleven digits": ("00041726333", ["SUB010"]),
    "a letter for a digit": ("00041726X", ["SUB010"]),
    "a word before": ("TIN000417263", ["SUB010"]),
    "letters": ("unknown", ["SUB010"]),
    "a blank": (" ", ["SUB010"]),
    "digits of another script": ("０００４１７２６３", ["SUB010"]),
    "empty": ("", ["SUB004"]),
    "not applicable": (None, ["SUB004"]),
}


@pytest.mark.parametrize(("npi", "wanted"), NPI_FORMS.values(), ids=NPI_FORMS)
def test_npi_of_an_individual(npi: str | None, wanted: list[str]) -> None:
    assert submission_ids(checked(numbered("MIPS_INDIV", npi, TIN))) == wanted


@pytest.mark.parametrize("program", [name for kind, name in MIPS_TYPES.items() if kind != "individual"])
@pytest.mark.parametrize(
    "npi", [npi for npi, _ in NPI_FORMS.values() if npi], ids=[k for k, v in NPI_FORMS.items() if v[0]]
)
def test_npi_that_is_not_submitted_has_no_form(program: str, npi: str) -> None:
    of_tin = ["SUB026"] if program == "MIPS_VIRTUALGROUP" else []
    assert submission_ids(checked(numbered(program, npi, TIN))) == ["SUB006", *of_tin]


@pytest.mark.parametrize(("program", "npi"), [("MIPS_INDIV", NPI), ("MIPS_GROUP", None)])
@pytest.mark.parametrize(("tin", "wanted"), TIN_FORMS.values(), ids=TIN_FORMS)
def test_tin(program: str, npi: str | None, tin: str | None, wanted: list[str]) -> None:
    assert submission_ids(checked(numbered(program, npi, tin))) == wanted


@pytest.mark.parametrize(("tin", "wanted"), TIN_FORMS.values(), ids=TIN_FORMS)
def test_tin_of_a_virtual_group_may_be_missing_but_not_wrong(tin: str | None, wanted: list[str]) -> None:
    found = submission_ids(checked(numbered("MIPS_VIRTUALGROUP", None, tin)))
    assert found == (["SUB026"] if wanted == [] else [] if wanted == ["SUB004"] else [*wanted, "SUB026"])


@pytest.mark.parametrize("program", ["MIPS_APMENTITY", "MIPS_SUBGROUP"])
@pytest.mark.parametrize("tin", [tin for tin, _ in TIN_FORMS.values()], ids=TIN_FORMS)
def test_tin_that_is_not_submitted_has_no_form(program: str, tin: str | None) -> None:
    assert submission_ids(checked(numbered(program, None, tin))) == []


@pytest.mark.parametrize(
    ("tin", "blamed"), [("00-0417263", True), ("000 417 263", True), ("TIN000417263", False), ("00041726", False)]
)
def test_the_note_about_dashes_is_true(tin: str, blamed: bool) -> None:
    (finding,) = checked(numbered("MIPS_GROUP", None, tin)).errors
    assert ("spaces" in finding.message) is blamed


@pytest.mark.parametrize("npi", ["2003-004-175", "2003 004175", " 2003004175", "NPI2003004175"])
def test_an_npi_with_ten_digits_is_not_said_to_have_others(npi: str) -> None:
    (finding,) = checked(numbered("MIPS_INDIV", npi, TIN)).errors
    assert "does not have 10 digits" not in finding.message


# --- in the place of each other ----------------------------------------------------------------------------------

SWAPPED: dict[str, tuple[str, str | None, str | None, list[str]]] = {
    "individual": ("MIPS_INDIV", TIN, NPI, ["SUB007"]),
    "individual, APP": ("MIPS_APP1_INDIV", TIN, NPI, ["SUB007"]),
    "individual, APP Plus": ("APP_PLUS_INDIV", TIN, NPI, ["SUB007"]),
    "with a dash in the TIN": ("MIPS_INDIV", "00-0417263", NPI, ["SUB007"]),
    "with blanks in the NPI": ("MIPS_INDIV", TIN, "2003 004 175", ["SUB007"]),
    "with a wrong check digit": ("MIPS_INDIV", TIN, "2003004176", ["SUB007"]),
    "group, which submits no NPI": ("MIPS_GROUP", TIN, NPI, ["SUB006", "SUB010"]),
    "virtual group, which submits no NPI": ("MIPS_VIRTUALGROUP", TIN, NPI, ["SUB006", "SUB010", "SUB026"]),
    "APM entity, which submits neither": ("MIPS_APMENTITY", TIN, NPI, ["SUB006"]),
    "the NPI twice": ("MIPS_INDIV", NPI, NPI, ["SUB010"]),
    "the TIN twice": ("MIPS_INDIV", TIN, TIN, ["SUB008"]),
    "the TIN as NPI, no TIN": ("MIPS_INDIV", TIN, None, ["SUB004", "SUB008"]),
    "the NPI as TIN, no NPI": ("MIPS_INDIV", None, NPI, ["SUB003", "SUB010"]),
    "the NPI as TIN of a group": ("MIPS_GROUP", None, NPI, ["SUB010"]),
    "both short": ("MIPS_INDIV", "77", "12", ["SUB008", "SUB010"]),
}


@pytest.mark.parametrize(("program", "npi", "tin", "wanted"), SWAPPED.values(), ids=SWAPPED)
def test_swapped(program: str, npi: str | None, tin: str | None, wanted: list[str]) -> None:
    assert submission_ids(checked(numbered(program, npi, tin))) == wanted


# --- entities ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ENTITY_ROOTS)
@pytest.mark.parametrize("year", [2021, 2023, 2025, 2026])
@pytest.mark.parametrize("extension", [None, ""], ids=["not applicable", "empty"])
def test_entity_without_id(year: int, kind: str, extension: str | None) -> None:
    for program in (one for one in programs(year) if entity_type(year, one) == kind):
        doc = document(year, program)
        (entity,) = [one for one in doc.performers[0].organization_ids if one.root == ENTITY_ROOTS[kind]]
        entity.extension, entity.null_flavor = extension, "NA" if extension is None else None
        result = checked(doc)
        assert submission_ids(result) == ["SUB002"]
        assert ENTITY_ROOTS[kind] in result.errors[0].expected
        assert {"apm": "an APM entity", "subgroup": "a subgroup"}[kind] in result.errors[0].message


@pytest.mark.parametrize(("kind", "other"), [("apm", "subgroup"), ("subgroup", "apm")])
def test_entity_with_the_id_of_another_kind(kind: str, other: str) -> None:
    doc = document(2025, MIPS_TYPES[kind])
    (entity,) = [one for one in doc.performers[0].organization_ids if one.root == ENTITY_ROOTS[kind]]
    entity.root = ENTITY_ROOTS[other]
    assert submission_ids(checked(doc)) == ["SUB002"]


@pytest.mark.parametrize("kind", ENTITY_IDS)
def test_entity_id_is_submitted(kind: str) -> None:
    result = checked(document(2025, MIPS_TYPES[kind]))
    assert result.submission is not None
    assert result.submission.entityId == ENTITY_IDS[kind]


def test_virtual_group_without_id_is_blocked_before_the_submission() -> None:
    doc = document(2025, "MIPS_VIRTUALGROUP")
    doc.performers[0].organization_ids.pop()
    result = converter.convert(doc.bytes())
    assert [(one.id, one.official_code) for one in result.errors] == [("DOC014", 78)]


# --- performers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 3, 40])
@pytest.mark.parametrize("program", MIPS_TYPES.values(), ids=MIPS_TYPES)
def test_several_performers(program: str, count: int) -> None:
    doc = document(2025, program)
    doc.performers *= count
    result = checked(doc)
    assert submission_ids(result) == ["SUB011", *(["SUB026"] if program == "MIPS_VIRTUALGROUP" else [])]
    (finding,) = (one for one in result.findings if one.id == "SUB011")
    assert str(count) in finding.message
    assert finding.place is not None
    assert finding.place.path.endswith("/performer[2]")


def test_the_first_of_several_performers_is_submitted() -> None:
    doc = document(2025, "MIPS_INDIV")
    other = document(2025, "MIPS_INDIV").performers[0]
    other.ids[0].extension, other.organization_ids[0].extension = "1234567893", "000123456"
    doc.performers.append(other)
    submission = checked(doc).submission
    assert submission is not None
    assert (submission.nationalProviderIdentifier, submission.taxpayerIdentificationNumber) == (NPI, TIN)


def test_numbers_of_two_performers_are_not_said_to_be_of_the_first() -> None:
    doc = document(2025, "MIPS_INDIV")
    clinician, practice = document(2025, "MIPS_INDIV").performers[0], document(2025, "MIPS_GROUP").performers[0]
    clinician.organization_ids = []
    doc.performers = [practice, clinician]
    result = checked(doc)
    assert result.submission is not None
    assert result.submission.nationalProviderIdentifier == NPI
    (finding,) = (one for one in result.findings if one.id == "SUB011")
    assert "only the first one is submitted" not in finding.message


# --- all of them -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("npi", "tin"), [("2003004176", "00-0417263"), (TIN, NPI), ("2003-004-175", "00041726")])
@pytest.mark.parametrize("program", ["MIPS_INDIV", "MIPS_GROUP", "MIPS_APMENTITY"])
def test_no_sentence_carries_a_number(program: str, npi: str, tin: str) -> None:
    for finding in checked(numbered(program, npi, tin)).findings:
        sentences = " ".join((finding.message, finding.expected, finding.fix))
        assert npi not in sentences
        assert tin not in sentences


@pytest.mark.parametrize("program", ["MIPS_INDIV", "MIPS_GROUP"])
@pytest.mark.parametrize(
    ("npi", "tin"), [(None, None), ("77", "12"), (TIN, NPI), ("2003004176", "00-0417263")], ids=str
)
def test_errors_of_the_submission_block_a_check_and_no_conversion(
    program: str, npi: str | None, tin: str | None
) -> None:
    data = numbered(program, npi, tin).bytes()
    assert not converter.check(data).ok
    assert converter.convert(data).ok
    assert converter.check(data, guide="none").findings == converter.convert(data).findings


@pytest.mark.parametrize(
    ("program", "npi", "id"), [("MIPS_GROUP", NPI, "SUB006"), ("MIPS_INDIV", "2003004176", "SUB009")]
)
def test_warnings_block_nothing(program: str, npi: str, id: str) -> None:
    result = checked(numbered(program, npi, TIN))
    assert result.ok
    assert [one.id for one in apart_from_policy(result.warnings)] == [id]


nine_digits = st.integers(0, 999_999_999).map(lambda number: f"{number:09}")


@given(nine_digits)
def test_each_number_has_one_check_digit(start: str) -> None:
    assert sum(valid_check_digit(f"{start}{digit}") for digit in range(10)) == 1


@given(nine_digits, st.integers(0, 9), st.integers(0, 9))
def test_one_wrong_digit_is_found(start: str, position: int, digit: int) -> None:
    right = next(f"{start}{last}" for last in range(10) if valid_check_digit(f"{start}{last}"))
    wrong = f"{right[:position]}{digit}{right[position + 1 :]}"
    assert valid_check_digit(wrong) is (wrong == right)


def test_example_of_the_npi_standard() -> None:
    known: list[Any] = [one for one in range(10) if valid_check_digit(f"123456789{one}")]
    assert known == [3]
