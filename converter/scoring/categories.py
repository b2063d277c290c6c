"""Weights of the categories, and the points of all of them together."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from converter.facts.policies import PATHWAY
from converter.facts.scoring_rules import Row, ScoringRules, doubt, uncertain
from converter.language.english import listed
from converter.language.terms import CATEGORY_NAMES
from converter.scoring.arithmetic import plain
from converter.scoring.profile import CATEGORIES, MEMBERS, Profile

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
    """Return the weights of a program; none, with the reason, where they are not known.

    Args:
        rules: rules of the year.
        program: program name; that of the MIPS Value Pathways has the weights of MIPS.
        profile: what is said of who reports.
        reported: categories of which there is data.
    """
    table = "mips" if program == PATHWAY else program
    given = dict(profile.weights)
    ended = tuple(_ended(given, reported))
    if len(given) == len(CATEGORIES):
        return Weights(given, ("The category weights are those that you gave.", *ended), ())
    row = next((one for one in rules.rows("weights") if one["program"] == table), None)
    if row is None:
        return Weights({}, ended, (), f"The category weights of this program in {rules.year} are not known.")
    automatic = _automatic(rules, profile, reported)
    zero = {name for name, weight in given.items() if weight == 0} | set(automatic)
    notes = [*(f"{one['what']}." for one in automatic.values()), *ended]
    doubts = [doubt(one) for one in automatic.values() if uncertain(one)]
    if not zero - {name for name in CATEGORIES if row[name] == 0}:
        return _of(row, notes, doubts)
    without = listed([name for name in CATEGORIES if name in zero])
    other = next((one for one in rules.rows("reweighted") if _is_for(one, table, zero, profile)), None)
    if other is None:
        why = (
            f"The category weights of {rules.year} without {without} are not known for this program and practice. "
            "Give all four weights, such as --reweight quality=70 cost=15 pi=0 ia=15."
        )
        return Weights({}, notes, doubts, why)
    return _of(other, [*notes, f"Reweighted without {without}."], doubts)


def _automatic(rules: ScoringRules, profile: Profile, reported: frozenset[str]) -> dict[str, Row]:
    """Categories that CMS reweights without being asked, where there is no data of them -> the row that says so."""
    found: dict[str, Row] = {}
    for row in rules.rows("automatic"):
        is_so = all(row[name] == getattr(profile, attribute) for name, attribute in MEMBERS.items() if name in row)
        if is_so and row["category"] not in reported:
            found.setdefault(row["category"], row)
    return found


def _ended(given: Mapping[str, Decimal], reported: frozenset[str]) -> Iterator[str]:
    """What is said of categories without weight of which there is data all the same."""
    names = [CATEGORY_NAMES[name] for name in CATEGORIES if given.get(name) == 0 and name in reported]
    if names:
        what = f"You give no weight to {listed(names)}, but there is data of it"
        yield f"{what}: data that is submitted usually ends a reweighting."


def _is_for(row: Row, program: str, zero: set[str], profile: Profile) -> bool:
    practice = row.get("smallPractice")
    return row["program"] == program and set(row["zero"]) == zero and practice in (None, profile.small_practice)


def _of(row: Row, notes: Sequence[str], doubts: Sequence[str]) -> Weights:
    known = {name: Decimal(row[name]) for name in _ORDER}
    return Weights(known, notes, [*doubts, *([doubt(row)] if uncertain(row) else ())])


def unknown(rules: ScoringRules, category: str) -> Iterator[str]:
    """What of a category, or of the total, cannot be known from files."""
    return (f"{row['what']}." for row in rules.rows("unknown") if row["category"] == category)


def weighted(value: Decimal | None, weight: Decimal | None) -> str:
    """How a category is weighted, in figures."""
    if value is None or weight is None:
        return "--"
    return f"{plain(value)}% of {plain(weight)}"
