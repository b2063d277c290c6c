"""Scores for people and programs: text, html, csv and json."""

from collections.abc import Sequence

from converter.scoring.comparison import Difference
from converter.scoring.values import Scores

FORMATS = ("text", "html", "csv", "json")


def show(scores: Scores, form: str, differences: Sequence[Difference] | None = None, *, show_ids: bool = False) -> str:
    """Return scores in a format.

    Args:
        scores: the scores.
        form: text, html, csv or json.
        differences: where a score of CMS differs; None where none was compared.
        show_ids: whether TIN and NPI are shown; otherwise all but their last four characters are masked.
    """
    if form == "html":
        from converter.scoring.shown.html import score_html

        return score_html(scores, differences, show_ids=show_ids)
    if form == "text":
        from converter.scoring.shown.text import text

        return text(scores, differences, show_ids=show_ids)
    from converter.scoring.shown.data import score_csv, score_json

    made = score_json if form == "json" else score_csv
    return made(scores, differences, show_ids=show_ids)
