"""Roles, rates and numbers of measures as tables show them."""

from collections.abc import Sequence

from converter.facts.catalog import INITIAL_POPULATION, role_of
from converter.language.terms import ROLE_NAMES
from converter.model.inventory import Status
from converter.model.measure_result import MeasureResult

ROLES = tuple(code for code in ROLE_NAMES if role_of(code) == code)
"""Population roles, in the order of tables; the last one is shown only where it occurs."""


def percent(rate: float | None) -> str:
    """Return a rate as it is read, such as `83.46%`; empty where there is none."""
    return "" if rate is None else f"{rate * 100:.2f}%"


def read_rate(text: str | None) -> str:
    """Return a reported rate as it is read; as written where it is no number from 0 to 1."""
    try:
        number = float(text or "")
    except ValueError:
        return text or ""
    return percent(number) if 0 <= number <= 1 else text or ""


def shown_roles(found: Sequence[MeasureResult]) -> list[str]:
    """Return the roles that are columns of a table: those that every measure has, and others that occur.

    A submission knows no initial population, unlike a document.
    """
    given = {role for one in found for row in one.rows for role in row.counts}
    documents = any(one.entry.status is not Status.CHECKED for one in found)
    return [
        role for role in ROLES if role in given or (role != ROLES[-1] and (documents or role != INITIAL_POPULATION))
    ]
