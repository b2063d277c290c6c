"""`converter.check` of QPP JSON: every example gives the finding it should, whatever stands around it."""

import csv
import io
import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import converter
from converter.emitters.reports.formats import FORMATS, emitter
from converter.errors import UsageError
from converter.facts.files import data_folders
from converter.findings.finding import Finding, Severity
from converter.result import SubmissionCheck
from converter.shape.schema import validator
from tests.documents import SCHEMAS, catalog, document
from tests.facts.qpp_examples import (
    ANY_SET_ID,
    EXAMPLES,
    GONE,
    IA,
    NPI,
    PI,
    PI_VALUE,
    PRACTICE,
    QUALITY,
    QUALITY_VALUE,
    READ_ONLY,
    TIN,
    VALUES,
    Example,
    ValueExample,
    changed,
    entity,
    set_alone,
    submission,
)
from tests.policy import POLICY

ROOT = Path(__file__).resolve().parents[2]
SHAPE = {"SUB018", "SUB019", "SUB020", "SUB021"}
REASONS = {
    "additionalProperties": "SUB018",
    "required": "SUB019",
    "type": "SUB020",
    **dict.fromkeys(("enum", "pattern", "minItems", "minLength", "minimum", "maximum", "not"), "SUB021"),
}
"""Keyword of the schema -> the finding that tells its violation."""

Told = list[tuple[str, str | None]]


def checked(data: Any, **options: Any) -> SubmissionCheck:
    raw = data if isinstance(data, bytes) else json.dumps(data, indent=1).encode()
    result = converter.check(raw, **options)
    assert isinstance(result, SubmissionCheck)
    assert not [one.message for one in result.findings if one.id.startswith("TOOL")]
    return result


def told(findings: tuple[Finding, ...]) -> Told:
    return [(one.id, one.place.pointer if one.place else None) for one in findings if one.id not in (*POLICY, "SUB009")]


def errors(data: Any, **options: Any) -> Told:
    return told(checked(data, **options).errors)


# -- the examples of the schemas

OTHERWISE: dict[str, Told] = {
    "wrapped as in an answer": [("SUB015", "")],
    "array of submissions": [],
    "performanceYear missing": [("SUB016", "")],
    "performanceYear null": [("SUB016", "/performanceYear")],
    "performanceYear with a fraction": [("SUB016", "/performanceYear")],
    "submissionMethod None": [("SUB021", f"{IA}/submissionMethod")],
    "programName 1": [("SUB021", f"{IA}/programName")],
    "day that the month has not": [("SUB021", f"{IA}/performanceStart")],
    "submission of another year": [("SUB029", "/cehrtId")],
    "whole submission": [],
}
"""Examples whose finding is not the one that the schema names -> all errors there are.

A file tells by itself what it is, and which year; what is no text is a wrong value and no method or program; and
whether there is such a day is told by a rule.
"""
WITHOUT_PLACE = {"null for a document": "XML006"}
"""Examples that are not even taken for JSON."""


@cache
def outcome(number: int) -> SubmissionCheck:
    return checked(EXAMPLES[number].data)


def expected(example: Example, findings: Told) -> Counter[tuple[str, str]]:
    """What must be found of the kinds that only the schema tells.

    A value of another kind than the measure has is told as that: which of its members are wrong is beside the point.
    """
    others = {(where or "").removesuffix("/value") for id, where in findings if id in ("SUB048", "SUB058")}
    return Counter(
        (REASONS[reason], where)
        for where, reason in example.errors
        if reason in REASONS and not ("/value" in where and where.partition("/value")[0] in others)
    )


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=[f"{one.year} {one.name}" for one in EXAMPLES])
def test_example_fails_for_its_reason_and_for_no_other(number: int) -> None:
    example = EXAMPLES[number]
    if example.name in WITHOUT_PLACE:
        assert [one.id for one in converter.check(json.dumps(example.data).encode()).findings] == ["XML006"]
        return
    result = outcome(number)
    found = told(result.errors)
    if example.name in OTHERWISE:
        assert found == OTHERWISE[example.name]
        return
    shape = Counter((id, _holder(id, where)) for id, where in found if id in SHAPE)
    assert shape == expected(example, found)
    for where, reason in example.errors:
        if reason not in REASONS:
            assert [id for id, place in found if id == reason and _related(where, place or "")], (where, reason)
    assert bool(example.errors) <= (not result.ok)


