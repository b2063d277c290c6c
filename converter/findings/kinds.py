"""The table of findings: id, slug, official code, severity, stage, and the sentences. The one place where they stand.

Ids are never reused. Official codes are those that the official converter emits (its `ProblemCode` enumeration), not
the numbers of its documentation, which differ. In the sentences `{found}` is what stands in the document and
`{measure}` names the measure; no sentence ever carries a TIN or NPI.
"""

from converter.findings.finding import Kind, Severity, Stage

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
_XML, _CONVERT, _SUBMISSION, _TOOL = Stage.XML, Stage.CONVERT, Stage.SUBMISSION, Stage.TOOL
_GUIDE = Stage.GUIDE

TABLE: dict[str, Kind] = {}


def _row(  # noqa: PLR0913, PLR0917 - a row of the table
    id: str,
    slug: str,
    code: int | None,
    message: str,
    expected: str,
    fix: str,
    severity: Severity = _E,
    stage: Stage = _CONVERT,
) -> Kind:
    kind = Kind(id, slug, code, severity, stage, message, expected, fix)
    if id in TABLE:
        raise ValueError(f"finding {id} stands twice in the table")
    TABLE[id] = kind
    return kind


# --- the file itself ---------------------------------------------------------------------------------------------

FILE_EMPTY = _row(
    "XML001", "file-empty", 2,
    "The file is empty.",
    "A QRDA III document (XML)",
    "Export the report again and send the new file; an export that was interrupted leaves an empty file.",
    stage=_XML,
)  # fmt: skip
XML_NOT_WELL_FORMED = _row(
    "XML002", "xml-not-well-formed", 2,
    "The file is not well-formed XML: {problem}.",
    "Well-formed XML",
    "Correct the XML at this place, or export the report again without editing the file by hand.",
    stage=_XML,
)  # fmt: skip
XML_DOCTYPE = _row(
    "XML003", "xml-doctype", 2,
    "The file contains a DOCTYPE declaration, which CMS refuses for safety.",
    "A document without DOCTYPE",
    "Remove the DOCTYPE declaration; where it declares entities, write their text where they are used.",
    stage=_XML,
)  # fmt: skip
XML_ENCODING = _row(
    "XML004", "xml-encoding", 2,
    "The file is not written in the character encoding {declared}: {problem}.",
    "Bytes that agree with the encoding in the first line of the file",
    "Save the file as UTF-8 and let its first line say encoding=\"UTF-8\".",
    stage=_XML,
)  # fmt: skip
XML_TRUNCATED = _row(
    "XML005", "xml-truncated", 2,
    "The file ends in the middle of the document: {problem}.",
    "A document that is complete up to </ClinicalDocument>",
    "Export or download the report again; the file was cut off on its way.",
    stage=_XML,
)  # fmt: skip
FILE_NOT_XML = _row(
    "XML006", "file-not-xml", 2,
    "The file is not XML but {what}.",
    "A QRDA III document (XML)",
    "{remedy}",
    stage=_XML,
)  # fmt: skip
FILE_TOO_LARGE = _row(
    "XML007", "file-too-large", None,
    "The file is larger than the limit of {limit} MB.",
    "A document of at most {limit} MB",
    "Check that this is one QRDA III document; raise the limit with --max-size if it is.",
    stage=_XML,
)  # fmt: skip
XML_TOO_DEEP = _row(
    "XML008", "xml-too-deep", None,
    "The elements of the file are nested more than {limit} levels deep.",
    "At most {limit} levels; QRDA III needs about 20",
    "Check that this is a QRDA III document; raise the limit with --max-depth if it is.",
    stage=_XML,
)  # fmt: skip
FILE_UNREADABLE = _row(
    "XML009", "file-unreadable", None,
    "The file could not be read: {problem}.",
    "A file that can be opened",
    "Check that the file exists, is not open in another program, and may be read.",
    stage=_XML,
)  # fmt: skip
ZIP_LIMIT = _row(
    "XML010", "zip-limit", None,
    "The zip archive was not read in full: {problem}.",
    "A zip archive within the limits",
    "Split the archive into smaller ones, or unpack it and give the folder.",
    stage=_XML,
)  # fmt: skip
OUTPUT_TAKEN = _row(
    "XML011", "output-name-taken", None,
    "The result would overwrite that of another input of this run, {other}, because both have the same name.",
    "Inputs whose names differ by more than their ending",
    "Rename one of the two files, or convert them into different folders.",
    stage=_XML,
)  # fmt: skip
OUTPUT_UNWRITABLE = _row(
    "XML012", "output-not-written", None,
    "The result could not be written: {problem}.",
    "A folder that can be written to",
    "Check that the output folder exists, has space left and may be written to.",
    stage=_XML,
)  # fmt: skip

# --- the document ------------------------------------------------------------------------------------------------

