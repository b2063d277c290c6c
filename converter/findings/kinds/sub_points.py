"""SUB: what is accepted and costs points."""

from converter.findings.finding import Effect, Kind, Severity, Stage

TOO_FEW_MEASURES = Kind(
    id="SUB071",
    slug="too-few-quality-measures",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="There {are}, but {program} asks for at least {wanted}, and each missing one scores 0 (policy: the file "
    "is accepted).",
    expected="At least {wanted} quality measures, whichever way they are sent",
    fix="Report {missing} more, unless fewer apply to the practice or the others are sent in another way.",
    data=("program", "count", "wanted", "missing"),
    wording=("are",),
)

NO_OUTCOME_MEASURE = Kind(
    id="SUB072",
    slug="no-outcome-measure",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="{none} outcome or high-priority measure; one such measure is asked for (policy: it costs points, the "
    "file is accepted).",
    expected="At least one outcome measure, or a high-priority measure where none applies",
    fix="Add one, unless it is sent in another way.",
    data=("count",),
    wording=("none",),
)

NO_CASES = Kind(
    id="SUB073",
    slug="no-eligible-cases",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="{measure} has no eligible cases{stratum}: {arithmetic}; it is accepted and not scored.",
    expected="A denominator above 0",
    fix="Report another measure in its place, or find out why the EHR counts no cases.",
    wording=("arithmetic", "stratum"),
)

FEW_CASES = Kind(
    id="SUB074",
    slug="fewer-cases-than-minimum",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="{measure} has a denominator of {found}, fewer than the {wanted} cases that it needs to be compared with "
    "others (policy: it is accepted and costs points).",
    expected="A denominator of at least {wanted}",
    fix="Report a measure with more cases in its place, if there is one; otherwise nothing need be done.",
    data=("count", "wanted"),
)

APP_MEASURES_MISSING = Kind(
    id="SUB078",
    slug="app-measures-missing",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="The quality data has {count} of the {wanted} measures of {program} that are reported from an EHR; "
    "{measure_ids} {are} not there, and a missing one scores 0 unless it is sent in another way (policy: the file is "
    "accepted).",
    expected="{required_ids}",
    fix="Report the missing measures, or see that they are sent in another way.",
    data=("program", "count", "wanted", "measure_ids", "required_ids"),
    wording=("are",),
)

NO_ACTIVITY = Kind(
    id="SUB079",
    slug="no-activity-performed",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    category="ia",
    message="No improvement activity is answered with yes, so the category scores 0 (policy: the file is accepted).",
    expected="At least one activity with Y",
    fix="Answer the activities that were performed with Y, or leave the section out.",
)

TOO_FEW_ACTIVITIES = Kind(
    id="SUB081",
    slug="too-few-activities",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="{what}, but {wanted} ({basis}: the file is accepted and loses points).",
    expected="{all}",
    fix="Report more activities if they were performed, unless the practice has such a status; a patient-centered "
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
    message="Improvement activities are reported under {program}, which gives full credit for them without any data: "
    "the file is accepted, and they bring nothing ({basis}).",
    expected="No improvement activities under {program}",
    fix="Leave them out, unless they are also meant for another program; check that {program} is the right one.",
    data=("program",),
    wording=("basis",),
)

DATA_INCOMPLETE = Kind(
    id="SUB084",
    slug="data-incomplete",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="{measure} reports {found} of its eligible cases, and {wanted} are asked for in {year}: {arithmetic} "
    "({basis}: it is accepted and costs points).",
    expected="A reporting rate (data completeness) of at least {wanted}",
    fix="Report the cases that are missing, met or not; if all are there, correct the counts.",
    data=("year", "rate", "minimum"),
    wording=("arithmetic", "basis", "wanted"),
)
