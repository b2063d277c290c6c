"""Promoting interoperability: the points of each measure, which count together, and what makes the category 0."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from converter.facts.scoring_rules import Row, ScoringRules, doubt, uncertain
from converter.language.english import listed
from converter.parsers.qpp_json.subject import MeasurementSubject, SetSubject
from converter.resolve.submission_context import SubmissionContext
from converter.rules.submission.requirements import requirements
from converter.rules.submission.sets import cehrt_missing, period_length
from converter.scoring.arithmetic import plain, whole_points
from converter.scoring.promoting_points import Points, alternatives, number_of
from converter.scoring.values import CategoryScore, ItemScore


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
    unknown = [one for one in (whole_data, *alone) if one.value is None]
    return unknown[0] if unknown else max((whole_data, *alone), key=lambda one: one.value or Decimal(0))


def _of_sets(
    context: SubmissionContext, sets: Sequence[SetSubject], rules: ScoringRules, rule: Row, conflicts: Sequence[str]
) -> CategoryScore:
    context = replace(context, subject=replace(context.subject, sets=list(sets)))
    points, items, beside = _best(context, sets, rules, rule)
    zero = [*conflicts, *_lacking(context, sets)]
    total = _total(items)
    most = Decimal(rule["most"])
    value = None if points.lost and not zero else Decimal(0) if zero else min(total, most)
    notes = [*points.notes, *beside]
    if not zero:
        numbers = [plain(one.points) for one in items if one.points is not None]
        over = f", at most {plain(most)}" if total > most else ""
        notes.append(f"Points: {' + '.join(numbers) or '0'} = {plain(total)}{over}.")
    used = [rule, *_used(points, rules), *(rules.rows("piAlternatives") if beside else ())]
    doubts = [*points.doubts, *(doubt(row) for row in used if uncertain(row))]
    return CategoryScore(
        category="pi",
        value=value,
        points=value,
        possible=most,
        items=items,
        notes=(*zero, *notes),
        unknown=() if zero else tuple(points.lost),
        doubts=tuple(dict.fromkeys(doubts)),
        methods=tuple(dict.fromkeys(one.method or "?" for one in sets)),
    )


def _best(
    context: SubmissionContext, sets: Sequence[SetSubject], rules: ScoringRules, rule: Row
) -> tuple[Points, tuple[ItemScore, ...], tuple[str, ...]]:
    """Of measures that stand for each other those that earn most; with what is said of the others."""
    every = Points(context, sets, rules)
    found = []
    for ways in product(*(ways for ways in alternatives(every) if ways)):
        instead = {one: f"{listed(way)} {_counts(way)} instead: of measures that stand for each other, only those with "
                        "most points count." for way in ways for one in _stand_for(way, every)}  # fmt: skip
        points = Points(context, sets, rules, instead)
        items = tuple(_items(points, rule))
        claimed = sum(points.excluded(one) for way in ways for one in way)
        found.append((_total(items), -claimed, points, items))
    # The first of those that are worth the same.
    best = max(found, key=lambda one: one[:2])
    points, items = best[2:]
    beside = [(name, why) for name, why in points.instead.items() if _has_data(points.items.get(name))]
    return points, items, tuple(_reported_too(beside))


def _reported_too(beside: Sequence[tuple[str, str]]) -> Iterator[str]:
    for why in dict.fromkeys(why for _, why in beside):
        names = [name for name, other in beside if other == why]
        yield f"{listed(names)} {_are(names)} reported, too. {why}"


def _stand_for(way: Sequence[str], points: Points) -> list[str]:
    """The measures with points that stand for those of a way."""
    facts = (points.context.catalog.entry(one)[1] or {} for one in way)
    return sorted({other for one in facts for other in one.get("substitutes", ()) if other in points.most})


def _has_data(item: MeasurementSubject | None) -> bool:
    return item is not None and item.value is not False


def _total(items: Sequence[ItemScore]) -> Decimal:
    return sum((one.points for one in items if one.points is not None), Decimal(0))


def _used(points: Points, rules: ScoringRules) -> Iterator[Row]:
    yield from (
        row for row in rules.rows("piPoints") if row["measure"] in points.most and row["measure"] in points.items
    )
    yield from rules.rows("piRegistries")


def _items(points: Points, rule: Row) -> Iterator[ItemScore]:
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
            why = (points.instead[name],) if name in points.instead and _has_data(item) else _without_points(item)
            yield ItemScore(name, title, None, None, why=why, answer=answer, exclusion=claimed)


def _measure(name: str, item: MeasurementSubject, points: Points, rule: Row) -> ItemScore:
    most, title, bonus = points.most[name], _title(item), name in points.bonus
    shown = Decimal(most.numerator) / Decimal(most.denominator)
    numerator, denominator = number_of(item, "numerator"), number_of(item, "denominator")
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


def _registries(points: Points) -> Iterator[tuple[str, Decimal]]:
    """The public health measures that are asked for, and what each is worth."""
    row = points.registries
    counted, registries = points.registries_given()
    if row is None or not counted:
        return
    # One is enough for all points if the others are excluded.
    others = sum(points.excluded(one) for one in row["of"])
    shares = len(counted) if registries + others >= row["number"] else row["number"]
    share = points.registry_points / shares
    for one in counted:
        yield one, Decimal(share.numerator) / Decimal(share.denominator)


def _registry_bonus(points: Points) -> Iterator[tuple[str, Decimal]]:
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


def _counts(names: Sequence[str]) -> str:
    return "counts" if len(names) == 1 else "count"


def _are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _without_points(item: MeasurementSubject) -> tuple[str, ...]:
    kind = (item.facts or {}).get("reportingCategory")
    if item.facts is None:
        return ("It is not a measure of this year.",)
    if kind == "exclusion" or item.value is False:
        return ("An exclusion has no points of its own.",) if kind == "exclusion" else ("Answered with no.",)
    return ("It is required or optional, and has no points of its own.",)


def _title(item: MeasurementSubject) -> str | None:
    return item.facts.get("title") if item.facts else None
