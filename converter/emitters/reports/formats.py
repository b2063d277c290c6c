"""The table of report formats. A new format is one file and one row."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from converter.emitters.reports.report import Report


class Emitter(Protocol):
    """What every format offers."""

    def __call__(self, reports: "Iterable[Report]", show_ids: bool = False) -> str:
        """Return the report of one or several documents; `show_ids` leaves TIN and NPI unmasked."""
        ...


FORMATS: Mapping[str, tuple[str, str]] = {
    "text": ("converter.emitters.reports.text", "text"),
    "html": ("converter.emitters.reports.html", "html"),
    "markdown": ("converter.emitters.reports.markdown", "markdown"),
    "json": ("converter.emitters.reports.report_json", "report_json"),
    "csv": ("converter.emitters.reports.table_csv", "table_csv"),
    "sarif": ("converter.emitters.reports.sarif", "sarif"),
    "error-json": ("converter.emitters.reports.error_json", "error_json"),
}
"""Name of the format -> module and function; a module is loaded only when its format is asked for."""


def emitter(name: str) -> Emitter:
    """Return the emitter of a format of the table."""
    module, function = FORMATS[name]
    found: Emitter = getattr(import_module(module), function)
    return found