def _holder(id: str, where: str | None) -> str:
    """The place that the schema names: of an unknown member, the object that it stands in."""
    return (where or "").rpartition("/")[0] if id == "SUB018" else where or ""


def _related(one: str, other: str) -> bool:
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


@pytest.mark.every(4)
@pytest.mark.parametrize("number", range(0, len(EXAMPLES), 6))
def test_every_format_takes_an_example(number: int) -> None:
    if EXAMPLES[number].name in WITHOUT_PLACE:
        return
    result = outcome(number)
    for form in FORMATS:
        words = emitter(form)([result.report()])
        for finding in result.findings:
            assert finding.id in words
        for secret in (TIN, NPI):
            assert secret not in words, form
    content = json.loads(emitter("json")([result.report()]))
    assert [error.message for error in _report_schema().iter_errors(content)] == []


@cache
def _report_schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((SCHEMAS / "report.schema.json").read_bytes()))


def test_sentences_are_whole() -> None:
    for number, example in enumerate(EXAMPLES):
        for finding in outcome(number).findings if example.name not in WITHOUT_PLACE else ():
            for sentence in (finding.message, finding.expected, finding.fix):
                assert sentence
                assert not [word for word in ("{", "None", "  ", "..") if word in sentence.replace(", ...", "")], (
                    sentence
                )
            assert finding.message.endswith(".")
            assert finding.message[0] == finding.message[0].upper() or finding.message[0] == '"'
            assert finding.fix[0] == finding.fix[0].upper()


# -- values of measures whose kind is known

VALUES_OTHERWISE = {
    ("singlePerformanceRate", "numeratorExclusion"): [("SUB057", "/numeratorExclusion")],
    ("multiPerformanceRate", "numeratorExclusion in a stratum"): [("SUB057", "")],
    ("nonProportion", "as in 2018"): [("SUB019", "")],
    ("registrySinglePerformanceRate", "rate null"): [("SUB019", "")],
}
"""Values whose members a rule tells, as the schema of a year does not know the measure -> id and place in the value."""


@pytest.mark.parametrize("example", VALUES, ids=lambda one: f"{one.metric_type}: {one.name}")
def test_value_of_a_measure(example: ValueExample) -> None:
    groups = {"measures": "quality", "otherQuality": "quality", "pi": "pi"}
    group, row = next(
        (group, row) for group in groups for row in catalog(2025)[group] if row["metricType"] == example.metric_type
    )
    data = submission(2025)
    (one,) = (each for each in data["measurementSets"] if each["category"] == groups[group])
    one["measurements"] = [{"measureId": row["measureId"], "value": example.value}]
    one["submissionMethod"] = "registry" if group == "otherQuality" else "electronicHealthRecord"
    data["measurementSets"] = [one]
    place = f"{QUALITY}/measurements/0"
    found = [(id, (where or "").removeprefix(place)) for id, where in errors(data) if id not in ("SUB051", "SUB056")]
    other = {("SUB048", "/value"), ("SUB058", "")} & set(found)
    if other:
        assert found == list(other)
        assert all(where == "" or reason == "type" for where, reason in example.errors)
        return
    wanted = VALUES_OTHERWISE.get((example.metric_type, example.name))
    if wanted is None:
        wanted = [(REASONS.get(reason, reason), where) for where, reason in example.errors]
    assert [(id, _holder(id, where)) for id, where in found] == [(id, f"/value{where}") for id, where in wanted]


# -- what a file may be

WHOLE = submission(2025)
ANSWER = {**set_alone(2025), **READ_ONLY}
SETS = WHOLE["measurementSets"]
BAD = submission(2025, (f"{QUALITY_VALUE}/performanceMet", "800"))

