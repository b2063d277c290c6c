"""RATE: performance rates."""

from converter.findings.finding import Kind

RATE_INVALID = Kind(
    id="RATE001",
    slug="performance-rate-invalid",
    official_code=33,
    message='The performance rate "{found}" of {measure} is not a number from 0 to 1.',
    expected="A decimal number from 0 to 1, such as 0.85",
    fix="Write the rate as a fraction such as 0.85, not as a percentage; if the performance denominator is 0, mark "
    'the rate as not applicable (nullFlavor="NA").',
)

RATE_MISSING = Kind(
    id="RATE002",
    slug="performance-rate-missing",
    official_code=72,
    message="A performance rate of {measure} has no value, and it is not marked as not applicable (NA) either.",
    expected='A decimal number from 0 to 1, or nullFlavor="NA"',
    fix='Write the rate, or mark it as not applicable (nullFlavor="NA") if the performance denominator is 0.',
    structure=("IG007 value",),
)

RATE_IDS = Kind(
    id="RATE003",
    slug="performance-rate-id-count",
    official_code=61,
    message="A performance rate of {measure} refers to {given}.",
    expected="One reference/externalObservation/id with the id of the rate's numerator",
    fix="Make the rate refer to its numerator, and to nothing else.",
    data=("count",),
    wording=("given",),
)

RATE_NOT_NUMERATOR = Kind(
    id="RATE004",
    slug="performance-rate-not-numerator",
    official_code=59,
    message="A performance rate of {measure} refers to {target} instead of a numerator of the measure.",
    expected="{wanted}",
    fix="Make the rate refer to the numerator of its population set.",
    data=("population_ids",),
    wording=("target", "wanted"),
)
