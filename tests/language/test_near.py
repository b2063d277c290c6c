"""Names that are nearly right: a misspelling is named, a mere resemblance and a wrong number are not."""

import string
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.facts.files import data_folders
from converter.facts.policies import load_submission_rules
from converter.language.near import difference, edits, near_code, near_name, nearest, squeezed
from converter.rules.document.program_name import _spellings
from tests.documents import YEARS, catalog, profile

CODES = {
    year: [row["measureId"] for name in ("pi", "ia") for row in catalog(year)[name]] for year in YEARS
}  # fmt: skip
PROGRAMS = {
    year: [name for name, row in profile(year)["programs"].items() if row["accepted"]] for year in YEARS
}  # fmt: skip


def one_letter_off(name: str) -> Iterator[str]:
    """Every name with one letter less, doubled, wrong, or swapped with the next one."""
    for at in range(len(name)):
        before, here, after = name[:at], name[at], name[at + 1 :]
        yield from (before + after, before + here + here + after, f"{before}W{after}")
        if after:
            yield before + after[0] + here + after[1:]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("PI-EP-1", "PI_EP_1"), ("pi ep 1", "PI_EP_1"), ("PIEP1", "PI_EP_1"), ("PI_EP_l", "PI_EP_1"),
        ("PI_EP_01", "PI_EP_1"), ("IA-EPA-2", "IA_EPA_2"), ("IA.BE.4", "IA_BE_4"), ("IA_PMCH", "IA_PCMH"),
        ("PI_EPP_1", "PI_EP_1"), ("PI_EP_9", None), ("PI_EP", None), ("PI", None), ("", None), ("IA_NOPE_9", None),
        ("IA_XX_4", None), ("IA_BE_99", None), ("PI_HIE_5_EX", None), ("4", None), ("MIPS_GROUP", None),
    ],
)  # fmt: skip
def test_code(given: str, meant: str | None) -> None:
    assert near_code(given, CODES[2025]) == meant


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("MIPS_CLINIC", None), ("MIPS_PRACTICE", None), ("MIPS_INDIW", "MIPS_INDIV"), ("MIPS_APM", "MIPS_APMENTITY"),
        ("MIPS-GROUP", "MIPS_GROUP"), ("GROUP", None), ("INDIVIDUAL", None), ("MIPS_2025", None), ("HQR_PI", None),
        ("MIPS_GROUP_1", "MIPS_GROUP"), ("M1PS_GROUP", "MIPS_GROUP"), ("CPCPLUS", None), ("MIPS_APP2_GROUP", None),
    ],
)  # fmt: skip
def test_program(given: str, meant: str | None) -> None:
    names = [name for name in PROGRAMS[2025] if name != "MIPS"]
    assert nearest(given, {spelling: name for name in names for spelling in _spellings(name)}) == meant


@pytest.mark.parametrize("year", YEARS)
def test_a_known_name_is_itself_and_no_two_are_alike(year: int) -> None:
    for names in (CODES[year], PROGRAMS[year]):
        assert len({squeezed(name) for name in names}) == len(names)
        assert all(near_code(name, names) == near_name(name, names) == name for name in names)


@pytest.mark.every(3)
@pytest.mark.parametrize("year", [2017, 2021, 2025])
def test_one_letter_off_is_never_another_number_and_never_farther_away(year: int) -> None:
    codes = CODES[year]
    right = 0
    for code in codes:
        for text in one_letter_off(code):
            found = near_code(text, codes)
            right += found == code
            assert found is None or edits(squeezed(text), squeezed(found)) <= 1
            numbers = [squeezed(part) for part in code.split("_") if part.isdecimal()]
            if found and numbers and all(part in text.split("_") for part in numbers):
                assert numbers == [squeezed(part) for part in found.split("_") if part.isdecimal()]
    assert right > 20 * len(codes) / 3


@given(st.text(string.ascii_uppercase + string.digits + "_- ", max_size=24))
def test_a_name_that_is_given_differs_in_few_letters(text: str) -> None:
    for names in (CODES[2025], PROGRAMS[2025]):
        found = near_code(text, names)
        alike = str.maketrans("oil", "011")
        assert found is None or edits(squeezed(text).translate(alike), squeezed(found).translate(alike)) <= 1


def test_two_names_that_are_equally_near_are_not_named() -> None:
    assert near_name("PERFORMANCEX", ["performanceA", "performanceB"]) is None
    assert nearest("group", {"groups": "a", "grouped": "b"}) == "a"


@pytest.mark.parametrize("year", YEARS)
def test_programs_in_json_are_not_near_to_each_other(year: int) -> None:
    names = list(load_submission_rules(data_folders(), year).programs)
    for name in names:
        others = [one for one in names if one != name]
        assert near_name(name, others) is None, name


@pytest.mark.parametrize(
    ("given", "name", "words"),
    [
        ("PI-EP-1", "PI_EP_1", "underscores instead of hyphens"), ("PI EP 1", "PI_EP_1", "different separators"),
        ("pi_ep_1", "PI_EP_1", "different uppercase and lowercase letters"), (" PI_EP_1", "PI_EP_1", "spaces"), (
            "PI_EP_l", "PI_EP_1", "digit"),
        ("PI_EPP_1", "PI_EP_1", ""),
    ],
)  # fmt: skip
def test_difference_in_words(given: str, name: str, words: str) -> None:
    assert words in difference(given, name)
    assert bool(difference(given, name)) is bool(words)
