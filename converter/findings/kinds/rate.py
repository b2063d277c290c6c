"""RATE: performance rates."""

from converter.findings.finding import Kind

RATE_INVALID = Kind(
    id="RATE001",
    slug="performance-rate-invalid",
    official_code=33,
    message='The performance rate "{found}" of {measure} is not a number from 0 to 1.',
    expected="A decimal number from 0 to 1, such as 0.85",
    fix='Write the rate as a fraction, not in percent; where the performance denominator is 0, use nullFlavor="NA".',
)

RATE_MISSING = Kind(
    id="RATE002",
    slug="performance-rate-missing",
    official_code=72,
    message='A performance rate of {measure} has neither a value nor nullFlavor="NA".',
    expected='A decimal number from 0 to 1, or nullFlavor="NA"',
    fix='Write the rate into value/@value, or nullFlavor="NA" where the performance denominator is 0.',
    structure=("IG007 value",),
)

RATE_IDS = Kind(
    id="RATE003",
    slug="performance-rate-id-count",
    official_code=61,
    message="A performance rate of {measure} refers to {given} instead of one.",
    expected="One reference/externalObservation/id with the id of the rate's numerator",
    fix="Let the rate refer to its numerator, and to nothing else.",
    data=("count",),
    wording=("given",),
)

RATE_NOT_NUMERATOR = Kind(
    id="RATE004",
    slug="performance-rate-not-numerator",
    official_code=59,
    message="A performance rate of {measure} refers to {found}, which is {what}.",
    expected="One of {wanted}",
    fix="Let the rate refer to the numerator id of its population set.",
    data=("population_ids",),
    wording=("wanted", "what"),
)