FILES: dict[str, tuple[Any, Told]] = {
    "a submission": (WHOLE, []),
    "a set alone": (set_alone(2025), []),
    "a set alone of 2019": (
        set_alone(2019),
        [("SUB051", f"/measurements/1/value/strata/{one}/stratum") for one in (0, 1)],
    ),
    "a set taken out of a submission": (SETS[0], [("SUB019", "")]),
    "a set taken out that has its id": ({**SETS[2], "submissionId": ANY_SET_ID}, []),
    "a set alone with a wrong value": (
        set_alone(2025, ("/measurements/0/value/performanceMet", "800")),
        [("SUB020", "/measurements/0/value/performanceMet")],
    ),
    "a set alone without who reports": (
        set_alone(2025, ("/submission/nationalProviderIdentifier", GONE)),
        [("SUB003", "/submission")],
    ),
    "a set alone with both": (set_alone(2025, ("/submissionId", ANY_SET_ID)), [("SUB021", "")]),
    "a set alone without a year": (
        set_alone(2025, ("/submission/performanceYear", GONE), ("/performanceStart", GONE)),
        [("SUB016", "/submission")],
    ),
    "a set alone whose year its start says": (
        set_alone(2025, ("/submission/performanceYear", GONE)),
        [("SUB019", "/submission")],
    ),
    "a set alone of a year that is not known": (
        set_alone(2025, ("/submission/performanceYear", 2031)),
        [("SUB016", "/submission/performanceYear")],
    ),
    "a set alone whose start is in such a year": (
        {**SETS[2], "performanceStart": "2031-01-01"},
        [("SUB016", "/performanceStart")],
    ),
    "a list of one": ([WHOLE], []),
    "a list of submissions of several years": ([submission(year) for year in (2024, 2025, 2026)], []),
    "a list with one that is wrong": ([WHOLE, BAD], [("SUB020", f"/1{QUALITY_VALUE}/performanceMet")]),
    "a list of sets": ([set_alone(2025), set_alone(2024, ("/programName", "M9999"))], [("SUB036", "/1/programName")]),
    "a list with others": (
        [7, WHOLE, "x", [], None, {}, True],
        [("SUB015", f"/{number}") for number in (0, 2, 3, 4, 5, 6)],
    ),
    "an empty list": ([], [("SUB015", "")]),
    "an empty object": ({}, [("SUB015", "")]),
    "another object": ({"patients": 12}, [("SUB015", "")]),
    "a single measurement": (SETS[0]["measurements"][0], [("SUB015", "")]),
    "a FHIR resource": ({"resourceType": "MeasureReport"}, [("SUB015", "")]),
    "an error of the submission system": (
        {"error": {"type": "ValidationError", "message": "invalid submission object", "details": []}},
        [("SUB015", "")],
    ),
    "an error report": ({"errors": [{"sourceIdentifier": "a.xml", "details": []}]}, [("SUB015", "")]),
    "an error report of 2017": ({"errorSources": []}, [("SUB015", "")]),
    "our report": (json.loads(emitter("json")([])), [("SUB015", "")]),
    "our SARIF": (json.loads(emitter("sarif")([])), [("SUB015", "")]),
    "an answer with a submission": ({"data": {"submission": BAD}}, [
        ("SUB015", ""), ("SUB020", f"/data/submission{QUALITY_VALUE}/performanceMet"),
    ]),
    "an answer with a set": ({"data": {"measurementSet": ANSWER}}, [("SUB015", "")]),
    "an answer with submissions": ({"data": {"totalItems": 2, "submissions": [WHOLE, BAD]}}, [
        ("SUB015", ""), ("SUB020", f"/data/submissions/1{QUALITY_VALUE}/performanceMet"),
    ]),
    "an answer of the conversion": ({"location": None, "qpp": WHOLE, "warnings": []}, [("SUB015", "")]),
    "a submission in an object": ({"submission": BAD}, [
        ("SUB015", ""), ("SUB020", f"/submission{QUALITY_VALUE}/performanceMet"),
    ]),
    "an answer without anything": ({"data": {"submission": None}}, [("SUB015", "")]),
    "year as text": (submission(2025, ("/performanceYear", "2025")), [("SUB020", "/performanceYear")]),
    "year as word": (submission(2025, ("/performanceYear", "this")), [("SUB016", "/performanceYear")]),
    "year true": (submission(2025, ("/performanceYear", True)), [("SUB016", "/performanceYear")]),
    "year a list": (submission(2025, ("/performanceYear", [2025])), [("SUB016", "/performanceYear")]),
    "year not known": (submission(2025, ("/performanceYear", 2031)), [("SUB016", "/performanceYear")]),
    "year before the program": (submission(2025, ("/performanceYear", 2016)), [("SUB016", "/performanceYear")]),
    "year far away": (submission(2025, ("/performanceYear", 10**200)), [("SUB016", "/performanceYear")]),
    "retired methods": (
        submission(2025, (f"{PI}/submissionMethod", "claims"), (f"{IA}/submissionMethod", "cmsWebInterface")),
        [("SUB022", f"{PI}/submissionMethod"), ("SUB022", f"{IA}/submissionMethod")],
    ),
    "a method that is empty": (
        submission(2025, (f"{IA}/submissionMethod", "")),
        [("SUB022", f"{IA}/submissionMethod")],
    ),
    "programs, one of them no text": (
        submission(2025, (f"{PI}/programName", "MIPS"), (f"{IA}/programName", 1)),
        [("SUB036", f"{PI}/programName"), ("SUB021", f"{IA}/programName")],
    ),
    "a TIN that is wrong twice": (
        entity(2024, "group", ("/taxpayerIdentificationNumber", "12"), (f"{QUALITY}/programName", "pcf"),
               (f"{QUALITY}/practiceDetails", {**PRACTICE, "taxpayerIdentificationNumber": "34"})),
        [("SUB010", "/taxpayerIdentificationNumber"), ("SUB037", f"{QUALITY}/programName"),
         ("SUB010", f"{QUALITY}/practiceDetails/taxpayerIdentificationNumber")],
    ),
    "a program that is not for the entity, in all sets": (
        entity(2025, "virtualGroup", *((f"{one}/programName", "app1") for one in (QUALITY, PI, IA))),
        [("SUB037", f"{QUALITY}/programName")],
    ),
    **{
        f"a date that is {text}": (
            submission(2025, (f"{IA}/performanceEnd", text)),
            [("SUB021", f"{IA}/performanceEnd")],
        )
        for text in ("abcd-ef-gh", "2025-0x-01", "٢٠٢٥-٠١-٠١", "2025-02-30", "0000-01-01", "2025-W01-1")
    },
    "a set that is text": (submission(2025, (IA, "ia")), [("SUB020", IA)]),
}  # fmt: skip


