"""SUB: what is accepted and costs points."""

from converter.findings.finding import Effect, Kind, Severity, Stage

TOO_FEW_MEASURES = Kind(
    id="SUB071",
    slug="too-few-quality-measures",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="The file has {number}, but {under} requires at least {wanted}, and each missing measure scores 0 points "
    "(policy: the file is accepted).",
    expected="At least {wanted} quality measures, however they are submitted",
    fix="Report {missing} more, unless fewer apply to the practice or the others are submitted in another way.",
    data=("program", "count", "wanted", "missing"),
    wording=("number", "under"),
)

NO_OUTCOME_MEASURE = Kind(
    id="SUB072",
    slug="no-outcome-measure",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="{none} an outcome or high-priority measure; at least one is required (policy: it costs points, the file "
    "is accepted).",
    expected="At least one outcome measure, or a high-priority measure where none applies",
    fix="Add an outcome or high-priority measure, unless one is submitted in another way.",
    data=("count",),
    wording=("none",),
)

NO_CASES = Kind(
    id="SUB073",
    slug="no-eligible-cases",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="{measure} has no eligible cases{stratum}: {arithmetic}; it is accepted but not scored.",
    expected="A denominator above 0",
    fix="Report another measure instead, or find out why the EHR counts no cases.",
    wording=("arithmetic", "stratum"),
)

FEW_CASES = Kind(
    id="SUB074",
    slug="fewer-cases-than-minimum",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="{measure} has a denominator of {found}, fewer than the {wanted} cases that it needs to be compared with "
    "others (policy: it is accepted but costs points).",
    expected="A denominator of at least {wanted}",
    fix="Report a measure with more cases instead, if there is one; otherwise, no action is needed.",
    data=("count", "wanted"),
    figure=True,
)

APP_MEASURES_MISSING = Kind(
    id="SUB078",
    slug="app-measures-missing",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="The quality data has {count} of the {wanted} EHR measures of {under}; {lacking} {are} missing, and each "
    "missing one scores 0 unless it is sent in another way (policy: the file is accepted).",
    expected="{all}",
    fix="Report {named}, unless already submitted in another way.",
    data=("program", "count", "wanted", "measure_ids", "required_ids"),
    wording=("all", "are", "lacking", "named", "under"),
)

NO_ACTIVITY = Kind(
    id="SUB079",
    slug="no-activity-performed",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    message="No improvement activity is answered with yes, so the improvement activities category scores 0 (policy: "
    "the file is accepted).",
    expected="At least one activity with Y",
    fix="Answer Y for the activities that were performed, or leave the section out.",
    category="ia",
)

TOO_FEW_ACTIVITIES = Kind(
    id="SUB081",
    slug="too-few-activities",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="{what}, but {wanted} ({basis}: the file is accepted but loses points).",
    expected="{all}",
    fix="Report more activities if they were performed, unless fewer are enough for the practice; a patient-centered "
    "medical home reports IA_PCMH, which is enough by itself.",
    data=("count", "minimum", "unit"),
    wording=("all", "basis", "wanted", "what"),
)

ACTIVITIES_NOT_NEEDED = Kind(
    id="SUB082",
    slug="activities-not-needed",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="Improvement activities are reported under {under}, which gives full credit for them without any data: "
    "the file is accepted, but they add nothing ({basis}).",
    expected="No improvement activities under {under}",
    fix="Leave them out, unless they are also meant for another program; check that {under} is the right one.",
    data=("program",),
    wording=("basis", "under"),
)

DATA_INCOMPLETE = Kind(
    id="SUB084",
    slug="data-incomplete",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="{measure} reports {found} of its eligible cases, but {wanted} are required in {year}: {arithmetic} "
    "({basis}: it is accepted but costs points).",
    expected="A reporting rate (data completeness) of at least {wanted}",
    fix="Report the missing cases, whether met or not met; if all cases are there, correct the counts.",
    data=("year", "rate", "minimum"),
    wording=("arithmetic", "basis", "wanted"),
    figure=True,
)
