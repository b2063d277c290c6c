"""Which measurement sets the rules about absence and number are asked of, and under which programs."""

from collections.abc import Mapping

from converter.facts.policies import Row
from converter.parsers.qpp_json.subject import SetSubject
from converter.resolve.submission_context import SubmissionContext

CATEGORIES: Mapping[str, tuple[str, ...]] = {"quality": ("quality",), "pi": ("pi", "aci"), "ia": ("ia",)}
"""Category -> its names: promoting interoperability was called advancing care information in 2017."""


def sets_of(context: SubmissionContext, category: str) -> list[SetSubject]:
    """All measurement sets of a category, by whatever name."""
    return [one for one in context.subject.sets if one.category in CATEGORIES[category]]


def judged(context: SubmissionContext, category: str) -> list[SetSubject]:
    """The sets of a category that are measured against what the program asks for.

    Not those that are refused as a whole, and not those of a program that has rules of its own, or is not known. None
    where a part of the category was left out for an error.
    """
    if refused(context, category) or not context.complete(category):
        return []
    return [
        one
        for one in sets_of(context, category)
        if (row := context.program(one.program)) is not None and not row.get("ownRules")
    ]


def by_program(sets: list[SetSubject]) -> dict[str, list[SetSubject]]:
    """Measurement sets by their program, in the order in which the programs occur."""
    found: dict[str, list[SetSubject]] = {}
    for one in sets:
        found.setdefault(one.program or "", []).append(one)
    return found


def refused(context: SubmissionContext, category: str) -> Row | None:
    """The row that says why data of a category is refused from the entity; None where it is not."""
    return context.rules.refused_sets.get((category, context.subject.entity_type or ""))


def full_credit(context: SubmissionContext, category: str, program: str | None) -> Row | None:
    """The row by which a category gets full credit under a program without any data; None where it does not."""
    return context.rules.full_credit.get((category, program or ""))
