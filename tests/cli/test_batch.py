"""What the files of a run have to do with each other: the same submission twice, and what CMS counts together."""

import json
from pathlib import Path
from typing import Any

import pytest

import converter
from converter.account.across_files import Batch
from tests.cli.runner import Result, qrda2qpp
from tests.complete import complete_document
from tests.documents import NPI

REPEATED = "SUB027"
VALUES, LEVELS, METHODS = "SUB085", "SUB086", "SUB087"
TIN, OTHER_TIN = "000417263", "000417264"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def findings(result: Result, *ids: str) -> list[list[tuple[str, str]]]:
    """Id and message of the findings about repetition, or those with other ids, for each document."""
    return [
        [(one["id"], one["message"]) for one in document["findings"] if one["id"] in (ids or (REPEATED,))]
        for document in result.json["documents"]
    ]


def checked(*names: str) -> list[list[tuple[str, str]]]:
    """What is said of each file about the others beside its repetition."""
    return findings(qrda2qpp("check", *names, "--report", "json"), VALUES, LEVELS, METHODS)


def write(name: str, program: str = "MIPS_GROUP", year: int = 2025, **changes: str) -> None:
    doc = complete_document(year, program)
    if "tin" in changes:
        doc.performers[0].organization_ids[0].extension = changes["tin"]
    Path(name).write_bytes(doc.bytes())


@pytest.mark.parametrize("command", ["check", "convert"])
def test_second_file_of_the_same_group_is_told(command: str) -> None:
    write("a.xml")
    write("000417263.xml")
    write("c.xml")
    options = ["--out", "out"] if command == "convert" else []
    result = qrda2qpp(command, "000417263.xml", "a.xml", "c.xml", *options, "--report", "json=report.json")
    assert result.code == 0
    documents = json.loads(Path("report.json").read_text(encoding="utf-8"))["documents"]
    told = [[one for one in document["findings"] if one["id"] == REPEATED] for document in documents]
    assert [len(one) for one in told] == [0, 3, 3]
    assert told[1][0]["message"] == (
        "The quality data of the same group (TIN) for traditional MIPS in 2025 is also in *****7263.xml: whichever "
        "is sent last replaces the other completely."
    )
    assert told[1][0]["place"]["path"].endswith("/section")


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({}, 3),
        ({"tin": "000417264"}, 0),
        ({"year": 2024}, 0),
        ({"program": "MIPS_INDIV"}, 0),
        ({"program": "MIPS_APP1_GROUP"}, 0),
    ],
    ids=["the same", "another TIN", "another year", "another entity", "another program"],
)
def test_what_makes_a_submission_another_one(other: dict[str, str], told: int) -> None:
    write("a.xml")
    write("b.xml", **other)  # type: ignore[arg-type]  # the year is a number
    assert [len(one) for one in findings(qrda2qpp("check", "a.xml", "b.xml", "--report", "json"))] == [0, told]


def test_json_and_the_document_that_it_comes_from() -> None:
    write("a.xml")
    Path("a.json").write_text(converter.convert("a.xml").to_json(), encoding="utf-8")
    assert [len(one) for one in findings(qrda2qpp("check", "a.json", "a.xml", "--report", "json"))] == [0, 3]


def test_list_with_the_same_submission_twice() -> None:
    write("a.xml")
    one = json.loads(converter.convert("a.xml").to_json())
    Path("list.json").write_text(json.dumps([one, one]), encoding="utf-8")
    (told,) = findings(qrda2qpp("check", "list.json", "--report", "json"))
    assert len(told) == 3
    assert "also in another submission of this file" in told[0][1]


def test_each_run_begins_anew() -> None:
    write("a.xml")
    assert [findings(qrda2qpp("check", "a.xml", "--report", "json")) for _ in range(2)] == [[[]], [[]]]


# -- promoting interoperability


def write_pi(
    name: str, program: str = "MIPS_GROUP", numerator: int = 318, denied: bool = False, **changes: str
) -> None:
    doc = complete_document(2025, program)
    performer = doc.performers[0]
    performer.organization_ids[0].extension = changes.get("tin", TIN)
    if "npi" in changes:
        performer.ids[0].extension = changes["npi"]
    doc.pi_measure("PI_EP_1").numerators[0].count = numerator
    if denied:
        doc.pi_measure("PI_PPHI_1").answers[0].codes[:] = ["N"]
    Path(name).write_bytes(doc.bytes())


