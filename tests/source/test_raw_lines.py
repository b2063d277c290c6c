"""The lines around an error of syntax: near its column, and without what names people."""

import json
import time

import pytest

import converter
from converter.emitters.reports.excerpts import plain_lines, visible_line
from converter.findings.frame import FrameLine
from converter.source.raw_lines import RawLines

NPI, TIN = "2003004175", "000417263"


def around(text: str, line: int, column: int, *, as_json: bool = False) -> tuple[FrameLine, ...]:
    return RawLines(text.encode(), "utf-8", json=as_json).around(line, column)


def marked(lines: tuple[FrameLine, ...]) -> str:
    """What stands over the caret."""
    (line,) = [one for one in lines if one.marked]
    assert line.mark is not None
    return line.text[slice(*line.mark)]


def shown(lines: tuple[FrameLine, ...]) -> str:
    return "\n".join(one.text for one in lines)


def test_five_lines_with_the_column_marked() -> None:
    lines = around("".join(f"<a{number}>\n" for number in range(1, 10)), 5, 2)
    assert [(one.line, one.text) for one in lines] == [(number, f"<a{number}>") for number in (3, 4, 5, 6, 7)]
    assert marked(lines) == "<"  # where libxml2 is after it
    assert marked(around("<a>\n<b>", 2, 3)) == ">"


@pytest.mark.parametrize(("line", "column"), [(1, 1), (1, 99), (3, 1), (9, 9), (0, 0)])
def test_positions_beyond_the_text_are_shown_at_its_end(line: int, column: int) -> None:
    lines = around("<a>\r\n\r\n", max(line, 1), column)
    assert len([one for one in lines if one.marked]) == 1
    assert "^" in plain_lines(lines, 80)[1 + [one.marked for one in lines].index(True)]


def test_a_very_long_line_is_cut_around_the_column() -> None:
    text = f'{{"a": [{"1, " * 400_000}x, {"2, " * 400_000}3]}}'
    at = text.index("x")
    start = time.perf_counter()
    (line,) = around(text, 1, at + 1, as_json=True)
    assert time.perf_counter() - start < 5
    assert len(line.text) < 130
    assert line.text.startswith("...1, ") or line.text.startswith("...")
    assert marked((line,)) == "x"


def test_a_long_line_of_xml_keeps_tags_and_no_words() -> None:
    text = "<a>" + '<b c="1">Jane Roe</b>' * 1000 + '<d e="2" f=3>' + "<g>Jane Roe</g>" * 1000
    (line,) = around(text, 1, text.index("f=") + 1)
    assert '<d e="2" f=3>' in line.text
    assert "Roe" not in line.text
    assert marked((line,)) == "f"


@pytest.mark.parametrize(
    "text",
    [
        "<name><given>Jane</given><family>Roe</family></name>",
        "<name>\n<given>Jane\n<family>Roe\n</name>",
        "<name>Jane & Roe</name>",
        "<name>Jane < Roe</name>",
        "<given Jane</given><family Roe</family>",
        "<!-- Jane Roe -->\n<a",
        "<text><![CDATA[<b>Jane Roe</b>]]></text>",
        '<telecom value="tel:Jane-Roe"/><telecom value = "mailto:Jane.Roe@example.org"/>',
        "<telecom value='TEL: Jane Roe'/>",
        '<telecom use="WP" value="Jane-Roe"/>',
        '<given value="Jane"/><cda:family value="Roe"',
        "<name>\n<given\nvalue='Jane'><addr city = 'Roe'>",
    ],
)
def test_names_are_replaced(text: str) -> None:
    for column in range(1, 40, 5):
        found = shown(around(text, 1, column))
        assert "Jane" not in found
        assert "Roe" not in found


@pytest.mark.parametrize(
    "text",
    [
        '{"name": [{"family": "Roe", "given": ["Jane", "Roe"]}],}',
        '{"name": {"family": "Roe", "given": "Jane"} "x": 1}',
        '{"lastName": "Roe", "firstName": "Jane, "x": 1}',
        "{'family': Roe, given: Jane}",
        '{"address": {"line": ["Jane Road"], "city": "Roe"}, "email": "Jane.Roe@example.org",}',
        '{"provider": "Jane Roe", "tel": "Jane", "clinician": ["Roe"],}',
        '{"contact": {"x": "Jane", "y": ["Roe"]} "z": 1}',
    ],
)
def test_names_in_json_are_replaced(text: str) -> None:
    found = shown(around(text, 1, 5, as_json=True))
    assert "Jane" not in found
    assert "Roe" not in found


def test_what_json_of_a_submission_says_stays() -> None:
    text = '{"programName": "mips", "category": "quality", "submissionMethod": "registry",}'
    assert shown(around(text, 1, 5, as_json=True)).startswith(text[:70])


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("number", [NPI, TIN, "00-0417263"])
def test_numbers_that_may_be_identifiers_are_masked(number: str, as_json: bool) -> None:
    text = f'{{"npi": "{number}",}}' if as_json else f'<id extension="{number}">'
    for lead in ("", " " * 40, "\n", " " * 3990, "7, " * 3000):
        whole = lead + text
        line = whole.count("\n") + 1
        for column in range(1, len(text) + 1, 3):
            at = column + (0 if "\n" in lead else len(lead))
            found = shown(around(whole, line, at, as_json=as_json))
            assert number[-9:-4] not in found
    masked = shown(around(text, 1, 4, as_json=as_json))
    assert masked == text.replace(number, "*" * (len(number) - 4) + number[-4:])


def test_control_characters_are_shown_as_escapes_and_the_mark_stays() -> None:
    (line,) = around('<a b="\x1b\x00[31m\t\x9f\u202e">', 1, 8)
    shown = visible_line(line)
    assert shown.text == r'<a b="\x1b\x00[31m \x9f\u202e">'
    assert marked((shown,)) == r"\x00"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "latin-1"])
def test_the_encoding_of_the_document_is_read(encoding: str) -> None:
    (line,) = RawLines('<é a="ü">'.encode(encoding), encoding).around(1, 5)
    assert (line.text, marked((line,))) == ('<é a="ü">', "=")


@pytest.mark.parametrize("encoding", ["rot13", "base64", "nothing", "idna"])
def test_a_codec_that_reads_no_text_does_no_harm(encoding: str) -> None:
    assert RawLines(b"<a b=1>", encoding).around(1, 6)


@pytest.mark.parametrize(
    ("data", "over"),
    [
        (b"<a>\n<b>x & y</b>\n</a>", "&"),
        (b"<a>\n<b>x</c>\n</a>", ">"),
        (b'<a>\n<b c=1/>\n</a>', "1"),
        (b"\xff\xfe" + "<a>\n<b>x & y</b>\n</a>".encode("utf-16-le"), "&"),
    ],
)  # fmt: skip
def test_errors_of_xml_are_shown_at_their_column(data: bytes, over: str) -> None:
    (finding,) = converter.convert(data).findings
    assert finding.place is not None
    assert (finding.place.line, marked(finding.place.frame)) == (2, over)


def test_errors_of_json_are_shown_at_their_column() -> None:
    text = json.dumps({"performanceYear": 2025, "npi": NPI, "measurementSets": []}, indent=1).replace('",', '" x,')
    (finding,) = converter.check(text.encode()).findings
    assert finding.place is not None
    assert marked(finding.place.frame) == "x"
    assert '"npi": "******4175" x,' in shown(finding.place.frame)
