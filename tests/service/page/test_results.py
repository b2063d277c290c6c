"""What the page shows of one file: everything in it leads somewhere, and nothing of it gets out raw."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import converter
from converter.facts.files import data_folders
from converter.findings.mask import Mask
from converter.service.page.files import held
from converter.service.page.numbers import Numbers
from converter.service.page.results import shown
from converter.service.work import Wanted
from converter.source.limits import DEFAULT_LIMITS
from tests.complete import complete_document
from tests.documents import NPI, TIN, Doc, document
from tests.fuzz.hostile import TEXTS
from tests.goldens.update_responses import api, blocked, rejected, sent
from tests.service.page.markup import Markup, faults

_PLAIN = Wanted(data_folders(None), DEFAULT_LIMITS)
_FULL = _PLAIN._replace(show_ids=True)


def html(doc: Doc | bytes, wanted: Wanted = _PLAIN, name: str = "a.xml") -> str:
    return shown(held(name, doc if isinstance(doc, bytes) else doc.bytes()), wanted).html


def one_line(doc: Doc) -> bytes:
    return re.sub(r">\s+<", "><", doc.xml()).encode()


CASES: dict[str, Callable[[], bytes]] = {
    "clean": lambda: complete_document(2025, "MIPS_INDIV").bytes(),
    "error": lambda: blocked().bytes(),
    "rejected": lambda: rejected().bytes(),
    "one line": lambda: one_line(rejected()),
    "cut off": lambda: complete_document(2025, "MIPS_INDIV").bytes()[:9000],
    "empty": lambda: b"",
    "web page": lambda: b"<!doctype html><html><body onload='x()'>no</body></html>",
    "qpp json": lambda: converter.convert(complete_document(2025, "MIPS_GROUP").bytes()).to_json().encode(),
    "json": lambda: b'{"a": [1, 2',
    "virtual group": lambda: document(2024, "MIPS_VIRTUALGROUP").bytes(),
}


@pytest.mark.every(3)
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("wanted", [_PLAIN, _FULL], ids=["masked", "shown"])
def test_every_result_is_sound(case: str, wanted: Wanted) -> None:
    assert faults(html(CASES[case](), wanted)) == []


def test_more_is_a_link_and_no_command() -> None:
    found = html(blocked())
    assert '<a href="/page/explain?q=GUID002">all about GUID002</a>' in found and "qrda2qpp explain" not in found


@pytest.mark.every(3)
@pytest.mark.parametrize("case", CASES)
def test_the_verdict_is_the_one_of_the_check(case: str) -> None:
    data = CASES[case]()
    verdict = converter.check(data, name="a.xml").verdict
    text = Markup(html(data)).text
    assert verdict.sentence[1:] in text
    assert f'class="summary {verdict.kind.name.lower()}"' in html(data)


def test_identifiers_are_masked_until_they_are_asked_for() -> None:
    doc, name = complete_document(2025, "MIPS_INDIV"), f"export of {TIN} and {NPI}.xml"
    masked = shown(held(name, doc.bytes()), _PLAIN)
    assert not [one for one in (TIN, NPI) if one in masked.html + masked.title]
    assert f"*****{TIN[-4:]}" in masked.html and "Show TIN and NPI" in masked.html
    full = shown(held(name, doc.bytes()), _FULL)
    assert all(one in full.html and one in full.title for one in (TIN, NPI)) and "Hide TIN and NPI" in full.html


def test_the_parts_of_a_result_are_there() -> None:
    text = Markup(html(rejected())).text
    for words in (
        "CMS would reject it", "2025", "MIPS_GROUP", "What to do", "For the practice", "For the vendor",
        "Copy a message for the vendor", "Ready to be scored?", "Results of the measures",
        "What became of everything in the file", "QPP JSON", "Error report (JSON)", "Report (HTML)", "Findings (CSV)",
    ):  # fmt: skip
        assert words in text


def test_a_file_in_one_line_is_shown_around_its_fault() -> None:
    shown_one = html(one_line(rejected()))
    figure = shown_one[shown_one.index("<figure>") :]
    assert figure.count('<span class="row') > 3
    assert 'value="11"' in figure.replace("&#34;", '"').replace("<mark>", "").replace("</mark>", "")


@pytest.mark.every(5)
@pytest.mark.parametrize("text", TEXTS)
def test_hostile_texts_do_no_harm(text: str) -> None:
    doc = complete_document(2025, "MIPS_INDIV")
    xml = doc.xml()
    shown_text = text.replace("\0", "").encode("utf-8", "replace").decode()
    name = f"{text}.xml"
    escaped = "".join(f"&#{ord(one)};" if ord(one) in (9, 10, 13, 34, 38, 60, 62) or ord(one) > 126 else one
                      for one in shown_text if one.isprintable() or one in "\t\n\r")  # fmt: skip
    for what in ("MIPS_INDIV", "2c928083-8907-ce68-0189-2bbd31d6064e", "20250101", TIN):
        assert what in xml
        spoilt = xml.replace(what, escaped)
        assert faults(html(spoilt.encode(), _FULL, name)) == []
    assert faults(html(text.encode("utf-8", "replace"), _FULL, name)) == []


@pytest.mark.every(5)
@pytest.mark.parametrize("text", TEXTS)
def test_hostile_answers_do_no_harm(text: str) -> None:
    answer = api()
    answer["error"]["details"][0]["message"] = f"SV - {text}"
    answer["error"]["message"] = text
    found = shown(held(text, json.dumps(answer).encode()), _PLAIN)
    assert "An answer of CMS" in found.html and faults(found.html) == []


def test_an_answer_is_explained_message_by_message() -> None:
    text = Markup(shown(held("answer.json", json.dumps(api()).encode()), _PLAIN).html).text
    assert "submission API refused the submission" in text
    assert "What it means" in text and "What to do" in text and "measurements[0]" in text
    assert "Add the file that was sent" in text


def test_with_the_file_that_was_sent_an_answer_shows_its_places() -> None:
    upload = held("answer.json", json.dumps(api()).encode())
    found = shown(upload, _PLAIN, held("rejected.xml", sent()["rejected.xml"])).html
    text = Markup(found).text
    assert faults(found) == []
    assert "SUB054" in text and "<organizer" in text and "Add the file that was sent" not in text


# --- the JSON and its places --------------------------------------------------------------------------------------


def leaves(value: Any, pointer: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, f"{pointer}/{key}")
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from leaves(one, f"{pointer}/{at}")
    else:
        yield pointer, value


@pytest.mark.parametrize("make", [lambda doc: doc.bytes(), one_line], ids=["lines", "one line"])
def test_each_value_is_linked_to_its_place_and_back(make: Callable[[Doc], bytes]) -> None:
    result = converter.check(make(complete_document(2025, "MIPS_INDIV")), name="a.xml")
    written = json.loads(result.to_json())
    numbers = Numbers(result, written, Mask((), show=True))
    shown_lines = [one for one in numbers.lines if one.text[0] not in "{}[]"]
    assert json.loads("".join(f"{one.name}{one.text}{one.end}" for one in numbers.lines)) == written
    by_number = {one.number: one for one in numbers.origins}
    for (pointer, value), line in zip(leaves(written), shown_lines, strict=True):
        place = result.locate(pointer)
        assert (line.place != 0) == (place is not None)
        if place is None:
            continue
        origin = by_number[line.place]
        assert origin.where == place.where
        assert [name for number, name in origin.values if number == line.number] != []
        if pointer.endswith(("performanceMet", "numerator", "denominator")):
            assert f'"{value}"' in origin.mark
    assert sum(len(one.values) for one in numbers.origins) == sum(1 for one in shown_lines if one.place)
    assert len(by_number) == len(numbers.origins)


def test_of_what_is_not_converted_there_is_no_json() -> None:
    found = html(blocked())
    assert 'class="json"' not in found and 'data-download="qpp-json"' not in found
    assert 'data-download="error-json"' in found
