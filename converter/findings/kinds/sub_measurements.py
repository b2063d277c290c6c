"""SUB: measurements: the measure, its program and method, and the kind of its value."""

from converter.findings.finding import Effect, Kind, Severity, Stage

MEASURE_NOT_IN_PROGRAM = Kind(
    id="SUB045",
    slug="measure-not-in-program",
    stage=Stage.SUBMISSION,
    message="{measure} cannot be reported under {under} in {year}.",
    expected="{allowed}",
    fix="{remedy}",
    data=("year", "program", "programs"),
    wording=("allowed", "remedy", "under"),
)

MEASURE_UNKNOWN = Kind(
    id="SUB046",
    slug="measure-unknown",
    stage=Stage.SUBMISSION,
    message='There is no measure or activity "{found}" in {year}{note}.',
    expected="{wanted}",
    fix="{remedy}",
    data=("year", "accepted_years"),
    optional=("meant",),
    wording=("note", "remedy", "wanted"),
)

MEASURE_OF_OTHER_CATEGORY = Kind(
    id="SUB047",
    slug="measure-of-another-category",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message="{measure} belongs to the {own_category} category, but it is listed with the {category} data (inferred: "
    "CMS probably rejects this).",
    expected="Only {category} measures in the {category} data",
    fix="Move it to the {own_category} data.",
    data=("category", "own_category"),
)

VALUE_SHAPE = Kind(
    id="SUB048",
    slug="value-of-another-kind",
    stage=Stage.SUBMISSION,
    message="{measure} is reported with {given} instead of {wanted}.",
    expected="A value with {wanted}",
    fix="{remedy}",
    data=("metric_type",),
    wording=("given", "remedy", "wanted"),
)

MEASURE_REPEATED = Kind(
    id="SUB049",
    slug="measure-repeated",
    stage=Stage.SUBMISSION,
    message="{measure} is reported {times}, {values}.",
    expected="Each measure and activity once",
    fix="Keep the one with the right value, and remove the others.",
    data=("count", "same_value"),
    wording=("times", "values"),
)

MEASURE_NOT_BY_METHOD = Kind(
    id="SUB050",
    slug="measure-not-by-method",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message="{measure} is not collected by the submission method {method} in {year} (inferred: CMS probably rejects "
    "this).",
    expected="{wanted}",
    fix="Report it in a measurement set with a submission method that collects it.",
    data=("year", "submission_method", "submission_methods"),
    wording=("method", "wanted"),
)

STRATUM_UNKNOWN = Kind(
    id="SUB051",
    slug="stratum-unknown",
    stage=Stage.SUBMISSION,
    message='{measure} does not have a stratum named "{found}"{near}.',
    expected="{wanted}",
    fix="Write the name of the stratum exactly as in CMS' measures data, including uppercase and lowercase letters.",
    data=("strata",),
    optional=("meant",),
    wording=("near", "wanted"),
)

STRATA_INCOMPLETE = Kind(
    id="SUB052",
    slug="strata-incomplete",
    stage=Stage.SUBMISSION,
    message="{measure} has {count} when it is submitted by {method}, but {problem}.",
    expected="{wanted}",
    fix="Report {wanted}, each once.",
    data=("strata", "missing_strata", "repeated_strata", "submission_method"),
    wording=("count", "method", "problem", "wanted"),
)

STRATA_INCOMPLETE_UNSURE = Kind(
    id="SUB053",
    slug="strata-possibly-incomplete",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message="{measure} has {count}, but {problem} (inferred: CMS probably rejects this).",
    expected="{wanted}",
    fix="Report the strata {wanted}, each once.",
    data=("strata", "missing_strata", "repeated_strata", "submission_method"),
    wording=("count", "problem", "wanted"),
)

MEMBER_NOT_OF_MEASURE = Kind(
    id="SUB057",
    slug="member-not-of-measure",
    stage=Stage.SUBMISSION,
    message='The value of {measure} has the member "{member}", which only {owner} have.',
    expected='No member "{member}"',
    fix="{remedy}",
    data=("member",),
    wording=("owner", "remedy"),
)

NOT_FROM_THIRD_PARTIES = Kind(
    id="SUB058",
    slug="not-from-third-parties",
    stage=Stage.SUBMISSION,
    message="{what} {verb} computed by CMS or sent by survey vendors, and {verb} not accepted from anyone else.",
    expected="Quality, promoting interoperability and improvement activities data",
    fix="Remove this data.",
    wording=("verb", "what"),
)

MEASURE_SUPPRESSED = Kind(
    id="SUB061",
    slug="measure-not-scored",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="{measure} is suppressed for {method} in {year}: it is accepted but not scored (inferred from CMS' "
    "measures data).",
    expected="A measure that is scored",
    fix="Report another measure instead, if there is one; otherwise, no action is needed.",
    data=("year", "submission_method"),
    wording=("method",),
)

MEASURE_REQUIRED = Kind(
    id="SUB062",
    slug="measure-required-for-program",
    stage=Stage.SUBMISSION,
    message="{measure} is required for {under} in {year}, but it is missing.",
    expected="A measurement set with {measure}",
    fix="Add the measure.",
    data=("year", "program"),
    wording=("under",),
)

MEASURE_REGISTRATION = Kind(
    id="SUB080",
    slug="measure-not-for-registration",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="{measure} is not open to {entity} under {under} in {year} (inferred from CMS' measures data; no "
    "rejection is on record).",
    expected="{wanted}",
    fix="Report another measure of the pathway.",
    data=("year", "entity_type", "program"),
    wording=("entity", "under", "wanted"),
)
