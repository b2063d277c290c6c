"""The submission, and the entries of the document that its parts come from."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from converter.model.document import Activity, PiMeasure, Section
from converter.model.submission import Submission
from converter.resolve.resolved import Resolved, ResolvedMeasure

Source: TypeAlias = ResolvedMeasure | PiMeasure | Activity


@dataclass(slots=True)
class SetSource:
    """What a measurement set comes from: its section, and for each measurement the entry."""

    section: Section
    measurements: list[Source]


@dataclass(slots=True)
class Assembled:
    """A submission with its origin; `sets` stand in the order of `submission.measurementSets`."""

    resolved: Resolved
    submission: Submission
    sets: list[SetSource]
    _members: dict[str, Any] | None = None

    @property
    def members(self) -> dict[str, Any]:
        """The submission as JSON; absent members are left out."""
        if self._members is None:
            # What is assembled in part lacks members, which is no reason to warn.
            self._members = self.submission.model_dump(exclude_none=True, warnings=False)
        return self._members
