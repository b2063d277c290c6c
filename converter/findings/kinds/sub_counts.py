"""SUB: counts and rates that do not add up."""

from converter.findings.finding import Effect, Kind, Severity, Stage

REMAINDER_NEGATIVE = Kind(
    id="SUB001",
    slug="performance-not-met-negative",
    stage=Stage.SUBMISSION,
    message="The counts of {measure} add up to more than its denominator{stratum}: {denominator} - {numerator} met - "
    "{exclusion} excluded - {exception} excepted = {found} not met.",
    expected="Counts that add up to no more than the denominator",
    fix="Correct the counts: numerator, exclusions and exceptions together cannot exceed the denominator.",
    data=("denominator", "numerator", "exclusion", "exception"),
    optional=("stratum_name",),
    wording=("stratum",),
    figure=True,
)

NUMERATOR_OVER_DENOMINATOR = Kind(
    id="SUB054",
    slug="numerator-over-denominator",
    stage=Stage.SUBMISSION,
    message="{measure} has a numerator of {found}, more than its denominator of {denominator}{stratum}: "
    "{denominator} - {found} = {difference}.",
    expected="A numerator of at most {denominator}",
    fix="Correct the counts: every case in the numerator is also in the denominator.",
    data=("denominator", "numerator", "difference"),
    optional=("stratum_name",),
    wording=("stratum",),
    figure=True,
)

COUNTS_OVER_DENOMINATOR = Kind(
    id="SUB055",
    slug="counts-over-denominator",
    stage=Stage.SUBMISSION,
    message="The counts of {measure} add up to more than its denominator{stratum}: {met} met + {not_met} not met + "
    "{exclusion} excluded + {exception} excepted = {found}, but the denominator is {denominator}.",
    expected="Counts that add up to at most {denominator}",
    fix="Correct the counts: each case is met, not met, excluded or excepted, and only one of these.",
    data=("denominator", "met", "not_met", "exclusion", "exception"),
    optional=("stratum_name",),
    wording=("stratum",),
    figure=True,
)

EXCLUSION_BY_REGISTRY = Kind(
    id="SUB056",
    slug="exclusion-by-registry",
    stage=Stage.SUBMISSION,
    message="{measure} has {cases}{stratum}, but a measure that is submitted by registry must leave excluded cases "
    "out of its counts.",
    expected="eligiblePopulationExclusion 0, or no such member",
    fix="Remove the excluded cases from eligiblePopulation and from eligiblePopulationExclusion.",
    data=("exclusion",),
    optional=("stratum_name",),
    wording=("cases", "stratum"),
    figure=True,
)

PI_NUMERATOR_OVER_DENOMINATOR = Kind(
    id="SUB059",
    slug="pi-numerator-over-denominator",
    stage=Stage.SUBMISSION,
    message="{measure} has a numerator of {found}, more than its denominator of {denominator}: {denominator} - "
    "{found} = {difference}.",
    expected="A numerator of at most {denominator}",
    fix="Correct the counts: every case in the numerator is also in the denominator.",
    data=("denominator", "numerator", "difference"),
    figure=True,
)

OBSERVATION_INSTANCES = Kind(
    id="SUB060",
    slug="observations-over-denominator",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message="The counts of {measure} add up to more than its denominator: {instances} observations + {exception} "
    "excepted + {exclusion} excluded = {found}, but the denominator is {denominator} (inferred: CMS probably rejects "
    "this).",
    expected="At most {denominator} together",
    fix="Correct the counts: together they cannot exceed the denominator.",
    data=("denominator", "instances", "exclusion", "exception"),
    figure=True,
)

RATE_UNLIKE_COUNTS = Kind(
    id="SUB075",
    slug="performance-rate-unlike-counts",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="{measure} reports a rate of {found}, but its counts give {computed}{stratum}: {arithmetic}; CMS takes "
    "the rate from the counts and treats a difference as inaccurate data.",
    expected="{computed}",
    fix="Find out which of the two is right, and correct the other.",
    data=("computed_rate",),
    wording=("arithmetic", "computed", "stratum"),
    figure=True,
)

RATE_WITHOUT_CASES = Kind(
    id="SUB076",
    slug="performance-rate-without-cases",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="{measure} reports a rate of {found}, although no cases count{stratum}: {arithmetic}.",
    expected='<value xsi:type="REAL" nullFlavor="NA"/>',
    fix='Mark the rate as not applicable (nullFlavor="NA"), or correct the counts.',
    wording=("arithmetic", "stratum"),
)

RATE_NOT_APPLICABLE = Kind(
    id="SUB077",
    slug="performance-rate-not-given",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    stage=Stage.SUBMISSION,
    message="{measure} marks its rate as not applicable (NA), but {cases}{stratum}: {arithmetic}.",
    expected="{computed}",
    fix="Write the rate instead of NA, or correct the counts.",
    data=("computed_rate",),
    wording=("arithmetic", "cases", "computed", "stratum"),
)
