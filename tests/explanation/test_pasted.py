"""What people paste: e-mails and logs with messages in them, answers that break off, and what is no error at all."""

import contextlib
import json
import re
from typing import Any

import pytest

import converter
from converter.errors import AnswerError
from converter.explanation import fingerprints
from converter.explanation.messages import Row, table
from converter.explanation.messages import _recognised as recognised
from converter.explanation.response.completed_json import completed_json
from tests.documents import NPI, TIN
from tests.explanation.own_messages import AUTUMN, LAMP, SHIP, SPRING, own
from tests.goldens.update_responses import OLD_GUID, SETS, mail, scored

__all__ = ["own"]

CEHRT = f"SV - field 'cehrtId' in {SETS}[1] is missing"


def explained(answer: Any, **options: Any) -> str:
    data = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
    return " ".join(converter.explain_response(data, **options).text.split())


def messages(words: str) -> list[str]:
    """The messages that an explanation of a pasted text numbers."""
    return re.findall(r"(?<!message )(?<= )\d+\. (.+?)(?= What it means:)", words)


# -- texts


def test_of_an_email_only_the_messages_count() -> None:
    words = explained(mail())
    assert words.startswith("Pasted text: 3 messages. Ignored, because they contain no known message: 5 lines.")
    for greeting in ("Hello", "thanks", "Anna", TIN):
        assert greeting not in words


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n> "])
@pytest.mark.parametrize("width", [20, 40, 70, 300])
def test_a_message_may_be_wrapped_and_stand_among_other_words(width: int, end: str) -> None:
    lines = re.findall(rf".{{1,{width}}}(?:\s|$)", LAMP.format("4", "Ouse"))
    words = explained(
        end.join(["Hello,", "this came back from CMS today:", *map(str.strip, lines), "What now?", "Ben"])
    )
    assert "Pasted text: 1 message." in words
    (message,) = messages(words)
    assert message == LAMP.format("4", "Ouse")
    assert "Official code 13" in words


@pytest.mark.usefixtures("own")
def test_messages_may_follow_each_other_without_a_blank_line() -> None:
    one, two = LAMP.format("4", "Ouse"), SHIP.format("Ada")
    text = f"{one[:50]}\n{one[50:]}\n{two}\nERROR CT - {two} 2024-01-02 CT - {one[:40]}\n{one[40:]}\n{CEHRT}\nno more"
    words = explained(text)
    assert "Pasted text: 5 messages. Ignored, because they contain no known message: 2 lines." in words


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("width", [20, 45, 60, 300])
def test_messages_that_differ_in_the_last_word_keep_their_codes(width: int) -> None:
    lines = [line.strip() for text in (AUTUMN, SPRING) for line in re.findall(rf".{{1,{width}}}(?:\s|$)", text)]
    words = explained("\n".join(["Hello,", *lines, "Ben"]))
    assert messages(words) == [AUTUMN, SPRING]
    assert re.findall(r"Official code (\d+)", words) == ["30", "29"]


@pytest.mark.usefixtures("own")
def test_a_few_words_of_a_message_make_no_message_of_a_sentence() -> None:
    with pytest.raises(AnswerError, match="none of its lines is a known message of CMS"):
        explained("Dear all,\nwe know that tea needs water, and a ship with the name Ada.\n")


def test_what_begins_like_a_message_is_told_as_not_known() -> None:
    words = explained("Hi,\nCT - the sea is blue\nBye\n")
    assert "CT - the sea is blue What it means: It begins like a message of CMS' converter, but no public" in words


def test_an_answer_in_json_may_stand_in_a_text() -> None:
    answer = json.dumps({"errors": [{"details": [{"errorCode": 13, "message": "CT - x"}]}]}, indent=2)
    for text in (f"Hello,\n\n{answer}\n\nBen", f"HTTP/1.1 422 Unprocessable\nDate: now\n\n{answer}",
                 "We got\n" + "\n".join(f"> {line}" for line in answer.splitlines())):  # fmt: skip
        assert "Official code 13" in explained(text)


def test_a_log_line_that_begins_like_json() -> None:
    assert "SUB028" in explained(f"[ERROR] 12:01 {CEHRT}\n")


def test_identifiers_are_masked_in_what_is_pasted() -> None:
    text = f"CT - the TIN {TIN} and the NPI {NPI}\nSV - field 'x' in Submission is invalid: {TIN}"
    for secret in (TIN, NPI):
        assert secret not in explained(text)
        assert secret in explained(text, show_ids=True)