@pytest.mark.every(3)
@pytest.mark.parametrize("name", FILES)
def test_file(name: str) -> None:
    data, wanted = FILES[name]
    found = [(id, where) for id, where in errors(data) if id != "SUB045"]
    assert sorted(found, key=str) == sorted(wanted, key=str)
    assert checked(data).ok == (not errors(data))


@pytest.mark.parametrize(
    ("member", "pointer"), [("a/b", "/a~1b"), ("m~n", "/m~0n"), ("", "/"), ("7", "/7"), ("é", "/é")]
)
@pytest.mark.parametrize("value", [1, None])
def test_unknown_members_with_any_name(member: str, pointer: str, value: object) -> None:
    assert errors({**WHOLE, member: value}) == [("SUB018", pointer)]
    assert told(checked({**WHOLE, member: value}).warnings) == []


NOT_SUBMISSIONS = [
    name for name, (data, wanted) in FILES.items() if wanted == [("SUB015", "")] and "answer" not in name
]


@pytest.mark.parametrize("name", NOT_SUBMISSIONS)
def test_what_is_no_submission_is_named_with_a_remedy(name: str) -> None:
    result = checked(FILES[name][0])
    (finding,) = result.findings
    assert finding.message.startswith("The file is not a QPP submission; it is a")
    assert len(finding.fix) > 20
    assert finding.expected.startswith("A QPP submission: an object with performanceYear")
    assert (result.submissions, result.year, result.submission) == ((), None, None)


