"""SUB: measurement sets: certified EHR, performance period, program and category."""

from converter.findings.finding import Effect, Kind, Severity, Stage

CEHRT_MISSING = Kind(
    id="SUB028",
    slug="cehrt-id-missing",
    stage=Stage.SUBMISSION,
    message="The {category} data does not name the certified EHR that it comes from (CMS EHR certification id), which "
    "CMS requires in {year}{seen}.",
    expected="{where}: {shown}",
    fix="Ask the EHR vendor for the CMS EHR certification id (15 characters, from the Certified Health IT Product "
    "List), and {add}.",
    data=("year", "category"),
    wording=("add", "seen", "shown", "where"),
)

CEHRT_FORMAT = Kind(
    id="SUB029",
    slug="cehrt-id-format",
    stage=Stage.SUBMISSION,
    message='The CMS EHR certification id "{found}" does not have the form required in {year}{note}.',
    expected="{shown}",
    fix="Ask the EHR vendor for the certification id that is valid for {year}.",
    data=("year",),
    wording=("note", "shown"),
)

CEHRT_FORMAT_UNSURE = Kind(
    id="SUB030",
    slug="cehrt-id-form-unusual",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message='The CMS EHR certification id "{found}" does not have the usual form in {year}{note} (inferred; CMS has '
    "not said whether it rejects it).",
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
    message="The document gives {count} different CMS EHR certification ids; one is submitted, and {dropped}.",
    expected="One certification id",
    fix="Keep the certification id of the EHR that the data comes from; a combination of several products has an id "
    "of its own.",
    data=("count",),
    wording=("dropped",),
)

PERIOD_REVERSED = Kind(
    id="SUB032",
    slug="performance-period-reversed",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message="The performance period of the {category} data ends on {end}, before it starts on {start} (inferred: CMS "
    "probably rejects this).",
    expected="An end date on or after {start}",
    fix="Correct the two dates; they may be swapped.",
    data=("category", "start", "end"),
)

PERIOD_OUTSIDE_YEAR = Kind(
    id="SUB033",
    slug="performance-period-outside-year",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message="The performance period of the {category} data, {start} to {end}, is not within performance year {year} "
    "(inferred: CMS probably rejects this).",
    expected="Dates from {year}-01-01 to {year}-12-31",
    fix="Correct the dates, or report the data under the year that it belongs to.",
    data=("year", "category", "start", "end"),
)

PERIOD_NOT_FULL_YEAR = Kind(
    id="SUB034",
    slug="quality-period-not-full-year",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="The quality data covers {start} to {end}, only {days} of the {wanted} days of {year}, but quality is "
    "reported for the whole year (policy: it may cost points, but is not known to be rejected).",
    expected="{year}-01-01 to {year}-12-31",
    fix="Compute the measures for the whole year and export again; do not put the dates of the whole year on counts "
    "that do not cover it.",
    data=("year", "category", "start", "end", "days", "wanted"),
)

PERIOD_TOO_SHORT = Kind(
    id="SUB035",
    slug="performance-period-too-short",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    message="The {category} data covers {start} to {end}, only {length}, but at least {wanted} consecutive days are "
    "required, or the category is not scored (policy: the file is accepted).",
    expected="A period of at least {wanted} days in {year}",
    fix="Report a longer period; any {wanted} or more consecutive days count.",
    data=("year", "category", "start", "end", "days", "wanted"),
    wording=("length",),
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
    message="{entity} cannot report under {under}.",
    expected="{wanted}",
    fix="Report under a program that is open to {entity}, such as traditional MIPS, or correct the entity type.",
    data=("entity_type", "entity_types", "program"),
    wording=("entity", "under", "wanted"),
)

PROGRAM_ENTITY_UNSURE = Kind(
    id="SUB038",
    slug="program-unusual-for-entity",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="{entity} {problem} (inferred from CMS' guides; no rejection is on record).",
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
    message="The document names the MIPS Value Pathway {pathway}, but {why}, so the data is submitted under {under}.",
    expected="A program and entity that report MIPS Value Pathways (MIPS_INDIV, MIPS_GROUP, MIPS_SUBGROUP, "
    "MIPS_APMENTITY)",
    fix="Remove the pathway if the data is for {under}; otherwise, use a program name that goes with the pathway.",
    data=("program",),
    wording=("pathway", "under", "why"),
)

PI_NOT_FROM_APM = Kind(
    id="SUB040",
    slug="pi-not-from-apm-entity",
    stage=Stage.SUBMISSION,
    message="An APM entity cannot submit promoting interoperability data in {year}; its clinicians and groups submit "
    "it instead.",
    expected="No promoting interoperability data from an APM entity in {year}",
    fix="Remove the promoting interoperability data, and submit it for the clinicians or groups of the entity.",
    data=("year",),
)

SET_REPEATED = Kind(
    id="SUB041",
    slug="measurement-set-repeated",
    stage=Stage.SUBMISSION,
    message="The submission has {count} {category} measurement sets with the submission method "
    "{submission_method}{under}, but only one is allowed.",
    expected="One measurement set for each category, submission method and program",
    fix="Combine the measurements of these sets in one.",
    data=("count", "category", "submission_method"),
    optional=("program",),
    wording=("under",),
)

SET_NOT_OF_PROGRAM = Kind(
    id="SUB042",
    slug="category-unusual-for-program",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="{under} takes only {wanted} data, not {category} data (policy; no rejection is on record).",
    expected="Measurement sets of {wanted}",
    fix="Report the {category} data under another program.",
    data=("category", "categories", "program"),
    wording=("under", "wanted"),
)

PRACTICE_ID_MISSING = Kind(
    id="SUB043",
    slug="practice-id-missing",
    stage=Stage.SUBMISSION,
    message="A measurement set for Comprehensive Primary Care Plus (cpcPlus) is missing the id of the practice site.",
    expected="The member practiceId",
    fix="Add practiceId with the id that CMS assigned to the practice site.",
)

MEMBER_OF_OTHER_PROGRAM = Kind(
    id="SUB044",
    slug="member-of-another-program",
    stage=Stage.SUBMISSION,
    message='The member "{member}" is only for {owner}, but the measurement set is for {under}.',
    expected='No member "{member}"',
    fix='Remove "{member}".',
    data=("member", "owner_program"),
    optional=("program",),
    wording=("owner", "under"),
)

MVP_UNDER_OTHER_ROOT = Kind(
    id="SUB095",
    slug="mvp-under-other-root",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="The id of the MIPS Value Pathway {pathway} is not marked as that of a pathway, so it is not read and the "
    "data is submitted under {under}.",
    expected="An id with root {root}",
    fix='If the data is for that pathway, have the vendor write <id root="{root}" extension="{found}"/>; otherwise, '
    "remove it.",
    data=("root", "program"),
    wording=("pathway", "under"),
)
