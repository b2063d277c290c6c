"""Weights of the categories, and the points of all of them together."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from converter.errors import UsageError
from converter.facts.policies import PATHWAY
from converter.facts.scoring_rules import Row, ScoringRules, doubt, uncertain
from converter.language.english import listed
from converter.scoring.arithmetic import plain
from converter.scoring.profile import CATEGORIES, Profile

_ORDER = ("quality", "pi", "ia", "cost")


class Weights:
    """The weights of the categories.

    Attributes:
        of: category -> weight in percent; empty where they are not known.
        notes: how they came about, in sentences.
        doubts: what is not certain about them, in sentences.
        why: why they are not known, as a sentence; empty where they are.
    """

    def __init__(self, of: Mapping[str, Decimal], notes: Sequence[str], doubts: Sequence[str], why: str = "") -> None:
        self.of = of
        self.notes = tuple(notes)
        self.doubts = tuple(doubts)
        self.why = why


def weights(rules: ScoringRules, program: str, profile: Profile, reported: frozenset[str]) -> Weights:
    """Return the weights of a program.

    Args:
        rules: rules of the year.
        program: program name; that of the MIPS Value Pathways has the weights of MIPS.
        profile: what is said of who reports.
        reported: categories of which there is data.

    Raises:
        UsageError: categories are reweighted for which the weights of the others are not known.
    """
    table = "mips" if program == PATHWAY else program
    given = dict(profile.weights)
    if len(given) == len(CATEGORIES):
        return Weights(given, ("The category weights are those that you gave.",), ())
    row = next((one for one in rules.rows("weights") if one["program"] == table), None)
    if row is None:
        return Weights({}, (), (), f"The category weights of this program in {rules.year} are not known.")
    zero = {name for name, weight in given.items() if weight == 0}
    automatic = {
        one["category"]: one
        for one in rules.rows("automatic")
        if one["smallPractice"] == profile.small_practice and one["category"] not in reported and table == "mips"
    }
    zero |= set(automatic)
    notes = [f"{one['what']}." for one in automatic.values()]
    if not zero - {name for name in CATEGORIES if row[name] == 0}:
        return _of(row, notes)
    other = next((one for one in rules.rows("reweighted") if _is_for(one, table, zero, profile)), None)
    if other is None:
        raise UsageError(
            f"The weights of {rules.year} without {listed(sorted(zero))} are not known for this program and practice. "
            "Give all four weights, such as --reweight quality=70 cost=15 pi=0 ia=15."
        )
    notes.append(f"Reweighted without {listed(sorted(zero))}.")
    return _of(other, notes)


def _is_for(row: Row, program: str, zero: set[str], profile: Profile) -> bool:
    practice = row.get("smallPractice")
    return row["program"] == program and set(row["zero"]) == zero and practice in (None, profile.small_practice)


def _of(row: Row, notes: Sequence[str]) -> Weights:
    return Weights({name: Decimal(row[name]) for name in _ORDER}, notes, (doubt(row),) if uncertain(row) else ())


def unknown(rules: ScoringRules, category: str) -> Iterator[str]:
    """What of a category, or of the total, cannot be known from files."""
    return (f"{row['what']}." for row in rules.rows("unknown") if row["category"] == category)


def weighted(value: Decimal | None, weight: Decimal | None) -> str:
    """How a category is weighted, in figures."""
    if value is None or weight is None:
        return "--"
    return f"{plain(value)}% of {plain(weight)}"
