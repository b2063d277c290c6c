"""XML: the file itself, before it is a document."""

from converter.findings.finding import Kind, Stage

FILE_EMPTY = Kind(
    id="XML001",
    slug="file-empty",
    official_code=2,
    stage=Stage.XML,
    message="The file is empty.",
    expected="A QRDA III document (XML)",
    fix="Export the report again and send the new file; an interrupted export leaves an empty file.",
)

XML_NOT_WELL_FORMED = Kind(
    id="XML002",
    slug="xml-not-well-formed",
    official_code=2,
    stage=Stage.XML,
    message="The file is not well-formed XML: {problem}.",
    expected="Well-formed XML",
    fix="{remedy}",
    wording=("problem", "remedy"),
)

XML_DOCTYPE = Kind(
    id="XML003",
    slug="xml-doctype",
    official_code=2,
    stage=Stage.XML,
    message="The file contains a DOCTYPE declaration, which CMS rejects for security reasons.",
    expected="A document without DOCTYPE",
    fix="Remove the DOCTYPE declaration; if it declares entities, write out their text where they are used.",
)

XML_ENCODING = Kind(
    id="XML004",
    slug="xml-encoding",
    official_code=2,
    stage=Stage.XML,
    message="The file does not match its character encoding, {declared}: {problem}.",
    expected="Bytes that match the encoding in the first line of the file",
    fix="{remedy}",
    data=("declared",),
    wording=("problem", "remedy"),
)

XML_TRUNCATED = Kind(
    id="XML005",
    slug="xml-truncated",
    official_code=2,
    stage=Stage.XML,
    message="The file ends in the middle of the document: {problem}.",
    expected="A document that is complete up to </ClinicalDocument>",
    fix="Export or download the report again; the file was cut off on the way.",
    wording=("problem",),
)

FILE_NOT_XML = Kind(
    id="XML006",
    slug="file-not-xml",
    official_code=2,
    stage=Stage.XML,
    message="The file is not XML; it is {what}.",
    expected="A QRDA III document (XML)",
    fix="{remedy}",
    wording=("remedy", "what"),
)

FILE_TOO_LARGE = Kind(
    id="XML007",
    slug="file-too-large",
    stage=Stage.XML,
    message="The file is larger than the limit of {limit} MB.",
    expected="A document of at most {limit} MB",
    fix="Check that this is a single QRDA III document; if it is, raise the limit with --max-size.",
    data=("limit",),
    no_verdict="not read, for it is too large",
)

XML_TOO_DEEP = Kind(
    id="XML008",
    slug="xml-too-deep",
    stage=Stage.XML,
    message="The elements of the file are nested more than {limit} levels deep.",
    expected="At most {limit} levels; QRDA III needs about 20",
    fix="Check that this is a QRDA III document; if it is, raise the limit with --max-depth (at most 2000).",
    data=("limit",),
    no_verdict="not read, for it is nested too deep",
)

FILE_UNREADABLE = Kind(
    id="XML009",
    slug="file-unreadable",
    stage=Stage.XML,
    message="The file could not be read: {problem}.",
    expected="A file that can be opened",
    fix="Check that the file exists, that it is not open in another program and that you are allowed to read it.",
    wording=("problem",),
    no_verdict="it could not be read",
)

ZIP_LIMIT = Kind(
    id="XML010",
    slug="zip-limit",
    stage=Stage.XML,
    message="The zip archive was not read in full: {problem}.",
    expected="A zip archive within the limits",
    fix="Split the archive into smaller ones, or unpack it and use the folder instead.",
    wording=("problem",),
    no_verdict="it could not be read in full",
)

OUTPUT_TAKEN = Kind(
    id="XML011",
    slug="output-name-taken",
    stage=Stage.XML,
    message="The result would overwrite that of another file in this run, {other}, because both have the same name.",
    expected="Input files whose names differ in more than their extension",
    fix="Give the folder that contains both files, whose folders are kept in the results; or convert them into "
    "different folders, or rename one of them.",
    wording=("other",),
    no_verdict="not written",
)

OUTPUT_UNWRITABLE = Kind(
    id="XML012",
    slug="output-not-written",
    stage=Stage.XML,
    message="The result could not be written: {problem}.",
    expected="A folder that can be written to",
    fix="Check that the output folder exists, that it has space left and that you are allowed to write to it.",
    wording=("problem",),
    no_verdict="not written",
)

XML_LIMIT = Kind(
    id="XML013",
    slug="xml-limit",
    stage=Stage.XML,
    message="The file is beyond a limit of this tool: {problem}.",
    expected="A document within the limits",
    fix="Check that this is one QRDA III document, and ask who made it; a report is far below all limits.",
    wording=("problem",),
    no_verdict="not read, for it is beyond a limit",
)

FILE_TOOK_TOO_LONG = Kind(
    id="XML014",
    slug="file-took-too-long",
    stage=Stage.XML,
    no_verdict="not read, for it took too long",
    message="The file took longer than the time limit, {seconds} s.",
    expected="A document that is read within {seconds} s",
    fix="Check that this is one QRDA III document; raise the limit with --timeout if it is.",
    data=("seconds",),
)

PROCESS_ENDED = Kind(
    id="XML015",
    slug="process-ended",
    stage=Stage.XML,
    message="The process that read the file was ended from outside, perhaps because the machine ran out of memory.",
    expected="A process that can finish the file",
    fix="Convert this file by itself, with one process (--jobs 1), or on a machine with more memory.",
    no_verdict="not read, because its process was ended",
)
