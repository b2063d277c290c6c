"""What a file is that is not a QRDA III document: by its first bytes, or by its root element."""

import re

_EXPORT = "Export the report from the EHR as QRDA III (QRDA Category III) and send that file."

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF document", _EXPORT),
    (b"{\\rtf", "a text document (RTF)", _EXPORT),
    (b"\x1f\x8b", "a gzip archive", "Unpack the file and convert the document inside."),
)  # fmt: skip

_ZIP, _EMPTY_ZIP, _OFFICE = b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0"
_UNPACK = (
    "Give the file a name that ends in .zip and convert it as an archive, or unpack it and convert what is inside."
)
_SPREADSHEET = f"{_EXPORT} Do not save it from a spreadsheet program, which writes another format."
_INSIDE_ZIP: tuple[tuple[bytes, str, str], ...] = (
    (b"xl/workbook.xml", "a spreadsheet (Excel, .xlsx)", _SPREADSHEET),
    (b"word/document.xml", "a Word document (.docx)", _EXPORT),
    (b"ppt/presentation.xml", "a PowerPoint presentation (.pptx)", _EXPORT),
    (b"opendocument.spreadsheet", "a spreadsheet (OpenDocument, .ods)", _SPREADSHEET),
    (b"opendocument.text", "a text document (OpenDocument, .odt)", _EXPORT),
)
"""Name of a file in a zip archive, or a text at its start, that tells what it is."""

_INSIDE_OFFICE: tuple[tuple[bytes, str, str], ...] = (
    ("Workbook".encode("utf-16-le"), "a spreadsheet (Excel, .xls)", _SPREADSHEET),
    ("WordDocument".encode("utf-16-le"), "a Word document (.doc)", _EXPORT),
)

_COPIED = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:This XML file does not appear to have any style information"
    rb"|(?:-|\xe2\x80\x93|\xe2\x88\x92|\xe2\x96[\xb6\xbc\xbe\xb8]|\xef\xb9\xa3)\s*<)"
)
"""How text begins that was copied from a browser, which marks what can be folded with a minus sign or a triangle."""

_WEB_PAGE = (
    "a web page (HTML)",
    "The download probably failed: sign in, download the report again, and check that file.",
)
_HEAD = 4096
_HTML = re.compile(rb"(?:<\?xml[^>]*>\s*)?<(!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
# Possessive: without that a long prolog that no DOCTYPE follows would be gone through again and again.
_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s++|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)

_QRDA_I = {"2.16.840.1.113883.10.20.24.1.1", "2.16.840.1.113883.10.20.24.1.2", "2.16.840.1.113883.10.20.24.1.3"}
_CMS_QRDA_III = "2.16.840.1.113883.10.20.27.1.2"
_C_CDA = "2.16.840.1.113883.10.20.22.1."


def looks_like_json(data: bytes) -> bool:
    """Whether the first character of a file says that it is JSON."""
    return data[:_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1] in (b"{", b"[")


def is_archive(data: bytes) -> bool:
    """Whether a file is a zip archive, and not an Office document, which is packed the same way."""
    return data.startswith((_ZIP, _EMPTY_ZIP)) and not any(mark in data for mark, _, _ in _INSIDE_ZIP)


def kind_of_bytes(data: bytes) -> tuple[str, str] | None:
    """Name of a file that is no XML, and what to do; None where it may be XML."""
    for signature, kind, remedy in _SIGNATURES:
        if data.startswith(signature):
            return kind, remedy
    if data.startswith((_ZIP, _OFFICE)):
        return _container(data)
    # A file may begin with more blanks than the head is long.
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip() or data.lstrip()[:_HEAD]
    if _COPIED.match(head):
        return (
            "text that was copied from a browser window",
            "Download the report again and send that file; in a browser, save the page instead of copying its text.",
        )
    if _HTML.match(head):
        return (
            "a web page (HTML)",
            "The download probably failed: sign in, download the report again, and check that file.",
        )
    if looks_like_json(data):
        return (
            "JSON",
            "Use the QRDA III file (XML); QPP JSON does not need to be converted; check it with: qrda2qpp check FILE.",
        )
    if b"\0" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None if _looks_like_utf16(data) else ("a binary file", _EXPORT)
    if not head.startswith(b"<"):
        return ("a table (CSV)", _SPREADSHEET) if _is_table(head) else ("plain text", _EXPORT)
    return None


def _container(data: bytes) -> tuple[str, str]:
    """Name of a zip archive or of an Office document, by what is inside of it, and what to do."""
    of_zip = data.startswith(_ZIP)
    otherwise = ("a zip archive", _UNPACK) if of_zip else ("an old Office document", _EXPORT)
    rows = _INSIDE_ZIP if of_zip else _INSIDE_OFFICE
    return next(((kind, remedy) for mark, kind, remedy in rows if mark in data), otherwise)


def _looks_like_utf16(data: bytes) -> bool:
    return data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"))


def _is_table(head: bytes) -> bool:
    lines = [line for line in head.splitlines()[:5] if line.strip()]
    return len(lines) > 1 and all(line.count(b",") > 1 or line.count(b"\t") > 1 for line in lines)


def kind_of_root(name: str, namespace: str, template_roots: set[str]) -> tuple[str, str] | None:
    """Name of an XML document that is no QRDA III document, and what to do; None where it is a ClinicalDocument."""
    if name.lower() == "html":
        return (
            "a web page (HTML)",
            "The download probably failed: sign in, download the report again, and check that file.",
        )
    if name != "ClinicalDocument":
        return f"an XML document of another kind (its root element is {name})", _EXPORT
    if namespace != "urn:hl7-org:v3":
        where = f"the namespace {namespace}" if namespace else "no namespace"
        return f"a ClinicalDocument in {where}", 'Declare xmlns="urn:hl7-org:v3" in the root element.'
    if _CMS_QRDA_III in template_roots:
        return None
    if template_roots & _QRDA_I:
        return "a QRDA Category I document (the data of one patient)", _EXPORT
    if any(root.startswith(_C_CDA) for root in template_roots):
        return "a C-CDA document (the record of one patient)", _EXPORT
    return None


def doctype_line(data: bytes) -> int | None:
    """Line of a DOCTYPE before the root element; None where there is none (in a comment or in text it does no harm)."""
    if _looks_like_utf16(data):
        codec = "utf-16" if data[:1] in (b"\xff", b"\xfe") else "utf-16-le" if data[:1] == b"<" else "utf-16-be"
        data = data.decode(codec, errors="replace").encode()
    match = _DOCTYPE.match(data)
    return data.count(b"\n", 0, match.end()) + 1 if match else None
