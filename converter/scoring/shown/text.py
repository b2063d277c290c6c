"""Scores as text for a terminal."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from converter.language.english import count_of
from converter.scoring.comparison import Difference
from converter.scoring.shown.hidden import hidden
from converter.scoring.shown.sentences import (
    about,
    arithmetic_of,
    category_line,
    category_sentences,
    differences_title,
    files,
    headline,
    introduction,
    item_line,
    left_out,
    measure_facts,
    measure_sentences,
    measure_title,
    number,
    points_shown,
)
from converter.scoring.values import CategoryScore, MeasureScore, Score, Scores

WIDTH = 100
_POINTS = 6
"""Columns of the points of a measure."""


def text(scores: Scores, differences: Sequence[Difference] | None = None, *, show_ids: bool = False) -> str:
    """Return scores as text."""
    scores = hidden(scores, show_ids, escaped=True)
    differences = hidden(differences, show_ids, escaped=True)
    lines: list[str] = []
    for one in scores.scores:
        lines += [*_score(one, show_ids), ""]
    for words in scores.notes:
        lines += _wrapped(words)
    if differences is not None:
        lines.append(f"{differences_title(differences)}.")
        for difference in differences:
            lines += _wrapped(difference.words, "  ")
    if scores.not_scored:
        lines += [f"{count_of(len(scores.not_scored), 'file')} not scored:"]
        for left in scores.not_scored:
            lines += _wrapped(f"{left.source}: {left.why}", "  ")
    return "\n".join(lines).rstrip("\n") + "\n"


def _score(one: Score, show_ids: bool) -> Iterator[str]:
    yield headline(one)
    yield from _wrapped(about(one, show_ids=show_ids))
    yield from _wrapped(f"Files: {files(one)}")
    for words in introduction(one):
        yield from _wrapped(words)
    for category in one.categories:
        yield ""
        yield from _category(category)
    yield ""
    yield f"Sum: {arithmetic_of(one)}"
    for name, points in one.bonuses:
        yield f"  {name}: {number(points)} points"
    for words in left_out(one):
        yield from _wrapped(words, "  ")


def _category(one: CategoryScore) -> Iterator[str]:
    yield category_line(one)
    for words in category_sentences(one):
        yield from _wrapped(words, "  ")
    if one.measures:
        wide = max(len(measure.measure_id) for measure in one.measures)
        yield f"  {'ID':<{wide}}  {'POINTS':>{_POINTS}}  MEASURE"
        for measure in one.measures:
            yield from _measure(measure, wide)
    for item in one.items:
        yield from _wrapped(item_line(item), "  ")


def _measure(one: MeasureScore, wide: int) -> Iterator[str]:
    lead = f"  {one.measure_id:<{wide}}  {points_shown(one.points):>{_POINTS}}  "
    indent = " " * len(lead)
    first, *rest = wrap(measure_title(one), max(WIDTH - len(lead), WIDTH // 2))
    yield lead + first
    yield from (indent + words for words in rest)
    if found := measure_facts(one):
        yield from _wrapped(found, indent)
    for words in measure_sentences(one):
        yield from _wrapped(words, indent)


def _wrapped(words: str, indent: str = "") -> list[str]:
    """Lines of a sentence; what follows the first is set in a little more."""
    return wrap(
        words,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
