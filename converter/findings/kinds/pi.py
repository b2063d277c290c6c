"""PI: measures of the promoting interoperability section."""

from converter.findings.finding import Effect, Kind, Severity

PI_PERFORMED_ID = Kind(
    id="PI001",
    slug="pi-performed-measure-id",
    official_code=12,
    message="A yes/no entry of the promoting interoperability section has {given} instead of one.",
    expected="One reference/externalDocument/id with a measure id such as PI_PPHI_1",
    fix="Give the entry the id of its measure as extension, once.",
    data=("count",),
    wording=("given",),
)

PI_PROPORTION_ID = Kind(
    id="PI002",
    slug="pi-proportion-measure-id",
    official_code=16,
    message="An entry with numerator and denominator of the promoting interoperability section has {given} instead "
    "of one.",
    expected="One reference/externalDocument/id with a measure id such as PI_EP_1",
    fix="Give the entry the id of its measure as extension, once.",
    data=("count",),
    wording=("given",),
)

PI_NO_COUNTS = Kind(
    id="PI003",
    slug="pi-counts-missing",
    official_code=17,
    message="{measure} has neither a numerator nor a denominator.",
    expected="One numerator and one denominator",
    fix="Export the measure with both counts; if they are there, they lack their templateId.",
)

PI_COUNT_PAIR = Kind(
    id="PI004",
    slug="pi-count-pair",
    official_code=18,
    message="{measure} has {numerators} and {denominators} instead of one of each.",
    expected="One numerator and one denominator",
    fix="Give the measure exactly one numerator and one denominator.",
    data=("numerator_count", "denominator_count"),
    wording=("denominators", "numerators"),
)

PI_OUTSIDE_SECTION = Kind(
    id="PI005",
    slug="pi-measure-outside-section",
    official_code=15,
    message="{measure}, a promoting interoperability measure, stands outside the promoting interoperability section.",
    expected="The measure in the promoting interoperability section",
    fix="Move the entry to the promoting interoperability section.",
)

PI_PERFORMED_COUNT = Kind(
    id="PI006",
    slug="pi-performed-number",
    official_code=11,
    message="{measure} {answered}.",
    expected="One measure performed observation (template 2.16.840.1.113883.10.20.27.3.27)",
    fix="Give the measure exactly one answer; if one is there, it lacks its templateId.",
    data=("count",),
    wording=("answered",),
)

PI_ANSWER = Kind(
    id="PI007",
    slug="pi-answer-invalid",
    official_code=51,
    message="The answer to {measure} is {answer} instead of Y or N.",
    expected="One value with the code Y or N",
    fix="Write Y for yes or N for no into value/@code.",
    wording=("answer",),
    structure=("IG007 value",),
)

PI_COUNT_NUMBER = Kind(
    id="PI008",
    slug="pi-aggregate-count-number",
    official_code=39,
    message="The {role} of {measure} has {given} instead of one.",
    expected="One aggregate count (template 2.16.840.1.113883.10.20.27.3.3)",
    fix="Give the {role} exactly one aggregate count; if one is there, it lacks its templateId.",
    data=("role", "count"),
    wording=("given",),
)

PI_COUNT_INVALID = Kind(
    id="PI009",
    slug="pi-count-missing-or-negative",
    official_code=42,
    message="The {role} of {measure} {problem}.",
    expected="0 or more",
    fix="Write the number of cases into value/@value.",
    data=("role",),
    wording=("problem",),
)

PI_COUNT_NOT_WHOLE = Kind(
    id="PI010",
    slug="pi-count-not-whole",
    official_code=41,
    message='The {role} of {measure}, "{found}", is not a whole number.',
    expected="A whole number, 0 or more",
    fix="Write the number of cases as digits only, such as 42.",
    data=("role",),
    structure=("IG007 value",),
)

PI_RESTRICTED = Kind(
    id="PI011",
    slug="pi-restricted-measures",
    official_code=102,
    message="{measure} may not be reported together with {others}.",
    expected="{measure} alone, or the others without it",
    fix="Keep the option for health information exchange that the practice has chosen and remove the others.",
    data=("measure_ids",),
    wording=("others",),
)

PI_COUNTS_NOT_TAKEN = Kind(
    id="PI012",
    slug="pi-counts-not-taken",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="{measure} is answered with yes or no and takes no counts, but it holds {given}, which {is_} not "
    "submitted.",
    expected="A yes/no answer alone",
    fix="Remove the numerator and denominator; where they should count, report the measure that takes counts.",
    data=("count",),
    wording=("given", "is_"),
)

PI_ANSWER_NOT_TAKEN = Kind(
    id="PI013",
    slug="pi-answer-not-taken",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="{measure} is reported with numerator and denominator, but it also holds {given}, which {is_} not "
    "submitted.",
    expected="Numerator and denominator alone",
    fix="Remove the yes/no answer; where it should count, report the measure that is answered with yes or no.",
    data=("count",),
    wording=("given", "is_"),
)
