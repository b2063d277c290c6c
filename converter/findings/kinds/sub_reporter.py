"""SUB: who reports, and what the same reporter sends in other files."""

from converter.findings.finding import Effect, Kind, Severity, Stage

_NO_PERFORMER = (
    "IG003 serviceEvent/performer",
    "IG003 performer/assignedEntity",
    "IG003 assignedEntity/representedOrganization",
)
"""Of who reports, the structure lacks the same."""

ENTITY_ID_MISSING = Kind(
    id="SUB002",
    slug="entity-id-missing",
    stage=Stage.SUBMISSION,
    message="The data is for {entity}, but the id that CMS assigned to it is missing{seen}.",
    expected="{where}",
    fix="{remedy}",
    data=("entity_type",),
    wording=("entity", "remedy", "seen", "where"),
    structure=_NO_PERFORMER,
)

NPI_MISSING = Kind(
    id="SUB003",
    slug="npi-missing",
    stage=Stage.SUBMISSION,
    message="The data is for an individual clinician, but the clinician's NPI is missing{seen}.",
    expected="{where}",
    fix="{remedy}",
    wording=("remedy", "seen", "where"),
    structure=(*_NO_PERFORMER, "IG003 assignedEntity/id"),
)

TIN_MISSING = Kind(
    id="SUB004",
    slug="tin-missing",
    stage=Stage.SUBMISSION,
    message="The TIN of the practice is missing{seen}.",
    expected="{where}",
    fix="{remedy}",
    wording=("remedy", "seen", "where"),
    structure=(*_NO_PERFORMER, "IG003 representedOrganization/id"),
)

NPI_IN_GROUP = Kind(
    id="SUB006",
    slug="npi-in-group-document",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="The document is for {entity} but gives the NPI of a clinician, which is not submitted.",
    expected='An NPI id with nullFlavor="NA" and no extension',
    fix="Remove the NPI; if the data is for one clinician, use the program name {individual} instead.",
    data=("entity_type",),
    wording=("entity", "individual"),
)

TIN_NPI_SWAPPED = Kind(
    id="SUB007",
    slug="tin-npi-swapped",
    stage=Stage.SUBMISSION,
    message="The TIN and the NPI are swapped: a 10-digit number is in place of the TIN, and a 9-digit number is in "
    "place of the NPI.",
    expected="An NPI of 10 digits and a TIN of 9 digits",
    fix="Swap the two numbers.",
)

NPI_FORMAT = Kind(
    id="SUB008",
    slug="npi-format",
    stage=Stage.SUBMISSION,
    message="The NPI is not written as 10 digits{note}.",
    expected="10 digits",
    fix="Write the 10 digits of the NPI without spaces or dashes.",
    wording=("note",),
)

NPI_CHECK_DIGIT = Kind(
    id="SUB009",
    slug="npi-check-digit",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message="The NPI is not valid: its check digit is wrong, so at least one of its digits is mistyped.",
    expected="An NPI whose last digit agrees with the others",
    fix="Look up the clinician in the NPI registry (NPPES), and correct the NPI.",
)

TIN_FORMAT = Kind(
    id="SUB010",
    slug="tin-format",
    stage=Stage.SUBMISSION,
    message="The TIN is not written as 9 digits{note}.",
    expected="9 digits",
    fix="Write the 9 digits of the TIN without dashes or spaces.",
    wording=("note",),
)

SEVERAL_PERFORMERS = Kind(
    id="SUB011",
    slug="several-performers",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="The document names {count} performers, but a submission has only one: the first NPI and the first TIN "
    "are used.",
    expected="One performer",
    fix="Keep the performer that the document is for; write a separate document for each of the others.",
    data=("count",),
)

NPI_FOR_GROUP = Kind(
    id="SUB025",
    slug="npi-in-group-submission",
    stage=Stage.SUBMISSION,
    message="The submission of a group gives the NPI of a clinician, but only the submission of an individual may "
    "have one.",
    expected="No nationalProviderIdentifier with entityType group",
    fix="Remove the NPI; if the data is for one clinician, set entityType to individual.",
)

IDENTIFIER_NOT_FOR_ENTITY = Kind(
    id="SUB026",
    slug="identifier-not-for-entity",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="The data is for {entity} but includes {what}, although the entity's own id alone identifies it (inferred "
    "from CMS' documentation; the number may be ignored).",
    expected="The entity's own id, without a TIN or NPI",
    fix="Remove {it}.",
    data=("entity_type", "member"),
    wording=("entity", "it", "what"),
)

IDENTITY_REPEATED = Kind(
    id="SUB027",
    slug="submission-repeated",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="The {category} data of the same {who} for {under} in {year} is also in {other}: whichever is sent last "
    "replaces the other completely.",
    expected="Each category of a submission in one file only",
    fix="Keep the file that is right, or combine the measures of both in one file.",
    data=("year", "category"),
    optional=("program",),
    wording=("other", "under", "who"),
)

PI_VALUES_DIFFER_BETWEEN_FILES = Kind(
    id="SUB085",
    slug="pi-values-differ-between-files",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    message="Promoting interoperability measures of the same {who} have different values in {other}, also for {year}: "
    "{differences}; if CMS has both, the whole category scores 0 (policy: the files are accepted).",
    expected="The same values in all files of one practice and year, or one file",
    fix="Find out which values are right, and send only those; if one file replaces the other (SUB027), send the "
    "right one last.",
    data=("year",),
    wording=("differences", "other", "who"),
    category="pi",
)

GROUP_AND_INDIVIDUAL = Kind(
    id="SUB086",
    slug="group-and-individual",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="This data is for {who}, and {other} has data for {others} with the same TIN for {year}: each is scored "
    "separately, and a clinician gets the better of the two scores (policy: the files are accepted).",
    expected="Both only if both are meant",
    fix="No action is needed if the practice reports both ways; otherwise, one of the files has the wrong program "
    "name: names ending in _GROUP are for a group, names ending in _INDIV are for a clinician.",
    data=("year",),
    wording=("other", "others", "who"),
)

MEASURE_BY_TWO_METHODS = Kind(
    id="SUB087",
    slug="measure-by-two-methods",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="Quality measures of the same {who} for {under} in {year} are reported by {method} here and by {before} "
    "in {other}: {measures} {are} counted once, by the method with the better result (policy: the files are accepted).",
    expected="Each measure once, or the better of two counted",
    fix="No action is needed if both are right; the two are not added together.",
    data=("year", "program"),
    wording=("are", "before", "measures", "method", "other", "under", "who"),
)
