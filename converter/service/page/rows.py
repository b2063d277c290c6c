"""The table of several files: a row for each, as plain values for the script of the page."""

from typing import Any

from converter.batch.record import record
from converter.batch.summary_file import COLUMNS, csv_line, summary_row
from converter.explanation.response.explained import ExplainedAnswer
from converter.language.english import capital
from converter.model.verdict import VerdictKind
from converter.result import Result
from converter.service.page.files import read, shown_name
from converter.service.work import Wanted
from converter.source.inputs import Input

_LEFT_OUT = "seconds"
"""A column of the summary of a run that says nothing here."""
HEADER = csv_line([one for one in COLUMNS if one != _LEFT_OUT])
"""First line of the summary as CSV."""
COLUMNS_SHOWN = (
    ("source", "File", False),
    ("rank", "Result", False),
    ("errors", "Errors", True),
    ("warnings", "Warnings", True),
    ("first cause", "First cause", False),
    ("year", "Year", False),
    ("program", "Program", False),
    ("NPI", "NPI", False),
    ("TIN", "TIN", False),
)
"""The columns that are shown: the value that they are sorted by, their heading, and whether they are numbers."""


def row(file: Input, wanted: Wanted) -> dict[str, Any]:
    """Return the row of a file.

    Returns:
        `name`, `kind` (of the verdict, or `answer`), `result` in words, `rank` (the worst is 0), `sentence`, `csv` (its
        line of the summary), and `cells`: the columns of the summary.

    Raises:
        UsageError: the year is not known.
    """
    found = read(file, wanted)
    return row_of(found, wanted) if isinstance(found, Result) else _row_of_answer(found, file, wanted)


def row_of(found: Result, wanted: Wanted) -> dict[str, Any]:
    """Return the row of a result; see `row`."""
    verdict = found.verdict
    cells = dict(summary_row(record(found, wanted.show_ids), 0))
    kind, words = verdict.kind.name.lower(), capital(str(verdict.kind))
    rank = list(VerdictKind).index(verdict.kind)
    return _row(kind, words, rank, capital(verdict.sentence), cells)


def _row_of_answer(found: ExplainedAnswer, file: Input, wanted: Wanted) -> dict[str, Any]:
    cells = dict.fromkeys(COLUMNS) | {
        "source": shown_name(file, wanted), "result": "answer of CMS", "errors": 0, "warnings": 0, "bytes": file.size,
    }  # fmt: skip
    return _row("answer", "Answer of CMS", len(VerdictKind), found.kind, cells)


def _row(kind: str, result: str, rank: int, sentence: str, cells: dict[str, Any]) -> dict[str, Any]:
    del cells[_LEFT_OUT]
    return {
        "name": cells["source"], "kind": kind, "result": result, "rank": rank, "sentence": sentence,
        "csv": csv_line(cells.values()), "cells": cells,
    }  # fmt: skip
