"""Readiness: what a submission has of each category, and what it lacks to be scored."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CategoryReadiness:
    """A category of a submission.

    Attributes:
        category: quality, pi (aci) or ia.
        program: program, or MIPS Value Pathway, of its measurement sets; None where there is none.
        period: performance period as `YYYY-MM-DD to YYYY-MM-DD`; None where there is none or it cannot be read.
        present: what is there, in words.
        lacking: what is missing to be scored in full, in words; empty where nothing was found.
        unchecked: what could not be asked for want of a rule of the year and program, in words. Only where this and
            `lacking` are empty nothing is missing.
    """

    category: str
    program: str | None
    period: str | None
    present: str
    lacking: tuple[str, ...]
    unchecked: tuple[str, ...] = ()
