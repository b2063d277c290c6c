"""Files as they are scored: put together, each by itself, or not at all."""

import json
import pickle
from typing import Any

import pytest

import converter
from converter.errors import UsageError
from converter.scoring.official import score_object
from tests.documents import document
from tests.scoring.examples import EHR, REGISTRY, Json, measurement, other_set, quality_set, submission

TIN = "000123456"


def data(one: Json) -> bytes:
    return json.dumps(one).encode()


def quality(year: int = 2025, method: str = EHR, name: str = "236", **more: Any) -> Json:
    return submission(year, [quality_set([measurement(name, 80, 20)], year, method, cehrtId="XX15CABCDEFGHIJ")], **more)


def test_files_of_one_entity_are_put_together() -> None:
    files = [data(quality()), data(quality(method=REGISTRY, name="317"))]
    files.append(data(submission(2025, [other_set("ia", {"IA_BE_6": True}, 2025)])))
    found = converter.score(files)
    assert len(found.scores) == 1
    one = found.scores[0]
    assert sum(measure.counts for measure in one.category("quality").measures) == 2
    assert one.category("ia").value == 50
    assert not found.notes


def test_a_document_and_its_json_count_once() -> None:
    xml = document(2025, "MIPS_GROUP", measures=("236", "226"), ia=False).bytes()
    result = converter.convert(xml)
    alone = converter.score(xml).scores[0]
    both = converter.score([xml, result.to_json().encode()]).scores[0]
    assert alone.points == both.points
    assert alone.category("quality").points == both.category("quality").points
    assert "Data completeness is assumed: the counts do not show it." in alone.category("quality").measures[0].why


def test_the_same_file_twice_and_files_of_one_name() -> None:
    one = converter.score(data(quality())).scores[0]
    twice = converter.score([data(quality()), data(quality())]).scores[0]
    assert twice.points == one.points
    assert twice.sources == ("bytes", "bytes (2)")
    measures = twice.category("quality").measures
    assert [measure.counts for measure in measures] == [True, False]
    assert measures[1].not_counted.startswith("It counts from bytes")


def test_a_measure_twice_in_a_set_counts_once() -> None:
    ones = [measurement("236", 80, 20), measurement("236", 40, 60), measurement("236", 80, 20)]
    found = converter.score(data(submission(2025, [quality_set(ones, 2025)]))).scores[0].category("quality")
    assert sum(one.counts for one in found.measures) == 1
    assert found.points == found.measures[0].worth


def test_files_of_two_years_and_entities_are_scored_by_themselves() -> None:
    found = converter.score([data(quality()), data(quality(2024)), data(quality(entity="virtualGroup", entityId="V1"))])
    assert len(found.scores) == 3
    assert found.notes == (
        "The files are of the years 2024 and 2025: each year is scored by itself.",
        "The files are of 2 entities: each is scored by itself.",
    )


def test_a_file_that_does_not_convert_is_not_scored() -> None:
    doc = document(2025, "MIPS_GROUP", measures=("236", "226"), ia=False)
    doc.measure("236").guid = "2c928085-806c-39a2-0180-7092fa9b0145"
    found = converter.score([doc.bytes(), data(quality())])
    assert len(found.scores) == 1
    assert [one.why for one in found.not_scored] == [
        "It does not convert, and what could be read of it is not scored; check says what is wrong."
    ]


@pytest.mark.parametrize("content", [b"", b"no data", b"{}", b"[]", b"<a/>", b'{"performanceYear": 1999}'])
def test_what_is_no_submission_is_not_scored(content: bytes) -> None:
    found = converter.score(content)
    assert not found.scores
    assert len(found.not_scored) == 1


def test_what_cms_would_refuse_is_said() -> None:
    found = converter.score(data(submission(2025, [quality_set([measurement("236", 120, 0, 100)], 2025)])))
    assert any(words.startswith("CMS would refuse bytes: ") for words in found.scores[0].notes)


def test_a_year_without_benchmarks() -> None:
    found = converter.score(data(quality(2027)), year=None)
    quality_score = found.scores[0].category("quality")
    assert quality_score.value is None
    assert quality_score.weighted is None
    assert "There are no benchmarks for 2027, so that no measure can be scored." in quality_score.unknown
    assert [one.points for one in quality_score.measures] == [None]
    assert found.scores[0].doubts == ("The rules of 2027 are not known; those of 2026 are used",)
    assert not converter.score(data(quality(2026))).scores[0].doubts


def test_a_file_for_two_programs() -> None:
    one = quality()
    one["measurementSets"].append({**one["measurementSets"][0], "programName": "app1"})
    found = converter.score(data(one))
    assert [score.program for score in found.scores] == ["app1", "mips"]
    assert any("is scored separately" in words for words in found.scores[0].notes)
    only = converter.score(data(one), program="mips")
    assert [score.program for score in only.scores] == ["mips"]
    with pytest.raises(UsageError, match="No file has data for the program M0005"):
        converter.score(data(one), program="M0005")


@pytest.mark.parametrize("name", ["cpcPlus", "noSuchProgram"])
def test_a_program_with_rules_of_its_own(name: str) -> None:
    one = quality(2020)
    one["measurementSets"][0]["programName"] = name
    found = converter.score(data(one))
    assert not found.scores
    assert len(found.not_scored) == 1


def test_a_roster_says_who_is_small() -> None:
    roster = converter.Roster(rows={(TIN, "", ""): converter.Profile(small_practice=True)})
    found = converter.score(data(quality()), profile=roster).scores[0]
    assert found.profile.small_practice
    missing = converter.Roster(rows={("1", "", ""): converter.Profile(small_practice=True)})
    assert "The roster has no row for this entity." in converter.score(data(quality()), profile=missing).scores[0].notes


def test_a_measurement_set_by_itself() -> None:
    one = quality()["measurementSets"][0]
    found = converter.score(data(one), year=2025)
    assert len(found.scores) == 1
    assert found.scores[0].identity == ()


def test_nothing_of_the_document_is_kept() -> None:
    found = converter.score(document(2025, "MIPS_GROUP", measures=("236",), ia=False).bytes())

    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize("one", [{}, {"performanceYear": "2025"}, {"performanceYear": 1999}, {"performanceYear": 2025}])
def test_the_score_object_of_what_is_no_submission(one: Json) -> None:
    with pytest.raises(UsageError):
        score_object(one)


def test_the_score_object_takes_the_program_with_most_points() -> None:
    one = quality()
    one["measurementSets"].append(other_set("ia", {}, 2025, programName="app1"))
    assert score_object(one)["metadata"]["pickedProgramName"] == "app1"
    assert score_object(one, program="mips")["metadata"]["pickedProgramName"] == "mips"
