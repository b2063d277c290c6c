"""What the rules of practice sites share: the facts of year and program, and how sentences name them."""

from converter.facts.practice_sites import PracticeSites
from converter.language.terms import program_words
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Context

_SHORT = {"CPCPLUS": "CPC+"}


def practice(context: Context) -> PracticeSites:
    """What year and program ask of practice sites.

    Raises:
        ValueError: the document is of another program, which the rules of this package are not asked of.
    """
    if context.resolved.practice is None:
        raise ValueError("the document is not of a program that practice sites report in")
    return context.resolved.practice


def program(context: Context) -> str:
    """How sentences name the program."""
    name = practice(context).program
    return _SHORT.get(name) or program_words(context.resolved.profile.programs[name].program_name)


def example_of(context: Context) -> str:
    """A practice site id of the form that the program has; no such id has been assigned."""
    return "T1XX0000" if practice(context).practice_id else "XX0000"


def site_root(context: Context) -> str:
    """Root of the practice site id."""
    return context.resolved.profile.identifiers[practice(context).identifier]


def known_measures(context: Context) -> list[ResolvedMeasure]:
    """The measures of the document whose GUID is that of a measure of the year."""
    return [item for item in context.resolved.measures if item.recognised]


def set_name(item: ResolvedMeasure, index: int) -> str | None:
    """How sentences name a population set; None where the measure has only one."""
    if item.known.population_sets < 2:
        return None
    return item.known.strata[index].name or f"population set {index + 1}"


def in_set(item: ResolvedMeasure, index: int) -> str:
    """The population set as a part of a sentence; empty where the measure has only one."""
    name = set_name(item, index)
    return f" ({name})" if name else ""
