"""DOC: the document as a whole: its template, year, program and namespace."""

from converter.findings.finding import Effect, Kind, Severity

NOT_QRDA_III = Kind(
    id="DOC001",
    slug="not-qrda-iii",
    official_code=5,
    message="The file is not a QRDA III document but {what}.",
    expected="A ClinicalDocument in the namespace urn:hl7-org:v3 with the CMS QRDA III template",
    fix="{remedy}",
    wording=("remedy", "what"),
)

TEMPLATE_MISSING = Kind(
    id="DOC002",
    slug="document-template-missing",
    official_code=5,
    message="The document {what}{dated}{assumption}.",
    expected='templateId root="{root}" with {with_extension}',
    fix="{remedy}",
    data=("root",),
    optional=("extension", "year"),
    wording=("assumption", "dated", "remedy", "what", "with_extension"),
)

TEMPLATE_OF_ANOTHER_YEAR = Kind(
    id="DOC003",
    slug="document-template-of-another-year",
    official_code=5,
    message="The document carries the template of performance year {years}, but {reason}; it is checked as a "
    "document of {year}.",
    expected="{expected}",
    fix="{remedy}",
    data=("year", "template_years"),
    optional=("extension",),
    wording=("expected", "reason", "remedy", "years"),
)

TEMPLATE_UNKNOWN = Kind(
    id="DOC004",
    slug="document-template-unknown",
    official_code=5,
    message="{given} belongs to no performance year{note}{dated}{assumption}.",
    expected="One of the extensions {editions}",
    fix="Ask the vendor of the EHR for an export that follows {guide}{remedy}.",
    optional=("extension", "year"),
    wording=("assumption", "dated", "editions", "given", "guide", "note", "remedy"),
)

RECIPIENT_MISSING = Kind(
    id="DOC005",
    slug="program-name-missing",
    official_code=24,
    message="The document does not name the program it is for{seen}.",
    expected="One intended recipient id with root {root} and a program name such as {example}",
    fix="Add the program name, such as {example}, as extension of informationRecipient/intendedRecipient/id.",
    data=("root",),
    wording=("example", "seen"),
)

RECIPIENT_REPEATED = Kind(
    id="DOC006",
    slug="program-name-repeated",
    official_code=24,
    message="The document names {count} programs ({found}), but only one is allowed.",
    expected="One intended recipient id with root {root}",
    fix="Keep the one program name that this document is for and remove the others.",
    data=("root", "count"),
)

PROGRAM_UNKNOWN = Kind(
    id="DOC007",
    slug="program-name-unknown",
    official_code=25,
    message="The program name {found} is not one that CMS knows{near}.",
    expected="One of {expected}",
    fix="Replace it with the name of the program in which the data is reported in {year}.",
    data=("year", "programs"),
    wording=("expected", "near"),
)

PROGRAM_NOT_ACCEPTED = Kind(
    id="DOC008",
    slug="program-not-accepted-in-year",
    official_code=25,
    message="The program {found} is not accepted for performance year {year}{note}.",
    expected="{wanted}",
    fix="Replace it with the name of the program in which the data is reported in {year}.",
    data=("year", "program", "programs", "accepted_years"),
    wording=("note", "wanted"),
)

PROGRAM_NOT_CONVERTED = Kind(
    id="DOC009",
    slug="program-not-converted",
    message="Documents for {found} are recognised but not converted to QPP JSON yet.",
    expected="A MIPS, APP or APP Plus document",
    fix="Report {found} in the way its program asks for; the other checks of this report still hold.",
    data=("program",),
)

VIRTUAL_GROUP_ID_MISSING = Kind(
    id="DOC014",
    slug="virtual-group-id-missing",
    official_code=78,
    message="The document is for a virtual group but does not give the virtual group id{seen}.",
    expected="An id with root {root} in the performer's representedOrganization",
    fix='Add <id root="{root}" extension="..."/> with the virtual group id that CMS has given, in the '
    "performer's representedOrganization.",
    data=("root",),
    wording=("seen",),
)

YEAR_FROM_FIRST_SECTION = Kind(
    id="DOC026",
    slug="year-from-first-section",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    message="The submission is written for {found}, the year of the first section's performance period, although the "
    "document is one of {year}.",
    expected="Performance periods in {year}",
    fix="Correct the performance period of the first section; CMS takes the year of the submission from it.",
    data=("year", "other_year"),
)

PRELIMINARY_IDENTIFIERS = Kind(
    id="DOC028",
    slug="preliminary-identifiers",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    unchecked="the measures against final identifiers",
    message="The measures of {year} were checked against preliminary identifiers of {date}, because CMS has not "
    "published the final ones.",
    expected="Final identifiers",
    fix="Check again when a catalog with final identifiers is there, or give one with --catalog.",
    data=("year", "date"),
)

YEAR_WITHOUT_IDENTIFIERS = Kind(
    id="DOC032",
    slug="year-without-identifiers",
    message="The measures of {year} cannot be checked, because no catalog with identifiers of that year is there.",
    expected="A catalog of performance year {year}",
    fix="Update this tool, or give the folder of a newer catalog with --catalog.",
    data=("year",),
)

NO_NAMESPACE = Kind(
    id="DOC037",
    slug="document-without-namespace",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="The document does not declare the namespace of CDA; it was read as if it did.",
    expected='A root element with xmlns="urn:hl7-org:v3"',
    fix='Add xmlns="urn:hl7-org:v3" to the element ClinicalDocument.',
)

WRITTEN_YEAR_UNKNOWN = Kind(
    id="DOC045",
    slug="written-year-unknown",
    message="The first section's performance period starts in the year {found}, for which CMS takes no submissions, "
    "and the year of the submission is taken from it.",
    expected="A performance period in {year}; years that are known: {known}",
    fix="Correct the performance period of the first section.",
    data=("year", "other_year", "known_years"),
    wording=("known",),
)

PROGRAM_OF_OTHER_REPORTING = Kind(
    id="DOC050",
    slug="program-of-other-reporting",
    official_code=25,
    message="The program {found} is {what}, and not one that reports to the Quality Payment Program.",
    expected="One of {expected}",
    fix="{remedy}",
    data=("programs",),
    wording=("expected", "remedy", "what"),
)

PROGRAM_WITHOUT_ENTITY = Kind(
    id="DOC051",
    slug="program-without-entity",
    official_code=25,
    message="The program name {found} does not say who reports: in a document the name of the program includes "
    "whether it is an individual, a group or another entity.",
    expected="{wanted}",
    fix="Write {wanted}, whichever says who reports.",
    data=("programs",),
    wording=("wanted",),
)