NOT_QRDA_III = _row(
    "DOC001", "not-qrda-iii", 5,
    "The file is not a QRDA III document but {what}.",
    "A ClinicalDocument in the namespace urn:hl7-org:v3 with the CMS QRDA III template",
    "{remedy}",
)  # fmt: skip
TEMPLATE_MISSING = _row(
    "DOC002", "document-template-missing", 5,
    "The document {what}{dated}{assumption}.",
    "templateId root=\"{root}\" with {extension}",
    "{remedy}",
)  # fmt: skip
TEMPLATE_OF_ANOTHER_YEAR = _row(
    "DOC003", "document-template-of-another-year", 5,
    "The document carries the template of performance year {years}, but {reason}; it is checked as a document of "
    "{year}.",
    "{expected}",
    "{remedy}",
)  # fmt: skip
TEMPLATE_UNKNOWN = _row(
    "DOC004", "document-template-unknown", 5,
    "{extension} belongs to no performance year{note}{dated}{assumption}.",
    "One of the extensions {editions}",
    "Ask the vendor of the EHR for an export that follows {guide}{remedy}.",
)  # fmt: skip
RECIPIENT_MISSING = _row(
    "DOC005", "program-name-missing", 24,
    "The document does not name the program it is for{seen}.",
    "One intended recipient id with root {root} and a program name such as {example}",
    "Add the program name, such as {example}, as extension of informationRecipient/intendedRecipient/id.",
)  # fmt: skip
RECIPIENT_REPEATED = _row(
    "DOC006", "program-name-repeated", 24,
    "The document names {count} programs ({found}), but only one is allowed.",
    "One intended recipient id with root {root}",
    "Keep the one program name that this document is for and remove the others.",
)  # fmt: skip
PROGRAM_UNKNOWN = _row(
    "DOC007", "program-name-unknown", 25,
    "The program name {found} is not one that CMS knows{near}.",
    "One of {expected}",
    "Replace it with the name of the program in which the data is reported in {year}.",
)  # fmt: skip
PROGRAM_NOT_ACCEPTED = _row(
    "DOC008", "program-not-accepted-in-year", 25,
    "The program {found} is not accepted for performance year {year}{note}.",
    "{wanted}",
    "Replace it with the name of the program in which the data is reported in {year}.",
)  # fmt: skip
PROGRAM_NOT_CONVERTED = _row(
    "DOC009", "program-not-converted", None,
    "Documents for {found} are recognised but not converted to QPP JSON yet.",
    "A MIPS, APP or APP Plus document",
    "Report {found} in the way its program asks for; the other checks of this report still hold.",
)  # fmt: skip
NO_SECTION = _row(
    "DOC010", "no-section", 23,
    "The document has no section that can be submitted.",
    "At least one quality, promoting interoperability or improvement activities section",
    "Include at least one category in the export; if it is included, its section lacks its templateId.",
)  # fmt: skip
PI_SECTION_REPEATED = _row(
    "DOC011", "pi-section-repeated", 26,
    "The document has {count} promoting interoperability sections, but only one is allowed.",
    "One promoting interoperability section",
    "Write all entries into one section; counts of the same measure are computed together, not added up.",
)  # fmt: skip
IA_SECTION_REPEATED = _row(
    "DOC012", "ia-section-repeated", 27,
    "The document has {count} improvement activities sections, but only one is allowed.",
    "One improvement activities section",
    "Write all entries into one section; counts of the same measure are computed together, not added up.",
)  # fmt: skip
QUALITY_SECTION_REPEATED = _row(
    "DOC013", "quality-section-repeated", 27,
    "The document has {count} quality sections, but only one is allowed.",
    "One quality section",
    "Write all entries into one section; counts of the same measure are computed together, not added up.",
)  # fmt: skip
VIRTUAL_GROUP_ID_MISSING = _row(
    "DOC014", "virtual-group-id-missing", 78,
    "The document is for a virtual group but does not give the virtual group id{seen}.",
    "An id with root {root} in the performer's representedOrganization",
    "Add <id root=\"{root}\" extension=\"...\"/> with the virtual group id that CMS has given, in the performer's "
    "representedOrganization.",
)  # fmt: skip
QUALITY_PERIOD_ACTS = _row(
    "DOC015", "quality-period-act-count", 32,
    "The quality section {states}.",
    "One reporting parameters act",
    "Give one reporting parameters act with the start and end of the performance period.",
)  # fmt: skip
PI_PERIOD_ACTS = _row(
    "DOC016", "pi-period-act-count", 22,
    "The promoting interoperability section {states}.",
    "One reporting parameters act",
    "Give one reporting parameters act with the start and end of the performance period.",
)  # fmt: skip
IA_PERIOD_ACTS = _row(
    "DOC017", "ia-period-act-count", 44,
    "The improvement activities section {states}.",
    "One reporting parameters act",
    "Give one reporting parameters act with the start and end of the performance period.",
)  # fmt: skip
PERIOD_START_COUNT = _row(
    "DOC018", "period-start-count", 29,
    "The performance period has {given}.",
    "One effectiveTime/low with a date such as {year}0101",
    "Give the first day of the performance period once, as YYYYMMDD.",
)  # fmt: skip
PERIOD_END_COUNT = _row(
    "DOC019", "period-end-count", 30,
    "The performance period has {given}.",
    "One effectiveTime/high with a date such as {year}1231",
    "Give the last day of the performance period once, as YYYYMMDD.",
)  # fmt: skip
PERIOD_DATE_FORMAT = _row(
    "DOC020", "period-date-format", 69,
    "The {end} of the performance period, {found}, is not a date that can be read{note}.",
    "A date as YYYYMMDD, such as {example}",
    "Write a day of the performance year as YYYYMMDD, the form that the implementation guide asks for.",
)  # fmt: skip
QUALITY_SECTION_EMPTY = _row(
    "DOC021", "quality-section-empty", 81,
    "The quality section contains no measure.",
    "At least one measure (template 2.16.840.1.113883.10.20.27.3.17)",
    "Add the measures, or leave the section out; if measures are there, they lack their templateId.",
)  # fmt: skip
SECTION_WOULD_BE_LOST = _row(
    "DOC022", "section-without-entries", None,
    "The {category} section contains nothing that can be submitted, so the whole category would be lost.",
    "At least one measure in the section",
    "Add the measures, or leave the section out; if measures are there, they lack their templateId.",
)  # fmt: skip
CATEGORY_TEMPLATE = _row(
    "DOC023", "category-section-template", 95,
    "The quality section does not carry the measure section template of performance year {year} exactly once{note}.",
    "One templateId root=\"{root}\" extension=\"{extension}\"",
    "Give the quality section <templateId root=\"{root}\" extension=\"{extension}\"/> exactly once.",
)  # fmt: skip
IA_SECTION_OTHER_ENTRY = _row(
    "DOC024", "ia-section-other-entry", 45,
    "The improvement activities section contains an entry of another category ({kinds}).",
    "Only improvement activities and the reporting parameters act",
    "Move the entry to the section of its own category.",
)  # fmt: skip
IA_SECTION_EMPTY = _row(
    "DOC025", "ia-section-empty", 43,
    "The improvement activities section contains no activity.",
    "At least one improvement activity",
    "Add the activities, or leave the section out; if activities are there, they lack their templateId.",
)  # fmt: skip
YEAR_FROM_FIRST_SECTION = _row(
    "DOC026", "year-from-first-section", None,
    "The submission is written for {found}, the year of the first section's performance period, although the "
    "document is one of {year}.",
    "Performance periods in {year}",
    "Correct the performance period of the first section; CMS takes the year of the submission from it.",
    _W,
)  # fmt: skip
SECTION_OF_ANOTHER_YEAR = _row(
    "DOC027", "section-dated-in-another-year", None,
    "The performance period of the {category} section starts in {found}, but the document is one of {year}.",
    "A performance period in {year}",
    "Correct the dates if this section reports {year}; otherwise report it in a document of its own year.",
    _W,
)  # fmt: skip
PRELIMINARY_IDENTIFIERS = _row(
    "DOC028", "preliminary-identifiers", None,
    "The measures of {year} were checked against preliminary identifiers of {date}, because CMS has not published the "
    "final ones.",
    "Final identifiers",
    "Check again when a catalog with final identifiers is there, or give one with --catalog.",
    _W,
)  # fmt: skip
TWO_TEMPLATES = _row(
    "DOC029", "element-of-two-kinds", None,
    "An element carries the templates of two kinds at once ({kinds}), so it cannot be told which one it is.",
    "The templates of one kind",
    "{remedy}",
)  # fmt: skip
OUT_OF_PLACE = _row(
    "DOC030", "entry-out-of-place", None,
    "An element with the template of {what} stands where it has no meaning, so its data would be lost.",
    "The element inside {expected}",
    "Move the element to where it belongs, or give the element around it the templateId that is missing.",
)  # fmt: skip
ENTRY_IN_WRONG_SECTION = _row(
    "DOC031", "entry-in-wrong-section", None,
    "{what} stands in the {category} section, so it would be submitted in the wrong category or lost.",
    "The entry in the section of its own category",
    "Move the entry to the section of its own category.",
)  # fmt: skip
YEAR_WITHOUT_IDENTIFIERS = _row(
    "DOC032", "year-without-identifiers", None,
    "The measures of {year} cannot be checked, because no catalog with identifiers of that year is there.",
    "A catalog of performance year {year}",
    "Update this tool, or give the folder of a newer catalog with --catalog.",
)  # fmt: skip

TEMPLATE_MISSING_BY_SHAPE = _row(
    "DOC033", "entry-without-template", None,
    "This {what} looks like {detail} but {lacks}, so it is not read.",
    "templateId {template}",
    "{remedy}",
)  # fmt: skip

OPTIONAL_TEMPLATE_MISSING = _row(
    "DOC034", "optional-entry-without-template", None,
    "This {what} looks like {detail} but {lacks}; it is not read, and the submission does not need it.",
    "templateId {template}",
    "{remedy} The implementation guide asks for it.",
    _W,
)  # fmt: skip

COUNT_OUT_OF_PLACE = _row(
    "DOC035", "count-out-of-place", None,
    "An aggregate count{value} {where}, so it belongs to no population and would be lost.",
    "Each aggregate count directly inside of the population, numerator or denominator that it counts",
    "{remedy}",
)  # fmt: skip
PART_IN_ANOTHER_NAMESPACE = _row(
    "DOC036", "part-in-another-namespace", None,
    "The element {name} is in {namespace} and not in urn:hl7-org:v3 like the document, so what it holds is not read.",
    "Every part of the document in the namespace urn:hl7-org:v3",
    "Remove the declaration {declaration} from this element, so that it is in the namespace of the document.",
)  # fmt: skip
NO_NAMESPACE = _row(
    "DOC037", "document-without-namespace", None,
    "The document does not declare the namespace of CDA; it was read as if it did.",
    "A root element with xmlns=\"urn:hl7-org:v3\"",
    "Add xmlns=\"urn:hl7-org:v3\" to the element ClinicalDocument.",
    _W,
)  # fmt: skip
PART_NOT_UNDERSTOOD = _row(
    "DOC038", "part-not-understood", None,
    "The element {name} holds {held} but does not look like any part of a report, so it is not read.",
    "A part of QRDA III with its templateId",
    "Remove the element if nothing in it is to be reported; otherwise ask the vendor of the EHR which part it is meant "
    "to be, and to write it with the templateId of that part.",
)  # fmt: skip
WRITTEN_YEAR_UNKNOWN = _row(
    "DOC045", "written-year-unknown", None,
    "The first section's performance period starts in the year {found}, for which CMS takes no submissions, and the "
    "year of the submission is taken from it.",
    "A performance period in {year}; years that are known: {known}",
    "Correct the performance period of the first section.",
)  # fmt: skip
PROGRAM_OF_OTHER_REPORTING = _row(
    "DOC050", "program-of-other-reporting", 25,
    "The program {found} is {what}, and not one that reports to the Quality Payment Program.",
    "One of {expected}",
    "{remedy}",
)  # fmt: skip
PROGRAM_WITHOUT_ENTITY = _row(
    "DOC051", "program-without-entity", 25,
    "The program name {found} does not say who reports: in a document the name of the program includes whether it is "
    "an individual, a group or another entity.",
    "{wanted}",
    "Write {wanted}, whichever says who reports.",
)  # fmt: skip

# --- measure GUIDs -----------------------------------------------------------------------------------------------