def test_words_for_people() -> None:
    def first(data: Any, **options: Any) -> Finding:
        return checked(data, **options).errors[0]

    assert first([WHOLE, 7]).message == "Item 2 of the list is not a QPP submission; it is a number."
    assert first(submission(2025, ("/performanceYear", "this"))).message == (
        "The submission has a performance year that is not a year: this."
    )
    assert first(submission(2025, ("/performanceYear", GONE))).fix == "Add performanceYear, such as 2026."
    alone = first(changed(SETS[2], ("/performanceStart", GONE)))
    assert alone.message == "The measurement set does not say which performance year it is for."
    assert alone.fix == "Add submission with performanceYear, such as 2026."
    near = first(submission(2025, (f"{IA}/programname", "mips"), (f"{IA}/programName", GONE)))
    assert near.message == (
        'The member "programname" is not allowed in measurement set 3 (improvement activities); programName is '
        "probably meant."
    )
    assert near.fix == 'Write "programName" if that is what is meant; otherwise, remove "programname".'
    assert "createdAt" not in near.expected
    assert "cehrtId" in near.expected
    number = first(submission(2025, (f"{QUALITY_VALUE}/performanceMet", "800")))
    assert number.message == '"performanceMet" is a text instead of a whole number.'
    assert (number.found, number.fix) == ("800", "Write the number without quotation marks.")
    one = first(submission(2025, (f"{QUALITY_VALUE}/isEndToEndReported", 1)))
    assert (one.found, one.message) == ("1", '"isEndToEndReported" is a number instead of true or false.')
    answer = first(submission(2025, (f"{IA}/measurements/0/value", "Y")))
    assert answer.fix == "Write true or false without quotation marks."
    tin = first(submission(2025, ("/taxpayerIdentificationNumber", 777777)))
    assert tin.fix == "Put the value in quotation marks, and keep any leading zeros."
    text = first(submission(2025, (IA, "ia")))
    assert text.message == '"measurementSets[2]" is a text instead of an object.'
    both = first(set_alone(2025, ("/submissionId", ANY_SET_ID)))
    assert both.message.startswith(
        '"measurement set" has a value that is not allowed: Either submissionId or submission'
    )
    below = first(submission(2025, (f"{PI_VALUE}/numerator", -1)))
    assert below.message == '"numerator" has a value that is not allowed: it is -1, below 0.'
    stratum = first(submission(2025, (f"{QUALITY}/measurements/1/value/strata/1/performanceMet", GONE)))
    assert stratum.message == ('Stratum 2 of the value of measurement 2 (370) is missing the member "performanceMet".')
    assert stratum.expected == 'The member "performanceMet": the numerator'


# -- the year


def test_asserted_year() -> None:
    assert errors(WHOLE, year=2025) == []
    assert errors(WHOLE, year=2024) == [("SUB017", "/performanceYear")]
    assert errors([WHOLE, submission(2024)], year=2025) == [("SUB017", "/1/performanceYear")]
    without = submission(2025, ("/performanceYear", GONE))
    assert errors(without, year=2025) == [("SUB019", "")]
    assert checked(without, year=2025).year == 2025
    assert errors(submission(2025, ("/performanceYear", "this")), year=2025) == [("SUB020", "/performanceYear")]
    assert errors(set_alone(2025), year=2024) == [("SUB017", "/submission/performanceYear")]
    (finding,) = checked(set_alone(2025), year=2024).errors
    assert finding.message == "The measurement set is for performance year 2025, but it was to be checked for 2024."
    with pytest.raises(UsageError):
        converter.check(json.dumps(WHOLE).encode(), year=1999)


def test_a_year_without_schema_of_its_own_takes_the_one_before(tmp_path: Path) -> None:
    facts = json.loads((SCHEMAS / "catalog" / "2027.json").read_bytes()) | {"performanceYear": 2028}
    for row in facts["pi"]:
        row["allowedPrograms"] = [*row.get("allowedPrograms", ()), "newProgram"]
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "2028.json").write_text(json.dumps(facts), encoding="utf-8")
    result = checked(submission(2028), catalog=tmp_path)
    assert result.year == 2028
    assert told(result.errors) == []
    wrong = submission(2028, (f"{IA}/program", "mips"), ("/taxpayerIdentificationNumber", "12"))
    assert sorted(errors(wrong, catalog=tmp_path)) == [
        ("SUB010", "/taxpayerIdentificationNumber"),
        ("SUB018", f"{IA}/program"),
    ]
    assert errors(submission(2029), catalog=tmp_path) == [("SUB016", "/performanceYear")]


# -- warnings of what CMS gives out


