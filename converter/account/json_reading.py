"""A QPP JSON file as it was read, for the result to ask."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from converter.account.reading import Facts, NothingRead
from converter.findings.finding import Finding
from converter.findings.place import Place
from converter.model.identity import Identity
from converter.model.inventory import Inventory
from converter.model.readiness import CategoryReadiness
from converter.model.summary import SetSummary, SubmissionSummary
from converter.resolve.submission_context import SubmissionContext
from converter.source.json.json_tree import JsonTree

T = TypeVar("T")

_PRIVATE = re.compile(r"tin|npi|.*taxpayer.*|.*providerIdentifiers?", re.IGNORECASE)
_LIKE_PRIVATE = re.compile(r"\d{9,10}|\d{2}-\d{7}")
_OPEN = ("entityId", "measureId")


@dataclass(frozen=True, slots=True)
class JsonReading(NothingRead):
    """A QPP JSON file.

    Attributes:
        tree: what it holds.
        submissions: the submissions and measurement sets of it that could be checked.
    """

    tree: JsonTree
    submissions: list[SubmissionContext]

    @property
    def facts(self) -> Facts:
        """What is said of it as a whole; of several submissions, only what all have in common."""
        catalog = _common(one.catalog for one in self.submissions)
        summaries = tuple(_summary(one) for one in self.submissions)
        return Facts(
            year=self.submissions[0].year if self.submissions else None,
            report_year=_common(one.year for one in self.submissions),
            identity=self._identity(),
            summaries=summaries,
            summary=_together(summaries) if summaries else None,
            secrets=frozenset(_secrets(self.tree.data)),
            catalog_date=catalog.date if catalog else None,
            identifiers=catalog.identifiers if catalog else None,
        )

    @property
    def members(self) -> Mapping[str, Any] | None:
        """What the file holds; None where that is not one submission."""
        data = self.tree.data
        return data if len(self.submissions) == 1 and isinstance(data, Mapping) else None

    def inventory(self, _blocking: Iterable[Finding], /) -> Inventory:
        """Return every measurement set, measurement and count."""
        from converter.account.submission_inventory import submission_inventory

        return submission_inventory([one.subject for one in self.submissions], self.tree.place)

    def readiness(self) -> tuple[CategoryReadiness, ...]:
        """Return the readiness of one submission after the other."""
        from converter.account.readiness import readiness

        rows = [(number, row) for number, one in enumerate(self.submissions, 1) for row in readiness(one)]
        if len(self.submissions) < 2:
            return tuple(row for _, row in rows)
        return tuple(replace(row, present=f"submission {number}: {row.present}") for number, row in rows)

    def locate(self, pointer: str, /) -> Place | None:
        """Return the place of a JSON pointer in the file; None where it leads to nothing."""
        if pointer and not pointer.startswith("/"):
            return None
        place = self.tree.place(pointer)
        return place if place.pointer == pointer else None

    def pointers(self) -> Iterable[str]:
        """Return the pointers of all values."""
        return self.tree.pointers()

    def contexts(self) -> list[SubmissionContext]:
        """Return the submissions as the rules saw them."""
        return self.submissions

    def _identity(self) -> Identity:
        subjects = [one.subject for one in self.submissions]
        programs = {one.program: None for subject in subjects for one in subject.sets if one.program}
        return Identity(
            program=", ".join(programs) or None,
            entity_type=_common(one.entity_type for one in subjects),
            npi=_common(one.npi for one in subjects),
            tin=_common(one.tin for one in subjects),
            entity_id=_common(one.entity_id for one in subjects),
        )


def _common(values: Iterable[T]) -> T | None:
    """The value that all have; None where they differ, or there is none."""
    found = list(values)
    return found[0] if found and all(one == found[0] for one in found) else None


def _summary(context: SubmissionContext) -> SubmissionSummary:
    return SubmissionSummary(
        context.year,
        context.subject.entity_type,
        tuple(
            SetSummary(
                one.category or "no category",
                one.program,
                one.start.isoformat() if one.start else None,
                one.end.isoformat() if one.end else None,
                len(one.measurements),
            )
            for one in context.subject.sets
        ),
        context.subject.pointer,
    )


def _together(summaries: tuple[SubmissionSummary, ...]) -> SubmissionSummary:
    """Several submissions as one, with the sets of all of them one after the other."""
    return SubmissionSummary(
        _common(one.year for one in summaries),
        _common(one.entity_type for one in summaries),
        tuple(one for summary in summaries for one in summary.sets),
    )


def _secrets(data: Any) -> Iterator[str]:
    """TINs and NPIs wherever they stand in a file: by the name of their member, or because a text looks like one."""
    waiting = [("", data)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += value.items()
        elif isinstance(value, list):
            waiting += ((name, one) for one in value)
        elif _is_private(name, value):
            yield str(value)


def _is_private(name: str, value: object) -> bool:
    if _PRIVATE.fullmatch(name):
        return isinstance(value, str | int | float) and not isinstance(value, bool) and value != ""
    return isinstance(value, str) and name not in _OPEN and _LIKE_PRIVATE.fullmatch(value.strip()) is not None