GUID_UNKNOWN = _row(
    "GUID001", "measure-guid-unknown", 6,
    "The measure GUID {found} is not known: no measure of any year has it.{evidence}",
    "{wanted}",
    "Look up the measure with `qrda2qpp measures --year {year}` and put its GUID into externalDocument/id/@extension.",
)  # fmt: skip
GUID_OF_ANOTHER_YEAR = _row(
    "GUID002", "measure-guid-of-another-year", 6,
    "The measure GUID {found} is that of {measure}, the version of {other_year}, but the document reports {year}."
    "{evidence}",
    "{wanted}",
    "Update the EHR to the measures of {year} and export again; to change the GUID alone is right only where the "
    "counts already follow the version of {year}.",
)  # fmt: skip
GUID_MISSING = _row(
    "GUID003", "measure-guid-missing", 70,
    "A measure of the quality section has no measure GUID{seen}.{evidence}",
    "{wanted}, as extension of an id with root {root}",
    "Add the measure's GUID as extension of reference/externalDocument/id.",
)  # fmt: skip
GUID_REPEATED = _row(
    "GUID004", "measure-guid-repeated", 70,
    "{which} has {count} measure GUIDs ({found}), but only one is allowed.",
    "One id with root {root}",
    "Keep the GUID of the measure that is reported here and remove the others.",
)  # fmt: skip
MEASURE_REPORTED_TWICE = _row(
    "GUID005", "measure-reported-twice", 71,
    "{measure} is reported {count} times in the quality section.",
    "Each measure once",
    "Keep one of the entries; if they hold different populations of the measure, merge them into one.",
)  # fmt: skip
SET_ID_AS_GUID = _row(
    "GUID006", "set-id-in-place-of-guid", 6,
    "The id {found} is the set id of {measure}, which all its versions share, not the GUID of one version.{evidence}",
    "{wanted}",
    "Replace the set id by the GUID; published measure pages print the set id under the name GUID, so take the GUID "
    "from `qrda2qpp measures --year {year}`.",
)  # fmt: skip
POPULATION_ID_AS_GUID = _row(
    "GUID007", "population-id-in-place-of-guid", 6,
    "The id {found} is that of {role} of {measure}, not the GUID of a measure.{evidence}",
    "{wanted}",
    "Put the measure's GUID into externalDocument/id/@extension; population ids belong into "
    "externalObservation/id/@root.",
)  # fmt: skip
MEASURE_NOT_IN_YEAR = _row(
    "GUID008", "measure-not-in-year", 6,
    "The measure GUID {found} is that of {measure}, the version of {other_year}; the measure can be reported from an "
    "EHR {span}, not in {year}.{evidence}",
    "{wanted}",
    "{remedy}",
)  # fmt: skip
GUID_OF_HOSPITAL_MEASURE = _row(
    "GUID009", "guid-of-hospital-measure", 6,
    "The measure GUID {found} is that of {which}measure for hospitals, which clinicians do not report.{evidence}",
    "{wanted}",
    "Leave the measure out, unless its populations are those of a measure for clinicians: then write that one's GUID.",
)  # fmt: skip
GUID_BEFORE_MIPS = _row(
    "GUID010", "guid-from-before-mips", 6,
    "The measure GUID {found} is that of a version of {measure} from before MIPS reporting began.{evidence}",
    "{wanted}",
    "Update the EHR to the measures of {year} and export again.",
)  # fmt: skip
GUID_OF_FHIR_MEASURE = _row(
    "GUID011", "guid-of-fhir-measure", 6,
    "The measure GUID {found} is that of {measure}, the FHIR version of the measure, which QRDA III does not use."
    "{evidence}",
    "{wanted}",
    "Use the GUID of the QDM version of the measure, the one published for QRDA.",
)  # fmt: skip
GUID_NOT_REPORTABLE = _row(
    "GUID012", "guid-published-not-reportable", 6,
    "The measure GUID {found} is that of {measure}, a version that was published but never accepted for MIPS."
    "{evidence}",
    "{wanted}",
    "Use the GUID of the version that is accepted in {year}, or leave the measure out.",
)  # fmt: skip
GUID_WRAPPED = _row(
    "GUID013", "measure-guid-wrapped", 6,
    "The measure GUID \"{found}\" is right, that of {measure}, but has braces, quotes, a prefix or blanks around it.",
    "{wanted}",
    "Write the GUID alone, with nothing around it.",
)  # fmt: skip
GUID_MISSPELT = _row(
    "GUID014", "measure-guid-misspelt", 6,
    "The measure GUID {found} {sure} a misspelling of {near}, the GUID of {measure}{of_year}: {difference}.{evidence}",
    "{wanted}",
    "Correct the GUID; copy it instead of typing it.",
)  # fmt: skip
GUID_MALFORMED = _row(
    "GUID015", "measure-guid-malformed", 6,
    "{what}.{evidence}",
    "{wanted}",
    "Put the GUID of the measure there, 32 hexadecimal digits with four hyphens.",
)  # fmt: skip
ID_IN_PLACE_OF_GUID = _row(
    "GUID016", "measure-id-in-place-of-guid", 6,
    "The name \"{found}\" stands where the GUID of {measure} is expected.{evidence}",
    "{wanted}",
    "Replace it by the GUID of the measure.",
)  # fmt: skip
GUID_MISPLACED = _row(
    "GUID017", "measure-guid-misplaced", 70,
    "The GUID of {measure}, {found}, stands in the wrong place of the reference, so the measure has none.",
    "{guid} as extension of an id with root {root}",
    "Write <id root=\"{root}\" extension=\"{guid}\"/> in reference/externalDocument.",
)  # fmt: skip
EXPORT_OF_ANOTHER_YEAR = _row(
    "GUID018", "export-of-another-year", None,
    "{count} of {total} measures carry GUIDs of {found}: this is an export with the measures of {found}, but the "
    "document reports {year}.",
    "Measures of {year}",
    "Update the EHR's measures to {year} and export again; this one cause explains all of these findings.",
)  # fmt: skip

REFERENCE_OF_TWO_MEASURES = _row(
    "GUID019", "reference-of-two-measures", None,
    "The reference with the GUID of {measure} names another measure as well: {parts}.{evidence}",
    "GUID, text and setId of one measure",
    "Find out which measure was counted: for {other}{guid}; for {measure}, correct its {what}.",
    _W,
)  # fmt: skip

# --- populations and counts --------------------------------------------------------------------------------------

POPULATION_COUNT = _row(
    "POP001", "population-number", 14,
    "{measure} is reported with {given}, but in {year} it has {wanted}.",
    "{expectation}",
    "{remedy}",
)  # fmt: skip
POPULATION_ID_MISSING = _row(
    "POP002", "population-id-missing", 59,
    "{measure} lacks its {role} population {wanted}{note}.{evidence}",
    "A {role} population with the id {wanted}",
    "{remedy}",
)  # fmt: skip
NO_POPULATION = _row(
    "POP003", "no-population", 7,
    "{measure} is reported without any population.",
    "The populations of the measure: {wanted}",
    "Export the measure with its populations and counts; if they are there, they lack their templateId.",
)  # fmt: skip
POPULATION_IDS = _row(
    "POP004", "population-id-count", 57,
    "A {role} population of {measure} has {given} instead of one.",
    "One reference/externalObservation/id with the population's id as root",
    "Give the population exactly one id, the one of the measure's specification.",
)  # fmt: skip
POPULATION_CODES = _row(
    "POP005", "population-code-count", 58,
    "A population of {measure} has {given} instead of one.",
    "One value with a code such as DENOM or NUMER",
    "Give the population exactly one value that says which population it is.",
)  # fmt: skip
COUNT_NOT_SINGLE = _row(
    "POP006", "aggregate-count-number", 52,
    "The {role} population of {measure} has {given} instead of one{note}.",
    "One aggregate count (template 2.16.840.1.113883.10.20.27.3.3)",
    "{remedy}",
)  # fmt: skip
COUNT_WITHOUT_VALUE = _row(
    "POP007", "count-without-value", 8,
    "{whose} has no value.",
    "A whole number, 0 or more",
    "Write the number into value/@value; write 0 where nobody was counted.",
)  # fmt: skip
COUNT_NOT_WHOLE = _row(
    "POP008", "count-not-whole", 9,
    "{whose} is \"{found}\", which is not a whole number{note}.",
    "A whole number of at most 2147483647, without blanks, decimals or exponent",
    "Write the count as digits only, such as 42.",
)  # fmt: skip
COUNT_NEGATIVE = _row(
    "POP009", "count-negative", 53,
    "The {role} count of {measure} is {found}, but a count cannot be negative.",
    "0 or more",
    "Correct the count in the EHR or its report and export again.",
)  # fmt: skip
DENOMINATOR_OVER_INITIAL = _row(
    "POP010", "denominator-over-initial-population", 13,
    "The denominator of {measure} ({found}) is larger than its initial population ({initial}).",
    "A denominator of at most {initial}",
    "Correct the two counts: everybody in the denominator is also in the initial population.",
)  # fmt: skip
COUNTS_IN_FIRST_STRATUM = _row(
    "POP011", "counts-in-first-stratum", None,
    "All counts of {measure} are submitted in the stratum {first}, and zeros in {others}, as CMS' converter does; "
    "the counts by stratum in the document are not used.",
    "-",
    "Nothing needs to be done; the overall rate is right, the split by stratum is not.",
    _W,
)  # fmt: skip
COUNTS_SUMMED = _row(
    "POP012", "population-sets-summed", None,
    "The {count} population sets of {measure} are added up, because QPP JSON has one rate for it.",
    "-",
    "Nothing needs to be done; compare the sums with the EHR's report if they look unfamiliar.",
    _W,
)  # fmt: skip
NUMEX_DROPPED = _row(
    "POP013", "numerator-exclusion-dropped", None,
    "The numerator exclusion of {measure} ({found}) is not part of the submission; performance met is the numerator "
    "count as it stands.",
    "A numerator count that leaves the exclusions out",
    "Check that the numerator does not include the {found} excluded cases; QPP JSON has no place for them.",
    _W,
)  # fmt: skip
POPULATION_IGNORED = _row(
    "POP014", "population-ignored", None,
    "{measure} is reported with the population {role}, which is not part of the measure and is not submitted.",
    "Only populations of the measure: {wanted}",
    "Remove the population, or correct its code if another one is meant.",
    _W,
)  # fmt: skip
INITIAL_POPULATION_UNCLEAR = _row(
    "POP015", "initial-population-unclear", None,
    "The initial population of {measure} {problem}.",
    "One initial population with the id {wanted}",
    "Give each population set of the measure one IPOP population with its id; the submission is not affected.",
    _W,
)  # fmt: skip

