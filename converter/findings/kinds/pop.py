"""POP: populations of quality measures and their counts."""

from converter.findings.finding import Effect, Kind, Severity

POPULATION_COUNT = Kind(
    id="POP001",
    slug="population-number",
    official_code=14,
    message="{measure} is reported with {given}, but it has {wanted} in {year}.",
    expected="{expectation}",
    fix="{remedy}",
    data=("year", "role", "count", "expected_count"),
    wording=("expectation", "given", "remedy", "wanted"),
)

POPULATION_ID_MISSING = Kind(
    id="POP002",
    slug="population-id-missing",
    official_code=59,
    message="{measure} is missing its {role} population {population_id}{note}.{evidence}",
    expected="A {role} population with the id {population_id}",
    fix="{remedy}",
    data=("role", "population_id"),
    optional=("population_set",),
    wording=("evidence", "note", "remedy"),
)

NO_POPULATION = Kind(
    id="POP003",
    slug="no-population",
    official_code=7,
    message="{measure} is reported without any populations.",
    expected="The populations of the measure: {wanted}",
    fix="Export the measure with its populations and counts; if they are there, they are missing their templateId.",
    data=("roles",),
    wording=("wanted",),
)

POPULATION_IDS = Kind(
    id="POP004",
    slug="population-id-count",
    official_code=57,
    message="A {role} population of {measure} has {given}.",
    expected="One reference/externalObservation/id with the population's id as root",
    fix="Give the population exactly one id: the one in the specification of the measure.",
    data=("role", "count"),
    wording=("given",),
)

POPULATION_CODES = Kind(
    id="POP005",
    slug="population-code-count",
    official_code=58,
    message="A population of {measure} has {given}.",
    expected="One value with a code such as DENOM or NUMER",
    fix="Give the population exactly one code: the one that says which population it is.",
    data=("count",),
    wording=("given",),
)

COUNT_NOT_SINGLE = Kind(
    id="POP006",
    slug="aggregate-count-number",
    official_code=52,
    message="The {role} population of {measure} has {given}{note}.",
    expected="One aggregate count (template 2.16.840.1.113883.10.20.27.3.3)",
    fix="{remedy}",
    data=("role", "count"),
    wording=("given", "note", "remedy"),
)

COUNT_WITHOUT_VALUE = Kind(
    id="POP007",
    slug="count-without-value",
    official_code=8,
    message="{whose} has no value.",
    expected="A whole number, 0 or more",
    fix="Write the number; write 0 if nobody was counted.",
    optional=("role",),
    wording=("whose",),
)

COUNT_NOT_WHOLE = Kind(
    id="POP008",
    slug="count-not-whole",
    official_code=9,
    message="{whose} {given}.",
    expected="A whole number of at most 2147483647, without spaces, decimals or exponent",
    fix="Write the count as digits only, such as 42.",
    optional=("role",),
    wording=("given", "whose"),
    structure=("IG007 value",),
)

COUNT_NEGATIVE = Kind(
    id="POP009",
    slug="count-negative",
    official_code=53,
    message="The {role} count of {measure} is {found}, but a count cannot be negative.",
    expected="0 or more",
    fix="Correct the count in the EHR or its report, and export again.",
    data=("role",),
)

DENOMINATOR_OVER_INITIAL = Kind(
    id="POP010",
    slug="denominator-over-initial-population",
    official_code=13,
    message="The denominator of {measure} ({found}) is larger than its initial population ({initial}).",
    expected="A denominator of at most {initial}",
    fix="Correct the two counts: everyone in the denominator is also in the initial population.",
    data=("denominator", "initial"),
    figure=True,
)

COUNTS_IN_FIRST_STRATUM = Kind(
    id="POP011",
    slug="counts-in-first-stratum",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="All counts of {measure} are submitted in the stratum {stratum}, with zeros in {others}, as CMS' "
    "converter does; the document's counts by stratum are not used.",
    expected="-",
    fix="No action is needed; the overall rate is right, but the split by stratum is not.",
    data=("stratum", "strata"),
    wording=("others",),
)

COUNTS_SUMMED = Kind(
    id="POP012",
    slug="population-sets-summed",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="The {count} population sets of {measure} are added together, because QPP JSON has only one rate for it.",
    expected="-",
    fix="No action is needed; if the sums look unfamiliar, compare them with the EHR's report.",
    data=("count",),
)

NUMEX_DROPPED = Kind(
    id="POP013",
    slug="numerator-exclusion-dropped",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="The numerator exclusion of {measure} ({found}) is not part of the submission; performance met is the "
    "numerator count as reported.",
    expected="A numerator count that does not include the exclusions",
    fix="Check that the numerator does not include the {cases}, which QPP JSON has no place for.",
    data=("count",),
    wording=("cases",),
)

POPULATION_IGNORED = Kind(
    id="POP014",
    slug="population-ignored",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="{measure} is reported with the population {role}, which is not part of the measure and is not submitted.",
    expected="Only populations of the measure: {wanted}",
    fix="Remove the population, or correct its code if a different population is meant.",
    data=("role", "roles"),
    wording=("wanted",),
)

INITIAL_POPULATION_UNCLEAR = Kind(
    id="POP015",
    slug="initial-population-unclear",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="The initial population of {measure} {problem}.",
    expected="One initial population with the id {population_id}",
    fix="Give each population set of the measure one initial population (IPOP) with its id; the submission is not "
    "affected.",
    data=("count", "population_id"),
    wording=("problem",),
)

POPULATION_WITHOUT_ID = Kind(
    id="POP016",
    slug="population-without-id",
    message="The {role} population of {measure} has no population id, so it is not clear which of the measure's "
    "{count} rates it belongs to.",
    expected="One reference/externalObservation/id with the population's id as root",
    fix="Give the population its id, one of {wanted}; without it, CMS' converter would lose the whole measure.",
    data=("role", "count", "population_ids"),
    wording=("wanted",),
)

ROLES_SWAPPED = Kind(
    id="POP017",
    slug="population-roles-swapped",
    message="In {measure}{where} the ids of {first_role} and {second_role} are swapped: each population has the id of "
    "the other.",
    expected="{first_role} with the id {first_id}, {second_role} with the id {second_id}",
    fix="Swap the two ids or the two codes, depending on which of them the counts show to be wrong.",
    data=("first_role", "second_role", "first_id", "second_id"),
    optional=("population_set",),
    wording=("where",),
)

POPULATIONS_OF_ANOTHER_MEASURE = Kind(
    id="POP018",
    slug="populations-of-another-measure",
    message="{measure} is reported with the populations of {other_measure}: {count} of {total} population ids "
    "{belong} to {other_measure}.",
    expected="The populations of {measure}, or the GUID of {other_measure}, {guid}",
    fix="Find out which of the two measures was counted, then correct the GUID or export the right populations; "
    "changing only the ids would submit the counts of one measure as those of the other.",
    data=("other_measure", "guid", "count", "total"),
    wording=("belong",),
)

CODE_UNLIKE_ID = Kind(
    id="POP019",
    slug="population-code-unlike-id",
    message='A population of {measure} has the code "{found}", but the id of the {role} population.',
    expected="The code {role}",
    fix="Change the code to {role} if the count is that of the {role} population; otherwise, correct the id.",
    data=("role",),
)

COUNT_SEVERAL_VALUES = Kind(
    id="POP020",
    slug="count-with-several-values",
    message="A count has {count} values ({values}), so it is not clear which of them is right.",
    expected="One value in each aggregate count",
    fix="Keep the right value and remove the others.",
    data=("count",),
    wording=("values",),
)
