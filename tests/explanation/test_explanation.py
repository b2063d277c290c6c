"""`converter.explain`: the data of an explanation, and what kind of value it is."""

import copy
import dataclasses
import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import converter
from converter import Certainty, Explanation, MeasureLabel, Subject, UsageError
from converter.explanation.official_codes import official_codes, retired_codes
from converter.facts.guids import years_of_measures
from converter.findings.kinds import TABLE
from tests.documents import NPI, TIN, catalog, measure_facts, profile
from tests.explanation.own_messages import KEY, LAMP, own

__all__ = ["own"]

GUID = measure_facts(2025, "236")["guid"]
OLD_GUID = measure_facts(2024, "236")["guid"]
MISSING = "SV - field 'cehrtId' in Submission.measurementSets[0] is missing"
PROGRAM = "SV - measure ID 236 is not allowed to be submitted to the mips program"
WORDS = [
    "GUID002", "6", "104", GUID, OLD_GUID, "236", "CMS165", "PI_EP_1", "IA_EPA_2", "M1366", MISSING, PROGRAM,
    f"{MISSING}: {GUID} {OLD_GUID}", "00000000-0000-0000-0000-000000000000", "the sea is very blue",
    GUID.replace("-", ""), "CMS165v12", "MIPS_GROUP", "DENEX", "PREV-6", "depression", "2024-12-01",
    "2.16.840.1.113883.10.20.27.1.2", f'<id extension="{GUID}"/>', '"programName": "mips"',
]  # fmt: skip


def explain(word: str) -> Explanation:
    return converter.explain(word, year=2025)


# -- what kind of value it is


@pytest.mark.parametrize("word", WORDS)
def test_an_explanation_is_a_value(word: str) -> None:
    one = explain(word)
    assert pickle.loads(pickle.dumps(one)) == one == copy.deepcopy(one) == explain(word)
    assert hash(one) == hash(copy.copy(one))
    assert str(one) == one.text
    assert one.text.endswith("\n")
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.text = ""  # type: ignore[misc]
    assert not hasattr(one, "__dict__")


def test_explanations_of_other_words_differ() -> None:
    assert explain("GUID002") != explain("GUID001")
    assert explain("236") != converter.explain("236", year=2024)


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("GUID002", "<Explanation GUID002: finding>"),
        ("Measure-GUID-of-another-year", "<Explanation GUID002: finding>"),
        ("code 6", "<Explanation 6: official code>"),
        ("236", "<Explanation CMS165v13: measure>"),
        (f"Ada Lovelace {GUID}", f"<Explanation {GUID}: GUID of a measure>"),
        (MISSING, "<Explanation: message>"),
        (f"SV - Ada Lovelace has no {TIN}", "<Explanation: message, not known>"),
        (f"Ada Lovelace has no number {TIN}", "<Explanation: nothing known>"),
    ],
)
def test_repr_says_what_it_is_and_names_nobody(word: str, shown: str) -> None:
    assert repr(explain(word)) == shown


def test_identifiers_are_masked_in_every_text() -> None:
    word = f"SV - field 'cehrtId' in {TIN} is missing, said {NPI} of {GUID}"
    one = explain(word)
    for text in (one.word, one.text, *(part.word for part in one.parts), *(part.text for part in one.parts)):
        assert TIN not in text
        assert NPI not in text
    assert one.word == f"SV - field 'cehrtId' in *****{TIN[-4:]} is missing, said ******{NPI[-4:]} of {GUID}"
    assert f"It is about *****{TIN[-4:]}." in one.text


def test_it_is_true_where_something_is_known() -> None:
    for word in WORDS:
        one = explain(word)
        unknown = word.startswith(("00000000", "the sea"))
        assert (one.what is Subject.UNKNOWN) is unknown
        assert bool(one) is one.found is not unknown


# -- what it says


@pytest.mark.parametrize("id", TABLE)
def test_a_finding(id: str) -> None:
    kind, one = TABLE[id], explain(id)
    assert (one.what, one.id, one.title, one.findings) == (Subject.FINDING, id, kind.slug, (id,))
    assert one.codes == (() if kind.official_code is None else (kind.official_code,))


