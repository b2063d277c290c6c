"""SUB: promoting interoperability measures together."""

from converter.findings.finding import Effect, Kind, Severity, Stage

PI_ALTERNATIVES = Kind(
    id="SUB005",
    slug="pi-alternatives-together",
    stage=Stage.SUBMISSION,
    message="{measure} is reported together with {measure_ids}; they stand for each other, and only one way may be "
    "reported.",
    expected="Either {measure} or {measure_ids}",
    fix="Keep what the practice has chosen and take the rest out.",
    data=("measure_ids",),
)

PI_WITH_EXCLUSION = Kind(
    id="SUB063",
    slug="pi-measure-with-its-exclusion",
    stage=Stage.SUBMISSION,
    message="{measure} is reported together with its exclusion {measure_ids}; it is either measured or excluded.",
    expected="Either {measure} or {measure_ids}",
    fix="Keep the measure if the practice has cases for it, otherwise the exclusion.",
    data=("measure_ids",),
)

PI_TOGETHER_WITH_NO = Kind(
    id="SUB064",
    slug="pi-combination-answered-no",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message="{measure} is reported together with {measure_ids}, although only one way may be reported; {denied} "
    "{are} answered with no, and it is not known whether CMS counts that as reported.",
    expected="Only what holds",
    fix="Take out {denied}.",
    data=("measure_ids", "denied"),
    wording=("are",),
)

PI_EXCLUSIONS_WITH_EXCHANGE = Kind(
    id="SUB065",
    slug="pi-exchange-with-exclusions",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message="{measure} is reported together with {measure_ids}, {exclusions} from the measures that it replaces "
    "(rule of CMS' converter; CMS' measures data does not name it).",
    expected="{measure} alone",
    fix="Take out {measure_ids}.",
    data=("measure_ids",),
    wording=("exclusions",),
)

PI_ENGAGEMENT = Kind(
    id="SUB066",
    slug="pi-active-engagement",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="{measure} is answered with yes, but {problem}: one of {options} says how far the practice is (inferred "
    "from CMS' measures data; it may cost points).",
    expected="Exactly one of {options}",
    fix="Report the one that holds: _PRE for validation before production, _PROD for production.",
    data=("options",),
    wording=("problem",),
)

PI_INCOMPLETE = Kind(
    id="SUB067",
    slug="pi-set-incomplete",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    category="pi",
    message="The promoting interoperability data lacks {missing}; without it the whole category scores 0 ({basis}: "
    "the file is accepted).",
    expected="Each required measure or what stands for it: {wanted}",
    fix="Report what is missing, or its exclusion where the practice meets it.",
    data=("measure_ids",),
    wording=("basis", "missing", "wanted"),
)

PI_DENIED = Kind(
    id="SUB068",
    slug="pi-required-answered-no",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    category="pi",
    message="{measure} is required but answered with no, so that the whole category scores 0 ({basis}: the file is "
    "accepted).",
    expected="Y, or the exclusion of the measure where there is one",
    fix="{remedy}",
    wording=("basis", "remedy"),
)

PI_NUMERATOR_ZERO = Kind(
    id="SUB069",
    slug="pi-numerator-zero",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    category="pi",
    message="{measure} is required but has a numerator of 0 (denominator {denominator}), so that the whole category "
    "scores 0 ({basis}: the file is accepted).",
    expected="A numerator of at least 1, or the exclusion of the measure",
    fix="{remedy}",
    optional=("denominator",),
    wording=("basis", "remedy"),
)

PI_VALUES_DIFFER = Kind(
    id="SUB070",
    slug="pi-values-differ",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    category="pi",
    message="{measure} is in several measurement sets with different values; the whole category scores 0 then "
    "(policy: the file is accepted).",
    expected="The same value, or the measure once",
    fix="Keep the measure in one measurement set, or give it the same value in all.",
)

PI_SECOND_REGISTRY = Kind(
    id="SUB083",
    slug="pi-second-registry",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    category="pi",
    message="Of the public health registries only {measure_ids} counts, and {minimum} are asked for in {year}; with "
    "one alone the category may score 0 ({basis}: the file is accepted).",
    expected="{wanted}",
    fix="Report a second registry or an exclusion from it; where the practice reports to two registries of one kind, "
    "report the measure with _MULTI too.",
    data=("year", "measure_ids", "minimum"),
    wording=("basis", "wanted"),
)

PI_WITHOUT_MEASURES = Kind(
    id="SUB088",
    slug="pi-set-without-measures",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    message="The {category} data holds a performance period and no measure: it scores 0, and any such data may give "
    "up a reweighting of the category that CMS has approved or grants by itself (policy: the file is accepted).",
    expected="Measures, or no such measurement set",
    fix="Report the measures; where the category is to be reweighted, take the measurement set out.",
    data=("category",),
)
