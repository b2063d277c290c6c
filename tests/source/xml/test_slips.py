"""Files that are nearly XML are named as what happened to them, with what to do."""

import io
import zipfile

import pytest

import converter
from converter.findings.finding import Finding
from tests.documents import document

DOCUMENT = document(2025).xml().encode()
BROWSER = (
    b"This XML file does not appear to have any style information associated with it. The document tree is shown below."
)


def first(data: bytes) -> Finding:
    return converter.convert(data).errors[0]


@pytest.mark.parametrize(
    "data",
    [
        BROWSER + b"\n" + DOCUMENT,
        b'<?xml version="1.0" encoding="UTF-8"?>\n- <ClinicalDocument xmlns="urn:hl7-org:v3">\n- <title>Report</title>',
        b"-<ClinicalDocument>\n  <title>Report</title>\n</ClinicalDocument>",
        "\u25bc<ClinicalDocument>".encode(),
        "\u2212<ClinicalDocument>".encode(),
    ],
)
def test_text_copied_from_a_browser(data: bytes) -> None:
    finding = first(data)
    assert (finding.id, finding.official_code) == ("XML006", 2)
    assert finding.message == "The file is not XML; it is text that was copied from a browser window."
    assert "Download the report again" in finding.fix


@pytest.mark.parametrize(
    ("before", "words"), [(b"\n", "a blank line comes"), (b"  ", "spaces come"), (b"\r\n ", "a blank")]
)
def test_what_comes_before_the_declaration(before: bytes, words: str) -> None:
    finding = first(before + DOCUMENT)
    assert (finding.id, finding.official_code) == ("XML002", 2)
    assert f"{words} " in finding.message
    assert "before the XML declaration" in finding.message
    assert finding.fix.startswith("Delete everything before <?xml")


def test_curly_quotation_marks() -> None:
    finding = first(DOCUMENT.replace(b'extension="MIPS_GROUP"', "extension=\u201cMIPS_GROUP\u201d".encode()))
    assert (finding.id, finding.official_code) == ("XML002", 2)
    assert "values are in curly quotation marks instead of straight ones" in finding.message
    assert "plain text editor" in finding.fix


def test_other_slips_keep_what_the_parser_says() -> None:
    finding = first(DOCUMENT.replace(b"Program report", b"Program & report"))
    assert 'an "&" is not written as &amp;' in finding.message
    assert finding.fix.startswith("Correct the XML at this place")


def test_windows_1252_that_is_said_to_be_utf_8() -> None:
    finding = first(DOCUMENT.replace(b"Program report", b"Program\x92s report"))
    assert (finding.id, finding.official_code, finding.data["declared"]) == ("XML004", 2, "UTF-8")
    assert "Windows-1252" in finding.message
    assert "0x92 (right single quotation mark in Windows-1252)" in finding.message
    assert "save it as UTF-8" in finding.fix


def test_a_byte_that_windows_1252_does_not_have_is_not_called_so() -> None:
    assert "Windows" not in first(DOCUMENT.replace(b"Program report", b"Program\x81 report")).message


@pytest.mark.parametrize(
    ("inside", "what", "remedy"),
    [
        ("xl/workbook.xml", "a spreadsheet (Excel, .xlsx)", "Do not save it from a spreadsheet program"),
        ("word/document.xml", "a Word document (.docx)", "Export the report from the EHR as QRDA III"),
        ("report.xml", "a zip archive", "a name that ends in .zip"),
    ],
)
def test_what_is_in_a_zip(inside: str, what: str, remedy: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(inside, "<a/>")
    finding = first(packed.getvalue())
    assert finding.message == f"The file is not XML; it is {what}."
    assert remedy in finding.fix


@pytest.mark.parametrize(
    ("name", "what"), [("Workbook", "a spreadsheet (Excel, .xls)"), ("WordDocument", "a Word document (.doc)")]
)
def test_what_is_in_an_old_office_document(name: str, what: str) -> None:
    finding = first(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + name.encode("utf-16-le"))
    assert finding.message == f"The file is not XML; it is {what}."


def test_a_table_is_a_spreadsheet_too() -> None:
    assert "Do not save it from a spreadsheet program" in first(b"NPI,measure,met\n1,236,5\n2,236,6\n").fix
