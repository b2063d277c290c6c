"""Whether data is old: the only question of this program that looks at the calendar."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converter.emitters.reports.report import Report

_FRESH = timedelta(days=365)


def today() -> date:
    """The date of this computer."""
    return date.today()


def is_old(made: str) -> bool:
    """Whether data of a date, such as `2026-08-20`, is older than a year."""
    return today() - date.fromisoformat(made) > _FRESH


def aged(report: "Report") -> "Report":
    """Return a report that says so where its measures are older than a year."""
    if report.catalog_date is None or not is_old(report.catalog_date):
        return report
    from dataclasses import replace

    return replace(report, outdated=True)
