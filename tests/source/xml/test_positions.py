"""Lines, columns and paths of elements, by hand and compared with those that another parser finds."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

import pytest

import converter
from converter.findings.collector import Collector
from converter.source.limits import DEFAULT_LIMITS
from converter.source.xml.frames import names_somebody
from converter.source.xml.parse import parse_xml
from converter.source.xml.positions import Positions
from converter.source.xml.tree import XmlTree
from tests.documents import Doc, document, replace_once
from tests.policy import apart_from_policy

LONGEST_TAG = 1000
"""Bytes in which every start tag of the documents here ends."""


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("<a/>", [(1, 5)]),
        ("<a></a>", [(1, 4)]),
        ("<a>\n <b/>\n</a>", [(1, 4), (2, 6)]),
        ("<a>\r\n <b/>\r\n</a>", [(1, 4), (2, 6)]),
        ("<a>\r <b/>\r</a>", [(1, 4), (2, 6)]),
        ("<a>\r\n\r\n\r<b/></a>", [(1, 4), (4, 5)]),
        ("\n\n<a>\n</a>", [(3, 4)]),
        ('<?xml version="1.0"?>\n<a/>', [(2, 5)]),
        ('<?xml version="1.0"?><a/>', [(1, 26)]),
        ("<a>\t<b/>\t\t<c/></a>", [(1, 4), (1, 9), (1, 15)]),
        ("<a\n  x='1'\n  y='2'\n>\n</a>", [(4, 2)]),
        ("<a x='1\n2'/>", [(2, 5)]),
        ("<a  ><b  /></a  >", [(1, 6), (1, 12)]),
        ("<a>é<b/></a>", [(1, 4), (1, 9)]),
        ("<a>年度</a>", [(1, 4)]),
        ("<a>年度𝄞<b/></a>", [(1, 4), (1, 11)]),
        ("<a x='年'/>", [(1, 11)]),
        ("<é><ü/></é>", [(1, 4), (1, 8)]),
        ('<a x=">"><b/></a>', [(1, 10), (1, 14)]),
        ("<a x='>' y=\"'>\"><b/></a>", [(1, 17), (1, 21)]),
        ("<a x='\"'><b y=\"'\"/></a>", [(1, 10), (1, 20)]),
        ("<a x='/>'/>", [(1, 12)]),
        ("<a>it's \"<b/></a>", [(1, 4), (1, 14)]),
        ("<a>2 > 1<b/></a>", [(1, 4), (1, 13)]),
        ("<a><!-- <b/> --><b/></a>", [(1, 4), (1, 21)]),
        ("<a><!-- it's \" --><b/></a>", [(1, 4), (1, 23)]),
        ("<a><!-- > --><!----><b/></a>", [(1, 4), (1, 25)]),
        ("<!-- <a>\n --><a/>", [(2, 9)]),
        ("<a><![CDATA[<b/>]]><b/></a>", [(1, 4), (1, 24)]),
        ("<a><![CDATA[ ]] > ' ]]><b/></a>", [(1, 4), (1, 28)]),
        ("<a><?p <b/> ' ?><b/></a>", [(1, 4), (1, 21)]),
        ("<a><?p?><b/></a>", [(1, 4), (1, 13)]),
        ("<a>&lt;b/&gt;<b/></a>", [(1, 4), (1, 18)]),
        ("<n:a xmlns:n='u'><n:b/></n:a>", [(1, 18), (1, 24)]),
        ("<a>\u2028\u0085<b/></a>", [(1, 4), (1, 10)]),
    ],
)
def test_positions_by_hand(text: str, positions: list[tuple[int, int]]) -> None:
    found = Positions(text.encode(), "utf-8")
    assert [found.line_column(number) for number in range(len(positions))] == positions
    with pytest.raises(IndexError):
        found.line_column(len(positions))


def test_start_tag_is_told_as_written() -> None:
    text = "<?p <b> ?><a\n x = '>' ><!-- <c> --><b  y=\"1\"/></a>"
    found = Positions(text.encode(), "utf-8")
    assert [found.start_tag(0), found.start_tag(1)] == ["<a\n x = '>' >", '<b  y="1"/>']


# --- compared with another parser --------------------------------------------------------------------------------


@dataclass
class Seen:
    """An element as expat sees it."""

    name: str
    line: int
    column: int
    children: list["Seen"] = field(default_factory=list)

    def walk(self, path: str = "", number: str = "") -> Iterator[tuple[str, int, int]]:
        """Paths and positions of this element and all below it, in document order."""
        own = f"{path}/{self.name.rpartition(' ')[2]}{number}"
        yield own, self.line, self.column
        total = Counter(child.name for child in self.children)
        nth: Counter[str] = Counter()
        for child in self.children:
            nth[child.name] += 1
            yield from child.walk(own, f"[{nth[child.name]}]" if total[child.name] > 1 else "")


def seen_by_expat(text: str) -> list[tuple[str, int, int]]:
    """Return path, line and column of every element: from where expat says that it starts to the end of its tag."""
    raw = text.encode("utf-8")
    parser = expat.ParserCreate("utf-8", " ")
    top = Seen("", 0, 0)
    around = [top]

    def start(name: str, _attributes: dict[str, str]) -> None:
        tag = raw[parser.CurrentByteIndex :][:LONGEST_TAG].decode("utf-8", errors="ignore")
        line, column = end_of_tag(tag, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        around[-1].children.append(Seen(name, line, column))
        around.append(around[-1].children[-1])

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: around.pop()
    parser.Parse(raw, True)
    return list(top.children[0].walk())


def end_of_tag(text: str, line: int, column: int) -> tuple[int, int]:
    """Return the position just after the tag that a text begins with."""
    quote = previous = ""
    for letter in text:
        if letter in "\r\n":
            line += not (letter == "\n" and previous == "\r")
            column = 1
        else:
            column += 1
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter == ">":
            return line, column
        previous = letter
    raise ValueError("the tag has no end")


def parsed(data: bytes) -> XmlTree:
    findings = Collector()
    tree = parse_xml(data, DEFAULT_LIMITS, findings)
    assert tree, [finding.message for finding in findings]
    return tree


def located(tree: XmlTree) -> list[tuple[str, int, int | None]]:
    return [(tree.path(number), *tree.line_column(number)) for number in range(sum(1 for _ in tree.root.iter()))]


def sample() -> Doc:
    return document(2025, measures=("236", "226"), supplemental=True)


def tabs(text: str) -> str:
    return text.replace("  ", "\t")


def with_noise() -> str:
    """Return a document with all that looks like a tag and is none, on the same lines as tags."""
    text = sample().xml()
    template = '<templateId root="2.16.840.1.113883.10.20.27.3.17"/>'
    text = replace_once(text, "<recordTarget>", f"<!-- {template} it's > --><recordTarget>")
    text = replace_once(text, "<custodian>", f"<?note {template} ' ?><custodian>")
    text = replace_once(text, "Program report", f"<![CDATA[{template} ']]> 2 > 1 — Überblick 年度 𝄞")
    text = replace_once(text, '<participant typeCode="DEV">', '<participant note=\'a > b " />\'\n\ttypeCode="DEV" >')
    return replace_once(text, "<structuredBody>", "<structuredBody\n>")


def multibyte(text: str) -> str:
    """Put letters of two, three and four bytes before every tag below the root."""
    declaration, _, rest = text.partition("\n")
    return declaration + "\n" + rest.replace(">\n", ">\né年𝄞").removesuffix("é年𝄞")


LAYOUTS = {
    "LF": sample().xml(),
    "CRLF": sample().xml().replace("\n", "\r\n"),
    "CR": sample().xml().replace("\n", "\r"),
    "mixed": sample().xml().replace(">\n    ", ">\r\n    ").replace(">\n      ", ">\r      "),
    "one line": sample().xml(indent=None),
    "tabs": tabs(sample().xml()),
    "prefix": sample().xml(prefix="cda"),
    "no declaration": sample().xml().partition("\n")[2],
    "attributes on lines of their own": sample().xml().replace(" extension=", "\n    extension="),
    "multi-byte letters": multibyte(sample().xml()),
    "noise": with_noise(),
    "noise, CRLF": with_noise().replace("\n", "\r\n"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_element_stands_where_expat_sees_it(name: str) -> None:
    text = LAYOUTS[name]
    found = located(parsed(text.encode("utf-8")))
    assert len(found) > 500
    assert found == seen_by_expat(text)


@pytest.mark.parametrize("name", ["LF", "one line", "noise, CRLF"])
@pytest.mark.parametrize(
    ("encoding", "mark", "codec"),
    [
        ("UTF-8", b"\xef\xbb\xbf", "utf-8"),
        ("UTF-16", b"\xff\xfe", "utf-16-le"),
        ("UTF-16", b"\xfe\xff", "utf-16-be"),
        ("UTF-16LE", b"", "utf-16-le"),
        ("UTF-16BE", b"", "utf-16-be"),
    ],
)
def test_encoding_does_not_move_anything(name: str, encoding: str, mark: bytes, codec: str) -> None:
    text = replace_once(LAYOUTS[name], 'encoding="UTF-8"', f'encoding="{encoding}"')
    assert located(parsed(mark + text.encode(codec))) == seen_by_expat(text)


@pytest.mark.parametrize(
    ("encoding", "letters"), [("ISO-8859-1", "éÜß"), ("windows-1252", "é€“”"), ("US-ASCII", "e"), ("Shift_JIS", "年度")]
)
def test_other_encodings_do_not_move_anything(encoding: str, letters: str) -> None:
    text = replace_once(sample().xml(indent=None, encoding=encoding), "Program report", letters)
    assert located(parsed(text.encode(encoding))) == seen_by_expat(text)


def test_encoding_of_four_bytes_is_refused_or_read_aright() -> None:
    text = sample().xml(encoding="UTF-32")
    tree = parse_xml(b"\xff\xfe\0\0" + text.encode("utf-32-le"), DEFAULT_LIMITS, Collector())
    assert tree is None or located(tree) == seen_by_expat(text)


def test_excerpts_are_the_tags_as_written() -> None:
    text = with_noise()
    tree = parsed(text.encode())
    for number, element in enumerate(tree.root.iter()):
        tag = tree.excerpt(number, None)
        assert tag.startswith(f"<{str(element.tag).rpartition('}')[2]}")
        assert tag.endswith(">")
        assert tag in text or (names_somebody(element) and '="..."' in tag)


# --- places ------------------------------------------------------------------------------------------------------


def test_place_of_a_template_is_its_element_and_officially_its_own_position() -> None:
    """The official converter gives the path of the element and the line of the template that gives it its type."""
    tree = parsed(sample().xml().encode())
    sections = list(tree.root.iter("{urn:hl7-org:v3}section"))
    template = sections[1].find("{urn:hl7-org:v3}templateId")
    of_section, of_template = tree.place(sections[1]), tree.place(template)
    assert of_template.path == of_section.path == "/ClinicalDocument/component/structuredBody/component[2]/section"
    assert of_section.line
    assert of_template.line == of_section.line
    assert of_template.official[0] == of_section.line + 1
    assert of_section.official == (of_section.line, of_section.column)
    assert of_template.excerpt == of_section.excerpt == "<section>"


def test_place_does_not_depend_on_the_order_of_questions() -> None:
    first, second = parsed(sample().xml().encode()), parsed(sample().xml().encode())
    numbers = range(sum(1 for _ in first.root.iter()))
    assert [first.path(n) for n in numbers] == [second.path(n) for n in reversed(numbers)][::-1]
    assert [first.line_column(n) for n in numbers] == [second.line_column(n) for n in reversed(numbers)][::-1]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_finding_is_placed_in_any_layout(end: str) -> None:
    text = sample().xml().replace("\n", end)
    bad = replace_once(text, f'extension="{sample().measure("236").guid}"', 'extension="none"')
    (finding,) = apart_from_policy(converter.convert(bad.encode()).findings)
    lines = bad.split(end)
    guid = next(number for number, line in enumerate(lines) if 'extension="none"' in line)
    template = max(number for number in range(guid) if "10.20.27.3.17" in lines[number])
    assert finding.place and finding.official_place
    assert finding.official_place.official == (template + 1, len(lines[template]) + 1)
    assert (finding.place.line, finding.place.column) == (guid + 1, len(lines[guid]) + 1)


def test_position_of_what_is_not_well_formed() -> None:
    lines = sample().xml().split("\n")
    lines[30] = lines[30].replace("<", "<<", 1)
    (finding,) = converter.convert("\n".join(lines).encode()).findings
    assert finding.id == "XML002"
    assert finding.place
    assert finding.place.line == 31
    assert (finding.place.path, finding.place.excerpt) == ("", "")
