"""A submission in short. Values only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetSummary:
    """A measurement set in short; dates are None where they cannot be read."""

    category: str
    program: str | None
    start: str | None
    end: str | None
    measurements: int


@dataclass(frozen=True, slots=True)
class SubmissionSummary:
    """A submission in short: its year, entity type and measurement sets, and its JSON pointer in its file."""

    year: int | None
    entity_type: str | None
    sets: tuple[SetSummary, ...]
    pointer: str = ""
