"""SUB: promoting interoperability measures together."""

from converter.findings.finding import Effect, Kind, Severity, Stage

PI_ALTERNATIVES = Kind(
    id="SUB005",
    slug="pi-alternatives-together",
    stage=Stage.SUBMISSION,
    message="{measure} is reported together with {measure_ids}; these are alternatives, and only one of them may be "
    "reported.",
    expected="Either {measure} or {measure_ids}",
    fix="Keep the one that the practice chose, and remove the rest.",
    data=("measure_ids",),
)

PI_WITH_EXCLUSION = Kind(
    id="SUB063",
    slug="pi-measure-with-its-exclusion",
    stage=Stage.SUBMISSION,
    message="{measure} is reported together with its exclusion {measure_ids}, but only one of the two may be reported.",
    expected="Either {measure} or {measure_ids}",
    fix="Keep the measure if the practice has cases for it; otherwise, keep the exclusion.",
    data=("measure_ids",),
)

PI_TOGETHER_WITH_NO = Kind(
    id="SUB064",
    slug="pi-combination-answered-no",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message="{measure} is reported together with {measure_ids}, although only one of them may be reported; {denied} "
    "{are} answered with no, and it is not known whether CMS counts that as reported.",
    expected="Only what applies",
    fix="Remove {denied}.",
    data=("measure_ids", "denied"),
    wording=("are",),
)

PI_EXCLUSIONS_WITH_EXCHANGE = Kind(
    id="SUB065",
    slug="pi-exchange-with-exclusions",
    severity=Severity.WARNING,
    effect=Effect.MAY_REFUSE,
    stage=Stage.SUBMISSION,
    message="{measure} is reported together with {measure_ids}, {exclusions} from the measures that it replaces (a "
    "rule of CMS' converter that CMS' measures data does not contain).",
    expected="{measure} alone",
    fix="Remove {measure_ids}.",
    data=("measure_ids",),
    wording=("exclusions",),
)

PI_ENGAGEMENT = Kind(
    id="SUB066",
    slug="pi-active-engagement",
    severity=Severity.WARNING,
    effect=Effect.COSTS_POINTS,
    stage=Stage.SUBMISSION,
    message="{measure} is answered with yes, but {problem}: one of {options} must say how far along the practice is "
    "(inferred from CMS' measures data; it may cost points).",
    expected="Exactly one of {options}",
    fix="Report the one that applies: the one ending in _PRE for pre-production and validation, the one ending in "
    "_PROD for validated data production.",
    data=("options",),
    wording=("problem",),
)

PI_INCOMPLETE = Kind(
    id="SUB067",
    slug="pi-set-incomplete",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    message="The promoting interoperability data is missing {missing}, so the whole category scores 0 ({basis}: the "
    "file is accepted).",
    expected="Each required measure, or one that may replace it: {wanted}",
    fix="Report what is missing, or an exclusion if the practice qualifies for it.",
    data=("measure_ids",),
    wording=("basis", "missing", "wanted"),
    category="pi",
)

PI_DENIED = Kind(
    id="SUB068",
    slug="pi-required-answered-no",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    message="{measure} is required but answered with no, so the whole promoting interoperability category scores 0 "
    "({basis}: the file is accepted).",
    expected="Y, or the exclusion of the measure if there is one",
    fix="{remedy}",
    wording=("basis", "remedy"),
    category="pi",
)

PI_NUMERATOR_ZERO = Kind(
    id="SUB069",
    slug="pi-numerator-zero",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    message="{measure} is required but has a numerator of 0{of}, so the whole promoting interoperability category "
    "scores 0 ({basis}: the file is accepted).",
    expected="A numerator of at least 1, or the exclusion of the measure",
    fix="{remedy}",
    optional=("denominator",),
    wording=("basis", "of", "remedy"),
    category="pi",
)

PI_VALUES_DIFFER = Kind(
    id="SUB070",
    slug="pi-values-differ",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    message="{measure} is in several measurement sets with different values, so the whole promoting interoperability "
    "category scores 0 (policy: the file is accepted).",
    expected="The same value, or the measure once",
    fix="Keep the measure in one measurement set, or give it the same value in all of them.",
    category="pi",
)

PI_SECOND_REGISTRY = Kind(
    id="SUB083",
    slug="pi-second-registry",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    message="Of the public health registries, only {measure_ids} {counts}, but {minimum} registries are required in "
    "{year}, so the whole category may score 0 ({basis}: the file is accepted).",
    expected="{wanted}",
    fix="Report a second registry, or an exclusion from one; if the practice reports to two registries of the same "
    "kind, also report the measure ending in _MULTI.",
    data=("year", "measure_ids", "minimum"),
    wording=("basis", "counts", "wanted"),
    category="pi",
)

PI_WITHOUT_MEASURES = Kind(
    id="SUB088",
    slug="pi-set-without-measures",
    severity=Severity.WARNING,
    effect=Effect.LOSES_CATEGORY,
    stage=Stage.SUBMISSION,
    message="The {category} data has a performance period but no measures, so the category scores 0, and a "
    "reweighting that CMS has approved or grants automatically may be lost (policy: the file is accepted).",
    expected="Measures, or no such data at all",
    fix="Report the measures; if the category is to be reweighted, remove the data.",
    data=("category",),
)
