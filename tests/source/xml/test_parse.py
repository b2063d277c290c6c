"""What is wrong with XML is told from the code of the error, whatever the document says and its tags are named."""

import pytest

from converter.findings.collector import Collector
from converter.source.limits import DEFAULT_LIMITS
from converter.source.xml.parse import parse_xml

END = b"</ClinicalDocument>"


@pytest.mark.parametrize(
    ("data", "id", "problem"),
    [
        (b"<a>1 & 2</a>", "XML002", 'an "&" is not written as &amp;'),
        (b"<a>&b c</a>", "XML002", 'an "&" is not written as &amp;'),
        (b"<a>1 < 2</a>", "XML002", 'a "<" is not written as &lt;, or a tag has no name'),
        (b"<a>\x01</a>", "XML002", "it contains a character that XML does not allow"),
        (b'<a b="\x01"/>', "XML002", "it contains a character that XML does not allow"),
        (b"<a>&#1;</a>", "XML002", "it contains a character that XML does not allow"),
        (b"<a>&nbsp;</a>", "XML002", "it uses the entity &nbsp;, which is not defined in XML"),
        (b"<encoding>\n</b>", "XML002", "the tag <encoding> of line 1 is closed by </b>"),
        (b'<a b="1" b="2"/>', "XML002", "the attribute b appears twice in one tag"),
        (b"<a><b:c/></a>", "XML002", "the namespace prefix b is not declared"),
        (b"<a/><b/>", "XML002", "there is more after the end of the document"),
        (b"<a b=1/>", "XML002", "the value of an attribute is not in quotes, or not closed"),
        (b'<?xml version="1.0" encoding="none"?><a/>', "XML004", "this encoding is unknown"),
        (b'<?xml version="1.0" encoding="US-ASCII"?><a>\xe9</a>', "XML004", ""),
        (b"<a>\xff\xfe</a>", "XML004", ""),
    ],
)
def test_the_code_tells_the_cause(data: bytes, id: str, problem: str) -> None:
    findings = Collector()
    assert parse_xml(data + END, DEFAULT_LIMITS, findings) is None
    (one,) = findings
    assert (one.id, problem in one.message) == (id, True), one.message
