"""Answers of CMS: which messages are recognised, which shapes are read, and where in the file they point."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import converter
from converter import UsageError
from converter.errors import AnswerError, SourceError
from converter.explanation.messages import recognise, table
from converter.explanation.response.places_named import steps_of
from converter.findings.frame import FrameLine
from converter.findings.kinds import MEASURE_UNKNOWN, TABLE
from converter.findings.place import Place
from converter.source.json.pointers import join
from tests.documents import NPI, TIN, document
from tests.examples import examples
from tests.goldens.update_responses import OLD_GUID, SETS, api, blocked, cases, converter_errors, rejected, upload

IN_SET = f"{SETS}[0].measurements[24]"
COUNTS = "performanceNotMet, eligiblePopulationException, eligiblePopulationExclusion, eligiblePopulation"
SUM = (
    "The sum of performanceMet, performanceNotMet, eligiblePopulationException and eligiblePopulationExclusion must "
    "not exceed eligiblePopulation"
)
METHOD = (
    "'claims' submission method is not allowed via file upload. registry and electronicHealthRecord are the only "
    "allowed submission methods."
)

# -- messages

MESSAGES: list[tuple[str, str, set[str]]] = [
    (f"field 'performanceYear' in {SETS}[0] is missing", "member-missing", {"SUB019"}),
    (f"field 'suchThing' in {SETS}[0] is invalid: no", "member-invalid", {"SUB020", "SUB021"}),
    (
        "Category/SubmissionMethod/SubmitterId/SubmitterType quality/registry/x/organization already exists for this "
        "taxpayerIdentificationNumber/nationalProviderIdentifier/performanceYear",
        "submission-exists",
        {"SUB027"},
    ),
    (
        "field 'measurementSets' in Submission is invalid: At least one measurementSet must be defined to use this "
        "functionality",
        "no-measurement-set",
        {"DOC010"},
    ),
    (f"field 'submissionMethod' in {SETS}[0] is invalid: {METHOD}", "submission-method", {"SUB022"}),
    ("Measurement set contains a disallowed submission method", "submission-method", {"SUB022"}),
    (f"field 'performanceEnd' in {SETS}[0] is missing", "end-missing", {"DOC019", "SUB019"}),
    (f"field 'performanceStart' in {SETS}[0] is invalid: x", "dates-invalid", {"DOC020", "SUB032"}),
    (
        "measure ID 128 is not allowed to be submitted to the mips program.  Please remove the invalid measure from "
        "the measurement set.",
        "measure-not-in-program",
        {"SUB045"},
    ),
    (f"fields '{COUNTS}' in {IN_SET} are invalid: {SUM}", "counts-over-denominator", {"SUB001", "SUB054", "SUB055"}),
    (f"field 'measureId' in {SETS}[1].measurements[0] is missing", "measure-id-missing", {"SUB019"}),
    (
        "field 'measureId' in Measurement is invalid: PI_PEA_1 does not exist, see qpp-measures-data for list of valid "
        "measureIds",
        "measure-unknown",
        {"SUB046"},
    ),
    (
        "field 'measureId' in MeasurementSet.measurements[0] is invalid: IA_EPA_10 does not exist, see "
        "qpp-measures-data for list of valid measureIds",
        "measure-unknown",
        {"SUB046"},
    ),
    (
        "invalid measureId, see mips-data-format for list of valid measureIds.",
        "measure-unknown-2017",
        {"SUB046"},
    ),
    (
        f"field 'value' in {IN_SET} is invalid: {{...}} is invalid for measureId 021",
        "value-of-another-kind",
        {"SUB048"},
    ),
    (f"field 'value' in {IN_SET} is invalid: {{}} is invalid for measureId 438", "value-of-another-kind", {"SUB048"}),
    (f"field 'isEndToEndReported' in {IN_SET} is missing", "count-missing", {"SUB019"}),
    (f"field 'performanceMet' in {IN_SET} is missing", "count-missing", {"SUB019"}),
    (f"field 'eligiblePopulation' in {IN_SET} is missing", "count-missing", {"SUB019"}),
    (f"field 'cehrtId' in {SETS}[0] is missing", "cehrt-missing", {"SUB028"}),
    (f"field 'cehrtId' in {SETS}[0] is invalid: x", "cehrt-invalid", {"SUB029"}),
    ("field 'taxpayerIdentificationNumber' in Submission is missing", "tin-missing", {"SUB004"}),
    ("field 'taxpayerIdentificationNumber' in Submission is invalid: x", "tin-invalid", {"SUB010"}),
    ("field 'nationalProviderIdentifier' in Submission is missing", "npi-missing", {"SUB003"}),
    ("field 'nationalProviderIdentifier' in Submission is invalid: x", "npi-invalid", {"SUB008"}),
    ("Current user cannot create this object", "not-allowed", set()),
    ("Unauthorized", "not-allowed", set()),
    ("HTTP 429 slow down", "too-many-requests", set()),
    ("Could not determine which existing Submission matches request", "submission-ambiguous", set()),
    ("Invalid file type", "file-type", {"XML006"}),
    ("invalid submission object", "details-follow", set()),
    ("invalid measurement-set object", "details-follow", set()),
    ("Found errors while validating Submission object", "details-follow", set()),
]


@pytest.mark.parametrize("prefix", ["", "SV - ", " - SV - "])
@pytest.mark.parametrize(("text", "name", "ids"), MESSAGES)
def test_messages_that_were_seen_are_recognised(prefix: str, text: str, name: str, ids: set[str]) -> None:
    message = recognise(prefix + text)
    assert message.row is not None
    assert message.row.name == name
    assert ids <= {kind.id for kind in message.kinds}


@pytest.mark.parametrize(("text", "_name", "ids"), MESSAGES)
def test_explain_and_the_answer_say_the_same(text: str, _name: str, ids: set[str]) -> None:
    explained = flat(converter.explain(f"SV - {text}").text)
    answered = flat(converter.explain_response(json.dumps({"details": [{"message": text, "path": "$"}]}).encode()).text)
    row = recognise(text).row
    assert row is not None
    assert row.remedy in explained
    assert row.remedy in answered
    for id in ids:
        assert id in explained
        assert id in answered


def flat(text: str) -> str:
    return " ".join(text.split())


def test_grammar() -> None:
    message = recognise(f"SV - fields 'a, b' in {IN_SET} are invalid: because")
    assert (message.members, message.object, message.state, message.reason) == (
        ("a", "b"),
        IN_SET,
        "invalid",
        "because",
    )
    assert recognise("something else").known is False
    assert recognise("something else", member="cehrtId", state="invalid").kinds[0].id == "SUB029"
    assert recognise("anything", code=6).kinds[0].official_code == 6
    assert recognise("anything", code=999).known is False


def test_table_of_messages_agrees_with_the_table_of_findings() -> None:
    names = [row.name for row in table()]
    assert len(names) == len(set(names))
    for row in table():
        assert set(row.findings) <= set(TABLE)
        assert row.meaning.format(member="", words="", measure="", program="")


# -- pointers


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("$.measurementSets[0].measurements[24].value.x", "/measurementSets/0/measurements/24/value/x"),
        ("$.measurementSet[0].performanceEnd", "/measurementSets/0/performanceEnd"),
        ("measurementSets[0].measureId", "/measurementSets/0/measureId"),
        ("measurementSets.0.measurements.1", "/measurementSets/0/measurements/1"),
        ("$['measurementSets'][0]", "/measurementSets/0"),
        ("/measurementSets/0", "/measurementSets/0"),
        ("$.performanceYear", "/performanceYear"),
        ("$", ""),
    ],
)  # fmt: skip
def test_paths_become_pointers(path: str, expected: str) -> None:
    steps = steps_of(path)
    assert steps is not None
    assert join(steps) == expected


@pytest.mark.parametrize("path", ["two words", "$.[", "a[b]", "$..x"])
def test_what_is_no_path(path: str) -> None:
    assert steps_of(path) is None


# -- places


def explained(answer: Any, doc: bytes | None = None, **options: Any) -> str:
    data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return converter.explain_response(data, source=doc, **options).text


def refused(message: str, path: str | None = None, title: str = "invalid submission object") -> dict[str, Any]:
    detail = {"message": message} | ({"path": path} if path else {})
    return {"error": {"type": "ValidationError", "message": title, "details": [detail]}}


REJECTED, BLOCKED = rejected().bytes(), blocked().bytes()


@pytest.mark.parametrize(
    "member", ["performanceMet", "performanceNotMet", "eligiblePopulation", "eligiblePopulationExclusion"]
)
def test_a_value_is_found_in_the_document(member: str) -> None:
    path = f"$.measurementSets[0].measurements[0].value.{member}"
    place = converter.check(REJECTED).locate(f"/measurementSets/0/measurements/0/value/{member}")
    words = explained(refused("x", path), REJECTED)
    assert place is not None
    assert f"measurements[0] is CMS165v13 (measure 236), line {place.line}, column {place.column}" in words
    assert place.path in words


def test_a_message_alone_leads_to_the_value() -> None:
    words = explained(refused(f"field 'performanceMet' in {SETS}[0].measurements[1].value is invalid: x"), REJECTED)
    assert "measurements[1] is CMS138v13 (measure 226)" in words
    words = explained(refused(f"field 'performanceMet' in {SETS}[0].measurements[0] is invalid: x"), REJECTED)
    place = converter.check(REJECTED).locate("/measurementSets/0/measurements/0/value/performanceMet")
    assert place is not None
    assert f"line {place.line}, column {place.column}" in words


def test_a_missing_member_is_shown_at_what_should_hold_it() -> None:
    path = "$.measurementSets[0].measurements[1].value.observationInstances"
    place = converter.check(REJECTED).locate("/measurementSets/0/measurements/1")
    assert place is not None
    assert f"line {place.line}, column {place.column}" in explained(refused("x", path), REJECTED)


def test_what_was_sent_may_have_been_a_measurement_set() -> None:
    text = "field 'measureId' in MeasurementSet.measurements[1] is invalid: 226 does not exist, see qpp-measures-data"
    words = explained(refused(text, "$.measurements[1].measureId", "invalid measurement-set object"), REJECTED)
    assert "Where: measurements[1] is CMS138v13 (measure 226), line " in words


def test_a_measure_is_found_by_its_id() -> None:
    text = "field 'measureId' in Measurement is invalid: PI_EP_1 does not exist, see qpp-measures-data"
    assert "is PI_EP_1 (" in flat(explained(refused(text), REJECTED))


def test_an_entry_that_the_file_does_not_have() -> None:
    words = flat(explained(refused("x", "$.measurementSets[0].measurements[9].value"), REJECTED))
    assert "no /measurementSets/0/measurements/9 (there are 3 measurements)" in words
    assert "may not be the file that was sent" in words


def test_own_findings_answer_the_message() -> None:
    words = explained(upload(), REJECTED)
    findings = [one for one in converter.check(REJECTED).errors if one.id in {"SUB001", "SUB054", "SUB055"}]
    assert findings
    for finding in findings:
        assert words.count(f"error {finding.id} {finding.slug}, line ") == 1
        assert finding.fix in flat(words)
    words = explained(converter_errors(), BLOCKED)
    assert "error GUID002 measure-guid-of-another-year" in words
    assert "GUID014" not in words


def test_findings_that_the_answer_does_not_name_are_counted() -> None:
    words = flat(explained(refused("field 'entityId' in Submission is missing"), REJECTED))
    assert re.search(r"This tool finds \d+ errors? in the file that the answer does not name: SUB0", words)


def test_many_places_of_one_message_are_one_paragraph() -> None:
    details = [{"message": f"field 'value' in {SETS}[0].measurements[{n}] is missing"} for n in range(50)]
    words = explained({"error": {"message": "x", "details": details}})
    assert "50 messages, 1 different" in words
    assert "\n2. " not in words
    assert words.count(f"{SETS}[0].measurements[") == 21  # the message, and 20 places
    assert "... and 30 more" in words


@pytest.mark.parametrize("show_ids", [False, True])
def test_identifiers_are_masked_unless_they_are_asked_for(show_ids: bool) -> None:
    text = f"field 'x' in Submission is invalid: {TIN}, {TIN[:2]}-{TIN[2:]}, {NPI} and 000-41-7263"
    for doc in (None, REJECTED):
        words = explained(refused(text, "$.taxpayerIdentificationNumber"), doc, show_ids=show_ids)
        for secret in (TIN, f"{TIN[:2]}-{TIN[2:]}", NPI, "000-41-7263"):
            assert (secret in flat(words)) is show_ids
    assert OLD_GUID in explained(converter_errors())


def test_the_year_is_that_of_the_source_or_as_asked() -> None:
    text = "measure ID 128 is not allowed to be submitted to the mips program"
    assert "In 2025 it may be" in flat(explained(refused(text), REJECTED))
    assert "In 2024 it may be" in flat(explained(refused(text), year=2024))
    assert "Measures are those of 2026" in flat(explained(refused(text)))


class _Checked:
    """What is asked of a check of QPP JSON: findings and places, nothing else."""

    def __init__(self, values: Any) -> None:
        place = _JsonPlace("/measurementSets/0/measurements/0/measureId")
        message = 'There is no measure or activity "999" in 2025.'
        self.findings = (converter.Finding(MEASURE_UNKNOWN, message, place=place, fix="Correct it."),)
        self._values = values

    def locate(self, pointer: str) -> Place | None:
        value = self._values
        for step in pointer.split("/")[1:]:
            value = value[int(step)] if isinstance(value, list) else value.get(step)
            if value is None:
                return None
        return _JsonPlace(pointer)


class _JsonPlace(Place):
    def __init__(self, pointer: str) -> None:
        super().__init__(None, locator=_JsonLines(pointer))


class _JsonLines:
    def __init__(self, pointer: str) -> None:
        self._pointer = pointer

    def ordinals(self, _node: object) -> tuple[int, int | None]:
        return 0, None

    def line_column(self, _ordinal: int) -> tuple[int, int]:
        return 3, 7

    def path(self, _ordinal: int) -> str:
        return self._pointer

    def pointer(self, _ordinal: int) -> str:
        return self._pointer

    def excerpt(self, _ordinal: int, _attribute: str | None) -> str:
        return ""

    def inside(self, *_of: object) -> None:
        """Nothing is inside."""

    def attribute_with(self, _ordinal: int, _value: str) -> None:
        return None

    def frame(self, _ordinal: int, _attribute: str | None) -> tuple[FrameLine, ...]:
        return (FrameLine(3, f'"taxpayerIdentificationNumber": "{TIN}"', True),)


def test_the_source_may_be_a_submission_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    measurement = {"measureId": "999", "value": True}
    values = {
        "performanceYear": 2025,
        "taxpayerIdentificationNumber": TIN,
        "measurementSets": [{"category": "quality", "measurements": [measurement]}],
    }
    monkeypatch.setattr("converter.explanation.response.submitted.check", lambda _data, **_options: _Checked(values))
    text = f"field 'measureId' in {SETS}[0].measurements[0] is invalid: 999 does not exist, see qpp-measures-data"
    words = explained(refused(text), json.dumps(values).encode())
    assert "reports 2025" in words
    assert "measurements[0] is the measure 999, line 3, column 7\n" in words
    assert "error SUB046 measure-unknown, line 3, column 7" in words
    assert TIN not in words


# -- shapes


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"statusCode": 401, "message": "Unauthorized"}, "refused the call (HTTP 401)"),
        ({"statusCode": 400, "message": ["a must be b", "c must be d"], "error": "Bad Request"}, "2 messages"),
        ({"message": "Internal server error"}, "refused the call"),
        ({"message": "Too Many Requests", "status": "429"}, "ten minutes"),
        ([{"message": "x", "path": "$.performanceYear"}], "details of an answer"),
        ({"message": "x", "path": "$.performanceYear"}, "details of an answer"),
        ({"data": {"measurementSet": {}}}, "accepted the measurement set: no messages"),
        ({"data": {"totalItems": 0, "submissions": []}}, "has stored (0 here)"),
        ({"data": {"score": 1}}, "answered with data"),
        ({"data": {"submission": {}}, "warnings": [{"message": "look at it"}]}, "accepted the submission: 1 remark"),
        ({"error": {"message": "x", "details": {"message": "y", "path": "$"}}}, "1 message"),
        ({"error": {"type": "Odd", "details": ["a", "b"]}}, "2 messages"),
        ({"errors": [{"message": "only this"}]}, "1 message"),
        ({"errors": []}, "no messages"),
        ({"reportVersion": 1, "documents": []}, "JSON report of this tool"),
    ],
)
def test_shapes(answer: Any, kind: str) -> None:
    assert kind in flat(explained(answer))


def test_own_json_report_is_read() -> None:
    from converter.emitters.reports.formats import emitter

    report = emitter("json")([converter.check(BLOCKED).report()]).encode()
    words = explained(report)
    assert "Rule: GUID002 measure-guid-of-another-year" in words
    assert "not an answer of CMS" in words


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = json.dumps(refused("naïve – but possible"), ensure_ascii=False)
    assert "naïve – but possible" in explained(text.encode(encoding))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b'{"error": {"type": "Vali', "breaks off"),
        (b'{"error": {}', "breaks off"),
        (b'{"error": {,}}', "not well-formed JSON: line 1, column 12"),
        (b"{}", "it is empty"),
        (b"[]", "not an answer"),
        (b"[1]", "not an answer"),
        (b'{"performanceYear": 2025, "measurementSets": []}', "QPP submission"),
        (b'{"colour": "red"}', '"colour"'),
        (b"Dear all,\nnothing works.\n", "none of its lines"),
        (b"<html><body>Sign in</body></html>", "a web page"),
        (b"%PDF-1.7", "a PDF document"),
        (b"PK\x03\x04....", "a zip archive"),
        (REJECTED, "--source"),
        (b"[" * 100_000, "JSON"),
    ],
)
def test_what_is_no_answer_is_said(data: bytes, words: str) -> None:
    with pytest.raises(AnswerError, match=re.escape(words)):
        explained(data)


def test_misuse(tmp_path: Path) -> None:
    answer = tmp_path / "answer.json"
    answer.write_bytes(json.dumps(api()).encode())
    wanted = explained(api())
    assert converter.explain_response(answer).text == wanted
    assert converter.explain_response(str(answer)).text == wanted
    assert converter.explain_response(io.BytesIO(answer.read_bytes())).text == wanted
    for misuse in (tmp_path / "missing.json", tmp_path, 7):
        with pytest.raises(UsageError):
            converter.explain_response(misuse)  # type: ignore[arg-type]
        with pytest.raises(UsageError):
            converter.explain_response(answer, source=misuse)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="1999"):
        converter.explain_response(answer, year=1999)


def test_a_file_that_cannot_be_read() -> None:
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(SourceError, match="Input/output error"):
        converter.explain_response(Broken())


def test_an_element_is_found_by_the_path_of_a_report() -> None:
    result = converter.check(BLOCKED)
    assert isinstance(result, converter.Conversion)
    (finding,) = result.errors
    assert finding.place is not None
    found = result.place_at(finding.place.path)
    assert found is not None
    assert found.path == finding.place.path
    for nowhere in ("", "/", "/Other", "/ClinicalDocument/component[9]", "//x", "/ClinicalDocument/title/x"):
        assert result.place_at(nowhere) is None


# -- whatever comes

KEYS = (
    "error", "errors", "details", "message", "path", "location", "type", "value", "data", "submission", "warnings",
    "qpp", "errorSources", "validationErrors", "errorText", "errorCode", "line", "column", "statusCode",
    "measurementSets", "measurements", "measureId", "documents", "findings", "reportVersion", "id", "slug", "fix",
    "place", "status",
)  # fmt: skip
TEXTS = st.sampled_from([
    *(text for text, _, _ in MESSAGES), "$.measurementSets[0].measurements[0].value", "$.measurements[1]", "2025",
    "GUID002", f"CT - {OLD_GUID}", "/*[local-name() = 'ClinicalDocument']", "/measurementSets/0", "InvalidValue",
    "236", "\ud800",
])  # fmt: skip
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | TEXTS
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), inner, max_size=5)
    ),
    max_leaves=20,
)  # fmt: skip


def read_or_refused(data: bytes, source: bytes | None = None) -> None:
    """Explain bytes; they are text in the end, or it is said what they are."""
    try:
        words = converter.explain_response(data, source=source).text
    except AnswerError as error:
        assert str(error)
    else:
        assert words.encode("utf-8")
        assert words.endswith("\n")


@examples(150)
@given(JSON)
def test_any_json(value: Any) -> None:
    read_or_refused(json.dumps(value).encode())


@examples(10)
@given(
    st.dictionaries(st.sampled_from(("message", "path", "value", "type", "errorCode", "location")), JSON), st.booleans()
)
def test_any_detail_with_a_source(detail: dict[str, Any], converts: bool) -> None:
    read_or_refused(json.dumps({"errors": [{"details": [detail]}]}).encode(), REJECTED if converts else BLOCKED)


@examples(100)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    read_or_refused(data)
    read_or_refused(b'{"errors":[]}', data)


@examples(50)
@given(st.sampled_from(sorted(cases())), st.data())
def test_any_damage(case: str, data: st.DataObject) -> None:
    answer, _ = cases()[case]
    start = data.draw(st.integers(0, len(answer)))
    end = data.draw(st.integers(start, len(answer)))
    read_or_refused(answer[:start] + data.draw(st.binary(max_size=3)) + answer[end:])


def test_a_document_of_any_year_may_be_the_source() -> None:
    for year in (2018, 2021, 2026):
        doc = document(year, "MIPS_INDIV", measures=("236",)).bytes()
        assert "CMS165" in explained(refused("x", "$.measurementSets[0].measurements[0].value"), doc)