def test_many_messages_are_cut() -> None:
    text = "\n".join(f"CT - word{number} nothing" for number in range(600))
    words = explained(text)
    assert "600 messages" in words
    assert "... and 100 more messages that differ from these." in words


# -- answers that break off

ANSWER = json.dumps({"errors": [{"sourceIdentifier": "a.xml", "details": [
    {"errorCode": 13, "message": "CT - \\one\\", "location": {"path": "/x", "line": 12, "column": 4}},
    {"errorCode": 69, "message": "CT - two \"words\" of it"},
]}]})  # fmt: skip


def cut_before(words: str, more: int = 0) -> str:
    return ANSWER[: ANSWER.index(words) + more]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (ANSWER[:-1], {13, 69}),
        (cut_before("of it"), {13, 69}),
        (cut_before('words\\"', 6), {13, 69}),
        (cut_before('"CT - two'), {13, 69}),
        (cut_before("69", 2), {13}),
        (cut_before("69", 1), {13}),
        (cut_before(', {"errorCode": 69'), {13}),
        (cut_before("12,", 1), {13}),
        (ANSWER.replace('"CT - two', 'CT - two"'), {13, 69}),
        (ANSWER.replace("of it", "of \\x it"), {13, 69}),
        (f"{ANSWER}\ncurl: (18) transfer closed", {13, 69}),
    ],
)
def test_a_broken_answer_is_explained_as_far_as_it_goes(text: str, codes: set[int]) -> None:
    words = explained(text)
    assert {int(code) for code in re.findall(r"Official code (\d+)", words)} == codes
    assert re.search(
        r"(breaks off before its end|not well-formed JSON): line \d, column \d+\. What comes before", words
    )


def test_the_words_of_a_message_that_breaks_off_are_shown() -> None:
    assert '2. CT - two "words" [...] (error code 69)' in explained(cut_before(" of it"))


def test_a_number_that_breaks_off_is_no_number() -> None:
    assert completed_json('{"a": 1, "b": 23', 16) == {"a": 1}
    assert completed_json('{"a": 1, "b": 23 ', 17) == {"a": 1, "b": 23}
    assert completed_json("[tru", 4) == []
    assert completed_json("[", 1) == []
    assert completed_json("", 0) is None
    assert completed_json("}", 0) is None


@pytest.mark.parametrize("end", ["\\", "\\\\", "\\\\\\", "\\u", "\\u00e", "\\u00e9", ""])
def test_an_escape_may_be_cut(end: str) -> None:
    text = '{"error": {"message": "two words' + end
    assert "two words" in explained(text)


def test_what_breaks_off_before_its_messages_says_what_it_says() -> None:
    text = '{"error": {"message": "invalid submission object of 000417263", "details": [{"mess'
    with pytest.raises(AnswerError, match=r"Before that it says: invalid submission object of \*\*\*\*\*7263\."):
        explained(text)


def test_every_cut_of_an_answer_is_explained_or_refused() -> None:
    for end in range(1, len(ANSWER)):
        try:
            words = explained(ANSWER[:end])
        except AnswerError as error:
            assert "breaks off" in str(error)
        else:
            assert "Official code" in words or "no message" in words


# -- no errors


@pytest.mark.parametrize("wrap", [lambda one: {"data": {"score": one}}, lambda one: {"score": one}, lambda one: one])
def test_a_score_is_printed_as_one(wrap: Any) -> None:
    words = converter.explain_response(json.dumps(wrap(scored())).encode()).text
    assert words.startswith(
        "This is a score of CMS' submission API, 35.96 points under the program mips: no messages.\n"
    )
    assert "\n  Points of its parts:\n    quality: 20.96 of 50\n" in words
    assert "          236: 8.9585, rate 82.31%, 130 cases, decile 8\n" in words
    assert "refused" not in words


def test_messages_of_a_score_are_explained() -> None:
    score = scored() | {
        "errors": ["a measure was not scored"],
        "warnings": [{"message": "0 points for 0% performance rate"}],
    }
    words = explained({"data": {"score": score}})
    assert "1 message and 1 remark" in words
    assert "a measure was not scored" in words
    assert "A remark in a score of CMS' submission API, not an error." in words