def test_members_that_cms_gives_out_and_nulls() -> None:
    result = checked({**submission(2025, (IA, {**SETS[2], **READ_ONLY})), "id": ANY_SET_ID, "entityId": None})
    assert result.ok
    assert told(result.warnings) == [
        ("SUB023", "/id"),
        ("SUB024", "/entityId"),
        *(("SUB023", f"{IA}/{name}") for name in READ_ONLY),
    ]
    measured = {"measureId": "IA_EPA_3", "value": True, "measurementSetId": ANY_SET_ID, "performanceStart": None}
    place = f"{IA}/measurements/0"
    assert told(checked(submission(2025, (place, measured))).warnings) == [
        ("SUB023", f"{place}/measurementSetId"),
        ("SUB023", f"{place}/performanceStart"),
    ]


# -- the result


def test_result_of_one_submission(tmp_path: Path) -> None:
    path = tmp_path / "submission.json"
    path.write_text(json.dumps(WHOLE), encoding="utf-8")
    result = converter.check(path)
    assert isinstance(result, SubmissionCheck)
    assert (result.ok, result.name, result.year, hasattr(result, "document")) == (True, str(path), 2025, False)
    assert result.submission is not None
    assert result.submission.performanceYear == 2025
    assert json.loads(result.to_json()) == WHOLE
    assert [len(one.entries) for one in result.inventory.sections] == [2, 2, 1]
    counts = [(one.pointers, one.text) for one in result.inventory.sections[0].entries[0].counts]
    assert ((f"{QUALITY_VALUE}/performanceMet",), "800") in counts
    assert [row.category for row in result.readiness] == ["quality", "pi", "ia"]
    report = result.report()
    assert (report.identity.program, report.identity.entity_type, report.identity.npi, report.identity.tin) == (
        "mips",
        "individual",
        NPI,
        TIN,
    )
    assert not report.converted
    assert not hasattr(result, "place_at")


def test_locate() -> None:
    data = json.dumps(WHOLE, indent=2).encode()
    result = checked(data)
    lines = data.decode().splitlines()
    place = result.locate(f"{QUALITY_VALUE}/performanceMet")
    assert place is not None
    assert lines[(place.line or 0) - 1][(place.column or 0) - 1 :] == "800,"
    root = result.locate("")
    assert root is not None
    assert (root.line, root.column) == (1, 1)
    for pointer in ("nothing", "/nothing", "/measurementSets/3", "/performanceYear/0", "/", f"{IA}/cehrtId"):
        assert result.locate(pointer) is None, pointer
    assert checked(b"{").locate("") is None


@pytest.mark.parametrize(
    "data", [[WHOLE], [WHOLE, WHOLE], set_alone(2025), {}, BAD, {"data": {"submission": WHOLE}}, submission(2017)]
)
def test_no_submission_where_there_is_none_or_not_one(data: Any) -> None:
    result = checked(data)
    known = data == submission(2017)
    assert (result.submission is not None) == known
    if not known:
        with pytest.raises(UsageError):
            result.to_json()


@pytest.mark.parametrize(("value", "wrong"), [(7.5, True), ("yes", True), (None, True), ([], True), (True, False)])
def test_a_value_of_no_measure_is_told_in_the_set_of_another_category_too(value: Any, wrong: bool) -> None:
    where = "/measurementSets/1/measurements/0"
    result = checked(submission(2025, (f"{where}/measureId", "IA_EPA_3"), (f"{where}/value", value)))
    told = {(one.id, one.place.pointer) for one in result.findings if one.place}
    assert ("SUB047", f"{where}/measureId") in told
    assert (("SUB020", f"{where}/value") in told) is wrong


def test_several_submissions() -> None:
    result = checked([WHOLE, entity(2024, "group")])
    assert [one.year for one in result.submissions] == [2025, 2024]
    assert [one.pointer for one in result.inventory.sections] == [
        f"/{number}/measurementSets/{one}" for number in (0, 1) for one in (0, 1, 2)
    ]
    report = result.report()
    assert (report.year, report.identity.entity_type, report.identity.npi, report.identity.tin) == (
        None,
        None,
        None,
        TIN,
    )
    assert report.submission is not None
    assert [one.start for one in report.submission.sets] == ["2025-01-01"] * 3 + ["2024-01-01"] * 3
    assert [row.present.partition(":")[0] for row in result.readiness] == ["submission 1"] * 3 + ["submission 2"] * 3
    assert "measures of None" not in emitter("html")([report])
    assert (checked([WHOLE, WHOLE]).report().year, checked([WHOLE, WHOLE]).report().identity.npi) == (2025, NPI)


