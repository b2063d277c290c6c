"""What CMS asks of a submission of a year beside the measures data, from `schemas/submission-rules.json`."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from converter.errors import DataFileError
from converter.facts.files import Folders, load_table

Row: TypeAlias = Mapping[str, Any]

PATHWAY = "MVP"
"""Name under which the table lists all MIPS Value Pathways."""


class Period(NamedTuple):
    """How long a performance period is: the whole year (`days` is None), or at least a number of days."""

    days: int | None


class SubmissionRules(NamedTuple):
    """The rules of a year. Rows are as in the data file, which says what they mean.

    Attributes:
        programs: program name -> its row; `MVP` for all MIPS Value Pathways.
        methods: submission method -> its row.
        own_members: member of a measurement set -> the one program that it belongs to.
        refused_sets: category and entity type -> row that says why such data is refused.
        required_measures: measures without which a measurement set is refused.
        cehrt_required: categories, with the submission method or None for any.
        cehrt_format: form of the CMS EHR certification id; None where it is not known.
        cehrt_shown: the form in words.
        cehrt_certain: whether CMS is known to refuse another form.
        cehrt_mixed: forms of ids of a mix of editions, each with its row.
        periods: category -> length of the performance period.
        case_minimum: cases that a measure needs to be scored.
        quality_measures: measures that are asked for under mips.
        pathway_measures: measures that are asked for under a MIPS Value Pathway.
        completeness: share of the eligible cases that must be reported; None where the year has no such row.
        full_credit: category and program -> row of those that get full credit without data.
        activities: improvement activities that are asked for; None where the year has no such row.
        strata_by_method: (measure, submission method) -> number of strata.
        registry_exclusions: whether excluded cases are refused by registry.
        pi_exclusions: whether a measure and its exclusion are refused together.
        pi_substitutes: whether measures that stand for each other are refused together.
        pi_unusual: measures that are not expected together.
        pi_requirements: what promoting interoperability data needs to be scored.
    """

    programs: Mapping[str, Row]
    methods: Mapping[str, Row]
    own_members: Mapping[str, str]
    refused_sets: Mapping[tuple[str, str], Row]
    required_measures: tuple[Row, ...]
    cehrt_required: tuple[tuple[str, str | None], ...]
    cehrt_format: re.Pattern[str] | None
    cehrt_shown: str
    cehrt_certain: bool
    cehrt_mixed: tuple[tuple[re.Pattern[str], Row], ...]
    periods: Mapping[str, Period]
    case_minimum: int
    quality_measures: int
    pathway_measures: int
    completeness: Row | None
    full_credit: Mapping[tuple[str, str], Row]
    activities: Row | None
    strata_by_method: Mapping[tuple[str, str], int]
    registry_exclusions: bool
    pi_exclusions: bool
    pi_substitutes: bool
    pi_unusual: tuple[Row, ...]
    pi_requirements: tuple[Row, ...]

    def program(self, name: str) -> Row | None:
        """What the year says of a program; None where it does not know it."""
        found = self.programs.get(name)
        if found is None and (other := self.programs.get(name.lower())) and other.get("anyCase"):
            return other
        return found


def basis(row: Row) -> str:
    """How sure it is what a row says, for the end of a sentence: `policy`, or what it is inferred from."""
    return "policy" if row["sure"] == "policy" else f"inferred from {row['source']}"


@lru_cache(maxsize=32)
def load_submission_rules(folders: Folders, year: int) -> SubmissionRules:
    """Load the rules of a year.

    Raises:
        DataFileError: the file is missing, or does not have the right shape.
    """
    data = load_table(folders, "submission-rules")

    def rows(name: str) -> tuple[Row, ...]:
        return tuple(row for row in data[name] if row["from"] <= year <= row.get("to", year))

    formats, scored = rows("cehrtFormats"), rows("quality")
    if not scored:
        raise DataFileError(f'The data file submission-rules.json has no row of "quality" for {year}.')
    quality = scored[-1]
    return SubmissionRules(
        programs={row["name"]: row for row in rows("programs")},
        methods={row["name"]: row for row in rows("methods")},
        own_members={row["member"]: row["program"] for row in rows("ownMembers")},
        refused_sets={(row["category"], row["entityType"]): row for row in rows("refusedSets")},
        required_measures=rows("requiredMeasures"),
        cehrt_required=tuple((row["category"], row.get("submissionMethod")) for row in rows("cehrtRequired")),
        cehrt_format=_pattern(formats[-1]["pattern"]) if formats else None,
        cehrt_shown=formats[-1]["shown"] if formats else "15 letters and digits",
        cehrt_certain=bool(formats and formats[-1]["certain"]),
        cehrt_mixed=tuple((_pattern(row["pattern"]), row) for row in rows("cehrtMixed")),
        periods={row["category"]: Period(row.get("days")) for row in rows("periods")},
        case_minimum=quality["caseMinimum"],
        quality_measures=quality["measures"],
        pathway_measures=quality["mvpMeasures"],
        completeness=next(iter(rows("completeness")), None),
        full_credit={(row["category"], row["program"]): row for row in rows("fullCredit")},
        activities=next(iter(rows("activities")), None),
        strata_by_method={(row["measure"], row["submissionMethod"]): row["count"] for row in rows("strataByMethod")},
        registry_exclusions=bool(rows("registryExclusions")),
        pi_exclusions=bool(rows("piExclusions")),
        pi_substitutes=bool(rows("piSubstitutes")),
        pi_unusual=rows("piUnusual"),
        pi_requirements=rows("piRequirements"),
    )


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise DataFileError(
            f"The data file submission-rules.json has a pattern that is none, {text}: {error}"
        ) from error