POPULATION_WITHOUT_ID = _row(
    "POP016", "population-without-id", None,
    "The {role} population of {measure} has no population id, so it cannot be told to which of the measure's "
    "{count} rates it belongs.",
    "One reference/externalObservation/id with the population's id as root",
    "Give the population its id, one of {wanted}; CMS' converter would lose the whole measure.",
)  # fmt: skip

ROLES_SWAPPED = _row(
    "POP017", "population-roles-swapped", None,
    "In {measure}{where} the ids of {first} and {second} are swapped: each population carries the id of the other.",
    "{first} with the id {first_id}, {second} with the id {second_id}",
    "Swap the two ids, or the two codes, whichever the counts show to be wrong.",
)  # fmt: skip

POPULATIONS_OF_ANOTHER_MEASURE = _row(
    "POP018", "populations-of-another-measure", None,
    "{measure} is reported with the populations of {other}: {count} of {total} population ids are those of {other}.",
    "The populations of {measure}, or the GUID of {other}, {guid}",
    "Find out which of the two measures was counted, then correct the GUID or export the right populations; new ids "
    "alone would submit the counts of one measure as those of the other.",
)  # fmt: skip
CODE_UNLIKE_ID = _row(
    "POP019", "population-code-unlike-id", None,
    "A population of {measure} has the code \"{found}\", but its id is that of the {role} population.",
    "The code {role}",
    "Write {role} into value/@code if the count is that of the {role} population; otherwise correct the id.",
)  # fmt: skip
COUNT_SEVERAL_VALUES = _row(
    "POP020", "count-with-several-values", None,
    "An aggregate count has {number} values ({values}), so it cannot be told which one counts.",
    "One value in each aggregate count",
    "Keep the value that is right and remove the others.",
)  # fmt: skip

# --- performance rates -------------------------------------------------------------------------------------------

RATE_INVALID = _row(
    "RATE001", "performance-rate-invalid", 33,
    "The performance rate \"{found}\" of {measure} is not a number from 0 to 1.",
    "A decimal number from 0 to 1, such as 0.85",
    "Write the rate as a fraction, not in percent; where the performance denominator is 0, use nullFlavor=\"NA\".",
)  # fmt: skip
RATE_MISSING = _row(
    "RATE002", "performance-rate-missing", 72,
    "A performance rate of {measure} has neither a value nor nullFlavor=\"NA\".",
    "A decimal number from 0 to 1, or nullFlavor=\"NA\"",
    "Write the rate into value/@value, or nullFlavor=\"NA\" where the performance denominator is 0.",
)  # fmt: skip
RATE_IDS = _row(
    "RATE003", "performance-rate-id-count", 61,
    "A performance rate of {measure} refers to {given} instead of one.",
    "One reference/externalObservation/id with the id of the rate's numerator",
    "Let the rate refer to its numerator, and to nothing else.",
)  # fmt: skip
RATE_NOT_NUMERATOR = _row(
    "RATE004", "performance-rate-not-numerator", 59,
    "A performance rate of {measure} refers to {found}, which is {what}.",
    "One of {wanted}",
    "Let the rate refer to the numerator id of its population set.",
)  # fmt: skip

# --- promoting interoperability ----------------------------------------------------------------------------------

PI_PERFORMED_ID = _row(
    "PI001", "pi-performed-measure-id", 12,
    "A yes/no entry of the promoting interoperability section has {given} instead of one.",
    "One reference/externalDocument/id with a measure id such as PI_PPHI_1",
    "Give the entry the id of its measure as extension, once.",
)  # fmt: skip
PI_PROPORTION_ID = _row(
    "PI002", "pi-proportion-measure-id", 16,
    "An entry with numerator and denominator of the promoting interoperability section has {given} instead of "
    "one.",
    "One reference/externalDocument/id with a measure id such as PI_EP_1",
    "Give the entry the id of its measure as extension, once.",
)  # fmt: skip
PI_NO_COUNTS = _row(
    "PI003", "pi-counts-missing", 17,
    "{measure} has neither a numerator nor a denominator.",
    "One numerator and one denominator",
    "Export the measure with both counts; if they are there, they lack their templateId.",
)  # fmt: skip
PI_COUNT_PAIR = _row(
    "PI004", "pi-count-pair", 18,
    "{measure} has {numerators} and {denominators} instead of one of each.",
    "One numerator and one denominator",
    "Give the measure exactly one numerator and one denominator.",
)  # fmt: skip
PI_OUTSIDE_SECTION = _row(
    "PI005", "pi-measure-outside-section", 15,
    "{measure}, a promoting interoperability measure, stands outside the promoting interoperability section.",
    "The measure in the promoting interoperability section",
    "Move the entry to the promoting interoperability section.",
)  # fmt: skip
PI_PERFORMED_COUNT = _row(
    "PI006", "pi-performed-number", 11,
    "{measure} {answered}.",
    "One measure performed observation (template 2.16.840.1.113883.10.20.27.3.27)",
    "Give the measure exactly one answer; if one is there, it lacks its templateId.",
)  # fmt: skip
PI_ANSWER = _row(
    "PI007", "pi-answer-invalid", 51,
    "The answer to {measure} is {answer} instead of Y or N.",
    "One value with the code Y or N",
    "Write Y for yes or N for no into value/@code.",
)  # fmt: skip
PI_COUNT_NUMBER = _row(
    "PI008", "pi-aggregate-count-number", 39,
    "The {part} of {measure} has {given} instead of one.",
    "One aggregate count (template 2.16.840.1.113883.10.20.27.3.3)",
    "Give the {part} exactly one aggregate count; if one is there, it lacks its templateId.",
)  # fmt: skip
PI_COUNT_INVALID = _row(
    "PI009", "pi-count-missing-or-negative", 42,
    "The {part} of {measure} {problem}.",
    "0 or more",
    "Write the number of cases into value/@value.",
)  # fmt: skip
PI_COUNT_NOT_WHOLE = _row(
    "PI010", "pi-count-not-whole", 41,
    "The {part} of {measure}, \"{found}\", is not a whole number.",
    "A whole number, 0 or more",
    "Write the number of cases as digits only, such as 42.",
)  # fmt: skip
PI_RESTRICTED = _row(
    "PI011", "pi-restricted-measures", 102,
    "{measure} may not be reported together with {others}.",
    "{measure} alone, or the others without it",
    "Keep the option for health information exchange that the practice has chosen and remove the others.",
)  # fmt: skip
PI_COUNTS_NOT_TAKEN = _row(
    "PI012", "pi-counts-not-taken", None,
    "{measure} is answered with yes or no and takes no counts, but it holds {given}, which {is_} not submitted.",
    "A yes/no answer alone",
    "Remove the numerator and denominator; where they should count, report the measure that takes counts.",
    _W,
)  # fmt: skip
PI_ANSWER_NOT_TAKEN = _row(
    "PI013", "pi-answer-not-taken", None,
    "{measure} is reported with numerator and denominator, but it also holds {given}, which {is_} not submitted.",
    "Numerator and denominator alone",
    "Remove the yes/no answer; where it should count, report the measure that is answered with yes or no.",
    _W,
)  # fmt: skip

# --- improvement activities --------------------------------------------------------------------------------------

IA_PERFORMED_COUNT = _row(
    "IA001", "ia-performed-number", 50,
    "{activity} {answered}.",
    "One measure performed observation (template 2.16.840.1.113883.10.20.27.3.27)",
    "Give the activity exactly one answer; if one is there, it lacks its templateId.",
)  # fmt: skip
IA_ANSWER = _row(
    "IA002", "ia-answer-invalid", 51,
    "The answer to {activity} is {answer} instead of Y or N.",
    "One value with the code Y or N",
    "Write Y for yes or N for no into value/@code.",
)  # fmt: skip
IA_ID = _row(
    "IA003", "ia-measure-id", None,
    "An improvement activity has {given} instead of one, so it could not be submitted.",
    "One reference/externalDocument/id with an activity id such as IA_EPA_1",
    "Give the activity its id as extension, once.",
)  # fmt: skip

