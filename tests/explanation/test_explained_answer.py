"""`converter.explain_response`: the data of an explained answer, and what kind of value it is."""

import copy
import dataclasses
import io
import json
import pickle
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import converter
from converter import Certainty, ExplainedAnswer, ExplainedMessage, Mention, Subject, UsageError
from converter.findings.kinds import TABLE
from tests.documents import NPI, TIN
from tests.goldens.update_responses import OLD_GUID, SETS, api, blocked, cases, rejected, sent

CASES = sorted(cases())
REJECTED, BLOCKED = rejected().bytes(), blocked().bytes()


def case(name: str) -> ExplainedAnswer:
    answer, source = cases()[name]
    return converter.explain_response(answer, source=sent()[source] if source else None)


def explained(*details: dict[str, Any], source: bytes | None = None, **options: Any) -> ExplainedAnswer:
    answer = {"error": {"type": "ValidationError", "message": "invalid submission object", "details": details}}
    return converter.explain_response(json.dumps(answer).encode(), source=source, **options)


def strings(value: object) -> Iterator[str]:
    """Yield every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, dict):
        yield from strings(list(value.items()))


# -- what kind of value it is


@pytest.mark.parametrize("name", CASES)
def test_an_explained_answer_is_a_value(name: str) -> None:
    one = case(name)
    assert pickle.loads(pickle.dumps(one)) == one == copy.deepcopy(one) == case(name)
    assert hash(one) == hash(copy.copy(one))
    assert str(one) == one.text
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.text = ""  # type: ignore[misc]
    for value in (one, *one.items, *(mention for item in one.items for mention in item.mentions)):
        assert not hasattr(value, "__dict__")
        assert "\n" not in repr(value)
        assert len(repr(value)) < 100


def test_it_comes_back_from_another_process() -> None:
    answer, source = cases()["api-error-with-source"]
    assert source is not None
    with ProcessPoolExecutor(1) as pool:
        assert pool.submit(converter.explain_response, answer, source=sent()[source]).result() == case(
            "api-error-with-source"
        )


@pytest.mark.parametrize("name", CASES)
def test_the_text_is_made_of_those_of_the_messages(name: str) -> None:
    one = case(name)
    for number, item in enumerate(one.items, 1):
        assert str(item) == item.text
        assert item.text.startswith(f"{number}. ")
        assert f"\n\n{item.text}" in one.text
    assert one.text.startswith(one.kind[:90].rpartition(" ")[0])


def test_reprs_name_nobody() -> None:
    one = explained({"message": f"Ada Lovelace has {TIN}", "path": f"$.{TIN}"}, show_ids=True)
    assert repr(one) == "<ExplainedAnswer: 1 message>"
    assert repr(one.items[0]) == "<ExplainedMessage: not known>"
    assert repr(one.items[0].mentions[0]) == "<Mention: no line>"
    assert repr(case("api-error")) == "<ExplainedAnswer: 8 messages, 6 different>"
    assert repr(case("api-error").items[1]) == "<ExplainedMessage: SUB019, SUB048, 3 times>"
    assert repr(case("converter-error").items[0]) == "<ExplainedMessage: code 6, GUID001, GUID002, GUID006 and 10 more>"
    (mention,) = case("upload-page-with-source").items[0].mentions
    assert repr(mention) == "<Mention: line 101, column 59>"


@pytest.mark.parametrize("show_ids", [False, True])
def test_identifiers_are_masked_in_every_text_unless_they_are_asked_for(show_ids: bool) -> None:
    details: list[dict[str, Any]] = [
        {"message": f"field 'x' in Submission is invalid: {TIN}", "path": f"$.a{TIN}.b", "value": NPI},
        {"message": f"SV - {NPI}", "location": {"location": f"of {NPI}", "path": f"$['{TIN}']"}},
        {"message": "x", "path": f"$.measurementSets[9].{TIN}"},
    ]
    for source in (None, REJECTED):
        one = explained(*details, source=source, show_ids=show_ids)
        texts = list(strings(dataclasses.asdict(one)))
        for secret in (TIN, NPI):
            assert any(secret in text for text in texts) is show_ids


# -- what it says


def test_a_message_with_its_source() -> None:
    path = "$.measurementSets[0].measurements[0].value.performanceMet"
    text = f"field 'performanceMet' in {SETS}[0].measurements[0] is invalid: x"
    one = explained({"message": text, "path": path}, source=REJECTED)
    place = converter.check(REJECTED).locate("/measurementSets/0/measurements/0/value/performanceMet")
    assert place is not None
    (item,) = one.items
    (mention,) = item.mentions
    assert one.year == 2025
    assert (item.what, item.certain, item.side, item.code) == (Subject.MESSAGE, Certainty.SURE, "api", None)
    assert (mention.path, mention.pointer) == (path, "/measurementSets/0/measurements/0/value/performanceMet")
    assert mention.measure is not None
    assert (mention.measure.measure_id, mention.measure.cms_id) == ("236", "CMS165v13")
    assert (mention.line, mention.column, mention.element) == (place.line, place.column, place.path)
    assert mention.missing is None


def test_what_the_file_has_answers_the_message() -> None:
    item = case("upload-page-with-source").items[0]
    (finding,) = (one for one in converter.check(REJECTED).errors if one.id == "SUB054")
    assert item.findings == ("SUB001", "SUB054", "SUB055")
    assert (item.found, item.mentions[0].findings) == (("SUB054",), ("SUB054",))
    assert item.advice == (finding.fix,)
    assert case("upload-page-with-source").unnamed == ("SUB045",)


def test_without_the_file_the_advice_is_that_of_the_message() -> None:
    item = case("api-error").items[0]
    assert (item.found, item.mentions[0].line, item.mentions[0].element) == ((), None, None)
    assert item.mentions[0].pointer == "/measurementSets/0/measurements/0/value"
    for line in item.advice:
        assert line in " ".join(item.text.split())
    assert item.advice
    assert item.meaning in " ".join(item.text.split())


def test_a_message_of_the_converter() -> None:
    (item,) = case("converter-error").items
    (identifier,) = item.identifiers
    assert (item.code, item.codes, item.side, item.title) == (6, (6,), "converter", "measure guid missing")
    assert item.findings == tuple(id for id, kind in TABLE.items() if kind.official_code == 6)
    assert (identifier.what, identifier.id, identifier.years) == (Subject.MEASURE_GUID, OLD_GUID, (2024,))
    assert (item.mentions[0].line, item.mentions[0].column) == (1, 162942)
    assert item.mentions[0].words == f"Quality Measure {OLD_GUID} (CMS165v12)"


def test_a_report_of_this_tool() -> None:
    first, *others = case("own-error-json").items
    assert (first.what, first.findings, first.title) == (Subject.FINDING, ("GUID002",), TABLE["GUID002"].slug)
    assert (first.warning, first.meaning, first.mentions[0].line) == (False, "", 104)
    assert {item.warning for item in others} == {True}


def test_many_places_of_one_message_are_all_there() -> None:
    details = [{"message": f"field 'value' in {SETS}[0].measurements[{n}] is missing"} for n in range(50)]
    (item,) = explained(*details).items
    assert [one.pointer for one in item.mentions] == [f"/measurementSets/0/measurements/{n}/value" for n in range(50)]
    assert [one.message for one in item.mentions] == [one["message"] for one in details]
    assert item.message == details[0]["message"]


def test_messages_beyond_those_of_the_text_are_all_there() -> None:
    letters = "abcdefghij"
    words = [letters[n // 100] + letters[n // 10 % 10] + letters[n % 10] for n in range(505)]
    one = explained(*({"message": f"odd {word}"} for word in words))
    assert "... and 5 more messages that differ from these." in one.text
    assert [item.message for item in one.items] == [f"odd {word}" for word in words]
    assert one.items[-1].text.startswith("505. odd fae\n")
    assert "odd fae" not in one.text


def test_what_the_file_does_not_have() -> None:
    (item,) = explained({"message": "x", "path": "$.measurementSets[0].measurements[9]"}, source=REJECTED).items
    assert (item.what, item.certain) == (Subject.MESSAGE, Certainty.NOT_SURE)
    assert item.mentions[0].missing == "/measurementSets/0/measurements/9 (there are 3 measurements)"
    assert item.mentions[0].line is None


def test_a_message_that_is_not_known() -> None:
    (item,) = explained({"message": "a sentence that nobody has seen"}).items
    assert (item.what, item.certain, item.findings, item.codes) == (Subject.UNKNOWN, Certainty.NOT_KNOWN, (), ())
    assert (item.title, item.advice, item.mentions) == (None, (), (Mention("a sentence that nobody has seen"),))


def test_answers_without_messages() -> None:
    score = case("score")
    assert score.lines[0] == "Points of its parts:"
    assert case("no-errors").items == ()
    assert case("no-errors").notes
    assert case("accepted").kind == "CMS' submission API accepted the submission"
    assert case("accepted").year == 2025


def test_the_year_is_that_of_the_measures() -> None:
    assert [explained({"message": "x"}, year=year).year for year in (2024, None)] == [2024, 2026]


# -- arguments


def test_a_folder_and_a_closed_file_are_called_so(tmp_path: Path) -> None:
    closed = io.BytesIO(json.dumps(api()).encode())
    closed.close()
    for call in (converter.explain_response, lambda item: converter.explain_response(b'{"errors":[]}', source=item)):
        with pytest.raises(UsageError, match="is a folder, not a file"):
            call(tmp_path)
        with pytest.raises(UsageError, match="The file is closed"):
            call(closed)


def test_the_types_are_those_of_the_door() -> None:
    one = case("api-error")
    assert type(one) is ExplainedAnswer
    assert type(one.items[0]) is ExplainedMessage
    assert type(one.items[0].mentions[0]) is Mention
