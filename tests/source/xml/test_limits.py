"""Limits of XML: what is beyond one is told as that, and never as a failure of this tool."""

import pytest

import converter
from converter.emitters.reports.formats import FORMATS
from converter.findings.collector import Collector
from converter.source.limits import MOST_DEPTH, Limits
from converter.source.xml.parse import parse_xml
from tests.documents import document

MILLIONS = 11_000_000
LONG_VALUE = "a value, text, tag or comment in it is longer than 10 MB"
LONG_NAME = "a name in it is longer than 50,000 characters"


def told(data: bytes, limits: Limits) -> list[str]:
    findings = Collector()
    assert (parse_xml(data, limits, findings) is None) is bool(list(findings))
    return [f"{one.id} {one.message}" for one in findings]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<" + b"a" * 60_000 + b"/>", LONG_NAME),
        (b"<a " + b"b" * 60_000 + b"='1'/>", LONG_NAME),
        (b"<a b='" + b"x" * MILLIONS + b"'/>", LONG_VALUE),
        (b"<a>" + b"x" * MILLIONS + b"</a>", LONG_VALUE),
        (b"<a><![CDATA[" + b"x" * MILLIONS + b"]]></a>", LONG_VALUE),
        (b"<a><!--" + b"x" * MILLIONS + b"--></a>", LONG_VALUE),
        (b"<a><?p " + b"x" * MILLIONS + b"?></a>", LONG_VALUE),
        (b"<a " + b" " * MILLIONS + b"/>", LONG_VALUE),
    ],
)
def test_limits_of_the_parser_are_told_as_limits(data: bytes, problem: str) -> None:
    assert told(data, Limits()) == [f"XML013 The file is beyond a limit of this tool: {problem}."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "armscii-8"])
def test_elements_are_counted_exactly(encoding: str) -> None:
    text = "<a><b/><!-- <c/><c/><c/><c/> --><![CDATA[<c/><c/><c/><c/>]]><b><b/></b><?p <c/> <c/>?></a>"
    head = f'<?xml version="1.0" encoding="{encoding}"?>' if encoding == "armscii-8" else ""
    data = (head + text).encode("ascii" if head else encoding)
    assert told(data, Limits(elements=4)) == []
    assert told(data, Limits(elements=3)) == [
        "XML013 The file is beyond a limit of this tool: it has more than 3 elements."
    ]


def test_too_many_elements_are_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converter.source.xml.parse.etree.fromstring", None)
    assert told(b"<a>" + b"<b/>" * 6_000_000 + b"</a>", Limits())[0].endswith("more than 5,000,000 elements.")


@pytest.mark.parametrize("where", ["converter.source.xml.parse.etree.fromstring", "converter.pipeline.parse"])
def test_memory_that_is_not_enough_is_a_limit(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(where, exhausted)
    (finding,) = converter.check(document(2025).bytes()).errors
    assert (finding.id, finding.message) == (
        "XML013",
        "The file is beyond a limit of this tool: to read it takes more memory than there is.",
    )


def nested(depth: int, inner: str) -> bytes:
    text = document(2025).xml()
    return text.replace(
        "<structuredBody>", "<structuredBody>" + f"<{inner}>" * depth + f"</{inner}>" * depth, 1
    ).encode()


@pytest.mark.every(4)
@pytest.mark.parametrize("limit", [MOST_DEPTH, 100_000])
@pytest.mark.parametrize("inner", ["component", "section", "observation", "other"])
def test_the_greatest_depth_is_borne(inner: str, limit: int) -> None:
    result = converter.check(nested(MOST_DEPTH - 10, inner), limits=Limits(depth=limit))
    assert "XML008" not in [one.id for one in result.findings]
    assert not [one.message for one in result.findings if one.id.startswith("TOOL")]
    for form in FORMATS:
        assert converter.render(result, form)


@pytest.mark.parametrize("depth", [MOST_DEPTH + 1, 5000, 200_000])
def test_beyond_the_greatest_depth_the_limit_says_what_it_is(depth: int) -> None:
    data = b"<a>" * depth + b"</a>" * depth
    assert told(data, Limits(depth=1_000_000)) == [
        "XML008 The elements of the file are nested more than 2000 levels deep."
    ]


def test_places_in_the_depth_are_found() -> None:
    deep = "<x>" * 1900 + "<y/>" + "</x>" * 1900
    findings = Collector()
    tree = parse_xml(f"<a>{deep}</a>".encode(), Limits(depth=MOST_DEPTH), findings)
    assert tree is not None
    assert tree.path(1901) == "/a" + "/x" * 1900 + "/y"


ODD_ENCODINGS = ["ARMSCII-8", "GEORGIAN-PS", "TCVN", "NEXTSTEP", "VISCII", "ISO-2022-CN", "C99"]


@pytest.mark.parametrize("encoding", ODD_ENCODINGS)
def test_an_encoding_that_python_does_not_know_gives_lines_and_no_columns(encoding: str) -> None:
    doc = document(2025)
    doc.measure("236").guid = "00000000-0000-0000-0000-000000000000"
    text = doc.xml().partition("?>")[2]
    plain = converter.check(b'<?xml version="1.0" encoding="UTF-8"?>' + text.encode())
    result = converter.check(f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + text.encode())
    if [one.id for one in result.findings] == ["XML004"]:
        pytest.skip("this libxml2 does not know the encoding")
    assert [(one.id, one.place and one.place.line) for one in result.findings] == [
        (one.id, one.place and one.place.line) for one in plain.findings
    ]
    assert {one.place.column for one in result.findings if one.place} == {None}
    for form in FORMATS:
        report = converter.render(result, form)
        assert "column None" not in report and "None" not in report.replace("none", "")


def test_a_codec_that_reads_other_tags_than_the_parser_gives_no_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converter.source.xml.tree.python_encoding", lambda *_: "utf-7")
    result = converter.check(document(2025).xml().replace("<title>", "<title>+ADw-br/+AD4-", 1).encode())
    assert result.inventory is not None
    assert {section.place.column for section in result.inventory.sections} == {None}
