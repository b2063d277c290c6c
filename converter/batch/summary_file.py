"""The summary of a run as a file: a row for each input, as CSV or JSON."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from converter.batch.record import Record
from converter.emitters.reports.spool import Spool
from converter.emitters.reports.table_csv import safe_cell

COLUMNS = (
    "source",
    "result",
    "errors",
    "warnings",
    "first cause",
    "first cause in words",
    "year",
    "program",
    "entity type",
    "NPI",
    "TIN",
    "entity id",
    "MVP",
    "measures",
    "bytes",
    "seconds",
)
"""Names of the columns; members of the JSON have the same names."""


class SummaryFile:
    """Rows that are kept until the run is done; few of them are in memory."""

    def __init__(self) -> None:
        self._rows = Spool()

    def add(self, one: Record, seconds: float) -> None:
        """Add the row of a file.

        Raises:
            OSError: the temporary file cannot be written.
        """
        self._rows.add(json.dumps(summary_row(one, seconds), ensure_ascii=False))

    def pieces(self, as_json: bool) -> Iterator[str]:
        """Yield the whole file, piece by piece."""
        if as_json:
            yield "[\n"
            yield from (f"{',' if number else ' '}{row}\n" for number, row in enumerate(self._rows))
            yield "]\n"
        else:
            yield csv_line(COLUMNS)
            yield from (csv_line(json.loads(row).values()) for row in self._rows)

    def close(self) -> None:
        """Let the rows go."""
        self._rows.close()


def summary_row(one: Record, seconds: float) -> Mapping[str, Any]:
    """Return the row of a file: name of a column -> its value."""
    first, who = one.causes[0] if one.causes else None, one.identity
    values = (
        one.source,
        one.fate.value,
        one.errors,
        one.warnings,
        first.id if first else None,
        first.message if first else None,
        one.year,
        who.program,
        who.entity_type,
        who.npi,
        who.tin,
        who.entity_id,
        who.mvp,
        one.measures,
        one.size,
        round(seconds, 3),
    )
    return dict(zip(COLUMNS, values, strict=True))


def csv_line(cells: Iterable[str | float | None]) -> str:
    """Return cells as a line of CSV, none of which a spreadsheet takes for a formula."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerow([safe_cell(one) for one in cells])
    return target.getvalue()