@pytest.mark.parametrize("row", official_codes(), ids=lambda row: str(row["code"]))
def test_an_official_code(row: dict[str, Any]) -> None:
    one = explain(f"code {row['code']}")
    assert (one.what, one.id, one.codes[0]) == (Subject.OFFICIAL_CODE, str(row["code"]), row["code"])
    named = tuple(row.get("findings", ()))
    assert one.findings == (named or tuple(kind.id for kind in TABLE.values() if kind.official_code == row["code"]))
    assert str(one.title) in one.text
    for other in official_codes():
        assert (other["code"] in one.codes) == (row["code"] in (other["code"], other["documented"]))


def test_a_code_of_earlier_releases() -> None:
    for row in retired_codes():
        if row["code"] not in {one["code"] for one in official_codes()}:
            one = explain(f"code {row['code']}")
            assert (one.what, one.id) == (Subject.OFFICIAL_CODE, str(row["code"]))
            rows = [other for other in retired_codes() if other["code"] == row["code"]]
            named = {id for other in rows for id in other.get("findings", ())}
            assert set(one.findings) == named
            assert row["code"] in one.codes


def test_a_code_of_practice_sites_names_its_finding() -> None:
    for kind in TABLE.values():
        if kind.id.startswith("SITE") and kind.official_code not in (None, 59):
            assert kind.id in explain(f"code {kind.official_code}").findings
    for code in (80, 96, 107, 108):
        assert explain(f"code {code}").findings == ("SITE018",)


@pytest.mark.parametrize("word", ["236", "CMS165", "cms165v13"])
def test_a_measure(word: str) -> None:
    one, facts = explain(word), measure_facts(2025, "236")
    assert (one.what, one.id, one.title, one.guid) == (Subject.MEASURE, "CMS165v13", facts["title"], GUID)
    assert one.measure == MeasureLabel("236", "CMS165v13", facts["title"])
    assert (one.year, one.years) == (2025, years_of_measures()["236"])


def test_a_measure_that_only_other_years_have() -> None:
    known = years_of_measures()
    gone = next(id for id in sorted(known) if explain(id).text.startswith(f"In 2025 measure {id} cannot be reported"))
    one = explain(gone)
    assert (one.what, one.id, one.measure, one.guid) == (Subject.MEASURE, gone, MeasureLabel(gone), None)
    assert one.years == known[gone]


def test_a_guid_of_the_year_and_one_of_another() -> None:
    new, old = explain(f"{{{GUID.upper()}}}"), explain(OLD_GUID)
    assert (new.what, new.id, new.years, new.guid) == (Subject.MEASURE_GUID, GUID, (2025,), GUID)
    assert (old.what, old.id, old.years, old.guid) == (Subject.MEASURE_GUID, OLD_GUID, (2024,), GUID)
    assert old.measure == MeasureLabel("236", "CMS165v12", measure_facts(2025, "236")["title"])


def test_a_misspelt_guid() -> None:
    swap = {"0": "1"}
    near = OLD_GUID[:5] + swap.get(OLD_GUID[5], "0") + OLD_GUID[6:]
    far = near[:6] + swap.get(near[6], "0") + near[7:]
    for word, certain in ((near, Certainty.SURE), (far, Certainty.NOT_SURE)):
        one = explain(word)
        assert (one.what, one.word, one.id) == (Subject.MEASURE_GUID, word, OLD_GUID)
        assert (one.certain, one.found, one.years) == (certain, True, (2024,))
    assert repr(explain(far)) == f"<Explanation {OLD_GUID}: GUID of a measure, not sure>"


def test_populations_sets_and_strata() -> None:
    facts = measure_facts(2025, "236")
    one = explain(facts["strata"][0]["populations"]["NUMER"])
    assert (one.what, one.role, one.measure and one.measure.measure_id) == (Subject.POPULATION, "NUMER", "236")
    assert 2025 in one.years
    assert (explain(facts["setId"]).what, explain(facts["setId"]).years) == (Subject.SET_ID, ())
    ids = [guid for row in catalog(2025)["measures"] for part in row["strata"] for guid in part.get("stratumIds", ())]
    assert {explain(guid).what for guid in ids} == {Subject.STRATUM}
    assert {explain(guid).role for guid in ids} == {None}


