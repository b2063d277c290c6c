"""SUB: measurement sets: certified EHR, performance period, program and category."""

from converter.findings.finding import Effect, Kind, Severity, Stage

CEHRT_MISSING = Kind(
    id="SUB028",
    slug="cehrt-id-missing",
    stage=Stage.SUBMISSION,
    message="The {category} data does not name the certified EHR it comes from (CMS EHR certification id), which CMS "
    "asks for in {year}{seen}.",
    expected="{where}: {shown}",
    fix="Ask the EHR vendor for the CMS EHR certification id (15 characters, from the certified health IT product "
    "list), and {add}.",
    data=("year", "category"),
    wording=("add", "seen", "shown", "where"),
)

CEHRT_FORMAT = Kind(
    id="SUB029",
    slug="cehrt-id-format",
    stage=Stage.SUBMISSION,
    message='The CMS EHR certification id "{found}" does not have the form of {year}{note}.',
    expected="{shown}",
    fix="Ask the EHR vendor for the certification id that holds for {year}.",
    data=("year",),
    wording=("note", "shown"),
)

CEHRT_FORMAT_UNSURE = Kind(
    id="SUB030",
    slug="cehrt-id-form-unusual",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message='The CMS EHR certification id "{found}" does not have the form that is usual in {year}{note} (inferred; '
    "CMS has not said whether it refuses it).",
    expected="{shown}",
    fix="Compare it with the certification id that the EHR vendor gives for {year}.",
    data=("year",),
    wording=("note", "shown"),
)

CEHRT_SEVERAL = Kind(
    id="SUB031",
    slug="cehrt-ids-several",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="The document gives {count} different CMS EHR certification ids; one is submitted, the others are dropped.",
    expected="One certification id",
    fix="Keep the certification id of the EHR that the data comes from; a set of several products has an id of its "
    "own.",
    data=("count",),
)

PERIOD_REVERSED = Kind(
    id="SUB032",
    slug="performance-period-reversed",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message="The performance period of the {category} data ends on {end}, before it begins on {start} (that CMS "
    "refuses it is inferred).",
    expected="An end on or after {start}",
    fix="Correct the two dates; they may be swapped.",
    data=("category", "start", "end"),
)

PERIOD_OUTSIDE_YEAR = Kind(
    id="SUB033",
    slug="performance-period-outside-year",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message="The performance period of the {category} data, {start} to {end}, is not within the performance year "
    "{year} (that CMS refuses it is inferred).",
    expected="Dates from {year}-01-01 to {year}-12-31",
    fix="Correct the dates, or report the data under its own year.",
    data=("year", "category", "start", "end"),
)

PERIOD_NOT_FULL_YEAR = Kind(
    id="SUB034",
    slug="quality-period-not-full-year",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="The quality data covers {start} to {end}, {days} of the {wanted} days of {year}; quality is reported "
    "for the whole year (policy: it may cost points, and is not known to be refused).",
    expected="{year}-01-01 to {year}-12-31",
    fix="Compute the measures for the whole year and export again; do not write the dates of the whole year over "
    "counts that do not cover it.",
    data=("year", "category", "start", "end", "days", "wanted"),
)

PERIOD_TOO_SHORT = Kind(
    id="SUB035",
    slug="performance-period-too-short",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    message="The {category} data covers {start} to {end}, {days} days; at least {wanted} days in a row are needed, "
    "or the category is not scored (policy: the file is accepted).",
    expected="A period of at least {wanted} days in {year}",
    fix="Report a longer period; any {wanted} days or more in a row count.",
    data=("year", "category", "start", "end", "days", "wanted"),
)

PROGRAM_NOT_OF_YEAR = Kind(
    id="SUB036",
    slug="program-not-of-year",
    stage=Stage.SUBMISSION,
    message='There is no program or MIPS Value Pathway "{found}" in {year}{note}.',
    expected="{wanted}",
    fix="{remedy}",
    data=("year", "programs", "pathways", "accepted_years"),
    optional=("meant",),
    wording=("note", "remedy", "wanted"),
)

PROGRAM_ENTITY = Kind(
    id="SUB037",
    slug="program-not-for-entity",
    stage=Stage.SUBMISSION,
    message="{entity} cannot report under {program}.",
    expected="{wanted}",
    fix="Report under a program that is open to the entity, such as mips, or correct the kind of entity.",
    data=("entity_type", "entity_types", "program"),
    wording=("entity", "wanted"),
)

PROGRAM_ENTITY_UNSURE = Kind(
    id="SUB038",
    slug="program-unusual-for-entity",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="{entity} {problem} (inferred from CMS' guides; no refusal is on record).",
    expected="{wanted}",
    fix="{remedy}",
    data=("entity_type", "entity_types", "program"),
    wording=("entity", "problem", "remedy", "wanted"),
)

MVP_NOT_USED = Kind(
    id="SUB039",
    slug="mvp-not-used",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="The document names the MIPS Value Pathway {found}, but {why}: the data is submitted under {program}.",
    expected="A program and entity that report MIPS Value Pathways (MIPS_INDIV, MIPS_GROUP, MIPS_SUBGROUP, "
    "MIPS_APMENTITY)",
    fix="Take the pathway out if {program} is meant; otherwise use the program name that goes with it.",
    data=("program",),
    wording=("why",),
)

PI_NOT_FROM_APM = Kind(
    id="SUB040",
    slug="pi-not-from-apm-entity",
    stage=Stage.SUBMISSION,
    message="An APM entity cannot submit promoting interoperability data in {year}; its clinicians and groups do.",
    expected="No promoting interoperability data from an APM entity in {year}",
    fix="Take the promoting interoperability data out and submit it for the clinicians or groups of the entity.",
    data=("year",),
)

SET_REPEATED = Kind(
    id="SUB041",
    slug="measurement-set-repeated",
    stage=Stage.SUBMISSION,
    message="The submission has {count} measurement sets of {category} by {submission_method} for {program}; there "
    "can be one.",
    expected="One measurement set for each category, submission method and program",
    fix="Bring the measurements of the sets together in one.",
    data=("count", "category", "submission_method"),
    optional=("program",),
)

SET_NOT_OF_PROGRAM = Kind(
    id="SUB042",
    slug="category-unusual-for-program",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="The program {program} takes {wanted} data only, not {category} (policy; no refusal is on record).",
    expected="Measurement sets of {wanted}",
    fix="Report the {category} data under another program.",
    data=("category", "categories", "program"),
    wording=("wanted",),
)

PRACTICE_ID_MISSING = Kind(
    id="SUB043",
    slug="practice-id-missing",
    stage=Stage.SUBMISSION,
    message="A measurement set of the program cpcPlus lacks the id of the practice site.",
    expected="The member practiceId",
    fix="Add practiceId, as CMS has given it to the practice.",
)

MEMBER_OF_OTHER_PROGRAM = Kind(
    id="SUB044",
    slug="member-of-another-program",
    stage=Stage.SUBMISSION,
    message='The member "{member}" belongs to the program {owner_program} alone, but the measurement set is for '
    "{program}.",
    expected='No member "{member}"',
    fix='Take "{member}" out.',
    data=("member", "owner_program"),
    optional=("program",),
)

MVP_UNDER_OTHER_ROOT = Kind(
    id="SUB095",
    slug="mvp-under-other-root",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="A participant has the id of the MIPS Value Pathway {found} under another root than that of pathways, so "
    "it is not read and the data is submitted under {program}.",
    expected="An id with root {root}",
    fix='Write <id root="{root}" extension="{found}"/> if the data is for that pathway; otherwise take it out.',
    data=("root", "program"),
)
