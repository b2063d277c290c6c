"""Messages of CMS' converter are recognised by their fingerprints, exactly or not at all."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

import converter
from converter.explanation import fingerprints
from converter.explanation.fingerprints import Fingerprints, Match, newest_release, shipped
from converter.explanation.messages import recognise
from converter.explanation.official_codes import official_codes, official_row, retired_codes
from tests.documents import NPI, TIN, document
from tests.explanation.own_messages import KEY, LAMP, OWN, SHIP, SHIP_LATER, own, row

__all__ = ["own"]


def match(text: str) -> Match:
    found = OWN.match(text)
    assert found is not None
    return found


# -- the recogniser


@pytest.mark.parametrize("prefix", ["", "CT - ", "Error: "])
def test_a_message_is_found_whatever_it_is_filled_with(prefix: str) -> None:
    for value in ("12", "2c928083-8907-ce68-0189-2bbd31d6064e", "the, moon", "", "Ünder 'quotes'"):
        found = match(prefix + LAMP.replace("{}", value))
        assert (found.codes, found.share, found.sure) == ((13,), 1.0, True)


def test_capitals_blanks_and_signs_do_not_matter() -> None:
    assert match(LAMP.upper().replace(" ", "\n  ").replace("river", "river,")).sure


def test_of_two_the_one_with_more_hashes_is_taken_and_then_the_later() -> None:
    assert match(SHIP_LATER.format("Ada")).rows[0].first == "v5.0.0"
    assert match(SHIP.format("Ada")).rows[0].first == "v1.0"
    twice = Fingerprints([row(1, "one two three four five six", last=last) for last in ("v19.6.0", "v2024.1", "v2.0")])
    found = twice.match("one two three four five six")
    assert found is not None
    assert [one.last for one in found.rows] == ["v2024.1", "v19.6.0", "v2.0"]


@pytest.mark.parametrize(
    ("words", "share", "sure"), [(12, 1.0, True), (10, 0.8, True), (9, 0.7, False), (7, 0.5, False), (6, None, None)]
)
def test_bounds(words: int, share: float | None, sure: bool | None) -> None:
    sentence = "a b c d e f g h i j k l"  # ten runs of three words
    found = Fingerprints([row(5, sentence)]).match(" ".join(sentence.split()[:words]))
    assert (found and found.share, found and found.sure) == (share, sure)


def test_a_short_row_is_never_sure_and_gives_way_to_a_sure_one() -> None:
    assert match("We know that tea needs water").share == 1.0
    assert not match("We know that tea needs water").sure
    assert match(f"Tea needs water. {LAMP.replace('tomorrow', 'then')}").codes == (13,)


def test_rows_with_the_same_hashes_name_both_codes() -> None:
    assert match(KEY).codes == (72, 70)


# -- what is said


def explained(text: str) -> str:
    return " ".join(converter.explain(text).text.split())


def answered(text: str) -> str:
    answer = {"errors": [{"details": [{"errorCode": None, "message": text}]}]}
    return " ".join(converter.explain_response(json.dumps(answer).encode()).text.split())


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("say", [explained, answered])
def test_a_message_that_is_sure(say: Callable[[str], str]) -> None:
    words = say(LAMP.format(4, "Ouse"))
    assert "Official code 13: denominator count invalid. " in words
    assert "POP010 denominator-over-initial-population" in words
    assert "not for certain" not in words
    assert "worded" not in words
    assert "It is worded as in v1.0 to v4.3.3 of the converter; later releases have another wording." in say(SHIP)


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("say", [explained, answered])
@pytest.mark.parametrize("prefix", ["", "CT - "])
def test_a_resemblance_names_the_code_and_no_rule(say: Callable[[str], str], prefix: str) -> None:
    words = say(f"{prefix}The lamp of room 4 burns brighter than the moon above us")
    assert (
        "It resembles the message of CMS' converter with code 13 (denominator count invalid), but not for certain: 67% "
        "of its wording matches. `qrda2qpp explain 13` says what that code means."
    ) in words
    assert "POP010" not in words
    assert "Official code" not in words


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("say", [explained, answered])
def test_below_the_bound_it_is_no_message_of_the_converter(say: Callable[[str], str]) -> None:
    words = say("The lamp of room 4 is out")
    assert "It is not a message of CMS' converter, and not a known one of its submission API" in words
    assert "code 13" not in words
    assert "no public release of it has a message with these words" in say("CT - The lamp of room 4 is out")
    assert "It begins like a message of CMS' submission API but is not a known one." in say("SV - The lamp is out")


@pytest.mark.usefixtures("own")
def test_what_a_sentence_may_be_that_is_no_message() -> None:
    words = explained("The lamp of room 4 is out")
    assert "It may come from the EHR, a registry, a validator or a newer release." in words
    assert "Paste the whole message by itself, or its error code" in words
    with pytest.raises(converter.UsageError, match="was not found"):
        converter.explain("three words only")


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("say", [explained, answered])
def test_shared_words_name_all_codes_with_their_releases(say: Callable[[str], str]) -> None:
    words = say(KEY)
    assert "Official code 72: performance rate missing." in words
    assert (
        "have several codes, depending on the release of the converter: 72 in v1.4.4 to v2024.2.3, 70 in v1.4.3."
        in words
    )


@pytest.mark.usefixtures("own")
def test_the_code_that_came_with_it_counts() -> None:
    message = recognise(LAMP, code=6)
    assert message.official is not None
    assert message.official["code"] == 6
    answer = {"errors": [{"details": [{"errorCode": 6, "message": f"CT - {LAMP}"}]}]}
    words = " ".join(converter.explain_response(json.dumps(answer).encode()).text.split())
    assert "Official code 6: measure guid missing." in words
    assert "But its words are those of code 13: `qrda2qpp explain 13` says more." in words
    earlier = recognise(KEY, code=70)
    assert earlier.official is not None
    assert earlier.official["meaning"].startswith("A performance rate is missing")
    assert earlier.kinds == ()
    assert recognise(LAMP, code=999).official == official_row(13)
    assert not recognise("something else", code=999).known


@pytest.mark.usefixtures("own")
def test_identifiers_in_what_is_not_known_are_masked() -> None:
    with pytest.raises(converter.UsageError) as caught:
        converter.explain(f"{TIN} {NPI}")
    assert TIN not in str(caught.value)
    assert NPI not in str(caught.value)


# -- messages of other tools

CYPRESS = [
    ("Performance Rate of numerator X should be NA", "cypress-rate-na", {"SUB076"}),
    ("The performance rate of X should not be NA", "cypress-rate-not-na", {"SUB077"}),
    ("A performance rate with a precision greater than allowed", "cypress-rate-precision", set()),
    ("NUMER (2c928083-8907-ce68-0189-2bbd31d6064e) is missing for CMS165v13", "cypress-population-missing", {"POP001"}),
    ("Missing DENEX for CMS165v13", "cypress-population-missing", {"POP001"}),
    ("Could not find entry for measure X with the population ids {}", "cypress-population-missing", {"POP002"}),
    ("Denominator value 4 is greater than Initial Population value 3", "cypress-denominator", {"POP010"}),
]


@pytest.mark.parametrize(("text", "name", "ids"), CYPRESS)
def test_messages_of_cypress_are_told_as_such(text: str, name: str, ids: set[str]) -> None:
    message = recognise(text)
    assert message.row is not None
    assert (message.row.name, message.side) == (name, "cypress")
    assert ids <= {kind.id for kind in message.kinds}
    for words in (explained(text), answered(text)):
        assert "A message of Cypress, the program that certifies EHRs, not of CMS' converter." in words
        assert message.row.remedy in words


@pytest.mark.parametrize(
    "text", ["Contributing 0 points for 0% Performance rate", "0 points for a 0 % performance rate"]
)
def test_remarks_of_a_score_are_no_errors(text: str) -> None:
    for words in (explained(text), answered(text)):
        assert "A remark in a score of CMS' submission API, not an error." in words
        assert "none of its cases met it, so it adds no points to the score. Nothing was refused." in words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SHALL contain exactly one [1..1] thing (CONF:1234-5678)", "validator-guide"),
        ("cvc-complex-type.2.4.a: something is odd", "validator-schema"),
        ("Element 'x': This element is not expected.", "validator-schema"),
        ("Opening and ending tag mismatch: a line 1 and b", "validator-xml"),
        ('Exception in thread "main"', "validator-java"),
    ],
)
def test_messages_of_validators_are_told_as_such(text: str, name: str) -> None:
    message = recognise(text)
    assert message.row is not None
    assert message.row.name == name
    assert "A message of a validator or another program" in explained(text)


# -- the data


def test_a_conversion_does_not_load_the_fingerprints() -> None:
    module = "converter.explanation.fingerprints"
    code = f"import sys, converter; converter.convert(sys.stdin.buffer); print('{module}' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], input=document(2025).bytes(), capture_output=True, check=True)
    assert done.stdout.split() == [b"False"]


def test_every_row_of_the_data_gives_its_own_code(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = set()
    for one in shipped()._rows:
        monkeypatch.setattr(fingerprints, "hashes_of", lambda _, hashes=one.hashes: set(hashes))
        found = shipped().match("")
        assert found is not None
        assert one in found.rows
        assert found.sure is (len(one.hashes) > 2)
        if len(found.codes) > 1:
            shared.add(found.codes)
    assert shared == {(72, 70)}


def test_every_code_of_the_data_is_known() -> None:
    newest = {one.code for one in shipped()._rows if one.last == newest_release()}
    assert newest == {one["code"] for one in official_codes()}
    for one in shipped()._rows:
        known = official_row(one.code, one.last)
        assert known is not None
        assert known["meaning"]
    assert {one["code"] for one in retired_codes()} <= {one.code for one in shipped()._rows}
    names = {(one["code"], one["last"]) for one in retired_codes()}
    assert len(names) == len(retired_codes())


def test_a_code_stands_for_what_it_did_in_its_release() -> None:
    assert "GUID" in (official_row(70) or {})["meaning"]
    assert "rate is missing" in (official_row(70, "v1.4.3") or {})["meaning"]
    assert "GUID" in (official_row(70, "v2024.2.3") or {})["meaning"]
    assert official_row(999) is None


@pytest.mark.parametrize(("word", "words"), [("code 104", "to v18.1.0"), ("64", "CPC+"), ("34", "documentation")])
def test_codes_of_earlier_releases_are_explained(word: str, words: str) -> None:
    text = converter.explain(word).text
    assert "of earlier releases (to v" in text
    assert words in text
    assert "This tool" not in text.split("\n\n")[0]
