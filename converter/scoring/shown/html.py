"""Scores as one HTML page, with a small bar for each measure and where its rate is among the deciles."""

from collections.abc import Sequence

from converter.emitters.reports.html_templates import environment
from converter.scoring.comparison import Difference
from converter.scoring.shown import sentences
from converter.scoring.shown.hidden import hidden
from converter.scoring.values import MeasureScore, Scores


def score_html(scores: Scores, differences: Sequence[Difference] | None = None, *, show_ids: bool = False) -> str:
    """Return scores as a page."""
    template = environment("converter.scoring").get_template("score_page.html.j2")
    differences = hidden(differences, show_ids, escaped=True)
    return template.render(**view(scores, show_ids), differences=differences, inside=False) + "\n"


def score_section(scores: Scores, *, show_ids: bool = False) -> str:
    """Return what a page shows of scores, to be put into a section of another page, below a heading of level 3."""
    template = environment("converter.scoring").get_template("score_parts.html.j2")
    return template.render(**view(scores, show_ids), differences=None, inside=True)


def view(scores: Scores, show_ids: bool) -> dict[str, object]:
    """What the templates need."""
    return {
        "scores": hidden(scores, show_ids, escaped=True),
        "words": sentences,
        "show_ids": show_ids,
        "deciles": deciles,
    }


def deciles(one: MeasureScore) -> list[tuple[int, str, bool]]:
    """The deciles of a measure: number, where it begins, and whether the rate is in it."""
    if one.benchmark is None:
        return []
    return [
        (one.benchmark.first + index, sentences.number(bound), one.benchmark.first + index == one.decile)
        for index, bound in enumerate(one.benchmark.bounds)
    ]
