"""SUB: who reports, and what the same reporter sends in other files."""

from converter.findings.finding import Effect, Kind, Severity, Stage

ENTITY_ID_MISSING = Kind(
    id="SUB002",
    slug="entity-id-missing",
    stage=Stage.SUBMISSION,
    message="The data is for {entity} but does not give its id, so the submission has no entityId{seen}.",
    expected="{where}",
    fix="{remedy}",
    data=("entity_type",),
    wording=("entity", "remedy", "seen", "where"),
)

NPI_MISSING = Kind(
    id="SUB003",
    slug="npi-missing",
    stage=Stage.SUBMISSION,
    message="The data is for an individual clinician but does not give the clinician's NPI{seen}.",
    expected="{where}",
    fix="{remedy}",
    wording=("remedy", "seen", "where"),
    structure=("IG003 assignedEntity/id",),
)

TIN_MISSING = Kind(
    id="SUB004",
    slug="tin-missing",
    stage=Stage.SUBMISSION,
    message="The TIN of the practice is not given{seen}.",
    expected="{where}",
    fix="{remedy}",
    wording=("remedy", "seen", "where"),
    structure=("IG003 representedOrganization/id",),
)

NPI_IN_GROUP = Kind(
    id="SUB006",
    slug="npi-in-group-document",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="The document is for {entity} but gives the NPI of a clinician, which is not submitted.",
    expected='An NPI id with nullFlavor="NA" and no extension',
    fix="Remove the NPI; if the data is that of one clinician, use the program name {individual} instead.",
    data=("entity_type",),
    wording=("entity", "individual"),
)

TIN_NPI_SWAPPED = Kind(
    id="SUB007",
    slug="tin-npi-swapped",
    stage=Stage.SUBMISSION,
    message="The TIN and the NPI are swapped: a number of 10 digits stands in place of the TIN and one of 9 digits "
    "in place of the NPI.",
    expected="An NPI of 10 digits and a TIN of 9 digits",
    fix="Swap the two numbers.",
)

NPI_FORMAT = Kind(
    id="SUB008",
    slug="npi-format",
    stage=Stage.SUBMISSION,
    message="The NPI is not written as 10 digits{note}.",
    expected="10 digits",
    fix="Write the 10 digits of the NPI without blanks or dashes.",
    wording=("note",),
)

NPI_CHECK_DIGIT = Kind(
    id="SUB009",
    slug="npi-check-digit",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message="The NPI has a wrong check digit, so at least one of its digits is mistyped.",
    expected="An NPI whose last digit agrees with the others",
    fix="Compare the NPI with the NPI registry and correct it.",
)

TIN_FORMAT = Kind(
    id="SUB010",
    slug="tin-format",
    stage=Stage.SUBMISSION,
    message="The TIN is not written as 9 digits{note}.",
    expected="9 digits",
    fix="Write the 9 digits of the TIN without dash or blanks.",
    wording=("note",),
)

SEVERAL_PERFORMERS = Kind(
    id="SUB011",
    slug="several-performers",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="The document names {count} performers, but a submission has one: the first NPI and the first TIN are "
    "taken.",
    expected="One performer",
    fix="Keep the performer that the document is for; write a document of its own for each of the others.",
    data=("count",),
)

NPI_FOR_GROUP = Kind(
    id="SUB025",
    slug="npi-in-group-submission",
    stage=Stage.SUBMISSION,
    message="The submission of a group gives the NPI of a clinician, which only the submission of an individual may.",
    expected="No nationalProviderIdentifier with entityType group",
    fix="Take the NPI out; if the data is that of one clinician, let entityType be individual.",
)

IDENTIFIER_NOT_FOR_ENTITY = Kind(
    id="SUB026",
    slug="identifier-not-for-entity",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="The data is for {entity} but gives {what}, although the entity's own id alone says who it is (inferred "
    "from CMS' documentation; the number may be ignored).",
    expected="The entity's own id, and neither TIN nor NPI",
    fix="Take {it} out.",
    data=("entity_type", "member"),
    wording=("entity", "it", "what"),
)

IDENTITY_REPEATED = Kind(
    id="SUB027",
    slug="submission-repeated",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="The {category} data of the same {who} for {program} in {year} is also in {other}: the one that is sent "
    "last replaces the other as a whole.",
    expected="One file for each measurement set of a submission",
    fix="Keep the file that is right, or bring the measures of both together in one file.",
    data=("year", "category"),
    optional=("program",),
    wording=("other", "who"),
)

PI_VALUES_DIFFER_BETWEEN_FILES = Kind(
    id="SUB085",
    slug="pi-values-differ-between-files",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    category="pi",
    message="Promoting interoperability measures of the same {who} have other values in {other}, for {year} as well: "
    "{differences}; where CMS holds both, the whole category scores 0 (policy: the files are accepted).",
    expected="The same values in all files of one practice and year, or one file",
    fix="Find out which values are right, and send only those; where one file replaces the other (SUB027), send the "
    "right one last.",
    data=("year",),
    wording=("differences", "other", "who"),
)

GROUP_AND_INDIVIDUAL = Kind(
    id="SUB086",
    slug="group-and-individual",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="The data is that of {who}, and {other} holds data of {others} with the same TIN for {year}: each is "
    "scored by itself, and a clinician gets the better of the two scores (policy: the files are accepted).",
    expected="Both only where both are meant",
    fix="Nothing need be done if the practice reports both ways; otherwise one of the files has the wrong program "
    "name: ..._GROUP stands for a group, ..._INDIV for a clinician.",
    data=("year",),
    wording=("other", "others", "who"),
)

MEASURE_BY_TWO_METHODS = Kind(
    id="SUB087",
    slug="measure-by-two-methods",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="Quality measures of the same {who} for {program} in {year} are reported by {method} here and by "
    "{before} in {other}: {measures} {are} counted once, by the method with the better result (policy: the files are "
    "accepted).",
    expected="Each measure once, or the better of two counted",
    fix="Nothing need be done if both are right; the two are not added up.",
    data=("year", "program"),
    wording=("are", "before", "measures", "method", "other", "who"),
)
