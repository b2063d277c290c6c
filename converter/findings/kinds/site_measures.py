"""SITE: documents of practice sites, in programs that have ended (CPC+, Primary Care First): measures and counts."""

from converter.findings.finding import Kind

SITE_PERIOD_START = Kind(
    id="SITE021",
    slug="practice-site-period-start",
    official_code=55,
    message="The performance period {states}, but {program} reports the whole year {year}.",
    expected="A start of {year}0101",
    fix="Export the report again for the whole year {year}.",
    data=("program", "year"),
    wording=("states",),
)

SITE_PERIOD_END = Kind(
    id="SITE022",
    slug="practice-site-period-end",
    official_code=56,
    message="The performance period {states}, but {program} reports the whole year {year}.",
    expected="An end of {year}1231",
    fix="Export the report again for the whole year {year}.",
    data=("program", "year"),
    wording=("states",),
)

TOO_FEW_OF_GROUP = Kind(
    id="SITE023",
    slug="practice-site-too-few-of-group",
    official_code=64,
    message="The document reports {given} of the {program} measures of one group, but {expected_count} are required.",
    expected="At least {expected_count} of the measures {measures}",
    fix="Export the report again with more measures of the group.",
    data=("program", "count", "expected_count", "measure_ids"),
    wording=("given", "measures"),
)

TOO_FEW_IN_ALL = Kind(
    id="SITE024",
    slug="practice-site-too-few-measures",
    official_code=65,
    message="The document reports {given} of the {program} measures, but {expected_count} are required.",
    expected="At least {expected_count} of the measures {measures}",
    fix="Export the report again with more measures of {program}.",
    data=("program", "count", "expected_count", "measure_ids"),
    wording=("given", "measures"),
)

REQUIRED_MEASURES = Kind(
    id="SITE025",
    slug="practice-site-required-measures",
    official_code=103,
    message="{program} requires {required} in {year}, but the document does not report {missing_ones}.",
    expected="The measures {required}",
    fix="Export the report again with {missing_ones}.",
    data=("program", "year", "measure_ids"),
    wording=("missing_ones", "required"),
)

RATE_NUMBER = Kind(
    id="SITE026",
    slug="practice-site-rate-number",
    official_code=37,
    message="{measure} is reported with {given}, but it has {expectation} in {year}.",
    expected="{expectation}",
    fix="{remedy}",
    data=("year", "count", "expected_count"),
    wording=("expectation", "given", "remedy"),
)

RATE_OF_SET_MISSING = Kind(
    id="SITE027",
    slug="practice-site-rate-missing",
    official_code=59,
    message="{measure} does not have a performance rate for its numerator {population_id}{note}.",
    expected="A performance rate that refers to {population_id}",
    fix="Export the measure with a performance rate for each numerator.",
    data=("population_id",),
    optional=("population_set",),
    wording=("note",),
)

STRATUM_MISSING = Kind(
    id="SITE028",
    slug="practice-site-stratum-missing",
    official_code=48,
    message="The {role} population of {measure} is missing the stratum {population_id}.",
    expected="A reporting stratum that refers to {population_id}",
    fix="Export every stratum of the measure in each population, with a count of 0 if nobody was counted.",
    data=("role", "population_id"),
)

STRATUM_NUMBER = Kind(
    id="SITE029",
    slug="practice-site-stratum-number",
    official_code=49,
    message="The {role} population of {measure} has {given}, but {wanted} in the specification of the measure.",
    expected="{expectation}",
    fix="{remedy}",
    data=("role", "count", "expected_count"),
    wording=("expectation", "given", "remedy", "wanted"),
)

STRATUM_WITHOUT_ID = Kind(
    id="SITE030",
    slug="practice-site-stratum-without-id",
    message="A stratum in the {role} population of {measure} does not say which stratum it is.",
    expected="One reference/externalObservation/id with the stratum's id as root",
    fix="Give the stratum its id: the one in the specification of the measure.",
    data=("role",),
)

