"""What a result asks: the input as it was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from converter.model.identity import Identity

if TYPE_CHECKING:  # a conversion of which nobody asks more than its JSON needs none of these
    from converter.findings.finding import Finding
    from converter.findings.place import Place
    from converter.model.assertion import FailedAssertion
    from converter.model.inventory import Inventory
    from converter.model.readiness import CategoryReadiness
    from converter.model.summary import SubmissionSummary
    from converter.resolve.submission_context import SubmissionContext

_NOBODY = Identity()


class Facts(NamedTuple):
    """What is said of an input as a whole.

    Attributes:
        year: performance year whose rules were applied; of several submissions that of the first; None where none was
            found.
        report_year: the same, and None where several submissions are of different years.
        identity: who reports.
        summaries: the submissions in short: that of a document that converts, or all of a QPP JSON file.
        summary: the same as one, for reports; None where there is none.
        secrets: TINs and NPIs, to be masked.
        catalog_date: date of the measures that it was compared with, or None.
        identifiers: whether their identifiers are `final`, `preliminary` or `none`; None where no year was found.
    """

    year: int | None = None
    report_year: int | None = None
    identity: Identity = _NOBODY
    summaries: tuple[SubmissionSummary, ...] = ()
    summary: SubmissionSummary | None = None
    secrets: frozenset[str] = frozenset()
    catalog_date: str | None = None
    identifiers: str | None = None


class Reading(Protocol):
    """What a result asks: the input as it was read, or what was kept of it."""

    @property
    def facts(self) -> Facts:
        """What is said of it as a whole."""
        ...

    @property
    def members(self) -> Mapping[str, Any] | None:
        """The submission as QPP JSON; None where there is none, or more than one."""
        ...

    @property
    def assertions(self) -> tuple[FailedAssertion, ...]:
        """The assertions of the implementation guide that it fails; empty where none was asked."""
        ...

    def inventory(self, blocking: Iterable[Finding], /) -> Inventory:
        """Return what became of everything in it; `blocking` are the findings that kept it from being converted."""
        ...

    def readiness(self) -> tuple[CategoryReadiness, ...]:
        """Return what is there of each category and what is missing to be scored."""
        ...

    def locate(self, pointer: str, /) -> Place | None:
        """Return the place that a value of the submission comes from; None where the pointer leads to none."""
        ...

    def pointers(self) -> Iterable[str]:
        """Return the pointers for which there is a place."""
        ...

    def place_at(self, path: str, /) -> Place | None:
        """Return the place of an element of XML; None where there is none, and once the input is let go."""
        ...

    def contexts(self) -> list[SubmissionContext]:
        """Return the submissions as the rules saw them; empty once the input is let go."""
        ...


class NothingRead:
    """An input of which nothing could be read."""

    __slots__ = ()

    @property
    def facts(self) -> Facts:
        """Nothing is said of it."""
        return Facts()

    @property
    def members(self) -> Mapping[str, Any] | None:
        """There is no submission."""
        return None

    @property
    def assertions(self) -> tuple[FailedAssertion, ...]:
        """None was asked."""
        return ()

    def inventory(self, _blocking: Iterable[Finding], /) -> Inventory:
        """Return an empty inventory."""
        from converter.model.inventory import Inventory

        return Inventory()

    def readiness(self) -> tuple[CategoryReadiness, ...]:
        """Return nothing."""
        return ()

    def locate(self, _pointer: str, /) -> Place | None:
        """Return nothing."""
        return None

    def pointers(self) -> Iterable[str]:
        """Return nothing."""
        return ()

    def place_at(self, _path: str, /) -> Place | None:
        """Return nothing."""
        return None

    def contexts(self) -> list[SubmissionContext]:
        """Return nothing."""
        return []
