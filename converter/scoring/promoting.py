"""Promoting interoperability: points of each measure, where those of exclusions go, and what makes the category 0."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from converter.facts.scoring_rules import Row, ScoringRules, doubt, uncertain
from converter.language.english import listed
from converter.parsers.qpp_json.subject import MeasurementSubject, SetSubject, whole
from converter.resolve.submission_context import SubmissionContext
from converter.rules.submission.requirements import requirements
from converter.rules.submission.sets import cehrt_missing, period_length
from converter.scoring.arithmetic import plain, whole_points
from converter.scoring.values import CategoryScore, ItemScore

_REGISTRIES = "registries"
"""Name under which moves of points mean all public health measures that are asked for."""


class _Points:
    """The measures of a submission, and how many points each can have."""

    def __init__(self, context: SubmissionContext, sets: Sequence[SetSubject], rules: ScoringRules) -> None:
        self.context = context
        self.rules = rules
        self.items = {one.measure_id: one for part in sets for one in part.measurements if one.measure_id}
        self.most = {row["measure"]: Fraction(row["points"]) for row in rules.rows("piPoints")}
        self.bonus = {row["measure"] for row in rules.rows("piPoints") if row.get("bonus")}
        self.registries = rules.row("piRegistries")
        self.registry_points = Fraction(self.registries["points"]) if self.registries else Fraction(0)
        self.doubts: list[str] = []
        self.notes: list[str] = []
        self._move()

    def performed(self, name: str) -> bool:
        """Whether a measure is reported with cases, or answered with yes."""
        item = self.items.get(name)
        if item is None:
            return False
        numerator = _whole(item, "numerator")
        return item.value is True or (numerator is not None and numerator > 0)

    def excluded(self, name: str) -> bool:
        """Whether an exclusion is claimed for a measure that is not reported."""
        return not self.performed(name) and any(
            (one := self.items.get(other)) is not None and one.value is True for other in self._exclusions(name)
        )

    def _exclusions(self, name: str) -> Sequence[str]:
        found: Sequence[str] = (self.context.catalog.entry(name)[1] or {}).get("exclusion", ())
        return (found,) if isinstance(found, str) else found

    def _move(self) -> None:
        """Move the points of excluded measures to the others, in the order of the table."""
        for row in self.rules.rows("piMoves"):
            for name in row["excluded"]:
                points = self._taken(name)
                if not points:
                    continue
                targets = self._targets(row)
                if not targets:
                    self.notes.append(f"It is not known where the {_shown(points)} points of {_named(name)} go.")
                    continue
                for target in targets:
                    self.most[target] += points / len(targets)
                self.notes.append(f"{_named(name)} excluded: its {_shown(points)} points go to {listed(targets)}.")
                if uncertain(row):
                    self.doubts.append(doubt(row))

    def _taken(self, name: str) -> Fraction:
        """Take the points of an excluded measure away, and return them."""
        if name == _REGISTRIES:
            asked = self.registries["of"] if self.registries else ()
            if any(self.performed(one) for one in asked) or not any(self.excluded(one) for one in asked):
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


def promoting(context: SubmissionContext, sets: Sequence[SetSubject], rules: ScoringRules) -> CategoryScore:
    """Return the promoting interoperability category of measurement sets."""
    methods = tuple(dict.fromkeys(one.method or "?" for one in sets))
    rule = rules.row("piRule")
    if rule is None:
        why = f"The points of single measures of {rules.year} are not part of this tool's data."
        items = tuple(ItemScore(one.measure_id or "?", _title(one), None, None) for part in sets
                      for one in part.measurements)  # fmt: skip
        return CategoryScore("pi", None, None, Decimal(100), items=items, unknown=(why,), methods=methods)
    conflicts = tuple(_conflicts(sets, rules))
    whole_data = _of_sets(context, sets, rules, rule, conflicts)
    if conflicts or len(sets) == 1:
        return whole_data
    # As far as is known the best of what there is counts: all sets together, or one of them.
    alone = [_of_sets(context, [one], rules, rule, ()) for one in sets]
    return max((whole_data, *alone), key=lambda one: one.value or Decimal(0))


def _of_sets(
    context: SubmissionContext, sets: Sequence[SetSubject], rules: ScoringRules, rule: Row, conflicts: Sequence[str]
) -> CategoryScore:
    context = replace(context, subject=replace(context.subject, sets=list(sets)))
    points = _Points(context, sets, rules)
    items = tuple(_items(points, rule))
    zero = [*conflicts, *_lacking(context, sets)]
    total = sum((one.points for one in items if one.points is not None), Decimal(0))
    most = Decimal(rule["most"])
    value = Decimal(0) if zero else min(total, most)
    notes = [*points.notes]
    if not zero:
        numbers = [plain(one.points) for one in items if one.points is not None]
        over = f", at most {plain(most)}" if total > most else ""
        notes.append(f"Points: {' + '.join(numbers) or '0'} = {plain(total)}{over}.")
    doubts = [*points.doubts, *(doubt(row) for row in (rule, *_used(points, rules)) if uncertain(row))]
    return CategoryScore(
        category="pi",
        value=value,
        points=value,
        possible=most,
        items=items,
        notes=(*zero, *notes),
        doubts=tuple(dict.fromkeys(doubts)),
        methods=tuple(dict.fromkeys(one.method or "?" for one in sets)),
    )


def _used(points: _Points, rules: ScoringRules) -> Iterator[Row]:
    yield from (row for row in rules.rows("piPoints") if row["measure"] in points.items)
    yield from rules.rows("piRegistries")


def _items(points: _Points, rule: Row) -> Iterator[ItemScore]:
    registries = {name: worth for name, worth in _registries(points)}
    bonus = {name: worth for name, worth in _registry_bonus(points)}
    for name, item in sorted(points.items.items()):
        title = _title(item)
        if name in registries:
            yield ItemScore(name, title, registries[name], registries[name])
        elif name in bonus:
            yield ItemScore(name, title, bonus[name], bonus[name], bonus=True)
        elif name in points.most and not points.excluded(name):
            yield _measure(name, item, points, rule)
        else:
            answer = item.value if isinstance(item.value, bool) else None
            claimed = (item.facts or {}).get("reportingCategory") == "exclusion" and answer is True
            why = _without_points(item)
            yield ItemScore(name, title, None, None, why=why, answer=answer, exclusion=claimed)


def _measure(name: str, item: MeasurementSubject, points: _Points, rule: Row) -> ItemScore:
    most, title, bonus = points.most[name], _title(item), name in points.bonus
    shown = Decimal(most.numerator) / Decimal(most.denominator)
    numerator, denominator = _whole(item, "numerator"), _whole(item, "denominator")
    if isinstance(item.value, bool):
        worth = shown if item.value else Decimal(0)
        return ItemScore(name, title, worth, shown, bonus=bonus)
    if numerator is None or denominator is None or denominator <= 0 or not 0 <= numerator <= denominator:
        why = "Numerator and denominator do not make a rate, so that it has no points."
        return ItemScore(name, title, Decimal(0), shown, bonus=bonus, why=(why,))
    if bonus:
        # A bonus is not a matter of the rate.
        return ItemScore(name, title, shown if numerator else Decimal(0), shown, bonus=True)
    worth = Decimal(whole_points(Fraction(numerator, denominator) * most))
    if numerator > 0:
        worth = max(worth, Decimal(rule["least"]))
    formula = f"(({numerator}/{denominator})*{plain(shown)}) = {plain(worth)}"
    return ItemScore(name, title, worth, shown, formula)


def _registries(points: _Points) -> Iterator[tuple[str, Decimal]]:
    """The public health measures that are asked for, and what each is worth."""
    row = points.registries
    if row is None:
        return
    ending = row.get("twice")
    given = [one for one in row["of"] if points.performed(one)]
    again = [one + ending for one in row["of"] if ending and points.performed(one + ending)]
    counted = [*given, *again][: row["number"]]
    if not counted:
        return
    # One is enough for all points if the others are excluded.
    others = sum(points.excluded(one) for one in row["of"])
    shares = len(counted) if len(counted) + others >= row["number"] else row["number"]
    share = points.registry_points / shares
    for one in counted:
        yield one, Decimal(share.numerator) / Decimal(share.denominator)


def _registry_bonus(points: _Points) -> Iterator[tuple[str, Decimal]]:
    row = points.rules.row("piRegistryBonus")
    given = [one for one in row["of"] if points.performed(one)] if row else []
    if row and given:
        yield given[0], Decimal(row["points"])


def _conflicts(sets: Sequence[SetSubject], rules: ScoringRules) -> Iterator[str]:
    values: dict[str, list[object]] = {}
    for one in sets:
        for item in one.measurements:
            values.setdefault(item.measure_id or "?", []).append(item.value)
    names = sorted(name for name, ones in values.items() if any(one != ones[0] for one in ones))
    if names and rules.row("piConflict"):
        yield f"0 points: {listed(names)} {_are(names)} reported twice with different values."


def _lacking(context: SubmissionContext, sets: Sequence[SetSubject]) -> Iterator[str]:
    """What makes the category 0."""
    missing = [one.words_with_title for one in requirements(context) if not one.met]
    if missing:
        yield f"0 points: {'; '.join(missing)} {_are(missing)} missing, or not reported with yes or at least one case."
    for part in sets:
        if cehrt_missing(context, part):
            yield "0 points: the CMS EHR certification id is missing."
        length = period_length(context, part)
        if length is not None and length[0] < length[1]:
            yield f"0 points: the performance period has {max(length[0], 0)} days; {length[1]} are required."


def _are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _without_points(item: MeasurementSubject) -> tuple[str, ...]:
    kind = (item.facts or {}).get("reportingCategory")
    if item.facts is None:
        return ("It is not a measure of this year.",)
    if kind == "exclusion" or item.value is False:
        return ("An exclusion has no points of its own.",) if kind == "exclusion" else ("Answered with no.",)
    return ("It is required or optional, and has no points of its own.",)


def _whole(item: MeasurementSubject, name: str) -> int | None:
    return whole(item.value.get(name)) if isinstance(item.value, Mapping) else None


def _title(item: MeasurementSubject) -> str | None:
    return item.facts.get("title") if item.facts else None


def _named(name: str) -> str:
    return "Public health" if name == _REGISTRIES else name


def _shown(points: Fraction) -> str:
    return plain(Decimal(points.numerator) / Decimal(points.denominator))
