"""PI: measures of the promoting interoperability section."""

from converter.findings.finding import Effect, Kind, Severity

PI_PERFORMED_ID = Kind(
    id="PI001",
    slug="pi-performed-measure-id",
    official_code=12,
    message="A yes/no measure in the promoting interoperability section has {given}.",
    expected="One reference/externalDocument/id with a measure id such as PI_PPHI_1",
    fix="Give the measure its id, once.",
    data=("count",),
    wording=("given",),
)

PI_PROPORTION_ID = Kind(
    id="PI002",
    slug="pi-proportion-measure-id",
    official_code=16,
    message="A measure with a numerator and denominator in the promoting interoperability section has {given}.",
    expected="One reference/externalDocument/id with a measure id such as PI_EP_1",
    fix="Give the measure its id, once.",
    data=("count",),
    wording=("given",),
)

PI_NO_COUNTS = Kind(
    id="PI003",
    slug="pi-counts-missing",
    official_code=17,
    message="{measure} has neither a numerator nor a denominator.",
    expected="One numerator and one denominator",
    fix="{remedy}",
    wording=("remedy",),
)

PI_COUNT_PAIR = Kind(
    id="PI004",
    slug="pi-count-pair",
    official_code=18,
    message="{measure} has {numerators} and {denominators} instead of one of each.",
    expected="One numerator and one denominator",
    fix="{remedy}",
    data=("numerator_count", "denominator_count"),
    wording=("denominators", "numerators", "remedy"),
)

PI_OUTSIDE_SECTION = Kind(
    id="PI005",
    slug="pi-measure-outside-section",
    official_code=15,
    message="{measure}, a promoting interoperability measure, is outside the promoting interoperability section.",
    expected="The measure in the promoting interoperability section",
    fix="Move the entry to the promoting interoperability section.",
)

PI_PERFORMED_COUNT = Kind(
    id="PI006",
    slug="pi-performed-number",
    official_code=11,
    message="{measure} {answered}.",
    expected="One measure performed observation (template 2.16.840.1.113883.10.20.27.3.27)",
    fix="{remedy}",
    data=("count",),
    wording=("answered", "remedy"),
)

PI_ANSWER = Kind(
    id="PI007",
    slug="pi-answer-invalid",
    official_code=51,
    message="The answer to {measure} is {answer} instead of Y or N.",
    expected="One value with the code Y or N",
    fix="{remedy}",
    wording=("answer", "remedy"),
    structure=("IG007 value",),
)

PI_COUNT_NUMBER = Kind(
    id="PI008",
    slug="pi-aggregate-count-number",
    official_code=39,
    message="The {role} of {measure} has {given}.",
    expected="One aggregate count (template 2.16.840.1.113883.10.20.27.3.3)",
    fix="{remedy}",
    data=("role", "count"),
    wording=("given", "remedy"),
)

PI_COUNT_INVALID = Kind(
    id="PI009",
    slug="pi-count-missing-or-negative",
    official_code=42,
    message="The {role} of {measure} {problem}.",
    expected="0 or more",
    fix="{remedy}",
    data=("role",),
    wording=("problem", "remedy"),
)

PI_COUNT_NOT_WHOLE = Kind(
    id="PI010",
    slug="pi-count-not-whole",
    official_code=41,
    message='The {role} of {measure}, "{found}", is not a whole number.',
    expected="A whole number, 0 or more",
    fix="{remedy}",
    data=("role",),
    wording=("remedy",),
    structure=("IG007 value",),
)

PI_RESTRICTED = Kind(
    id="PI011",
    slug="pi-restricted-measures",
    official_code=102,
    message="{measure} may not be reported together with {others}.",
    expected="{measure} alone, or the others without it",
    fix="{remedy}",
    data=("measure_ids",),
    wording=("others", "remedy"),
)

PI_COUNTS_NOT_TAKEN = Kind(
    id="PI012",
    slug="pi-counts-not-taken",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="{measure} is reported as a yes/no measure, so its {given} {is_} not submitted.",
    expected="Only a {wanted}",
    fix="{remedy}",
    data=("count",),
    wording=("given", "is_", "remedy", "wanted"),
)

PI_ANSWER_NOT_TAKEN = Kind(
    id="PI013",
    slug="pi-answer-not-taken",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="{measure} is reported with a numerator and denominator, so its {given} {is_} not submitted.",
    expected="Only a {wanted}",
    fix="{remedy}",
    data=("count",),
    wording=("given", "is_", "remedy", "wanted"),
)