SUPPLEMENTAL_MISSING = Kind(
    id="SITE031",
    slug="practice-site-supplemental-data-missing",
    official_code=66,
    message="The {role} population of {measure} is missing the {what} {code}{named}.",
    expected="An observation of {what} with the code {code}, and its count",
    fix="Export all supplemental data of each population, with a count of 0 if nobody was counted.",
    data=("role",),
    wording=("code", "named", "what"),
)

SUPPLEMENTAL_COUNT = Kind(
    id="SITE032",
    slug="practice-site-supplemental-data-count",
    official_code=67,
    message="The {what} {code}{named} of a {role} population of {measure} has {given}.",
    expected="One aggregate count in each observation of supplemental data",
    fix="Give the observation exactly one count, 0 if nobody was counted.",
    data=("role", "count"),
    wording=("code", "given", "named", "what"),
)

DENOMINATOR_UNLIKE_INITIAL = Kind(
    id="SITE033",
    slug="practice-site-denominator-unlike-initial-population",
    official_code=101,
    message="The denominator of {measure} is {denominator_text}, but its initial population is {initial_text}: in "
    "{program}, both must be written as the same number.",
    expected="The same number for denominator and initial population",
    fix="Have the vendor correct how the measure is counted: its denominator is the initial population.",
    data=("program",),
    wording=("denominator_text", "initial_text"),
)

PERFORMANCE_DENOMINATOR_NEGATIVE = Kind(
    id="SITE034",
    slug="practice-site-performance-denominator-negative",
    official_code=92,
    message="{measure}{where} has a denominator of {denominator}, but {exclusion} exclusions and {exception} "
    "exceptions, which is more.",
    expected="No more exclusions and exceptions together than the denominator",
    fix="Have the vendor correct the counts: exclusions and exceptions are part of the denominator.",
    data=("denominator", "exclusion", "exception"),
    optional=("population_set",),
    wording=("where",),
)

NUMERATOR_OVER_PERFORMANCE_DENOMINATOR = Kind(
    id="SITE035",
    slug="practice-site-numerator-over-denominator",
    official_code=93,
    message="{measure}{where} has a numerator of {numerator}, but only {left} cases that can be in it.",
    expected="A numerator of at most the denominator minus exclusions and exceptions",
    fix="Have the vendor correct the counts: whoever is excluded is not in the numerator.",
    data=("numerator", "denominator", "exclusion", "exception"),
    optional=("population_set",),
    wording=("left", "where"),
)

EXCLUSIONS_OVER_DENOMINATOR = Kind(
    id="SITE036",
    slug="practice-site-exclusions-over-denominator",
    official_code=94,
    message="{measure}{where} has {exclusion} denominator exclusions, but a denominator of {denominator}.",
    expected="No more exclusions than the denominator",
    fix="Have the vendor correct the counts: exclusions are part of the denominator.",
    data=("denominator", "exclusion"),
    optional=("population_set",),
    wording=("where",),
)

RATE_UNDULY_NOT_APPLICABLE = Kind(
    id="SITE037",
    slug="practice-site-rate-not-applicable",
    official_code=91,
    message="The performance rate of {measure}{where} is marked as not applicable (NA), although the counts leave "
    "{left} cases to compute it from.",
    expected="A rate from 0 to 1",
    fix="Write the rate; NA is right only if no cases are left after exclusions and exceptions.",
    data=("denominator", "exclusion", "exception"),
    optional=("population_set",),
    wording=("left", "where"),
)

RATE_OF_NOTHING = Kind(
    id="SITE038",
    slug="practice-site-rate-of-nothing",
    official_code=98,
    message="The performance rate of {measure}{where} is 0, although there are no cases to compute it from.",
    expected='nullFlavor="NA" in place of a value',
    fix='Mark the rate as not applicable (nullFlavor="NA"): 0 says that there were cases, and none met the measure.',
    data=("denominator", "exclusion", "exception"),
    optional=("population_set",),
    wording=("where",),
)