# --- what CMS would reject ---------------------------------------------------------------------------------------

REMAINDER_NEGATIVE = _row(
    "SUB001", "performance-not-met-negative", None,
    "{measure} adds up to more than its denominator{stratum}: {denominator} - {numerator} met - {exclusion} excluded - "
    "{exception} excepted = {found} not met.",
    "performanceNotMet of 0 or more",
    "Correct the counts: numerator, exclusions and exceptions together may not exceed the denominator.",
    stage=_SUBMISSION,
)  # fmt: skip
ENTITY_ID_MISSING = _row(
    "SUB002", "entity-id-missing", None,
    "The data is for {entity} but does not give its id, so the submission has no entityId{seen}.",
    "{where}",
    "{remedy}",
    stage=_SUBMISSION,
)  # fmt: skip
NPI_MISSING = _row(
    "SUB003", "npi-missing", None,
    "The data is for an individual clinician but does not give the clinician's NPI{seen}.",
    "{where}",
    "{remedy}",
    stage=_SUBMISSION,
)  # fmt: skip
TIN_MISSING = _row(
    "SUB004", "tin-missing", None,
    "The TIN of the practice is not given{seen}.",
    "{where}",
    "{remedy}",
    stage=_SUBMISSION,
)  # fmt: skip
PI_ALTERNATIVES = _row(
    "SUB005", "pi-alternatives-together", None,
    "{measure} is reported together with {others}; they stand for each other, and only one way may be reported.",
    "Either {measure} or {others}",
    "Keep what the practice has chosen and take the rest out.",
    stage=_SUBMISSION,
)  # fmt: skip

NPI_IN_GROUP = _row(
    "SUB006", "npi-in-group-document", None,
    "The document is for {entity} but gives the NPI of a clinician, which is not submitted.",
    "An NPI id with nullFlavor=\"NA\" and no extension",
    "Remove the NPI; if the data is that of one clinician, use the program name {individual} instead.",
    _W, _SUBMISSION,
)  # fmt: skip
TIN_NPI_SWAPPED = _row(
    "SUB007", "tin-npi-swapped", None,
    "The TIN and the NPI are swapped: a number of 10 digits stands in place of the TIN and one of 9 digits in place of "
    "the NPI.",
    "An NPI of 10 digits and a TIN of 9 digits",
    "Swap the two numbers.",
    stage=_SUBMISSION,
)  # fmt: skip
NPI_FORMAT = _row(
    "SUB008", "npi-format", None,
    "The NPI is not written as 10 digits{note}.",
    "10 digits",
    "Write the 10 digits of the NPI without blanks or dashes.",
    stage=_SUBMISSION,
)  # fmt: skip
NPI_CHECK_DIGIT = _row(
    "SUB009", "npi-check-digit", None,
    "The NPI has a wrong check digit, so at least one of its digits is mistyped.",
    "An NPI whose last digit agrees with the others",
    "Compare the NPI with the NPI registry and correct it.",
    _W, _SUBMISSION,
)  # fmt: skip
TIN_FORMAT = _row(
    "SUB010", "tin-format", None,
    "The TIN is not written as 9 digits{note}.",
    "9 digits",
    "Write the 9 digits of the TIN without dash or blanks.",
    stage=_SUBMISSION,
)  # fmt: skip
SEVERAL_PERFORMERS = _row(
    "SUB011", "several-performers", None,
    "The document names {count} performers, but a submission has one: the first NPI and the first TIN are taken.",
    "One performer",
    "Keep the performer that the document is for; write a document of its own for each of the others.",
    _W, _SUBMISSION,
)  # fmt: skip

# --- a submission as JSON ----------------------------------------------------------------------------------------

JSON_NOT_WELL_FORMED = _row(
    "SUB012", "json-not-well-formed", None,
    "The file is not well-formed JSON: {problem}.",
    "Well-formed JSON",
    "Correct the JSON at this place, or write the file again with the program that made it.",
    stage=_SUBMISSION,
)  # fmt: skip
JSON_TRUNCATED = _row(
    "SUB013", "json-truncated", None,
    "The JSON breaks off before its end: {problem}.",
    "A complete file, in which every bracket that is opened is closed",
    "Write or download the file again; a transfer that was interrupted leaves such a file.",
    stage=_SUBMISSION,
)  # fmt: skip
JSON_MEMBER_REPEATED = _row(
    "SUB014", "json-member-repeated", None,
    'The member "{member}" stands twice in one object; a reader takes one of the two, and the other is lost.',
    "Each member once",
    "Remove one of the two, and keep the one that is right.",
    stage=_SUBMISSION,
)  # fmt: skip
NOT_A_SUBMISSION = _row(
    "SUB015", "not-a-submission", None,
    "{where} is not a QPP submission but {what}.",
    "A QPP submission: an object with performanceYear, entityType and measurementSets; one of its measurement sets; or "
    "a list of submissions",
    "{remedy}",
    stage=_SUBMISSION,
)  # fmt: skip
YEAR_NOT_KNOWN = _row(
    "SUB016", "performance-year-not-known", None,
    "The {part} {problem}.",
    "A performance year that is known: {known}",
    "{remedy}",
    stage=_SUBMISSION,
)  # fmt: skip
YEAR_NOT_ASSERTED = _row(
    "SUB017", "performance-year-not-asserted", None,
    "The {part} is for performance year {found}, but it was said to be for {asserted}.",
    "The performance year {asserted}",
    "Give the file of {asserted}, or ask for the year {found}.",
    stage=_SUBMISSION,
)  # fmt: skip
MEMBER_UNKNOWN = _row(
    "SUB018", "member-unknown", None,
    'There is no member "{member}" in {parent}{near}.',
    "One of: {known}",
    "{remedy}",
    stage=_SUBMISSION,
)  # fmt: skip
MEMBER_MISSING = _row(
    "SUB019", "member-missing", None,
    '{parent} lacks the member "{member}".',
    'The member "{member}"{shape}',
    'Add "{member}".',
    stage=_SUBMISSION,
)  # fmt: skip
MEMBER_TYPE = _row(
    "SUB020", "member-type", None,
    '"{member}" is {given}, but it must be {wanted}.',
    '"{member}" as {wanted}',
    "{remedy}",
    stage=_SUBMISSION,
)  # fmt: skip
MEMBER_VALUE = _row(
    "SUB021", "member-value", None,
    '"{member}" has a value that is not allowed: {problem}.',
    "{wanted}",
    'Correct the value of "{member}".',
    stage=_SUBMISSION,
)  # fmt: skip
METHOD_NOT_ACCEPTED = _row(
    "SUB022", "submission-method-not-accepted", None,
    'The submission method "{found}" is not accepted from files{why}.',
    "registry or electronicHealthRecord",
    "{remedy}",
    stage=_SUBMISSION,
)  # fmt: skip
MEMBER_READ_ONLY = _row(
    "SUB023", "member-read-only", None,
    'The member "{member}" is given out by CMS and should not be sent; the submission system probably refuses it '
    "(inferred from CMS' own upload client, which takes it out).",
    "A submission as it was sent, not as CMS answered",
    'Take "{member}" out.',
    _W, _SUBMISSION,
)  # fmt: skip
MEMBER_NULL = _row(
    "SUB024", "member-null", None,
    'The member "{member}" is null; the submission system probably refuses that (inferred from CMS\' own upload '
    'client, '
    "which takes such members out).",
    "A value, or no such member",
    'Take "{member}" out, or give it its value.',
    _W, _SUBMISSION,
)  # fmt: skip

# --- who reports -------------------------------------------------------------------------------------------------

NPI_FOR_GROUP = _row(
    "SUB025", "npi-in-group-submission", None,
    "The submission of a group gives the NPI of a clinician, which only the submission of an individual may.",
    "No nationalProviderIdentifier with entityType group",
    "Take the NPI out; if the data is that of one clinician, let entityType be individual.",
    stage=_SUBMISSION,
)  # fmt: skip
IDENTIFIER_NOT_FOR_ENTITY = _row(
    "SUB026", "identifier-not-for-entity", None,
    "The data is for {entity} but gives {what}, although the entity's own id alone says who it is (inferred from CMS' "
    "documentation; the number may be ignored).",
    "The entity's own id, and neither TIN nor NPI",
    "Take {it} out.",
    _W, _SUBMISSION,
)  # fmt: skip
IDENTITY_REPEATED = _row(
    "SUB027", "submission-repeated", None,
    "The {category} data of the same {who} for {program} in {year} is also in {other}: the one that is sent last "
    "replaces the other as a whole.",
    "One file for each measurement set of a submission",
    "Keep the file that is right, or bring the measures of both together in one file.",
    _W, _SUBMISSION,
)  # fmt: skip

