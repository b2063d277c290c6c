"""The table of several files: a row for each, as plain values for the script of the page."""

from typing import Any, NamedTuple

from converter.account.across_files import Trace
from converter.batch.record import Record, record
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


class Kept(NamedTuple):
    """What the browser keeps of a document, to have it compared with others; without identifiers, or as it shows them.

    Attributes:
        kind: kind of its verdict.
        sentence: its verdict.
        name: its name without identifiers.
        record: what its row is made of.
        traces: what other files may have to do with it.
    """

    kind: VerdictKind
    sentence: str
    name: str
    record: Record
    traces: tuple[Trace, ...]


def row(file: Input, wanted: Wanted) -> dict[str, Any]:
    """Return the row of a file.

    Returns:
        `name`, `kind` (of the verdict, or `answer`), `result` in words, `rank` (the worst is 0), `sentence`, `csv` (its
        line of the summary), `cells`: the columns of the summary, and `kept` (`Kept`, or None for an answer).

    Raises:
        UsageError: the year is not known.
    """
    found = read(file, wanted)
    return row_of(found, wanted) if isinstance(found, Result) else _row_of_answer(found, file, wanted)


def row_of(found: Result, wanted: Wanted) -> dict[str, Any]:
    """Return the row of a result; see `row`."""
    verdict = found.verdict
    kept = Kept(
        verdict.kind,
        capital(verdict.sentence),
        found.masked_name,
        record(found, wanted.show_ids),
        found.traces(),
    )
    return row_of_kept(kept) | {"kept": kept}


def row_of_kept(kept: Kept) -> dict[str, Any]:
    """Return the row of a document of which this was kept; see `row`."""
    cells = dict(summary_row(kept.record, 0))
    rank = list(VerdictKind).index(kept.kind)
    return _row(kept.kind.name.lower(), capital(kept.kind.value), rank, kept.sentence, cells)


def _row_of_answer(found: ExplainedAnswer, file: Input, wanted: Wanted) -> dict[str, Any]:
    cells = dict.fromkeys(COLUMNS) | {
        "source": shown_name(file, wanted), "result": "answer of CMS", "errors": 0, "warnings": 0, "bytes": file.size,
    }  # fmt: skip
    return _row("answer", "Answer of CMS", len(VerdictKind), found.kind, cells)


def _row(kind: str, result: str, rank: int, sentence: str, cells: dict[str, Any]) -> dict[str, Any]:
    del cells[_LEFT_OUT]
    return {
        "name": cells["source"], "kind": kind, "result": result, "rank": rank, "sentence": sentence,
        "csv": csv_line(cells.values()), "cells": cells, "kept": None,
    }  # fmt: skip
