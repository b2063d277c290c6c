"""POP: populations of quality measures and their counts."""

from converter.findings.finding import Effect, Kind, Severity

POPULATION_COUNT = Kind(
    id="POP001",
    slug="population-number",
    official_code=14,
    message="{measure} is reported with {given}, but in {year} it has {wanted}.",
    expected="{expectation}",
    fix="{remedy}",
    data=("year", "role", "count", "expected_count"),
    wording=("expectation", "given", "remedy", "wanted"),
)

POPULATION_ID_MISSING = Kind(
    id="POP002",
    slug="population-id-missing",
    official_code=59,
    message="{measure} lacks its {role} population {population_id}{note}.{evidence}",
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
    message="{measure} is reported without any population.",
    expected="The populations of the measure: {wanted}",
    fix="Export the measure with its populations and counts; if they are there, they lack their templateId.",
    data=("roles",),
    wording=("wanted",),
)

POPULATION_IDS = Kind(
    id="POP004",
    slug="population-id-count",
    official_code=57,
    message="A {role} population of {measure} has {given} instead of one.",
    expected="One reference/externalObservation/id with the population's id as root",
    fix="Give the population exactly one id, the one of the measure's specification.",
    data=("role", "count"),
    wording=("given",),
)

POPULATION_CODES = Kind(
    id="POP005",
    slug="population-code-count",
    official_code=58,
    message="A population of {measure} has {given} instead of one.",
    expected="One value with a code such as DENOM or NUMER",
    fix="Give the population exactly one value that says which population it is.",
    data=("count",),
    wording=("given",),
)

COUNT_NOT_SINGLE = Kind(
    id="POP006",
    slug="aggregate-count-number",
    official_code=52,
    message="The {role} population of {measure} has {given} instead of one{note}.",
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
    fix="Write the number into value/@value; write 0 where nobody was counted.",
    optional=("role",),
    wording=("whose",),
)

COUNT_NOT_WHOLE = Kind(
    id="POP008",
    slug="count-not-whole",
    official_code=9,
    message='{whose} is "{found}", which is not a whole number{note}.',
    expected="A whole number of at most 2147483647, without blanks, decimals or exponent",
    fix="Write the count as digits only, such as 42.",
    optional=("role",),
    wording=("note", "whose"),
    structure=("IG007 value",),
)

COUNT_NEGATIVE = Kind(
    id="POP009",
    slug="count-negative",
    official_code=53,
    message="The {role} count of {measure} is {found}, but a count cannot be negative.",
    expected="0 or more",
    fix="Correct the count in the EHR or its report and export again.",
    data=("role",),
)

DENOMINATOR_OVER_INITIAL = Kind(
    id="POP010",
    slug="denominator-over-initial-population",
    official_code=13,
    message="The denominator of {measure} ({found}) is larger than its initial population ({initial}).",
    expected="A denominator of at most {initial}",
    fix="Correct the two counts: everybody in the denominator is also in the initial population.",
    data=("denominator", "initial"),
)

COUNTS_IN_FIRST_STRATUM = Kind(
    id="POP011",
    slug="counts-in-first-stratum",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="All counts of {measure} are submitted in the stratum {stratum}, and zeros in {others}, as CMS' "
    "converter does; the counts by stratum in the document are not used.",
    expected="-",
    fix="Nothing needs to be done; the overall rate is right, the split by stratum is not.",
    data=("stratum", "strata"),
    wording=("others",),
)

COUNTS_SUMMED = Kind(
    id="POP012",
    slug="population-sets-summed",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="The {count} population sets of {measure} are added up, because QPP JSON has one rate for it.",
    expected="-",
    fix="Nothing needs to be done; compare the sums with the EHR's report if they look unfamiliar.",
    data=("count",),
)

NUMEX_DROPPED = Kind(
    id="POP013",
    slug="numerator-exclusion-dropped",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="The numerator exclusion of {measure} ({found}) is not part of the submission; performance met is the "
    "numerator count as it stands.",
    expected="A numerator count that leaves the exclusions out",
    fix="Check that the numerator does not include the {found} excluded cases; QPP JSON has no place for them.",
    data=("count",),
)

POPULATION_IGNORED = Kind(
    id="POP014",
    slug="population-ignored",
    severity=Severity.WARNING,
    effect=Effect.REMARK,
    message="{measure} is reported with the population {role}, which is not part of the measure and is not submitted.",
    expected="Only populations of the measure: {wanted}",
    fix="Remove the population, or correct its code if another one is meant.",
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
    fix="Give each population set of the measure one IPOP population with its id; the submission is not affected.",
    data=("count", "population_id"),
    wording=("problem",),
)

POPULATION_WITHOUT_ID = Kind(
    id="POP016",
    slug="population-without-id",
    message="The {role} population of {measure} has no population id, so it cannot be told to which of the measure's "
    "{count} rates it belongs.",
    expected="One reference/externalObservation/id with the population's id as root",
    fix="Give the population its id, one of {wanted}; CMS' converter would lose the whole measure.",
    data=("role", "count", "population_ids"),
    wording=("wanted",),
)

ROLES_SWAPPED = Kind(
    id="POP017",
    slug="population-roles-swapped",
    message="In {measure}{where} the ids of {first_role} and {second_role} are swapped: each population carries the "
    "id of the other.",
    expected="{first_role} with the id {first_id}, {second_role} with the id {second_id}",
    fix="Swap the two ids, or the two codes, whichever the counts show to be wrong.",
    data=("first_role", "second_role", "first_id", "second_id"),
    optional=("population_set",),
    wording=("where",),
)

POPULATIONS_OF_ANOTHER_MEASURE = Kind(
    id="POP018",
    slug="populations-of-another-measure",
    message="{measure} is reported with the populations of {other_measure}: {count} of {total} population ids are "
    "those of {other_measure}.",
    expected="The populations of {measure}, or the GUID of {other_measure}, {guid}",
    fix="Find out which of the two measures was counted, then correct the GUID or export the right populations; new "
    "ids alone would submit the counts of one measure as those of the other.",
    data=("other_measure", "guid", "count", "total"),
)

CODE_UNLIKE_ID = Kind(
    id="POP019",
    slug="population-code-unlike-id",
    message='A population of {measure} has the code "{found}", but its id is that of the {role} population.',
    expected="The code {role}",
    fix="Write {role} into value/@code if the count is that of the {role} population; otherwise correct the id.",
    data=("role",),
)

COUNT_SEVERAL_VALUES = Kind(
    id="POP020",
    slug="count-with-several-values",
    message="An aggregate count has {count} values ({values}), so it cannot be told which one counts.",
    expected="One value in each aggregate count",
    fix="Keep the value that is right and remove the others.",
    data=("count",),
    wording=("values",),
)