PI_VALUES_DIFFER_BETWEEN_FILES = _row(
    "SUB085", "pi-values-differ-between-files", None,
    "Promoting interoperability measures of the same {who} have other values in {other}, for {year} as well: "
    "{differences}; where CMS holds both, the whole category scores 0 (policy: the files are accepted).",
    "The same values in all files of one practice and year, or one file",
    "Find out which values are right, and send only those; where one file replaces the other (SUB027), send the right "
    "one last.",
    _W, _SUBMISSION,
)  # fmt: skip
GROUP_AND_INDIVIDUAL = _row(
    "SUB086", "group-and-individual", None,
    "The data is that of {who}, and {other} holds data of {others} with the same TIN for {year}: each is scored by "
    "itself, and a clinician gets the better of the two scores (policy: the files are accepted).",
    "Both only where both are meant",
    "Nothing need be done if the practice reports both ways; otherwise one of the files has the wrong program name: "
    "..._GROUP stands for a group, ..._INDIV for a clinician.",
    _W, _SUBMISSION,
)  # fmt: skip
MEASURE_BY_TWO_METHODS = _row(
    "SUB087", "measure-by-two-methods", None,
    "Quality measures of the same {who} for {program} in {year} are reported by {method} here and by {before} in "
    "{other}: {measures} {are} counted once, by the method with the better result (policy: the files are accepted).",
    "Each measure once, or the better of two counted",
    "Nothing need be done if both are right; the two are not added up.",
    _W, _SUBMISSION,
)  # fmt: skip

# --- measurement sets --------------------------------------------------------------------------------------------

CEHRT_MISSING = _row(
    "SUB028", "cehrt-id-missing", None,
    "The {category} data does not name the certified EHR it comes from (CMS EHR certification id), which CMS asks "
    "for in {year}{seen}.",
    "{where}: {shown}",
    "Ask the EHR vendor for the CMS EHR certification id (15 characters, from the certified health IT product list), "
    "and {add}.",
    stage=_SUBMISSION,
)  # fmt: skip
CEHRT_FORMAT = _row(
    "SUB029", "cehrt-id-format", None,
    'The CMS EHR certification id "{found}" does not have the form of {year}{note}.',
    "{shown}",
    "Ask the EHR vendor for the certification id that holds for {year}.",
    stage=_SUBMISSION,
)  # fmt: skip
CEHRT_FORMAT_UNSURE = _row(
    "SUB030", "cehrt-id-form-unusual", None,
    'The CMS EHR certification id "{found}" does not have the form that is usual in {year}{note} (inferred; CMS has '
    'not '
    "said whether it refuses it).",
    "{shown}",
    "Compare it with the certification id that the EHR vendor gives for {year}.",
    _W, _SUBMISSION,
)  # fmt: skip
CEHRT_SEVERAL = _row(
    "SUB031", "cehrt-ids-several", None,
    "The document gives {count} different CMS EHR certification ids; one is submitted, the others are dropped.",
    "One certification id",
    "Keep the certification id of the EHR that the data comes from; a set of several products has an id of its own.",
    _W, _SUBMISSION,
)  # fmt: skip
PERIOD_REVERSED = _row(
    "SUB032", "performance-period-reversed", None,
    "The performance period of the {category} data ends on {end}, before it begins on {start} (that CMS refuses it is "
    "inferred).",
    "An end on or after {start}",
    "Correct the two dates; they may be swapped.",
    _W, _SUBMISSION,
)  # fmt: skip
PERIOD_OUTSIDE_YEAR = _row(
    "SUB033", "performance-period-outside-year", None,
    "The performance period of the {category} data, {start} to {end}, is not within the performance year {year} "
    "(that CMS refuses it is inferred).",
    "Dates from {year}-01-01 to {year}-12-31",
    "Correct the dates, or report the data under its own year.",
    _W, _SUBMISSION,
)  # fmt: skip
PERIOD_NOT_FULL_YEAR = _row(
    "SUB034", "quality-period-not-full-year", None,
    "The quality data covers {start} to {end}, {days} of the {wanted} days of {year}; quality is reported for the "
    "whole year (policy: it may cost points, and is not known to be refused).",
    "{year}-01-01 to {year}-12-31",
    "Compute the measures for the whole year and export again; do not write the dates of the whole year over counts "
    "that do not cover it.",
    _W, _SUBMISSION,
)  # fmt: skip
PERIOD_TOO_SHORT = _row(
    "SUB035", "performance-period-too-short", None,
    "The {category} data covers {start} to {end}, {days} days; at least {wanted} days in a row are needed, or the "
    "category is not scored (policy: the file is accepted).",
    "A period of at least {wanted} days in {year}",
    "Report a longer period; any {wanted} days or more in a row count.",
    _W, _SUBMISSION,
)  # fmt: skip
PROGRAM_NOT_OF_YEAR = _row(
    "SUB036", "program-not-of-year", None,
    'There is no program or MIPS Value Pathway "{found}" in {year}{note}.',
    "{wanted}",
    "{remedy}",
    stage=_SUBMISSION,
)  # fmt: skip
PROGRAM_ENTITY = _row(
    "SUB037", "program-not-for-entity", None,
    "{entity} cannot report under {program}.",
    "{wanted}",
    "Report under a program that is open to the entity, such as mips, or correct the kind of entity.",
    stage=_SUBMISSION,
)  # fmt: skip
PROGRAM_ENTITY_UNSURE = _row(
    "SUB038", "program-unusual-for-entity", None,
    "{entity} {problem} (inferred from CMS' guides; no refusal is on record).",
    "{wanted}",
    "{remedy}",
    _W, _SUBMISSION,
)  # fmt: skip
MVP_NOT_USED = _row(
    "SUB039", "mvp-not-used", None,
    "The document names the MIPS Value Pathway {found}, but {why}: the data is submitted under {program}.",
    "A program and entity that report MIPS Value Pathways (MIPS_INDIV, MIPS_GROUP, MIPS_SUBGROUP, MIPS_APMENTITY)",
    "Take the pathway out if {program} is meant; otherwise use the program name that goes with it.",
    _W, _SUBMISSION,
)  # fmt: skip
MVP_UNDER_OTHER_ROOT = _row(
    "SUB095", "mvp-under-other-root", None,
    "A participant has the id of the MIPS Value Pathway {found} under another root than that of pathways, so it is not "
    "read and the data is submitted under {program}.",
    "An id with root {root}",
    "Write <id root=\"{root}\" extension=\"{found}\"/> if the data is for that pathway; otherwise take it out.",
    _W, _SUBMISSION,
)  # fmt: skip
PI_NOT_FROM_APM = _row(
    "SUB040", "pi-not-from-apm-entity", None,
    "An APM entity cannot submit promoting interoperability data in {year}; its clinicians and groups do.",
    "No promoting interoperability data from an APM entity in {year}",
    "Take the promoting interoperability data out and submit it for the clinicians or groups of the entity.",
    stage=_SUBMISSION,
)  # fmt: skip
SET_REPEATED = _row(
    "SUB041", "measurement-set-repeated", None,
    "The submission has {count} measurement sets of {category} by {method} for {program}; there can be one.",
    "One measurement set for each category, submission method and program",
    "Bring the measurements of the sets together in one.",
    stage=_SUBMISSION,
)  # fmt: skip
SET_NOT_OF_PROGRAM = _row(
    "SUB042", "category-unusual-for-program", None,
    "The program {program} takes {wanted} data only, not {category} (policy; no refusal is on record).",
    "Measurement sets of {wanted}",
    "Report the {category} data under another program.",
    _W, _SUBMISSION,
)  # fmt: skip
PRACTICE_ID_MISSING = _row(
    "SUB043", "practice-id-missing", None,
    "A measurement set of the program cpcPlus lacks the id of the practice site.",
    "The member practiceId",
    "Add practiceId, as CMS has given it to the practice.",
    stage=_SUBMISSION,
)  # fmt: skip
MEMBER_OF_OTHER_PROGRAM = _row(
    "SUB044", "member-of-another-program", None,
    'The member "{member}" belongs to the program {owner} alone, but the measurement set is for {program}.',
    'No member "{member}"',
    'Take "{member}" out.',
    stage=_SUBMISSION,
)  # fmt: skip

# --- measurements ------------------------------------------------------------------------------------------------

