"""The same submission in several files of a run (SUB027)."""

import json
from pathlib import Path

import pytest

import converter
from tests.cli.runner import Result, qrda2qpp
from tests.complete import complete_document

REPEATED = "SUB027"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def findings(result: Result) -> list[list[tuple[str, str]]]:
    """Id and message of the findings about repetition, for each document."""
    return [
        [(one["id"], one["message"]) for one in document["findings"] if one["id"] == REPEATED]
        for document in result.json["documents"]
    ]


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
        "The quality data of the same group (TIN) for mips in 2025 is also in *****7263.xml: the one that is sent last "
        "replaces the other as a whole."
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