def test_a_score_without_end() -> None:
    deep: dict[str, Any] = {"name": "x", "value": 1, "parts": []}
    for _ in range(50):
        deep = {"name": "x", "value": True, "detail": "y" * 500, "parts": [deep, None, 3]}
    wide = {"name": "total", "value": None, "parts": [deep] * 500}
    words = converter.explain_response(json.dumps(wide).encode()).text
    assert words.count("\n") < 250
    assert max(map(len, words.splitlines())) < 200


@pytest.mark.parametrize("report", [{"errors": []}, {"errors": [], "warnings": []}, {"errors": [{"details": []}]}])
def test_a_report_without_errors(report: Any) -> None:
    if report["errors"]:
        assert "refused the file" in explained(report)
        return
    words = explained(report)
    assert words.startswith("This is an error report without errors: no messages.")
    assert "nothing was refused, not that something was stored" in words


@pytest.mark.parametrize(
    ("error", "name"),
    [(error, row.name) for error, row in [
        (error, next(row for row in table() if row.pattern and row.pattern.search(error)))
        for error in ("invalid_grant", "invalid_client", "invalid_scope", "access_denied", "invalid_token",
                      "unsupported_grant_type", "temporarily_unavailable")]],
)  # fmt: skip
def test_errors_of_the_sign_in_are_named(error: str, name: str) -> None:
    assert name.startswith("oauth-")
    row: Row = next(row for row in table() if row.name == name)
    for answer in ({"error": error, "error_description": f"no, {TIN}"}, {"error": error}):
        words = explained(answer)
        assert words.startswith("CMS' sign-in (OAuth) refused the call: 1 message. The data was not looked at.")
        assert row.remedy in words
        assert TIN not in words
    assert row.remedy in explained(f"https://app.example/callback?error={error}&state=7\n")
    assert row.remedy in " ".join(converter.explain(error).text.split())


PATIENT = {"id": 7, "firstName": "Ida", "lastName": "Noor", "dateOfBirth": "1941-05-06", "gender": "FEMALE",
           "measures": [{"name": "PREV-5", "submissions": []}]}  # fmt: skip


@pytest.mark.parametrize(
    "answer",
    [
        [PATIENT, PATIENT],
        {"apiVersion": "1.0.0", "data": {"kind": "Beneficiary", "totalItems": 2, "items": [PATIENT, PATIENT]}},
        {"data": PATIENT},
        PATIENT,
    ],
)
def test_patients_of_the_web_interface_are_named_and_not_shown(answer: Any) -> None:
    words = explained(answer)
    assert words.startswith("This is a list of beneficiaries of the CMS Web Interface (")
    assert "2017 to 2024" in words
    for private in ("Ida", "Noor", "1941"):
        assert private not in words


def test_other_answers_of_the_web_interface() -> None:
    measure = {"measureId": "318", "measureName": "CARE-2", "score": 7.5, "numerator": 20, "denominator": 30}
    assert "CARE-2: 7.5 points, numerator 20, denominator 30" in explained(
        {"data": {"kind": "Score", "measures": [measure]}}
    )
    status = {"kind": "Status", "measureName": "CARE-2", "beneficiaryId": 7, "measureStatus": "COMPLETE"}
    assert "an answer of the CMS Web Interface about one patient" in explained({"data": status})
    assert "answered with data" in explained({"data": {"kind": "Score", "measures": []}})
    assert OLD_GUID not in explained({"data": status})


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    "piece",
    [
        f"Hello you,\n{LAMP[:50]}\n{LAMP[50:]}\n\n",
        "burns brighter than the moon\nand the sea\n",
        "CT - one\n",
        "CT - one ",
        "no message at all in here. ",
        "no message\n",
        "> > {\n",
        '{"a": [',
    ],
)
def test_the_work_grows_with_the_length(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = fingerprints.hashes_of
    counted: list[int] = []

    def counting(text: str) -> set[str]:
        counted.append(len(text))
        return hashed(text)

    monkeypatch.setattr(fingerprints, "hashes_of", counting)

    def work(times: int) -> int:
        recognised.cache_clear()
        counted.clear()
        with contextlib.suppress(AnswerError):
            converter.explain_response((f"# {piece}" if piece[0] == ">" else piece).encode() * times)
        return sum(counted)

    assert work(2000) <= 5.3 * work(500) + 20_000