def test_same_bytes_same_result() -> None:
    first, second = checked(BAD), checked(BAD)
    assert first.findings == second.findings
    assert first.with_findings(()).ok
    assert isinstance(first.with_findings(()), SubmissionCheck)
    assert [emitter(form)([first.report()]) for form in FORMATS] == [
        emitter(form)([second.report()]) for form in FORMATS
    ]


# -- masking

SECRET = "417263895"
SECRETS: dict[str, Any] = {
    "TIN": submission(2025, ("/taxpayerIdentificationNumber", SECRET)),
    "TIN with dash": submission(2025, ("/taxpayerIdentificationNumber", "41-7263895")),
    "TIN as number": submission(2025, ("/taxpayerIdentificationNumber", int(SECRET))),
    "TIN as number with a fraction": submission(2025, ("/taxpayerIdentificationNumber", float(SECRET))),
    "TIN in a list": submission(2025, ("/taxpayerIdentificationNumber", [SECRET])),
    "NPI": submission(2025, ("/nationalProviderIdentifier", f"{SECRET}1")),
    "NPI of a group": entity(2025, "group", ("/nationalProviderIdentifier", f"{SECRET}1")),
    "NPI as number": submission(2025, ("/nationalProviderIdentifier", int(f"{SECRET}1"))),
    "TIN of a set alone": set_alone(2025, ("/submission/taxpayerIdentificationNumber", f"{SECRET}12")),
    "unknown member": submission(2025, ("/tin", SECRET), ("/NPI", int(f"{SECRET}1")), ("/comment", f"{SECRET}1")),
    "unknown object": submission(2025, (f"{IA}/practice", {"taxId": SECRET, "numbers": ["41-7263895"]})),
    "value of another member": submission(2025, ("/entityType", SECRET), (f"{IA}/programName", f"{SECRET}1")),
    "practice details": entity(
        2024,
        "apm",
        (f"{QUALITY}/programName", "pcf"),
        (f"{QUALITY}/practiceDetails", {"taxpayerIdentificationNumber": f"{SECRET}9", "x": 1,
                                        "nationalProviderIdentifiers": [f"{SECRET}1", f"{SECRET}23"]}),
    ),
    "practice details out of their years": submission(
        2025, (f"{QUALITY}/practiceDetails", {"nationalProviderIdentifiers": [f"{SECRET}1"]})
    ),
    "answer": {"data": {"submission": submission(2025, ("/taxpayerIdentificationNumber", SECRET))}},
    "error report": {"errors": [{"tin": SECRET}], "npi": f"{SECRET}1"},
    "list of numbers": [SECRET, f"{SECRET}1"],
    "year not known": submission(2025, ("/taxpayerIdentificationNumber", SECRET), ("/performanceYear", 2031)),
}  # fmt: skip


@pytest.mark.every(4)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", SECRETS)
def test_secrets_are_masked(name: str, form: str) -> None:
    result = checked(SECRETS[name])
    assert result.findings
    words = emitter(form)([result.report()])
    assert SECRET not in words
    assert "41-7263895" not in words


def test_secrets_are_shown_when_asked_for() -> None:
    assert SECRET in emitter("text")([checked(SECRETS["TIN as number"]).report()], True)


def test_counts_are_not_taken_for_secrets() -> None:
    data = submission(2025, (f"{QUALITY_VALUE}/eligiblePopulation", 123456789), (f"{IA}/program", "x"))
    assert "123456789" in emitter("text")([checked(data).report()])
    rows = list(csv.reader(io.StringIO(emitter("csv")([checked(data).report()]))))
    assert any("/measurementSets/2/program" in row for row in rows)


# -- what is loaded, and how often the schema is compiled


def loaded(code: str) -> set[str]:
    """Top names of the modules that a fresh interpreter has loaded after some code."""
    code += "\nprint(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", f"import sys\n{code}"], capture_output=True, cwd=ROOT, check=True)
    return set(done.stdout.decode().split())


