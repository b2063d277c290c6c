"""The data of findings: declared, of one name and type, handed out, and never a reason to lose a finding."""

import copy
import json
import pickle
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import converter
from converter.emitters.reports.formats import emitter
from converter.findings.collector import Collector
from converter.findings.fields import FIELDS
from converter.findings.finding import Finding, Kind
from converter.findings.kinds import GUID_UNKNOWN, TABLE
from tests.documents import NPI, SCHEMAS, TIN, document
from tests.findings.fields import faults
from tests.rules.cases import BEFORE_CONVERSION

FROZEN = Path(__file__).with_name("fields.json")
TYPES = {str: "text", int: "whole number", float: "number", bool: "true or false"}
MEMBERS = {"found", "measure", "related", "caused_by", "fix"}


def names_and_types() -> dict[str, Any]:
    return {
        "fields": {name: "list: " * one.several + TYPES[one.type] for name, one in sorted(FIELDS.items())},
        "findings": {id: sorted([*one.data, *(f"[{name}]" for name in one.optional)]) for id, one in TABLE.items()},
    }


def test_names_and_types_are_those_that_were_promised() -> None:
    """Programs read them. One that is new is added to fields.json by hand; one that goes is a new major version."""
    assert names_and_types() == json.loads(FROZEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", TABLE.values(), ids=list(TABLE))
def test_row_declares_the_words_of_its_sentences(kind: Kind) -> None:
    sentences = (kind.message, kind.expected, kind.fix)
    used = {name for one in sentences for _, name, _, _ in Formatter().parse(one) if name}
    assert set(kind.wording) == used - {*kind.data, *kind.optional, "found", "measure"}
    assert {*kind.data, *kind.optional} <= FIELDS.keys()
    declared = [*kind.data, *kind.optional, *kind.wording]
    assert sorted(declared) == sorted(set(declared))
    assert not set(declared) & MEMBERS


def test_schema_of_the_json_report_has_each_field() -> None:
    schema = json.loads((SCHEMAS / "report.schema.json").read_bytes())["$defs"]
    types = {str: "text", int: "whole", float: "number", bool: "truth"}
    assert schema["data"]["properties"] == {
        name: {"$ref": f"#/$defs/{types[one.type]}{'s' * one.several}"} for name, one in sorted(FIELDS.items())
    }


def test_no_field_is_declared_in_vain() -> None:
    assert FIELDS.keys() == {name for kind in TABLE.values() for name in (*kind.data, *kind.optional)}


def test_a_wrong_call_is_noticed() -> None:
    """The fixture that looks at all report calls would see these."""
    right = {"year": 2025, "guids": ("a",), "evidence": "", "wanted": "b"}
    assert list(faults(GUID_UNKNOWN, right)) == []
    assert list(faults(GUID_UNKNOWN, {**right, "more": 1})) == ["GUID001 has no more"]
    assert list(faults(GUID_UNKNOWN, {**right, "year": "2025"})) == ["GUID001: year is str"]
    assert list(faults(GUID_UNKNOWN, {**right, "guids": ["a"]})) == ["GUID001: guids is list"]
    assert list(faults(GUID_UNKNOWN, {**right, "evidence": 1})) == ["GUID001: evidence is int"]
    assert list(faults(GUID_UNKNOWN, {**right, "year": None})) == ["GUID001: year is NoneType"]
    right.pop("wanted")
    assert list(faults(GUID_UNKNOWN, right)) == ["GUID001 lacks wanted"]


# --- never a reason to lose a finding ----------------------------------------------------------------------------

KIND = Kind(
    id="ZZZ001",
    slug="for-tests",
    message="{measure} has {count} of {roles}{note}.",
    expected="{wanted}",
    fix="Write {found}.",
    data=("count", "roles"),
    wording=("note", "wanted"),
)


def made(**words: Any) -> Finding:
    findings = Collector()
    findings.add(KIND, **words)
    (one,) = findings
    return one


def test_sentences_are_made_from_the_fields() -> None:
    one = made(found="x", count=2, roles=("IPOP", "DENOM"), note="; so", wanted="More")
    assert one.message == "The measure has 2 of IPOP and DENOM; so."
    assert (one.expected, one.fix) == ("More", "Write x.")
    assert one.data == {"count": 2, "roles": ("IPOP", "DENOM")}


def test_a_number_is_written_without_zeros_that_say_nothing() -> None:
    assert made(count=4.50, roles=(), note="", wanted="").message == "The measure has 4.5 of ."


def test_a_word_that_is_missing_stays_in_its_braces() -> None:
    one = made(roles=("IPOP",), wanted="More")
    assert one.message == "The measure has {count} of IPOP{note}."
    assert one.data == {"roles": ("IPOP",)}


def test_a_word_too_many_is_left_out() -> None:
    one = made(count=1, roles=(), note="", wanted="", more="more", tin=TIN)
    assert one.data == {"count": 1, "roles": ()}


@pytest.mark.parametrize("value", [None, object(), {"a": 1}, ["b"], ValueError("c"), b"d"])
def test_a_value_of_another_type_makes_a_finding_all_the_same(value: object) -> None:
    one = made(count=value, roles=value, note=value, wanted=value)
    assert one.message.startswith("The measure has ")
    json.dumps(one.data)


# --- handed out --------------------------------------------------------------------------------------------------


def wrong_guid(guid: str) -> converter.Conversion:
    doc = document(2025, "MIPS_GROUP", measures=("236",))
    doc.quality.entries[0].ids[0].extension = guid
    return converter.convert(doc.xml().encode())


def test_the_guid_to_put_there_is_a_value() -> None:
    result = wrong_guid("2c928085-806c-39a2-0180-7092fa9b0145")
    one = next(finding for finding in result.findings if finding.id == "GUID002")
    assert one.data == {"year": 2025, "other_year": 2024, "guids": ("2c928083-8907-ce68-0189-2bbd31d6064e",)}
    report = json.loads(emitter("json")([result.report()], False))
    (given,) = [row["data"] for row in report["documents"][0]["findings"] if row["id"] == "GUID002"]
    sarif = json.loads(emitter("sarif")([result.report()], False))
    (also,) = [row["properties"]["data"] for row in sarif["runs"][0]["results"] if row["ruleId"] == "GUID002"]
    assert (
        given == also == {name: list(value) if isinstance(value, tuple) else value for name, value in one.data.items()}
    )


def test_data_is_plain_and_names_nobody() -> None:
    number = 0
    for case in BEFORE_CONVERSION:
        for one in converter.convert(case.data(), year=case.asserted).findings if case.fails else ():
            text = json.dumps(one.data)
            assert NPI not in text
            assert TIN not in text
            assert pickle.loads(pickle.dumps(one.data)) == copy.deepcopy(one.data) == one.data
            assert list(one.data) == [*one.kind.data, *one.kind.optional]
            number += bool(one.data)
    assert number > len(BEFORE_CONVERSION) // 4
