"""SITE: documents of practice sites, in programs that have ended (CPC+, Primary Care First): header and sections."""

from converter.findings.finding import Effect, Kind, Severity

SITE_ID_MISSING = Kind(
    id="SITE001",
    slug="practice-site-id-missing",
    official_code=35,
    message="The document {states} the {program} practice site id.",
    expected='One <id root="{root}" extension="..."/> in a participant\'s associatedEntity',
    fix="{remedy}",
    data=("program", "root", "count"),
    wording=("remedy", "states"),
)

SITE_ID_EMPTY = Kind(
    id="SITE002",
    slug="practice-site-id-empty",
    official_code=62,
    message="The {program} practice site id of the document is empty.",
    expected="The id that CMS assigned to the practice site, such as {example}",
    fix="Enter the practice site id, such as {example}, in the EHR and export the report again.",
    data=("program",),
    wording=("example",),
)

SITE_ID_UNKNOWN = Kind(
    id="SITE003",
    slug="practice-site-id-unknown",
    official_code=63,
    message='The practice site id "{found}" is not on the list of {program} practice sites for {year}{note}.',
    expected="An id of the list for {year}, written exactly as CMS assigned it, such as {example}",
    fix="{remedy}",
    data=("program", "year"),
    wording=("example", "note", "remedy"),
)

SITE_ADDRESS_MISSING = Kind(
    id="SITE004",
    slug="practice-site-address-missing",
    official_code=34,
    message="The document {states} of the practice site.",
    expected="An addr with the address of the practice site in a participant's associatedEntity",
    fix="Enter the address of the practice site in the EHR and export the report again.",
    wording=("states",),
)

SITE_WITHOUT_MEASURES = Kind(
    id="SITE005",
    slug="practice-site-without-measure-section",
    official_code=36,
    message="The document does not have a quality section, which {program} requires.",
    expected="A quality section with the measures of {program}",
    fix="Export the report again with the quality measures of {program}.",
    data=("program",),
)

TIN_NOT_GIVEN = Kind(
    id="SITE006",
    slug="practice-site-without-tin",
    official_code=84,
    message="The document does not give the TIN of any clinician of the practice site.",
    expected="A TIN (9 digits) in the representedOrganization of each performer, with the root {root}",
    fix="List each clinician of the practice site as a performer with NPI and TIN.",
    data=("root",),
)

TIN_FORM = Kind(
    id="SITE007",
    slug="practice-site-tin-form",
    official_code=85,
    message="The TIN of performer {count} {problem}.",
    expected="A TIN of 9 digits, without a dash",
    fix="Correct the TIN of that clinician in the EHR and export the report again.",
    data=("count",),
    wording=("problem",),
)

NPI_NOT_GIVEN = Kind(
    id="SITE008",
    slug="practice-site-without-npi",
    official_code=87,
    message="The document does not give the NPI of any clinician of the practice site.",
    expected="An NPI (10 digits) in the assignedEntity of each performer, with the root {root}",
    fix="List each clinician of the practice site as a performer with NPI and TIN.",
    data=("root",),
)

NPI_FORM = Kind(
    id="SITE009",
    slug="practice-site-npi-form",
    official_code=88,
    message="The NPI of performer {count} {problem}.",
    expected="An NPI of 10 digits",
    fix="Correct the NPI of that clinician in the EHR and export the report again.",
    data=("count",),
    wording=("problem",),
)

MORE_TINS = Kind(
    id="SITE010",
    slug="practice-site-more-tins-than-npis",
    official_code=89,
    message="The document gives {tins}, but only {npis}: each clinician must have one of each.",
    expected="One NPI and one TIN for each performer",
    fix="Give each performer one NPI and one TIN; repeat the TIN of the practice for each clinician.",
    wording=("npis", "tins"),
    data=("count", "total"),
)