@pytest.mark.parametrize("call", ["convert", "check"])
def test_xml_is_checked_without_the_schema(tmp_path: Path, call: str) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(document(2025).bytes())
    modules = loaded(f"import converter\nprint(len(converter.{call}({str(path)!r}).findings))")
    assert "lxml" in modules
    assert not modules & {"jsonschema", "referencing"}


def test_json_that_is_converted_is_refused_without_the_schema(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(WHOLE), encoding="utf-8")
    assert [one.id for one in converter.convert(path).findings] == ["XML006"]
    modules = loaded(f"import converter\nprint(len(converter.convert({str(path)!r}).findings))")
    assert not modules & {"jsonschema", "referencing"}
    assert "jsonschema" in loaded(f"import converter\nprint(len(converter.check({str(path)!r}).findings))")


def test_schema_is_compiled_once() -> None:
    folders = data_folders()
    assert validator(folders, 2025) is validator(folders, 2025)
    assert validator(folders, 2025) is not validator(folders, 2025, alone=True)
    checked(WHOLE)
    before = validator.cache_info()
    for _ in range(20):
        checked(BAD)
    after = validator.cache_info()
    assert (after.misses, after.hits) == (before.misses, before.hits + 20)


def test_only_errors_block() -> None:
    result = checked(WHOLE)
    assert result.ok
    assert {one.severity for one in result.findings} == {Severity.WARNING}


# -- words


@pytest.mark.parametrize(
    ("pointer", "wrong", "meant"),
    [
        (IA, "programname", "programName"),
        (PI, "chertId", "cehrtId"),
        (f"{QUALITY}/measurements/1/value/strata/0", "numerator", "performanceMet"),
        (QUALITY_VALUE, "populationTotal", "eligiblePopulation"),
        (QUALITY_VALUE, "performanceExclusion", "eligiblePopulationExclusion"),
        (QUALITY_VALUE, "performancemet", "performanceMet"),
        ("", "tin", "taxpayerIdentificationNumber"),
        ("", "Npi", None),
        (QUALITY_VALUE, "rate", None),
        (IA, "created", None),
    ],
)
def test_member_that_is_meant(pointer: str, wrong: str, meant: str | None) -> None:
    changes = [(f"{pointer}/{wrong}", 1), *([(f"{pointer}/{meant}", GONE)] if meant else [])]
    (finding,) = (one for one in checked(submission(2025, *changes)).findings if one.id == "SUB018")
    assert ("probably meant" in finding.message) == (meant is not None)
    if meant:
        assert f"; {meant} is probably meant." in finding.message
        (other,) = (one for one in checked(submission(2025, changes[0])).findings if one.id == "SUB018")
        assert f'"{meant}"' not in other.fix, "it is there already"


def test_findings_in_short_name_their_member() -> None:
    changes = [(f"{QUALITY_VALUE}/{name}", "1") for name in ("performanceMet", "performanceNotMet")]
    data = submission(2025, *changes, (f"{IA}/measurements/0/value", "Y"))
    text = emitter("text")([checked(data).report()])
    rows = [line.split(maxsplit=2)[2] for line in text.partition("The same 2 more times:\n")[2].splitlines()[:2]]
    assert rows == ["0/value/performanceNotMet", "measurements/0/value: true or false"]


def test_inventory_shows_answers_as_they_are_written() -> None:
    def answers(value: object) -> list[str | None]:
        data = submission(2025, (f"{IA}/measurements/0/value", value))
        return [one.answer for one in checked(data).inventory.sections[2].entries]

    values: list[object] = [True, False, "Y", 1, None, []]
    assert [answers(value) for value in values] == [
        ["true"], ["false"], ["Y"], ["1"], [None], [None],
    ]  # fmt: skip


def test_readiness_of_a_program_that_does_not_exist() -> None:
    row = checked(submission(2025, (f"{QUALITY}/programName", "MIPS"))).readiness[0]
    assert (row.program, row.lacking) == ("MIPS", ("a program of 2025",))
    row = checked(submission(2025, (f"{QUALITY}/programName", "M0002"))).readiness[0]
    assert row.lacking[0] == "2 more quality measures (4 are required)"
