"""What a file is that is no QRDA III document, and documents with a DOCTYPE."""

import time

import pytest

import converter
from converter.source.sniff import doctype_line, kind_of_bytes, kind_of_root
from tests.documents import document, replace_once

V3 = "urn:hl7-org:v3"
CMS = "2.16.840.1.113883.10.20.27.1.2"
MARK = "\ufeff"
ENCODINGS = [("", "utf-8"), (MARK, "utf-8"), (MARK, "utf-16-le"), (MARK, "utf-16-be")]
SECONDS = 2.0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04\x14\x00", "zip archive"),
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office document"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"<!doctype HTML>\n", "web page"),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", "web page"),
        (b"<html lang='en'>", "web page"),
        (b"<HTML>", "web page"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html>', "web page"),
        (b"<head><title>Sign in</title>", "web page"),
        (b'{"performanceYear": 2025}', "JSON"),
        (b"  [1, 2]", "JSON"),
        (b"\xef\xbb\xbf{}", "JSON"),
        (b"NPI,measure,met\n1,236,5\n", "table"),
        (b"NPI\tmeasure\tmet\r\n1\t236\t5\r\n", "table"),
        (b"Dear colleague,\nplease find attached ...", "plain text"),
        (b"NPI,measure,met\n", "plain text"),
        (b"\x00\x01\x02\x03", "binary"),
        (b"MZ\x90\x00\x03", "binary"),
    ],
)
def test_kind_of_bytes(data: bytes, words: str) -> None:
    kind = kind_of_bytes(data)
    assert kind
    assert words in kind[0]
    assert kind[1].endswith(".")
    (finding,) = converter.convert(data).findings
    assert (finding.id, finding.official_code) == ("XML006", 2)
    assert finding.message == f"The file is not XML; it is {kind[0]}."


@pytest.mark.parametrize(
    "data",
    [
        b"<a/>",
        b"\xef\xbb\xbf<a/>",
        b"\r\n\t <a/>",
        b" " * 5000 + b"<a/>",
        b"<?xml version='1.0'?><a/>",
        b"<!-- <html> --><a/>",
        b"<header/>",
        b"<htmlish/>",
        b"<!DOCTYPE ClinicalDocument>",
        "<a/>".encode("utf-16"),
        (MARK + "<a/>").encode("utf-16-be"),
        "<a/>".encode("utf-16-le"),
        "<a/>".encode("utf-16-be"),
    ],
)
def test_what_may_be_xml(data: bytes) -> None:
    assert kind_of_bytes(data) is None


@pytest.mark.parametrize(
    ("name", "namespace", "templates", "words"),
    [
        ("html", "http://www.w3.org/1999/xhtml", set(), "web page"),
        ("HTML", "", set(), "web page"),
        ("QualityReport", "", set(), "its root element is QualityReport"),
        ("ClinicalDocuments", V3, {CMS}, "its root element is ClinicalDocuments"),
        ("clinicaldocument", V3, {CMS}, "its root element is clinicaldocument"),
        ("ClinicalDocument", "", {CMS}, "no namespace"),
        ("ClinicalDocument", "urn:hl7-org:v2", {CMS}, "the namespace urn:hl7-org:v2"),
        ("ClinicalDocument", V3, {"2.16.840.1.113883.10.20.24.1.1"}, "QRDA Category I"),
        ("ClinicalDocument", V3, {"2.16.840.1.113883.10.20.24.1.2"}, "QRDA Category I"),
        ("ClinicalDocument", V3, {"2.16.840.1.113883.10.20.24.1.3"}, "QRDA Category I"),
        ("ClinicalDocument", V3, {"2.16.840.1.113883.10.20.22.1.2"}, "C-CDA"),
        ("ClinicalDocument", V3, {"2.16.840.1.113883.10.20.22.1.1", "2.16.840.1.113883.10.20.22.1.9"}, "C-CDA"),
    ],
)
def test_kind_of_root(name: str, namespace: str, templates: set[str], words: str) -> None:
    kind = kind_of_root(name, namespace, templates)
    assert kind
    assert words in kind[0]
    assert kind[1].endswith(".")


@pytest.mark.parametrize("templates", [{CMS}, set(), {"2.16.840.1.113883.10.20.27.1.1", ""}, {"1.2.3"}])
def test_what_may_be_qrda_iii(templates: set[str]) -> None:
    assert kind_of_root("ClinicalDocument", V3, templates) is None


