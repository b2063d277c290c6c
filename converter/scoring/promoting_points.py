"""Points of promoting interoperability: how many each measure can have, and where those of excluded ones go."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from converter.facts.catalog import Catalog
from converter.facts.policies import Row as Asked
from converter.facts.scoring_rules import Row, ScoringRules, doubt, uncertain
from converter.language.english import listed
from converter.parsers.qpp_json.subject import MeasurementSubject, SetSubject, whole
from converter.resolve.submission_context import SubmissionContext
from converter.scoring.arithmetic import plain

_REGISTRIES = "registries"
"""Name under which moves of points mean all public health measures that are asked for."""


class Points:
    """The measures of a submission, and how many points each can have.

    Attributes:
        items: measure id -> what is reported of it.
        most: measure id -> how many points it can have, after those of excluded measures have moved.
        bonus: the measures whose points are a bonus.
        registries: the row of the public health measures that are asked for; None where the year has none.
        registry_points: how many points these have together.
        instead: measure id -> why it does not count beside those that it stands for.
        doubts, notes: what is not certain about the points, and how they moved, in sentences.
        lost: points of which it is not known where they go, in sentences.
    """

    def __init__(
        self,
        context: SubmissionContext,
        sets: Sequence[SetSubject],
        rules: ScoringRules,
        instead: Mapping[str, str] | None = None,
    ) -> None:
        self.context = context
        self.rules = rules
        self.instead = dict(instead or {})
        self.items = {one.measure_id: one for part in sets for one in part.measurements if one.measure_id}
        rows = [row for row in rules.rows("piPoints") if row["measure"] not in self.instead]
        self.most = {row["measure"]: Fraction(row["points"]) for row in rows}
        self.bonus = {row["measure"] for row in rows if row.get("bonus")}
        self.registries = rules.row("piRegistries")
        self.registry_points = Fraction(self.registries["points"]) if self.registries else Fraction(0)
        self.doubts: list[str] = []
        self.notes: list[str] = []
        self.lost: list[str] = []
        self._move()

    def performed(self, name: str) -> bool:
        """Whether a measure is reported with cases, or answered with yes."""
        item = self.items.get(name)
        if item is None:
            return False
        numerator = number_of(item, "numerator")
        return item.value is True or (numerator is not None and numerator > 0)

    def excluded(self, name: str) -> bool:
        """Whether an exclusion is claimed for a measure that is not reported."""
        return not self.performed(name) and any(
            (one := self.items.get(other)) is not None and one.value is True
            for other in exclusions_of(name, self.context)
        )

    def registries_given(self) -> tuple[list[str], int]:
        """The public health measures that count, and for how many registries they do."""
        row = self.registries
        if row is None:
            return [], 0
        ending = row.get("twice")
        given = [one for one in row["of"] if self.performed(one)]
        again = [one + ending for one in row["of"] if ending and self.performed(one + ending)]
        counted = [*given, *again][: row["number"]]
        # A measure for two registries may be reported without that for the first.
        alone = sum(one in again and one.removesuffix(ending or "") not in given for one in counted)
        return counted, len(counted) + alone

    def _move(self) -> None:
        """Move the points of excluded measures to the others, in the order of the table."""
        rows = list(self.rules.rows("piMoves"))
        for number, row in enumerate(rows):
            for name in row["excluded"]:
                points = self._taken(name)
                if points:
                    self._give(name, points, row, {one for later in rows[number + 1 :] for one in later["excluded"]})

    def _give(self, name: str, points: Fraction, row: Row, later: set[str]) -> None:
        targets = self._targets(row)
        passing = [] if targets else [one for one in row["moveTo"] if one in later and self._passes(one)]
        if not targets and not passing:
            self.lost.append(f"It is not known where the {_shown(points)} points of {_named(name)} go.")
            return
        for target in targets or passing:
            self.most[target] += points / len(targets or passing)
        on = ", and on with its own" if passing else ""
        to = listed(targets or passing)
        self.notes.append(f"{_named(name)} excluded: its {_shown(points)} points go to {to}{on}.")
        if uncertain(row):
            self.doubts.append(doubt(row))

    def _taken(self, name: str) -> Fraction:
        """Take the points of an excluded measure away, and return them."""
        if name == _REGISTRIES:
            asked = self.registries["of"] if self.registries else ()
            if self.registries_given()[0] or not any(self.excluded(one) for one in asked):
                return Fraction(0)
            points, self.registry_points = self.registry_points, Fraction(0)
            return points
        if name in self.bonus or name not in self.most or not self.excluded(name):
            return Fraction(0)
        points, self.most[name] = self.most[name], Fraction(0)
        return points

    def _targets(self, row: Row) -> list[str]:
        """The measures that take points: those of the table that are reported, or the first others that are."""
        found = [one for one in row["moveTo"] if self._takes(one)]
        if not found:
            found = [one for one in row.get("or", ()) if self._takes(one)][:1]
        return found

    def _takes(self, name: str) -> bool:
        return name in self.most and name in self.items and not self.excluded(name)

    def _passes(self, name: str) -> bool:
        return name in self.most and self.excluded(name)


def exclusions_of(name: str, context: SubmissionContext) -> set[str]:
    """Ids of what may be claimed instead of a measure, of the measures data and of what the year asks for.

    The measures data of 2019 and 2020 does not name all of them.
    """
    facts = context.catalog.entry(name)[1] or {}
    found: object = facts.get("exclusion", ())
    named = {found} if isinstance(found, str) else set(found or ())  # type: ignore[call-overload]  # a list else
    for row in context.rules.pi_requirements:
        for group in _groups(row):
            if name in group:
                named |= {one for one in group if _is_exclusion(one, context.catalog)}
    return named


def _groups(row: Asked) -> Iterable[Sequence[str]]:
    return [row["oneOf"]] if "oneOf" in row else row.get("groups", ())


def _is_exclusion(name: str, catalog: Catalog) -> bool:
    return (catalog.entry(name)[1] or {}).get("reportingCategory") == "exclusion"


def alternatives(points: Points) -> Iterator[list[tuple[str, ...]]]:
    """Measures that stand for each other (`substitutes` of the measures data): those of one way belong together.

    Yields, for all that stand for each other, the ways of which something is reported or excluded.
    """
    ways: dict[frozenset[str], list[str]] = {}
    for name in points.most:
        others = (points.context.catalog.entry(name)[1] or {}).get("substitutes", ())
        if known := frozenset(points.most).intersection(others):
            ways.setdefault(known, []).append(name)
    done: set[str] = set()
    for others, names in ways.items():
        if not done.isdisjoint(names):
            continue
        together = [tuple(names), *(tuple(more) for more in ways.values() if not others.isdisjoint(more))]
        done |= {one for way in together for one in way}
        yield [way for way in together if any(points.performed(one) or points.excluded(one) for one in way)]


def number_of(item: MeasurementSubject, name: str) -> int | None:
    """A count of a measure that is reported with counts; None where it has none."""
    return whole(item.value.get(name)) if isinstance(item.value, Mapping) else None


def _named(name: str) -> str:
    return "Public health" if name == _REGISTRIES else name


def _shown(points: Fraction) -> str:
    return plain(Decimal(points.numerator) / Decimal(points.denominator))