@pytest.mark.parametrize(
    ("part", "key", "what"),
    [
        ("pi", "measureId", Subject.PI_MEASURE),
        ("ia", "measureId", Subject.ACTIVITY),
        ("mvps", "mvpId", Subject.PATHWAY),
        ("otherQuality", "measureId", Subject.MEASURE),
        ("cost", "measureId", Subject.MEASURE),
    ],
)
def test_other_ids(part: str, key: str, what: Subject) -> None:
    facts = catalog(2025)[part][0]
    one = explain(facts[key].lower())
    assert (one.what, one.id, one.title, one.year) == (what, facts[key], facts["title"], 2025)
    assert 2025 in one.years
    assert list(one.years) == sorted(one.years)


def test_a_message() -> None:
    one = explain(PROGRAM)
    assert (one.what, one.id, one.side, one.certain) == (Subject.MESSAGE, None, "api", Certainty.SURE)
    assert (one.title, one.findings) == ("measure not in program", ("SUB045",))
    assert one.measure == explain("236").measure
    assert one.guid == GUID
    assert one.remedy
    assert one.remedy in one.text


@pytest.mark.usefixtures("own")
def test_a_message_of_the_converter() -> None:
    sure, alike = explain(LAMP), explain("The lamp of room 4 burns brighter than the moon above us")
    assert (sure.what, sure.side, sure.codes, sure.certain) == (Subject.MESSAGE, "converter", (13,), Certainty.SURE)
    assert sure.findings == explain("13").findings != ()
    assert (alike.what, alike.codes, alike.certain) == (Subject.MESSAGE, (13,), Certainty.NOT_SURE)
    assert (alike.findings, alike.found) == ((), True)
    assert explain(KEY).codes == (72, 70)
    none = explain("CT - The lamp of room 4 is out")
    assert (none.what, none.side, none.found) == (Subject.MESSAGE, "converter", False)


def test_a_message_with_guids_has_parts() -> None:
    one = explain(f"{MISSING}: {GUID} {OLD_GUID}")
    assert [part.what for part in one.parts] == [Subject.MESSAGE, Subject.MEASURE_GUID, Subject.MEASURE_GUID]
    assert [part.word for part in one.parts[1:]] == [GUID, OLD_GUID]
    assert (one.what, one.findings, one.measure) == (Subject.MESSAGE, one.parts[0].findings, one.parts[1].measure)
    for part in one.parts:
        assert part.parts == ()
        assert part.text.strip() in one.text
    assert explain(MISSING).parts == ()


# -- arguments


@pytest.mark.parametrize(
    ("year", "words"),
    [
        ("2025", "A performance year is a whole number, such as year=2025, not '2025'."),
        (2025.0, "not 2025.0"),
        (True, "not True"),
        (1999, "Performance year 1999 is not known; known are 2017 to 2027."),
    ],
)
def test_a_year_that_is_none(year: int, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        converter.explain("236", year=year)
    assert words in str(caught.value)
    with pytest.raises(UsageError) as caught:
        converter.explain_response(b'{"errors":[]}', year=year)
    assert words in str(caught.value)


def test_a_word_is_a_text() -> None:
    with pytest.raises(UsageError, match=r"takes text, such as explain\('236'\), not int"):
        converter.explain(236)  # type: ignore[arg-type]


def test_explaining_words_loads_only_what_it_needs() -> None:
    heavy = {"pydantic", "jinja2", "rich", "jsonschema", "xmlschema", "lxml", "click"}
    code = f"import sys, converter\nfor word in {WORDS!r}: converter.explain(word)\nprint({heavy!r} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.split() == [b"set()"]


def test_a_program_of_a_family_that_has_no_name_yet(tmp_path: Path) -> None:
    """A profile of a folder may bring a program before anything is known of it."""
    facts = profile(2026)
    row: dict[str, Any] = {"programName": None, "entityType": "group", "family": "late", "accepted": False, "years": []}
    facts["programs"]["LATE_GROUP"] = row
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "2026.json").write_text(json.dumps(facts), encoding="utf-8")
    found = converter.explain("LATE_GROUP", catalog=tmp_path)
    assert found and "LATE_GROUP is the program name for a group that reports under late." in found.text
    assert "its programName is not known yet" in found.text
