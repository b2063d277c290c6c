"""Sentences about a score that text and html share."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from converter.findings.mask import Mask
from converter.language.english import capital, count_of, listed, number_of
from converter.language.terms import ENTITY_NOUNS
from converter.scoring.arithmetic import plain, rounded, tenths
from converter.scoring.comparison import Difference
from converter.scoring.point_words import (
    CATEGORY_TITLES,
    CLASSES,
    METHODS,
    NOT_KNOWN,
    NOT_OF_CMS,
    TOPPED_OUT,
    facts,
)
from converter.scoring.values import CategoryScore, ItemScore, MeasureScore, NextDecile, Score

_IDS = {"tin": "TIN", "npi": "NPI", "entityId": "entity id"}


def number(value: Decimal | None, places: int = 4) -> str:
    """A number as it is shown, or `--`."""
    return NOT_KNOWN if value is None else plain(rounded(value, places))


def headline(score: Score) -> str:
    """The sum, and what it is called."""
    return f"Points from these files: {number(score.total)} of {number(score.possible or None)}"


def about(score: Score, *, show_ids: bool) -> str:
    """Year, program, and whom it is of."""
    mask = Mask((), show_ids)
    entity = ENTITY_NOUNS.get(score.entity_type or "", "entity not named")
    ids = ", ".join(f"{_IDS[name]} {mask.number(value)}" for name, value in score.identity)
    return f"Performance year {score.year}, {score.program_words}, {entity}{f' ({ids})' if ids else ''}"


def introduction(score: Score) -> Iterator[str]:
    """What is to be said before any number."""
    yield (
        NOT_OF_CMS
        + " "
        + (
            f"CMS' performance threshold of {score.year} is {number(score.threshold)} points."
            if score.threshold is not None
            else ""
        )
    )
    if score.profile.words:
        yield f"You say: {score.profile.words}."
    if score.benchmark_date:
        yield f"Benchmarks as of {score.benchmark_date}."


def arithmetic_of(score: Score) -> str:
    """How the sum is made of what is shown."""
    if score.total is None:
        return NOT_KNOWN
    parts = [number(one.weighted) for one in score.categories if one.weighted is not None and one.weight]
    parts += [number(points) for _, points in score.bonuses]
    return f"{' + '.join(parts) or '0'} = {number(score.points)}"


def category_line(one: CategoryScore) -> str:
    """A category in a line, such as `Quality: at least 9.473 of 50 points (18.946% of 50)`."""
    title = capital(CATEGORY_TITLES[one.category])
    if one.weight == 0:
        return f"{title}: weighs nothing"
    if one.weighted is None:
        share = f" ({number(one.value)}% of the category)" if one.value is not None else ""
        return f"{title}: {NOT_KNOWN} of {number(one.weight)} points{share}"
    least = "at least " if one.at_least else ""
    weight = number(one.weight)
    return f"{title}: {least}{number(one.weighted)} of {weight} points ({number(one.value)}% of {weight})"


def category_sentences(one: CategoryScore) -> list[str]:
    """How a category came about, what cannot be known, and what is not certain."""
    return [
        *one.notes,
        *(f"{capital(name)}: {number(points)} points." for name, points in one.bonuses),
        *(f"{NOT_KNOWN} {words}" for words in one.unknown),
        *(f"Not certain: {words}." for words in one.doubts),
    ]


def measure_title(one: MeasureScore) -> str:
    """A measure with its ids and how it was reported."""
    ids = ", ".join(filter(None, (one.cms_id, METHODS.get(one.method, one.method))))
    return f"{one.title or 'measure not known'} ({ids})"


def points_shown(points: Decimal | None) -> str:
    """Points in short: one decimal, cut."""
    return NOT_KNOWN if points is None else tenths(points)


def measure_facts(one: MeasureScore) -> str:
    """Rate, cases, completeness and decile."""
    decile = str(one.decile) if one.decile is not None and one.decile > 0 else None
    cases = None if one.cases is None else f"{one.cases:,}"
    found = facts(
        None if one.rate is None else number(one.rate),
        None if one.complete is None else number(one.complete),
        cases,
        decile,
    )
    if one.points is not None:
        found.append(f"{number(one.points)} points")
    return ", ".join(found)


def measure_sentences(one: MeasureScore) -> Iterator[str]:
    """Benchmark, how the points came about, what the next decile takes, and why the measure does not count."""
    if one.measure_class:
        yield capital(CLASSES[one.measure_class]) + "."
    if one.benchmark is not None:
        kind = "historical" if one.benchmark.historical else "of the performance year itself"
        average = "" if one.benchmark.average is None else f", average {one.benchmark.average:g}%"
        topped = f", {TOPPED_OUT}" if one.benchmark.topped_out else ""
        lower = ", a lower rate is better" if one.inverse else ""
        method, rest = METHODS.get(one.method, one.method), f"{average}{topped}{lower}"
        yield f"Benchmark for {method}: {kind}, data of {one.benchmark.year}{rest}."
    yield from one.why
    if one.next_decile is not None:
        yield next_words(one.next_decile, one.inverse)
    if one.not_counted:
        yield f"Does not count: {one.not_counted}"
    yield from (f"Not certain: {words}." for words in one.doubts)


def next_words(one: NextDecile, inverse: bool) -> str:
    """What the next decile takes, such as `Decile 9 begins at 84.74%: 9.4 percentage points more, 13 more patients`."""
    less = "less" if inverse else "more"
    patients = ""
    if one.patients is not None:
        patients = f", {count_of(one.patients, 'fewer patient' if inverse else 'more patient')}"
    takes = f"{number(one.more, 2)} percentage points {less}{patients}"
    return f"Next: decile {one.decile} begins at {number(one.rate)}%: {takes}, for {number(one.points)} points."


def item_line(one: ItemScore) -> str:
    """A measure or activity of the other categories in a line."""
    title = f" {one.title}" if one.title else ""
    if one.points is None:
        answer = {True: ": yes", False: ": no"}.get(one.answer) if one.answer is not None else ""
        return f"{one.measure_id}{title}{answer}"
    formula = f", {one.formula}" if one.formula else ""
    weight = f", weight {one.weight}" if one.weight else ""
    bonus = ", bonus" if one.bonus else ""
    return f"{one.measure_id}{title}: {number(one.points)} of {number(one.most)}{bonus}{weight}{formula}"


def left_out(score: Score) -> list[str]:
    """What the sum leaves out, and what else is to be said."""
    return [
        *(f"{NOT_KNOWN} {words}" for words in score.unknown),
        *score.notes,
        *(f"Not certain: {words}." for words in score.doubts),
    ]


def differences_title(found: Sequence[Difference]) -> str:
    """How many numbers of a score of CMS differ."""
    return f"{number_of(len(found), 'number')} of CMS' answer {'differs' if len(found) == 1 else 'differ'}"


def files(score: Score) -> str:
    """The files of a score, in words."""
    return listed(list(score.sources)) or "none"
