"""A submission in short. Values only."""

from typing import NamedTuple


class SetSummary(NamedTuple):
    """A measurement set in short; dates are None where they cannot be read."""

    category: str
    program: str | None
    start: str | None
    end: str | None
    measurements: int


class SubmissionSummary(NamedTuple):
    """A submission in short: its year, entity type and measurement sets, and its JSON pointer in its file."""

    year: int | None
    entity_type: str | None
    sets: tuple[SetSummary, ...]
    pointer: str = ""
