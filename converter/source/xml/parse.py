"""From bytes to a tree: hardened, without DTD, entities or network, and with a finding for whatever goes wrong."""

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.place import Place
from converter.source.limits import MEGABYTE, MOST_DEPTH, Limits
from converter.source.sniff import doctype_line, kind_of_bytes
from converter.source.xml.elements import has_more_elements
from converter.source.xml.encodings import python_encoding
from converter.source.xml.tree import XmlTree

_BLANKS = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
_HEAD = 1024
_LIBXML2_DEPTH = 255
_CODES: Any = etree.ErrorTypes  # the stubs do not know the names of the codes
_ENCODING = {
    _CODES.ERR_INVALID_ENCODING,
    _CODES.ERR_UNSUPPORTED_ENCODING,
    _CODES.ERR_UNKNOWN_ENCODING,
    _CODES.ERR_ENCODING_NAME,
    _CODES.ERR_MISSING_ENCODING,
    _CODES.I18N_NO_HANDLER,
    _CODES.I18N_CONV_FAILED,
}
_NO_UTF8 = "Input is not proper UTF-8"
"""Before libxml2 2.13 bytes that are no UTF-8 had the code of characters that XML does not allow."""
_NOT_QUOTED = "the value of an attribute is not in quotes, or not closed"
_TOO_DEEP = "Excessive depth"
"""This limit has no code of its own: libxml2 2.14 has one for all limits, older ones that of internal errors."""
_BEYOND: tuple[tuple[str, str], ...] = (
    (r"Name too long", "a name in it is longer than 50,000 characters"),
    (
        r"Resource limit exceeded|.*\btoo (big|long)\b|.*\bhuge\b",
        "a value, text, tag or comment in it is longer than 10 MB",
    ),
)
"""What libxml2 says where it is beyond one of its own limits -> words."""
_MORE_ELEMENTS = "Check that this is one QRDA III document; raise the limit with --max-elements if it is."
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
    # The head first: to strip a whole document would copy it.
    if not data[:_HEAD].strip(_BLANKS) and not data.strip(_BLANKS):
        findings.add(kinds.FILE_EMPTY)
    elif len(data) > limits.document_bytes:
        findings.add(kinds.FILE_TOO_LARGE, limit=limits.document_bytes // MEGABYTE)
    elif other := kind_of_bytes(data):
        findings.add(kinds.FILE_NOT_XML, what=other[0], remedy=other[1])
    elif line := doctype_line(data):
        findings.add(kinds.XML_DOCTYPE, _position(data, line, 1))
    elif has_more_elements(data, limits.elements, _declared(data)):
        problem = f"it has more than {limits.elements:,} elements"
        findings.add(kinds.XML_LIMIT, problem=problem, fix=_MORE_ELEMENTS)
    else:
        return _parse(data, limits._replace(depth=min(limits.depth, MOST_DEPTH)), findings)
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
        # This lifts the limits of libxml2 on sizes as well, so only where it must be.
        huge_tree=limits.depth > _LIBXML2_DEPTH,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        _report_syntax(data, error, limits, findings)
        return None
    except (ValueError, LookupError) as error:
        from converter.source.xml.slips import syntax_slip

        slip = syntax_slip(data, 0, type(error).__name__)
        findings.add(kinds.XML_NOT_WELL_FORMED, problem=slip.problem, remedy=slip.remedy)
        return None
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding that `doctype_line` does not read
        findings.add(kinds.XML_DOCTYPE)
        return None
    # In libxml2, which is much faster at it than a walk in Python.
    if _deeper_than(limits.depth)(root):
        findings.add(kinds.XML_TOO_DEEP, limit=limits.depth)
        return None
    return XmlTree(root, data)


def _declared(data: bytes) -> str:
    """The encoding that a document declares."""
    declared = _DECLARED.search(data[:200])
    return declared[1].decode() if declared else "UTF-8"


def _position(data: bytes, line: int, column: int) -> Place:
    from converter.source.raw_lines import RawLines  # only what cannot be parsed needs it

    encoding = python_encoding(data, _declared(data)) or "utf-8"
    return Place(None, position=(line, column), lines=RawLines(data, encoding))


def _report_syntax(data: bytes, error: etree.XMLSyntaxError, limits: Limits, findings: Collector) -> None:
    from converter.source.xml.slips import encoding_slip, syntax_slip

    said = _TAIL.sub("", error.msg or "").strip().rstrip(".")
    code: int = error.code  # type: ignore[attr-defined]  # the stubs do not know it
    problem = _in_words(code, said)
    line, column = error.position
    place = _position(data, line, column) if line else None
    encoding = _declared(data)
    if said.startswith(_TOO_DEEP):
        findings.add(kinds.XML_TOO_DEEP, place, limit=limits.depth)
    elif beyond := next((words for pattern, words in _BEYOND if re.match(pattern, said)), None):
        findings.add(kinds.XML_LIMIT, place, problem=beyond)
    # What comes after the end of the root ends without an end tag, and is not cut off.
    elif code != _CODES.ERR_DOCUMENT_END and _ends_early(data, line):
        findings.add(kinds.XML_TRUNCATED, place, problem=problem)
    elif code in _ENCODING or said.startswith(_NO_UTF8) or _is_utf8_said_otherwise(data, encoding):
        slip = encoding_slip(data, encoding, problem)
        findings.add(kinds.XML_ENCODING, place, problem=slip.problem, remedy=slip.remedy, declared=encoding)
    else:
        slip = syntax_slip(data, line, problem)
        findings.add(kinds.XML_NOT_WELL_FORMED, place, problem=slip.problem, remedy=slip.remedy)


_WORDS: tuple[tuple[int, str, str], ...] = (
    (_CODES.ERR_NAME_REQUIRED, r"xmlParseEntityRef", 'an "&" is not written as &amp;'),
    (_CODES.ERR_ENTITYREF_SEMICOL_MISSING, "", 'an "&" is not written as &amp;'),
    (_CODES.ERR_NAME_REQUIRED, r"StartTag", 'a "<" is not written as &lt;, or a tag has no name'),
    (_CODES.ERR_INVALID_CHAR, _NO_UTF8, "it contains bytes that are not UTF-8"),
    (_CODES.ERR_INVALID_CHAR, "", "it contains a character that XML does not allow"),
    (_CODES.ERR_UNDECLARED_ENTITY, r"Entity '(\w+)'", r"it uses the entity &\1;, which is not defined in XML"),
    (
        _CODES.ERR_TAG_NAME_MISMATCH,
        r"[^:]*: (\S+) line (\d+) and (\S+)",
        r"the tag <\1> of line \2 is closed by </\3>",
    ),
    (_CODES.ERR_ATTRIBUTE_REDEFINED, r"Attribute (\S+)", r"the attribute \1 appears twice in one tag"),
    (_CODES.NS_ERR_UNDEFINED_NAMESPACE, r"Namespace prefix (\S+)", r"the namespace prefix \1 is not declared"),
    (_CODES.ERR_DOCUMENT_END, "", "there is more after the end of the document"),
    (_CODES.ERR_UNSUPPORTED_ENCODING, "", "this encoding is unknown"),
    (_CODES.ERR_ATTRIBUTE_NOT_STARTED, "", _NOT_QUOTED),
    (_CODES.ERR_ATTRIBUTE_NOT_FINISHED, r"AttValue: ", _NOT_QUOTED),
    (
        _CODES.ERR_TAG_NOT_FINISHED,
        r"Premature end of data in tag (\S+) line (\d+)",
        r"the tag <\1> of line \2 is never closed",
    ),
    (_CODES.ERR_GT_REQUIRED, r"Couldn't find end of Start Tag (\S+)", r"the tag <\1 is not complete"),
    (_CODES.ERR_DOCUMENT_EMPTY, "", "it does not contain any elements"),
)
"""Code of libxml2, how its message begins -> words for people.

The code tells the cause. The message is asked only for names, which stand nowhere else, and where libxml2 has one code
for several causes: what lacks a name may be an entity or a tag, what lacks a ">" a start tag or an end tag.
"""


def _in_words(code: int, said: str) -> str:
    for one, pattern, words in _WORDS:
        if one == code and (match := re.match(pattern, said)):
            return match.expand(words)
    return said or "it cannot be read"


def _is_utf8_said_otherwise(data: bytes, encoding: str) -> bool:
    # libxml2 then stumbles over the declaration, with an error that does not speak of encodings.
    return encoding.upper().startswith(("UTF-16", "UTF-32", "UCS")) and b"\0" not in data[:100]


def _ends_early(data: bytes, line: int) -> bool:
    """Whether the error is at the end of data that does not end with the end tag of a document."""
    # UTF-16 without its zeros reads like ASCII, which is all that is asked of it here.
    text = data.replace(b"\0", b"")
    lines = text.count(b"\n") + 1 if b"\n" in text else text.count(b"\r") + 1
    last = text.rstrip()
    return line >= lines - (len(text) - len(last)) and not re.search(rb"</[^<>]*Document\s*>\Z", last[-400:])


@lru_cache(maxsize=4)
def _deeper_than(depth: int) -> etree.XPath:
    return etree.XPath("boolean(" + "/*" * (depth + 1) + ")")
