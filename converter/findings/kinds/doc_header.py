"""DOC: the document as a whole: its template, year, program and namespace."""

from converter.findings.finding import Effect, Kind, Severity

NOT_QRDA_III = Kind(
    id="DOC001",
    slug="not-qrda-iii",
    official_code=5,
    message="The file is not a QRDA III document; it is {what}.",
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
    message="The document template is for performance year {years}, but {reason}; it was checked as a {year} document.",
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
    message="{given} does not match any performance year{note}{dated}{assumption}.",
    expected="{editions}",
    fix="Ask the EHR vendor for an export that follows {guide}.",
    optional=("extension", "year"),
    wording=("assumption", "dated", "editions", "given", "guide", "note"),
)

RECIPIENT_MISSING = Kind(
    id="DOC005",
    slug="program-name-missing",
    official_code=24,
    message="The document does not name the program it is submitted for{seen}.",
    expected="One intended recipient id with root {root} and a program name such as {example}",
    fix="Add the program name, such as {example}, as the intended recipient of the document.",
    data=("root",),
    wording=("example", "seen"),
)

RECIPIENT_REPEATED = Kind(
    id="DOC006",
    slug="program-name-repeated",
    official_code=24,
    message="The document names {count} programs ({found}), but only one is allowed.",
    expected="One intended recipient id with root {root}",
    fix="Keep the one program that this document is for, and remove the others.",
    data=("root", "count"),
)

PROGRAM_UNKNOWN = Kind(
    id="DOC007",
    slug="program-name-unknown",
    official_code=25,
    message="The program name {found} is not one that CMS recognizes{near}.",
    expected="One of {expected}",
    fix="Replace it with the name of the program under which the {year} data is reported.",
    data=("year", "programs"),
    wording=("expected", "near"),
)

PROGRAM_NOT_ACCEPTED = Kind(
    id="DOC008",
    slug="program-not-accepted-in-year",
    official_code=25,
    message="The program {found} is not accepted for performance year {year}{note}.",
    expected="{wanted}",
    fix="Replace it with the name of the program under which the {year} data is reported.",
    data=("year", "program", "programs", "accepted_years"),
    wording=("note", "wanted"),
)

PROGRAM_NOT_CONVERTED = Kind(
    id="DOC009",
    slug="program-not-converted",
    message="Documents for {found} are recognized but cannot be converted to QPP JSON yet.",
    expected="A MIPS document",
    fix="Report {found} in the way its program requires; the other findings in this report still apply.",
    data=("program",),
    no_verdict="not checked in full, because this tool does not convert documents of its program",
)

VIRTUAL_GROUP_ID_MISSING = Kind(
    id="DOC014",
    slug="virtual-group-id-missing",
    official_code=78,
    message="The document is for a virtual group but does not give the virtual group id{seen}.",
    expected='<id root="{root}" extension="..."/> in the performer\'s representedOrganization',
    fix="In the header of the document, add the virtual group id that CMS assigned.",
    data=("root",),
    wording=("seen",),
)

YEAR_FROM_FIRST_SECTION = Kind(
    id="DOC026",
    slug="year-from-first-section",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    message="The first section's performance period starts in {found}, so the submission is written for {found}, "
    "although the document template is for {year}.",
    expected="Performance periods in {year}",
    fix="Correct the performance period of the first section: CMS takes the year of the submission from it.",
    data=("year", "other_year"),
)

PRELIMINARY_IDENTIFIERS = Kind(
    id="DOC028",
    slug="preliminary-identifiers",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="The {year} measures were checked against preliminary identifiers of {date}, because CMS has not "
    "published the final ones.",
    expected="Final identifiers",
    fix="Check the file again once a catalog with the final identifiers is available, or pass one with --catalog.",
    data=("year", "date"),
    unchecked="the measures against final identifiers",
)

YEAR_WITHOUT_IDENTIFIERS = Kind(
    id="DOC032",
    slug="year-without-identifiers",
    message="The {year} measures cannot be converted: as of {date}, CMS had not published their identifiers, and those "
    "of another year do not count for {year}.",
    expected="A catalog with the identifiers of performance year {year}",
    fix="Once CMS has published them, update this tool, or pass the folder of a newer catalog with --catalog.",
    data=("year", "date"),
)

NO_NAMESPACE = Kind(
    id="DOC037",
    slug="document-without-namespace",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="The document does not declare the CDA namespace; it was read as if it did.",
    expected='A root element with xmlns="urn:hl7-org:v3"',
    fix='Add xmlns="urn:hl7-org:v3" to the element ClinicalDocument.',
)

WRITTEN_YEAR_UNKNOWN = Kind(
    id="DOC045",
    slug="written-year-unknown",
    message="The first section's performance period starts in {found}, so the submission would be for {found}, a year "
    "for which CMS does not accept submissions.",
    expected="A performance period in {year}; known years: {known}",
    fix="Correct the performance period of the first section.",
    data=("year", "other_year", "known_years"),
    wording=("known",),
)

PROGRAM_OF_OTHER_REPORTING = Kind(
    id="DOC050",
    slug="program-of-other-reporting",
    official_code=25,
    message="{found} is {what}, not a program of the Quality Payment Program.",
    expected="One of {expected}",
    fix="{remedy}",
    data=("programs",),
    wording=("expected", "remedy", "what"),
)

PROGRAM_WITHOUT_ENTITY = Kind(
    id="DOC051",
    slug="program-without-entity",
    official_code=25,
    message="The program name {found} does not say who reports: in a QRDA III document, the name must include whether "
    "it is an individual, a group or another entity.",
    expected="{wanted}",
    fix="Write {wanted}, depending on who reports.",
    data=("programs",),
    wording=("wanted",),
)

PROGRAM_READ_AS_INDIVIDUAL = Kind(
    id="DOC052",
    slug="program-read-as-individual",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="The program name {found} does not say who reports, so CMS reads it as MIPS_INDIV, that is, as the data of "
    "an individual clinician.",
    expected="MIPS_INDIV, or the name that says who reports, such as MIPS_GROUP",
    fix="Write MIPS_INDIV if the data is for one clinician; otherwise, write the program name of the group or entity.",
    data=("program",),
)

YEAR_NOT_SETTLED = Kind(
    id="DOC053",
    slug="year-not-settled",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="As of {date}, CMS had not published what a submission of {year} must look like; the file was checked with "
    "the rules of the year before.",
    expected="Published rules of performance year {year}",
    fix="Check the file again with a newer version of this tool before it is sent to CMS.",
    data=("year", "date"),
    unchecked="what CMS will require for the performance year",
)
