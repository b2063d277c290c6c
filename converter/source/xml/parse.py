"""From bytes to a tree: hardened, without DTD, entities or network, and with a finding for whatever goes wrong."""

import re
from functools import lru_cache

from lxml import etree

from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.place import Place
from converter.source.limits import MEGABYTE, Limits
from converter.source.sniff import doctype_line, kind_of_bytes
from converter.source.xml.tree import XmlTree

_BLANKS = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
_HEAD = 1024
_LIBXML2_DEPTH = 255
_ENCODING = re.compile(r"not UTF-8|encod|Invalid bytes|conversion failed|switching", re.IGNORECASE)
_DECLARED = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_TAIL = re.compile(r",? ?line \d+, column \d+( \(.*\))?$")


def parse_xml(data: bytes, limits: Limits, findings: Collector) -> XmlTree | None:
    """Parse a document.

    Args:
        data: the bytes of the document.
        limits: sizes beyond which it is refused.
        findings: takes what is wrong; there is always an error where the result is None.

    Returns:
        The tree, or None.
    """
    if not data[:_HEAD].strip(_BLANKS) and not data.strip(_BLANKS):
        findings.add(kinds.FILE_EMPTY)
    elif len(data) > limits.document_bytes:
        findings.add(kinds.FILE_TOO_LARGE, limit=limits.document_bytes // MEGABYTE)
    elif other := kind_of_bytes(data):
        findings.add(kinds.FILE_NOT_XML, what=other[0], remedy=other[1])
    elif line := doctype_line(data):
        findings.add(kinds.XML_DOCTYPE, Place(None, position=(line, 1)))
    else:
        return _parse(data, limits, findings)
    return None


def _parse(data: bytes, limits: Limits, findings: Collector) -> XmlTree | None:
    # Blank text and comments are not needed: positions come from the bytes, values from attributes.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        remove_blank_text=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        huge_tree=limits.depth > _LIBXML2_DEPTH,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        _report_syntax(data, error, limits, findings)
        return None
    except (ValueError, LookupError) as error:
        findings.add(kinds.XML_NOT_WELL_FORMED, problem=type(error).__name__)
        return None
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding that `doctype_line` does not read
        findings.add(kinds.XML_DOCTYPE)
        return None
    if _deeper_than(limits.depth)(root):
        findings.add(kinds.XML_TOO_DEEP, limit=limits.depth)
        return None
    return XmlTree(root, data)


def _report_syntax(data: bytes, error: etree.XMLSyntaxError, limits: Limits, findings: Collector) -> None:
    said = _TAIL.sub("", error.msg or "").strip().rstrip(".")
    problem = _in_words(said)
    line, column = error.position
    place = Place(None, position=(line, column)) if line else None
    declared = _DECLARED.search(data[:200])
    encoding = declared[1].decode() if declared else "UTF-8"
    if "Excessive depth" in problem:
        findings.add(kinds.XML_TOO_DEEP, place, limit=limits.depth)
    elif "Extra content" not in said and _ends_early(data, line):
        findings.add(kinds.XML_TRUNCATED, place, problem=problem)
    elif _ENCODING.search(problem) or _is_utf8_said_otherwise(data, encoding):
        findings.add(kinds.XML_ENCODING, place, problem=problem, declared=encoding)
    else:
        findings.add(kinds.XML_NOT_WELL_FORMED, place, problem=problem)


_WORDS = (
    (r"xmlParseEntityRef: no name|EntityRef: expecting ';'", 'an "&" is not written as &amp;'),
    (r"StartTag: invalid element name", 'a "<" is not written as &lt;, or a tag has no name'),
    (r"PCDATA invalid Char value \d+|invalid xmlChar value \d+", "it contains a character that XML does not allow"),
    (r"Entity '(\w+)' not defined", r"it uses the entity &\1;, which XML does not know"),
    (r"Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)", r"the tag <\1> of line \2 is closed by </\3>"),
    (r"Attribute (\S+) redefined", r"the attribute \1 stands twice in one tag"),
    (r"Namespace prefix (\S+) .*", r"the namespace prefix \1 is not declared"),
    (r"Extra content at the end of the document", "there is more after the end of the document"),
    (r"Input is not proper UTF-8.*", "it contains bytes that are not UTF-8"),
    (r"Unsupported encoding:? ?(\S*)", r"this encoding is not known"),
    (r"AttValue: .*", "the value of an attribute is not in quotes, or not closed"),
    (r"Premature end of data in tag (\S+) line (\d+)", r"the tag <\1> of line \2 is never closed"),
    (r"Couldn't find end of Start Tag (\S+).*", r"the tag <\1 is not complete"),
    (r"Document is empty.*|Start tag expected, '<' not found", "it has no element"),
)
"""Words of the XML parser -> words for people."""


def _in_words(problem: str) -> str:
    for pattern, words in _WORDS:
        if match := re.match(pattern, problem):
            return match.expand(words)
    return problem or "it cannot be read"


def _is_utf8_said_otherwise(data: bytes, encoding: str) -> bool:
    return encoding.upper().startswith(("UTF-16", "UTF-32", "UCS")) and b"\0" not in data[:100]


def _ends_early(data: bytes, line: int) -> bool:
    """Whether the error is at the end of data that does not end with the end tag of a document."""
    text = data.replace(b"\0", b"")
    lines = text.count(b"\n") + 1 if b"\n" in text else text.count(b"\r") + 1
    last = text.rstrip()
    return line >= lines - (len(text) - len(last)) and not re.search(rb"</[^<>]*Document\s*>\Z", last[-400:])


@lru_cache(maxsize=4)
def _deeper_than(depth: int) -> etree.XPath:
    return etree.XPath("boolean(" + "/*" * (depth + 1) + ")")
