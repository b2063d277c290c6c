"""The table of report formats. A new format is one file and one row."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from converter.emitters.reports.report import Report


class Emission(ABC):
    """A report that is made document by document, of which nothing is kept but what is written about it.

    So a run over many documents can make several reports in one pass, with one document in memory.
    """

    @abstractmethod
    def add(self, report: "Report") -> None:
        """Write about one more document: all or, where something is raised, nothing.

        Raises:
            OSError: the temporary file cannot be written.
        """

    @abstractmethod
    def pieces(self) -> Iterator[str]:
        """Yield the whole report, piece by piece, once all documents were added."""

    @abstractmethod
    def close(self) -> None:
        """Remove what was kept for it."""


class Emitter(NamedTuple):
    """What every format offers.

    Attributes:
        start: begins a report; `show_ids` leaves TIN and NPI unmasked.
    """

    start: Callable[[bool], Emission]

    def __call__(self, reports: "Iterable[Report]", show_ids: bool = False) -> str:
        """Return the report of one or several documents; `show_ids` leaves TIN and NPI unmasked."""
        return whole(self.start(show_ids), reports)


def whole(emission: Emission, reports: "Iterable[Report]") -> str:
    """Return a report of one or several documents as one text."""
    try:
        for report in reports:
            emission.add(report)
        return "".join(emission.pieces())
    finally:
        emission.close()


FORMATS: Mapping[str, tuple[str, str]] = {
    "text": ("converter.emitters.reports.text", "Text"),
    "html": ("converter.emitters.reports.html", "Html"),
    "markdown": ("converter.emitters.reports.markdown", "Markdown"),
    "json": ("converter.emitters.reports.report_json", "ReportJson"),
    "csv": ("converter.emitters.reports.table_csv", "TableCsv"),
    "sarif": ("converter.emitters.reports.sarif", "Sarif"),
    "error-json": ("converter.emitters.reports.error_json", "ErrorJson"),
}
"""Name of the format -> module and class; a module is loaded only when its format is asked for."""


def emitter(name: str) -> Emitter:
    """Return the emitter of a format of the table."""
    module, start = FORMATS[name]
    return Emitter(getattr(import_module(module), start))