MORE_NPIS = Kind(
    id="SITE011",
    slug="practice-site-more-npis-than-tins",
    official_code=86,
    message="The document gives {npis}, but only {tins}: each clinician must have one of each.",
    expected="One NPI and one TIN for each performer",
    fix="Give each performer one NPI and one TIN; repeat the TIN of the practice for each clinician.",
    wording=("npis", "tins"),
    data=("count", "total"),
)

PERFORMER_OF_SEVERAL = Kind(
    id="SITE012",
    slug="practice-site-performer-of-several",
    official_code=105,
    message="Performer {count} lists several clinicians or organizations.",
    expected="One assignedEntity with one NPI and one representedOrganization in each performer",
    fix="Give each clinician a performer of their own.",
    data=("count",),
)

SITE_CEHRT = Kind(
    id="SITE013",
    slug="practice-site-cehrt-id",
    official_code=97,
    message="The CEHRT id of the document {problem}.",
    expected="An id of {length} characters whose third to fifth are {kinds}, with the root {root}",
    fix="Enter the CMS EHR certification id of the software of {year} and export the report again.",
    data=("year", "root"),
    wording=("kinds", "length", "problem"),
)

SITE_CEHRT_REPEATED = Kind(
    id="SITE014",
    slug="practice-site-cehrt-id-repeated",
    official_code=100,
    message="The document gives {count} CEHRT ids, but {program} allows only one.",
    expected="One CEHRT id",
    fix="Keep the CMS EHR certification id of the software that was used, and remove any other.",
    data=("program", "count"),
)

CPC_PLUS_WITH_PI = Kind(
    id="SITE015",
    slug="cpc-plus-with-promoting-interoperability",
    official_code=104,
    message="The document has a promoting interoperability section, which CPC+ did not accept in {year}.",
    expected="A quality section only",
    fix="Export the report again without promoting interoperability; report that data for MIPS, if at all.",
    data=("year",),
)

PCF_WITH_PI = Kind(
    id="SITE016",
    slug="primary-care-first-with-promoting-interoperability",
    official_code=106,
    message="The document has a promoting interoperability section, which Primary Care First does not accept.",
    expected="A quality section only",
    fix="Export the report again without promoting interoperability; report that data for MIPS, if at all.",
)

SITE_SECTION_UNUSED = Kind(
    id="SITE017",
    slug="practice-site-section-unused",
    official_code=90,
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="The document has a section for {sections}, which {program} does not use; it is converted, but does not "
    "count.",
    expected="A quality section only",
    fix="Leave the section out of reports for {program}.",
    data=("program",),
    wording=("sections",),
)

SITE_ROSTER = Kind(
    id="SITE018",
    slug="practice-site-roster-not-compared",
    official_code=79,
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="Whether the clinicians of the document are those of the practice site was not checked, because only CMS "
    "has the {program} roster.",
    expected="The pairs of NPI and TIN of the practice site's {program} roster for {year}",
    fix="Compare the NPIs and TINs of the document with the roster that CMS has for the practice site.",
    data=("program", "year"),
    unchecked="the clinicians against the roster of the practice site",
)

SITE_SUBMISSION_ENDED = Kind(
    id="SITE019",
    slug="practice-site-submission-period",
    official_code=68,
    severity=Severity.INFO,
    effect=Effect.REMARK,
    message="CMS accepts {program} data of {year} only within its submission period; this tool does not compare dates.",
    expected="A submission within the submission period of {year}",
    fix="If the data has not been submitted yet, ask the help desk of {program} whether CMS still accepts it.",
    data=("program", "year"),
)

SITE_LATER_RELEASES = Kind(
    id="SITE020",
    slug="primary-care-first-refused-by-later-releases",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    message="{program} data of {year} is converted as CMS' converter did until release v2025.08.13.01; later releases "
    "refuse the program name with code 25.",
    expected="-",
    fix="Before you submit, ask the help desk of {program} whether CMS still accepts QRDA III files of {year}.",
    data=("program", "year"),
)