MEASURE_NOT_IN_PROGRAM = _row(
    "SUB045", "measure-not-in-program", None,
    "{measure} may not be reported under {program} in {year}.",
    "{allowed}",
    "{remedy}",
    stage=_SUBMISSION,
)  # fmt: skip
MEASURE_UNKNOWN = _row(
    "SUB046", "measure-unknown", None,
    'There is no measure or activity "{found}" in {year}{note}.',
    "{wanted}",
    "{remedy}",
    stage=_SUBMISSION,
)  # fmt: skip
MEASURE_OF_OTHER_CATEGORY = _row(
    "SUB047", "measure-of-another-category", None,
    "{measure} is of the category {own}, but stands among the {category} data (that CMS refuses it is inferred).",
    "Among the {category} data only measures of that category",
    "Move it to the {own} data.",
    _W, _SUBMISSION,
)  # fmt: skip
VALUE_SHAPE = _row(
    "SUB048", "value-of-another-kind", None,
    "{measure} is reported with {given} instead of {wanted}.",
    "A value with {wanted}",
    "{remedy}",
    stage=_SUBMISSION,
)  # fmt: skip
MEASURE_REPEATED = _row(
    "SUB049", "measure-repeated", None,
    "{measure} is reported {count} times; {values}.",
    "Each measure and activity once",
    "Keep the one with the right value and remove the others.",
    stage=_SUBMISSION,
)  # fmt: skip
MEASURE_NOT_BY_METHOD = _row(
    "SUB050", "measure-not-by-method", None,
    "{measure} is not collected by the submission method {method} in {year} (that CMS refuses it is inferred).",
    "{wanted}",
    "Report it in a measurement set of a method that collects it.",
    _W, _SUBMISSION,
)  # fmt: skip
STRATUM_UNKNOWN = _row(
    "SUB051", "stratum-unknown", None,
    '{measure} has no stratum "{found}"{near}.',
    "{wanted}",
    "Write the name of the stratum as it is in CMS' measures data; small and capital letters count.",
    stage=_SUBMISSION,
)  # fmt: skip
STRATA_INCOMPLETE = _row(
    "SUB052", "strata-incomplete", None,
    "{measure} has {count} by {method}, but {problem}.",
    "{wanted}",
    "Give {wanted}, each once.",
    stage=_SUBMISSION,
)  # fmt: skip
STRATA_INCOMPLETE_UNSURE = _row(
    "SUB053", "strata-possibly-incomplete", None,
    "{measure} has {count}, but {problem} (that CMS refuses it is inferred).",
    "{wanted}",
    "Give {wanted}, each once.",
    _W, _SUBMISSION,
)  # fmt: skip
NUMERATOR_OVER_DENOMINATOR = _row(
    "SUB054", "numerator-over-denominator", None,
    "{measure} has a numerator of {found}, more than its denominator of {denominator}{stratum}: {denominator} - "
    "{found} = {difference}.",
    "A numerator of at most {denominator}",
    "Correct the counts; a case of the numerator is always one of the denominator.",
    stage=_SUBMISSION,
)  # fmt: skip
COUNTS_OVER_DENOMINATOR = _row(
    "SUB055", "counts-over-denominator", None,
    "The parts of {measure} are more than its denominator{stratum}: {met} met + {not_met} not met + {exclusion} "
    "excluded + {exception} excepted = {found}, and the denominator is {denominator}.",
    "Parts of {denominator} together",
    "Correct the counts; every case is met, not met, excluded or excepted, and only one of them.",
    stage=_SUBMISSION,
)  # fmt: skip
EXCLUSION_BY_REGISTRY = _row(
    "SUB056", "exclusion-by-registry", None,
    "{measure} has {found} excluded cases{stratum}; a measure that is submitted by registry counts its cases without "
    "them.",
    "eligiblePopulationExclusion 0, or no such member",
    "Take the excluded cases out of eligiblePopulation and of eligiblePopulationExclusion.",
    stage=_SUBMISSION,
)  # fmt: skip
MEMBER_NOT_OF_MEASURE = _row(
    "SUB057", "member-not-of-measure", None,
    'The value of {measure} has the member "{member}", which only {owner} have.',
    'No member "{member}"',
    "{remedy}",
    stage=_SUBMISSION,
)  # fmt: skip
NOT_FROM_THIRD_PARTIES = _row(
    "SUB058", "not-from-third-parties", None,
    "{what} {verb} computed by CMS or sent by survey vendors, and not accepted from others.",
    "Quality, promoting interoperability and improvement activities data",
    "Take it out.",
    stage=_SUBMISSION,
)  # fmt: skip
PI_NUMERATOR_OVER_DENOMINATOR = _row(
    "SUB059", "pi-numerator-over-denominator", None,
    "{measure} has a numerator of {found}, more than its denominator of {denominator}: {denominator} - {found} = "
    "{difference}.",
    "A numerator of at most {denominator}",
    "Correct the counts; every case of the numerator is one of the denominator.",
    stage=_SUBMISSION,
)  # fmt: skip
OBSERVATION_INSTANCES = _row(
    "SUB060", "observations-over-denominator", None,
    "{measure} accounts for more than its denominator: {instances} observations + {exception} excepted + {exclusion} "
    "excluded = {found}, and the denominator is {denominator} (that CMS refuses it is inferred).",
    "At most {denominator} together",
    "Correct the counts.",
    _W, _SUBMISSION,
)  # fmt: skip
MEASURE_SUPPRESSED = _row(
    "SUB061", "measure-not-scored", None,
    "{measure} is suppressed for {method} in {year}: it is accepted but not scored (inferred from CMS' measures data).",
    "A measure that is scored",
    "Report another measure in its place, if there is one; otherwise nothing need be done.",
    _W, _SUBMISSION,
)  # fmt: skip
MEASURE_REQUIRED = _row(
    "SUB062", "measure-required-for-program", None,
    "{measure} is required for {program} in {year}, and it is not there.",
    "A measurement set with {measure}",
    "Add it.",
    stage=_SUBMISSION,
)  # fmt: skip
MEASURE_REGISTRATION = _row(
    "SUB080", "measure-not-for-registration", None,
    "{measure} is not open to {entity} under {program} in {year} (inferred from CMS' measures data; no refusal is on "
    "record).",
    "{wanted}",
    "Report another measure of the pathway.",
    _W, _SUBMISSION,
)  # fmt: skip

# --- promoting interoperability together ---------------------------------------------------------------------------

PI_WITH_EXCLUSION = _row(
    "SUB063", "pi-measure-with-its-exclusion", None,
    "{measure} is reported together with its exclusion {others}; it is either measured or excluded.",
    "Either {measure} or {others}",
    "Keep the measure if the practice has cases for it, otherwise the exclusion.",
    stage=_SUBMISSION,
)  # fmt: skip
PI_TOGETHER_WITH_NO = _row(
    "SUB064", "pi-combination-answered-no", None,
    "{measure} is reported together with {others}, although only one way may be reported; {denied} {are} answered with "
    "no, and it is not known whether CMS counts that as reported.",
    "Only what holds",
    "Take out {denied}.",
    _W, _SUBMISSION,
)  # fmt: skip
PI_EXCLUSIONS_WITH_EXCHANGE = _row(
    "SUB065", "pi-exchange-with-exclusions", None,
    "{measure} is reported together with {others}, {exclusions} from the measures that it replaces (rule of CMS' "
    "converter; CMS' measures data does not name it).",
    "{measure} alone",
    "Take out {others}.",
    _W, _SUBMISSION,
)  # fmt: skip
PI_ENGAGEMENT = _row(
    "SUB066", "pi-active-engagement", None,
    "{measure} is answered with yes, but {problem}: one of {options} says how far the practice is (inferred from CMS' "
    "measures data; it may cost points).",
    "Exactly one of {options}",
    "Report the one that holds: _PRE for validation before production, _PROD for production.",
    _W, _SUBMISSION,
)  # fmt: skip
PI_INCOMPLETE = _row(
    "SUB067", "pi-set-incomplete", None,
    "The promoting interoperability data lacks {missing}; without it the whole category scores 0 ({basis}: the file is "
    "accepted).",
    "Each required measure or what stands for it: {wanted}",
    "Report what is missing, or its exclusion where the practice meets it.",
    _W, _SUBMISSION,
)  # fmt: skip
PI_DENIED = _row(
    "SUB068", "pi-required-answered-no", None,
    "{measure} is required but answered with no, so that the whole category scores 0 ({basis}: the file is accepted).",
    "Y, or the exclusion of the measure where there is one",
    "{remedy}",
    _W, _SUBMISSION,
)  # fmt: skip
PI_NUMERATOR_ZERO = _row(
    "SUB069", "pi-numerator-zero", None,
    "{measure} is required but has a numerator of 0 (denominator {denominator}), so that the whole category scores 0 "
    "({basis}: the file is accepted).",
    "A numerator of at least 1, or the exclusion of the measure",
    "{remedy}",
    _W, _SUBMISSION,
)  # fmt: skip
PI_VALUES_DIFFER = _row(
    "SUB070", "pi-values-differ", None,
    "{measure} is in several measurement sets with different values; the whole category scores 0 then (policy: the "
    "file is accepted).",
    "The same value, or the measure once",
    "Keep the measure in one measurement set, or give it the same value in all.",
    _W, _SUBMISSION,
)  # fmt: skip

PI_SECOND_REGISTRY = _row(
    "SUB083", "pi-second-registry", None,
    "Of the public health registries only {given} counts, and {number} are asked for in {year}; with one alone the "
    "category may score 0 ({basis}: the file is accepted).",
    "{wanted}",
    "Report a second registry or an exclusion from it; where the practice reports to two registries of one kind, "
    "report the measure with _MULTI too.",
    _W, _SUBMISSION,
)  # fmt: skip
PI_WITHOUT_MEASURES = _row(
    "SUB088", "pi-set-without-measures", None,
    "The {category} data holds a performance period and no measure: it scores 0, and any such data may give up a "
    "reweighting of the category that CMS has approved or grants by itself (policy: the file is accepted).",
    "Measures, or no such measurement set",
    "Report the measures; where the category is to be reweighted, take the measurement set out.",
    _W, _SUBMISSION,
)  # fmt: skip

