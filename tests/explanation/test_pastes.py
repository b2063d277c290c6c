"""Everything that people paste is answered (`pastes.py`)."""

import pytest

import converter
from converter import Certainty, Subject, UsageError
from converter.explanation.glossary import glossary
from converter.explanation.measure_versions import all_versions
from converter.facts.files import data_folders
from converter.findings.kinds import TABLE
from tests.documents import YEARS, catalog, profile
from tests.explanation import pastes
from tests.explanation.pastes import Paste

ALL = [*pastes.GUIDS, *pastes.IDS, *pastes.CODES, *pastes.WORDS, *pastes.TITLES, *pastes.NUMBERS]


@pytest.mark.parametrize("paste", ALL, ids=lambda one: one.word)
def test_what_is_pasted_is_answered(paste: Paste) -> None:
    one = converter.explain(paste.word, year=2025)
    assert (one.what, one.id, one.certain) == (paste.what, paste.id, paste.certain), one.text
    for words in paste.words:
        assert words in one.text
    assert one.found is (paste.certain is not Certainty.NOT_KNOWN)


def test_the_table_is_long_and_says_nothing_twice() -> None:
    assert len({one.word for one in ALL}) == len(ALL) >= 100


def test_several_guids_are_parts() -> None:
    one = converter.explain(f"{pastes.OLD} and {pastes.OTHER.replace('-', '')}", year=2025)
    assert [part.id for part in one.parts] == [pastes.OLD, pastes.OTHER]
    assert all(part.text in one.text for part in one.parts)


def test_a_cms_id_is_answered_for_its_own_year_without_a_year() -> None:
    one = converter.explain("CMS165v12")
    assert (one.id, one.years) == ("CMS165v12", (2024,))
    assert pastes.OLD in one.text
    assert one.guid != pastes.OLD


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("MIPS_GRUOP", "MIPS_GROUP"), ("numerater", "numerator"), ("PI_EP1", "PI_EP_1"), ("GUID-002", "GUID002"),
        ("measure-guid-of-anohter-year", "measure-guid-of-another-year"), ("CERHT", "CEHRT"), ("nothing-of-this", None),
        ("MIPS_CLINIC", None), ("unicorn", None),
    ],
)  # fmt: skip
def test_the_nearest_thing_is_offered_and_never_a_weak_resemblance(word: str, near: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        converter.explain(word, year=2025)
    said = str(caught.value)
    assert (f'Did you mean "{near}"?' in said) if near else ("Did you mean" not in said)


def test_titles_in_several_measures_are_listed_with_their_parts() -> None:
    one = converter.explain("depression", year=2025)
    assert one.what is Subject.SEVERAL
    assert {"CMS2v14", "CMS159v13"} <= {part.id for part in one.parts}
    assert all(str(part.measure.measure_id) in one.text for part in one.parts if part.measure)


def test_endorsement_numbers_are_those_of_ecqms() -> None:
    known = {row["measureId"] for year in YEARS for row in catalog(year)["measures"]}
    assert set(glossary()["nqf"].values()) <= known


@pytest.mark.parametrize("year", [*YEARS, 2027])
def test_versions_are_those_of_the_catalogs(year: int) -> None:
    found = [row for row in all_versions(data_folders()) if row.year == year]
    rows = catalog(year)["measures"]
    assert {(one.cms_id, one.measure_id, one.guid) for one in found} == {
        (row["eMeasureId"], row["measureId"], row["guid"].lower() if "guid" in row else None) for row in rows
    }
    assert {one.title(data_folders()) for one in found} == {row["title"] for row in rows}


def test_every_word_of_the_glossary_is_explained() -> None:
    for row in glossary()["terms"]:
        for word in (row["word"], *row.get("also", ())):
            one = converter.explain(word, year=2025)
            assert row["text"] in one.text, word


def test_the_glossary_names_every_template_and_identifier_of_the_profiles() -> None:
    templates = {name for year in YEARS for name in profile(year)["templates"]}
    identifiers = {name for year in YEARS for name in profile(year)["identifiers"]}
    assert set(glossary()["templates"]) >= templates
    assert set(glossary()["identifiers"]) >= identifiers
    assert {id for row in glossary()["terms"] for id in row.get("findings", ())} <= set(TABLE)


def test_names_of_the_web_interface_are_measures_that_were_reported_by_it() -> None:
    for row in glossary()["webInterface"]:
        for year in range(row["from"], row["to"] + 1):
            rows = [*catalog(year)["measures"], *catalog(year)["otherQuality"]]
            methods = {one["measureId"]: one.get("submissionMethods", ()) for one in rows}
            assert "cmsWebInterface" in methods[row["measureId"]], (row, year)
