"""The quality category: which measures count, bonuses, and what share of the possible points there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from converter.facts.scoring_rules import Row, doubt, uncertain
from converter.language.english import count_of, listed
from converter.scoring.arithmetic import plain, rounded
from converter.scoring.measure_points import WEB_INTERFACE, Setting, leaving
from converter.scoring.point_words import NOT_KNOWN
from converter.scoring.values import CategoryScore, MeasureScore

_TEN = Decimal(10)


@dataclass(frozen=True, slots=True)
class Asked:
    """How many quality measures a program asks for.

    Attributes:
        number: how many count at most; None where `listed` says which.
        listed: ids of the measures that all count, whether they are reported or not.
        outcome: whether one has to be an outcome or high-priority measure.
        unseen: ids of `listed` that CMS computes itself or that surveys report.
        fewer: whether fewer are asked for where fewer are available.
        web: ids of the measures of the CMS Web Interface, which all count; empty where it is not known which they are.
    """

    number: int | None
    listed: tuple[str, ...] = ()
    outcome: bool = True
    unseen: tuple[str, ...] = ()
    fewer: bool = True
    web: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Choice:
    """A way to count measures.

    Attributes:
        counted: the measures that count.
        required: the one of them that is the outcome or high-priority measure asked for, or None.
        offered: all measures of which they were chosen, each by one method.
        possible: how many points the measures can have together.
        bonuses: (name, points) of what is added.
        listed: ids of the measures that all count, whether they are reported or not; None where a number counts.
        web: whether it is the data of the CMS Web Interface.
    """

    counted: tuple[MeasureScore, ...]
    required: MeasureScore | None
    offered: tuple[MeasureScore, ...]
    possible: Decimal
    bonuses: tuple[tuple[str, Decimal], ...]
    listed: tuple[str, ...] | None = None
    web: bool = False

    @property
    def points(self) -> Decimal:
        return sum((one.worth for one in self.counted), Decimal(0)) + sum((one for _, one in self.bonuses), Decimal(0))

    @property
    def share(self) -> Fraction:
        return min(Fraction(self.points) / Fraction(self.possible), Fraction(1)) if self.possible else Fraction(0)


def quality(measures: Sequence[MeasureScore], asked: Asked, setting: Setting) -> CategoryScore:
    """Return the quality category of the measures that are reported, each by every method."""
    unknown = _web_not_known(measures, asked, setting)
    if unknown and all(one.method == WEB_INTERFACE for one in measures):
        told = tuple(replace(one, not_counted="Its category cannot be scored.") for one in measures)
        return CategoryScore("quality", None, None, None, measures=told, unknown=(unknown,), methods=(WEB_INTERFACE,))
    choices = [_choice(ones, asked, setting) for ones in _alternatives(measures, asked, setting, web=not unknown)]
    best = max(choices, key=lambda one: one.share)
    value = rounded(best.share * 100, 4) if best.possible else None
    nothing = "All measures leave numerator and denominator, so that there is no share of points."
    return CategoryScore(
        category="quality",
        value=value,
        points=best.points,
        possible=best.possible,
        at_least=True,
        measures=_told(measures, best, asked),
        bonuses=best.bonuses,
        notes=tuple(_notes(best, asked, setting)),
        unknown=tuple(filter(None, (unknown, nothing if value is None else ""))),
        doubts=tuple(_doubts(measures, best, setting)),
        methods=tuple(dict.fromkeys(one.method for one in best.counted)),
    )


def _web_not_known(measures: Sequence[MeasureScore], asked: Asked, setting: Setting) -> str:
    """Why data of the CMS Web Interface cannot be scored, as a sentence; empty where it can, or there is none."""
    given = {one.measure_id for one in measures if one.method == WEB_INTERFACE}
    if not given:
        return ""
    if not asked.web:
        return (
            "It is not known which measures of the CMS Web Interface count under this program in "
            f"{setting.rules.year}, so that its data is not scored."
        )
    for whole, parts in (setting.rules.row("webInterface") or {}).get("within", {}).items():
        if whole not in given and not given.isdisjoint(parts):
            some = listed(sorted(given.intersection(parts)))
            return f"Of {some}, reported by the CMS Web Interface, only {whole} counts; its points are not known."
    return ""


def _alternatives(
    measures: Sequence[MeasureScore], asked: Asked, setting: Setting, *, web: bool
) -> list[tuple[MeasureScore, ...]]:
    """The ways to choose one method for each measure, of which CMS takes the best as far as is known."""
    by_web = tuple(one for one in measures if one.method == WEB_INTERFACE)
    rest = tuple(one for one in measures if one.method != WEB_INTERFACE)
    row = setting.rules.row("methodsTogether")
    groups = [rest]
    if row is not None and not row["together"] and asked.number is not None:
        methods = dict.fromkeys(one.method for one in rest)
        groups = [tuple(one for one in rest if one.method == method) for method in methods] or [()]
    # A data set of the Web Interface is not combined with others: the better of both counts.
    if by_web and web:
        groups = [*(groups if rest else ()), by_web]
    found = [_each_once(group, bonuses=bonuses) for group in groups for bonuses in (False, True)]
    # What a file has by itself is never worth less for being put together with others.
    sources = dict.fromkeys(one.source for one in measures)
    if len(sources) > 1:
        found += [_each_once([one for one in group if one.source == source], bonuses=bonuses)
                  for group in groups for source in sources for bonuses in (False, True)]  # fmt: skip
    return found


def _each_once(measures: Iterable[MeasureScore], *, bonuses: bool) -> tuple[MeasureScore, ...]:
    """Each measure by the method that gives most points, with its bonuses or without."""
    best: dict[str, MeasureScore] = {}
    for one in measures:
        name = one.measure_id.removesuffix("SSP")
        if name not in best or _rank(one, bonuses) > _rank(best[name], bonuses):
            best[name] = one
    return tuple(best[name] for name in sorted(best))


def _rank(one: MeasureScore, bonuses: bool) -> tuple[object, ...]:
    """What makes a result the better one; the names only keep the order of files from mattering."""
    worth = one.worth + sum(one.bonus) if bonuses else one.worth
    return (
        worth,
        one.points is not None,
        sum(one.bonus),
        -(one.measure_class or 9),
        one.rate or 0,
        one.method,
        one.source,
    )


def _choice(measures: tuple[MeasureScore, ...], asked: Asked, setting: Setting) -> _Choice:
    if measures and all(one.method == WEB_INTERFACE for one in measures):
        return _all_of(measures, (*asked.web, *asked.unseen), setting, web=True)
    if asked.number is None:
        return _all_of(measures, asked.listed, setting)
    ranked = sorted((one for one in measures if one.points is not None), key=_order)
    required = next((one for one in ranked if one.outcome or one.high_priority), None) if asked.outcome else None
    others = [one for one in ranked if one is not required]
    counted = [required] if required else []
    counted += others[: asked.number - (1 if asked.outcome else 0)]
    possible = _TEN * asked.number
    return _Choice(tuple(counted), required, measures, possible, tuple(_bonuses(measures, possible, setting)))


def _order(one: MeasureScore) -> tuple[object, ...]:
    return -one.worth, one.measure_id


def _all_of(
    measures: tuple[MeasureScore, ...], all_of: tuple[str, ...], setting: Setting, *, web: bool = False
) -> _Choice:
    """Count all measures of a list but those that leave numerator and denominator."""
    names = set(all_of)
    known = [one for one in measures if one.measure_id.removesuffix("SSP") in names or one.measure_id in names]
    kept = [one for one in known if not one.leaves and one.points is not None]
    gone = {one.measure_id.removesuffix("SSP") for one in known if one.leaves}
    possible = _TEN * (len(names) - len(gone & names))
    bonuses = tuple(_bonuses(measures, possible, setting))
    return _Choice(tuple(kept), None, measures, possible, bonuses, all_of, web)


def _bonuses(measures: Sequence[MeasureScore], possible: Decimal, setting: Setting) -> Iterable[tuple[str, Decimal]]:
    row = setting.rules.row("bonuses")
    if row is not None and setting.program == "mips":
        most = possible * row["mostPercent"] / 100
        eligible = [one for one in measures if one.bonus[0]]
        # The one with most points is the one that is asked for, and gets no bonus.
        asked = max(eligible, key=lambda one: (one.worth, one.bonus[0], one.key), default=None)
        priority = sum((one.bonus[0] for one in eligible if one is not asked), Decimal(0))
        electronic = sum((one.bonus[1] for one in measures), Decimal(0))
        for name, points in (("high priority and outcome", priority), ("end-to-end reporting", electronic)):
            if points:
                yield name, min(points, most)
    small = setting.rules.row("smallPractice")
    if small is not None and small["in"] == "quality" and setting.profile.small_practice and measures:
        yield "small practice", Decimal(small["points"])


def _told(measures: Sequence[MeasureScore], best: _Choice, asked: Asked) -> tuple[MeasureScore, ...]:
    """The measures, those that count first, each with why it does not."""
    # By what they are and not by their names: a file may have a measure twice.
    counted = {id(one) for one in best.counted}
    told = [replace(one, counts=id(one) in counted, not_counted=_why_not(one, counted, best, asked))
            for one in measures]  # fmt: skip
    return tuple(sorted(told, key=lambda one: (not one.counts, -one.worth, *one.key)))


def _why_not(one: MeasureScore, counted: set[int], best: _Choice, asked: Asked) -> str:
    if id(one) in counted:
        return ""
    if one.points is None and not one.leaves:
        return "Its points are not known."
    offered = {other.measure_id.removesuffix("SSP"): other for other in best.offered}
    chosen = offered.get(one.measure_id.removesuffix("SSP"))
    if chosen is not None and chosen is not one:
        better = "" if chosen.worth == one.worth else ", which is better"
        where = f"by {chosen.method}" if chosen.method != one.method else f"from {chosen.source}"
        return f"It counts {where}{better}." if id(chosen) in counted else f"It is looked at {where}{better}."
    if chosen is None:
        return "Data of another submission method is worth more, and the methods are not combined."
    if one.leaves:
        return "It leaves numerator and denominator."
    if best.listed is not None:
        by = "does not count by itself in the CMS Web Interface" if best.web else "is not one of those of this program"
        return f"The measure {by}."
    number = asked.number or 0
    if asked.outcome and len(counted) < number and not (one.outcome or one.high_priority):
        return "One place is kept for an outcome or high-priority measure."
    return f"{count_of(number, 'other measure')} are worth more."


def _notes(best: _Choice, asked: Asked, setting: Setting) -> Iterable[str]:
    numbers = [plain(one.worth) for one in best.counted] + [plain(points) for _, points in best.bonuses]
    if numbers:
        yield f"Points: {' + '.join(numbers)} = {plain(best.points)} of {plain(best.possible)}."
    else:
        yield f"Points: 0 of {plain(best.possible)}; no measure counts."
    yield from _empty_places(best, asked) if best.listed is None else _not_reported(best, best.listed, asked)
    available = setting.profile.available_measures
    if available is None:
        return
    if best.listed is None and asked.fewer:
        only = count_of(available, "measure")
        yield f"You say that only {only} can be reported, so that {available * 10} points are possible."
    else:
        where = "for the CMS Web Interface" if best.web else "under this program"
        yield f"You say how many measures can be reported; {where} that makes no difference."


def _empty_places(best: _Choice, asked: Asked) -> Iterable[str]:
    number = asked.number or 0
    if asked.outcome and best.required is None:
        yield "No outcome or high-priority measure is reported: its place counts 0 of 10 points."
    missing = number - len(best.counted)
    if missing > 0 and not (missing == 1 and best.required is None and asked.outcome):
        yield f"{len(best.counted)} of {count_of(number, 'measure')} count; each other place counts 0 of 10 points."


def _not_reported(best: _Choice, names: Sequence[str], asked: Asked) -> Iterable[str]:
    reported = {one.measure_id.removesuffix("SSP") for one in best.offered}
    lacking = [one for one in names if one not in reported and one not in asked.unseen]
    if lacking:
        yield f"Not reported, 0 of 10 points each: {listed(lacking)}."
    dark = [one.measure_id for one in best.offered if one.points is None and not one.leaves and one.measure_id in names]
    if dark:
        yield f"{NOT_KNOWN} Points that are not known, 0 of 10 each: {listed(sorted(dark))}."
    if asked.unseen:
        yield f"{NOT_KNOWN} From claims or surveys, 0 of 10 points each until CMS adds them: {listed(asked.unseen)}."


def _doubts(measures: Sequence[MeasureScore], best: _Choice, setting: Setting) -> Iterable[str]:
    if best.bonuses:
        yield from _of("bonuses", setting)
    if len({one.method for one in measures}) > 1:
        yield from _of("methodsTogether", setting)
    row = leaving(WEB_INTERFACE, setting)
    if best.web and row is not None and uncertain(row) and any(one.leaves for one in best.offered):
        yield doubt(row)


def _of(table: str, setting: Setting) -> Iterable[str]:
    row: Row | None = setting.rules.row(table)
    if row is not None and uncertain(row):
        yield doubt(row)