# --- what costs points -------------------------------------------------------------------------------------------

TOO_FEW_MEASURES = _row(
    "SUB071", "too-few-quality-measures", None,
    "There {are}, but {program} asks for at least {wanted}, and each missing one scores 0 (policy: the file is "
    "accepted).",
    "At least {wanted} quality measures, whichever way they are sent",
    "Report {missing} more, unless fewer apply to the practice or the others are sent in another way.",
    _W, _SUBMISSION,
)  # fmt: skip
NO_OUTCOME_MEASURE = _row(
    "SUB072", "no-outcome-measure", None,
    "{none} outcome or high-priority measure; one such measure is asked for (policy: it costs points, the file is "
    "accepted).",
    "At least one outcome measure, or a high-priority measure where none applies",
    "Add one, unless it is sent in another way.",
    _W, _SUBMISSION,
)  # fmt: skip
NO_CASES = _row(
    "SUB073", "no-eligible-cases", None,
    "{measure} has no eligible cases{stratum}: {arithmetic}; it is accepted and not scored.",
    "A denominator above 0",
    "Report another measure in its place, or find out why the EHR counts no cases.",
    _W, _SUBMISSION,
)  # fmt: skip
FEW_CASES = _row(
    "SUB074", "fewer-cases-than-minimum", None,
    "{measure} has a denominator of {found}, fewer than the {wanted} cases that it needs to be compared with others "
    "(policy: it is accepted and costs points).",
    "A denominator of at least {wanted}",
    "Report a measure with more cases in its place, if there is one; otherwise nothing need be done.",
    _W, _SUBMISSION,
)  # fmt: skip
APP_MEASURES_MISSING = _row(
    "SUB078", "app-measures-missing", None,
    "The quality data has {count} of the {wanted} measures of {program} that are reported from an EHR; {missing} "
    "{are} not there, and a missing one scores 0 unless it is sent in another way (policy: the file is accepted).",
    "{all}",
    "Report the missing measures, or see that they are sent in another way.",
    _W, _SUBMISSION,
)  # fmt: skip
NO_ACTIVITY = _row(
    "SUB079", "no-activity-performed", None,
    "No improvement activity is answered with yes, so the category scores 0 (policy: the file is accepted).",
    "At least one activity with Y",
    "Answer the activities that were performed with Y, or leave the section out.",
    _W, _SUBMISSION,
)  # fmt: skip

TOO_FEW_ACTIVITIES = _row(
    "SUB081", "too-few-activities", None,
    "{what}, but {wanted} ({basis}: the file is accepted and loses points).",
    "{all}",
    "Report more activities if they were performed, unless the practice has such a status; a patient-centered medical "
    "home reports IA_PCMH, which is enough by itself.",
    _W, _SUBMISSION,
)  # fmt: skip
ACTIVITIES_NOT_NEEDED = _row(
    "SUB082", "activities-not-needed", None,
    "Improvement activities are reported under {program}, which gives full credit for them without any data: the file "
    "is accepted, and they bring nothing ({basis}).",
    "No improvement activities under {program}",
    "Leave them out, unless they are also meant for another program; check that {program} is the right one.",
    _W, _SUBMISSION,
)  # fmt: skip
DATA_INCOMPLETE = _row(
    "SUB084", "data-incomplete", None,
    "{measure} reports {found} of its eligible cases, and {wanted} are asked for in {year}: {arithmetic} ({basis}: it "
    "is accepted and costs points).",
    "A reporting rate (data completeness) of at least {wanted}",
    "Report the cases that are missing, met or not; if all are there, correct the counts.",
    _W, _SUBMISSION,
)  # fmt: skip

# --- rates -------------------------------------------------------------------------------------------------------

RATE_UNLIKE_COUNTS = _row(
    "SUB075", "performance-rate-unlike-counts", None,
    "{measure} reports a rate of {found}, but its counts give {computed}{stratum}: {arithmetic}; CMS takes the rate "
    "from the counts, and a difference as an inaccuracy of the data.",
    "{computed}",
    "Find out which of the two is right: correct the rate if the counts are, and the counts if the rate is.",
    _W, _SUBMISSION,
)  # fmt: skip
RATE_WITHOUT_CASES = _row(
    "SUB076", "performance-rate-without-cases", None,
    "{measure} reports a rate of {found} although no case counts{stratum}: {arithmetic}.",
    'A rate of nullFlavor="NA"',
    'Write <value xsi:type="REAL" nullFlavor="NA"/>, or correct the counts.',
    _W, _SUBMISSION,
)  # fmt: skip
RATE_NOT_APPLICABLE = _row(
    "SUB077", "performance-rate-not-given", None,
    "{measure} says that its rate is not applicable (NA), but {cases}{stratum}: {arithmetic}.",
    "{computed}",
    "Write the rate in place of NA, or correct the counts.",
    _W, _SUBMISSION,
)  # fmt: skip

# --- the implementation guide ------------------------------------------------------------------------------------

ELEMENT_UNKNOWN = _row(
    "IG001", "element-unknown", None,
    "The element {name} is not known in {parent}{note}.",
    "{allowed}",
    "{remedy}",
    _W, _GUIDE,
)  # fmt: skip
ELEMENT_OUT_OF_ORDER = _row(
    "IG002", "element-out-of-order", None,
    "In {parent}, the element {name} stands {stands} {other}, but belongs {belongs} it.",
    "{name} {belongs} {other}",
    "Move {name} to directly {belongs} {other}; in CDA the order of the elements is fixed.",
    _W, _GUIDE,
)  # fmt: skip
ELEMENT_MISSING = _row(
    "IG003", "element-missing", None,
    "The element {parent} lacks {what}.",
    "{name} {where}",
    "Add {name} {where}.",
    _W, _GUIDE,
)  # fmt: skip
ELEMENT_REPEATED = _row(
    "IG004", "element-repeated", None,
    "The element {parent} holds {what}, but {limit} allowed.",
    "{allowed}",
    "Keep what is right and remove the rest; what belongs to another {parent} goes into one of its own.",
    _W, _GUIDE,
)  # fmt: skip
ATTRIBUTE_MISSING = _row(
    "IG005", "attribute-missing", None,
    "The element {name} lacks the attribute {attribute}.",
    "{attribute} with {words}",
    "Add the attribute {attribute} to {name}, with {words}.",
    _W, _GUIDE,
)  # fmt: skip
ATTRIBUTE_UNKNOWN = _row(
    "IG006", "attribute-unknown", None,
    "The element {name} has the attribute {attribute}, which is not known there{note}.",
    "{allowed}",
    "{remedy}",
    _W, _GUIDE,
)  # fmt: skip
VALUE_NOT_OF_ITS_TYPE = _row(
    "IG007", "value-not-of-its-type", None,
    "The {part} of the element {name} {states} {words}.",
    "{words}",
    "Write {words}.",
    _W, _GUIDE,
)  # fmt: skip
DATA_TYPE_WRONG = _row(
    "IG008", "data-type-missing-or-wrong", None,
    "The element {name} {problem}.",
    "xsi:type with a data type such as CD (a code), INT (a whole number) or REAL (a number)",
    "{remedy}",
    _W, _GUIDE,
)  # fmt: skip
TEXT_NOT_EXPECTED = _row(
    "IG009", "text-not-expected", None,
    "The element {name} holds a text, where none is allowed.",
    "No text; the data stands in attributes and in elements",
    "Remove the text, or write it into the attribute or element that is made for it.",
    _W, _GUIDE,
)  # fmt: skip
STRUCTURE_OTHERWISE = _row(
    "IG010", "structure-otherwise", None,
    "The element {name} does not have the structure that the schema describes.",
    "{allowed}",
    "Compare {name} with what the schema says of it, and correct the export.",
    _W, _GUIDE,
)  # fmt: skip
MORE_STRUCTURE_ERRORS = _row(
    "IG011", "more-structure-errors", None,
    "There {more} of structure, left out of this list.",
    "-",
    "Correct those that are listed, and check again; most of the others will be of the same kind.",
    _W, _GUIDE,
)  # fmt: skip

# --- this tool ---------------------------------------------------------------------------------------------------

CHECK_FAILED = _row(
    "TOOL001", "check-failed", None,
    "The step {step} of this tool failed ({problem}), so the document was not converted; the other findings hold.",
    "-",
    "This is a fault of the tool, not of the document: report it to its developers with the name of the step.",
    stage=_TOOL,
)  # fmt: skip
STRUCTURE_CHECK_FAILED = _row(
    "TOOL002", "structure-check-failed", None,
    "The structure check of this tool failed ({problem}), so nothing is said about the structure; all else holds.",
    "-",
    "This is a fault of the tool, not of the document, which needs no change: report it to the developers of the tool.",
    _W, _TOOL,
)  # fmt: skip