def test_values_that_differ_are_told_once_for_a_file() -> None:
    write_pi("000417263.xml")
    write_pi("b.xml", numerator=299, denied=True)
    (before, told) = checked("000417263.xml", "b.xml")
    assert before == []
    assert told == [
        (VALUES,
         "Promoting interoperability measures of the same group (TIN) have different values in *****7263.xml, also for "
         "2025: PI_EP_1 (299 of 407 here, 318 of 407 there) and PI_PPHI_1 (no here, yes there); if CMS has both, "
         "the whole category scores 0 (policy: the files are accepted).")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"numerator": 299}, [VALUES]),
        ({"numerator": 299, "program": "MIPS_APP1_GROUP"}, [VALUES]),
        ({}, []),
        ({"numerator": 299, "tin": OTHER_TIN}, []),
        ({"numerator": 299, "program": "MIPS_INDIV"}, [LEVELS]),
    ],
    ids=["the same", "another program", "the same values", "another TIN", "a clinician of the group"],
)
def test_whose_values_are_compared(other: dict[str, Any], told: list[str]) -> None:
    write_pi("a.xml")
    write_pi("b.xml", **other)
    assert [[id for id, _ in one] for one in checked("a.xml", "b.xml")] == [[], told]


def test_values_of_two_clinicians_of_a_practice_may_differ() -> None:
    write_pi("a.xml", "MIPS_INDIV")
    write_pi("b.xml", "MIPS_INDIV", numerator=299, npi="2003004183")
    assert checked("a.xml", "b.xml") == [[], []]


# -- a group and its clinicians


def test_group_and_its_clinicians_are_told_once() -> None:
    write_pi("group.xml")
    write_pi("first.xml", "MIPS_INDIV")
    write_pi("second.xml", "MIPS_INDIV", npi="2003004183")
    told = checked("group.xml", "first.xml", "second.xml")
    assert [[id for id, _ in one] for one in told] == [[], [LEVELS], []]
    assert told[1][0][1].startswith(
        "This data is for a clinician, and group.xml has data for a group with the same TIN"
    )
    again = checked("first.xml", "second.xml", "group.xml")
    assert [[id for id, _ in one] for one in again] == [[], [], [LEVELS]]


def test_clinician_of_another_practice_has_nothing_to_do_with_the_group() -> None:
    write_pi("group.xml")
    write_pi("other.xml", "MIPS_INDIV", tin=OTHER_TIN)
    assert checked("group.xml", "other.xml") == [[], []]


# -- one measure by two methods


def by_registry(data: dict[str, Any], *measures: str, program: str = "mips") -> dict[str, Any]:
    """The quality set of a submission as a registry sends it, with these measures."""
    (quality,) = (one for one in data["measurementSets"] if one["category"] == "quality")
    kept = [one for one in quality["measurements"] if one["measureId"] in measures]
    changed = {**quality, "submissionMethod": "registry", "programName": program, "measurements": kept}
    return {**data, "measurementSets": [changed]}


@pytest.mark.parametrize(
    ("measures", "program", "words"),
    [
        (
            ("236",),
            "mips",
            "by registry here and by EHR in a.xml: "
            "Controlling High Blood Pressure (CMS165v13, measure 236) is counted once",
        ),
        (
            ("236", "001"),
            "mips",
            "and Diabetes: Glycemic Status Assessment Greater Than 9% (CMS122v13, measure 001) are counted once",
        ),
        (("236",), "app1", ""),
        ((), "mips", ""),
    ],
    ids=["one", "two", "another program", "no measure of the other"],
)
def test_measure_by_two_methods(measures: tuple[str, ...], program: str, words: str) -> None:
    write("a.xml")
    data = json.loads(converter.convert("a.xml").to_json())
    Path("b.json").write_text(json.dumps(by_registry(data, *measures, program=program)), encoding="utf-8")
    (before, told) = checked("a.xml", "b.json")
    assert before == []
    assert [id for id, _ in told] == ([METHODS] if words else [])
    assert all(words in message for _, message in told)


# -- what is kept


def test_no_identity_is_kept() -> None:
    write_pi("a.xml", "MIPS_INDIV")
    batch = Batch()
    converter.convert("a.xml").compared(batch)
    kept = repr([getattr(batch, name) for name in Batch.__slots__])
    assert "PI_EP_1" in kept
    assert not any(secret in kept for secret in (TIN, NPI))


def test_what_is_kept_does_not_grow_with_the_files_of_one_practice() -> None:
    write_pi("a.xml")
    batch, result = Batch(), converter.convert("a.xml")
    result.compared(batch)
    kept = [name for name in Batch.__slots__ if name != "_files"]  # which counts them
    before = len(repr([getattr(batch, name) for name in kept]))
    for _ in range(20):
        result.compared(batch)
    assert len(repr([getattr(batch, name) for name in kept])) == before