# --- DOCTYPE -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE a><a/>",
        " \r\n<!DOCTYPE a><a/>",
        "<?xml version='1.0'?><!DOCTYPE a SYSTEM 'a.dtd'><a/>",
        "<?xml version='1.0'?>\n<?style a='b'?>\n<!DOCTYPE a [<!ENTITY b 'c'>]><a/>",
        "<!-- a --><!-- <!DOCTYPE b> --><!DOCTYPE a><a/>",
        "<!--" + " - ->" * 10 + "--><!DOCTYPE a><a/>",
    ],
)
@pytest.mark.parametrize(("mark", "codec"), ENCODINGS)
def test_doctype_in_the_prolog_is_refused(text: str, mark: str, codec: str) -> None:
    data = (mark + text).encode(codec)
    assert doctype_line(data)
    (finding,) = converter.convert(data).findings
    assert (finding.id, finding.official_code) == ("XML003", 2)


@pytest.mark.parametrize(
    "text",
    [
        "<a/>",
        "<?xml version='1.0'?><a/>",
        "<!-- <!DOCTYPE a> --><a/>",
        "<?note <!DOCTYPE a> ?><a/>",
        "<a><!-- <!DOCTYPE a> --></a>",
        "<a><![CDATA[<!DOCTYPE a>]]></a>",
        "<a b='&lt;!DOCTYPE a>'/>",
        "<a/><!-- <!DOCTYPE a> -->",
    ],
)
@pytest.mark.parametrize(("mark", "codec"), ENCODINGS)
def test_word_elsewhere_is_harmless(text: str, mark: str, codec: str) -> None:
    data = (mark + text).encode(codec)
    assert not doctype_line(data)
    assert [finding.id for finding in converter.convert(data).findings] == ["DOC001"]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_doctype_without_byte_order_mark_is_refused(codec: str) -> None:
    text = f"<?xml version='1.0' encoding='{codec}'?><!-- -->"
    (finding,) = converter.convert((text + "<!DOCTYPE a><a/>").encode(codec)).findings
    assert finding.id == "XML003"
    (finding,) = converter.convert((text + "<a/>").encode(codec)).findings
    assert finding.id == "DOC001"


@pytest.mark.parametrize("codec", ["utf-32", "utf-7"])
def test_doctype_in_another_encoding_is_refused(codec: str) -> None:
    text = f"<?xml version='1.0' encoding='{codec}'?><!DOCTYPE a><a/>"
    assert [finding.id for finding in converter.convert(text.encode(codec)).findings] == ["XML003"]


def test_document_with_the_word_in_comment_and_text_converts() -> None:
    text = replace_once(document(2025).xml(), "?>\n", "?>\n<!-- <!DOCTYPE html> -->\n")
    text = replace_once(text, "Program report", "<![CDATA[<!DOCTYPE html>]]>")
    assert converter.convert(text.encode()).ok


@pytest.mark.parametrize(
    "prolog",
    [
        b"<!--" + b"- " * 2_500_000 + b"-->",
        b"<!-- -->" * 600_000,
        b"<?a ?>" * 800_000,
        b"\n" * 5_000_000,
        b"<!-- " + b"<!-- " * 1_000_000 + b" -->",
    ],
    ids=["one long comment", "many comments", "many instructions", "many line ends", "comments in a comment"],
)
def test_doctype_is_refused_quickly_whatever_is_before_it(prolog: bytes) -> None:
    began = time.perf_counter()
    assert doctype_line(b"<?xml version='1.0'?>" + prolog + b"<!DOCTYPE a><a/>")
    assert not doctype_line(b"<?xml version='1.0'?>" + prolog + b"<a/>")
    assert time.perf_counter() - began < SECONDS


@pytest.mark.parametrize("prolog", [b"<!-- " * 1_000_000, b"<? " * 1_500_000, b"<!--" + b"->" * 2_000_000])
def test_prolog_without_end_is_read_quickly(prolog: bytes) -> None:
    began = time.perf_counter()
    assert not doctype_line(prolog)
    assert time.perf_counter() - began < SECONDS


def test_entities_are_never_expanded() -> None:
    """Neither those of a DOCTYPE nor files that it names: such a document is refused before it is parsed."""
    bomb = '<!ENTITY x0 "ha">' + "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12))
    for inside in (bomb, '<!ENTITY x11 SYSTEM "file:///etc/hostname">'):
        text = replace_once(document(2025).xml(), "?>\n", f"?>\n<!DOCTYPE ClinicalDocument [{inside}]>\n")
        text = replace_once(text, "Program report", "&x11;")
        began = time.perf_counter()
        assert [finding.id for finding in converter.convert(text.encode()).findings] == ["XML003"]
        assert time.perf_counter() - began < SECONDS
