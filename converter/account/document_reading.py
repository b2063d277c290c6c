"""A QRDA III document as it was read, for the result to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from converter.account.reading import Facts, NothingRead
from converter.model.identity import Identity
from converter.model.summary import SetSummary, SubmissionSummary
from converter.parsers.qrda3.header import header_ids

if TYPE_CHECKING:
    from converter.assemble.assembled import Assembled
    from converter.findings.finding import Finding
    from converter.findings.place import Place
    from converter.model.assertion import FailedAssertion
    from converter.model.inventory import Inventory
    from converter.model.readiness import CategoryReadiness
    from converter.resolve.resolved import Resolved
    from converter.resolve.submission_context import SubmissionContext
    from converter.source.xml.tree import XmlTree


class TreeReading(NothingRead):
    """A document that is XML, and of which nothing more is known."""

    __slots__ = ("tree",)

    def __init__(self, tree: XmlTree) -> None:
        self.tree = tree

    def place_at(self, path: str, /) -> Place | None:
        """Return the place of an element; None where the path leads nowhere."""
        element = self.tree.find(path)
        return None if element is None else self.tree.place(element)


class DocumentReading(TreeReading):
    """A document that was read as one of its year.

    Attributes:
        resolved: what it means in its year.
        assembled: its submission; None where something blocked.
        examined: what the submission rules looked at, be it the whole submission or a part; None where nothing was.
    """

    __slots__ = ("_assertions", "assembled", "examined", "resolved")

    def __init__(
        self,
        tree: XmlTree,
        resolved: Resolved,
        assembled: Assembled | None = None,
        examined: SubmissionContext | None = None,
    ) -> None:
        super().__init__(tree)
        self.resolved = resolved
        self.assembled = assembled
        self.examined = examined
        self._assertions: tuple[FailedAssertion, ...] = ()

    @property
    def assertions(self) -> tuple[FailedAssertion, ...]:
        """The assertions of the implementation guide that it fails; empty where none was asked."""
        for one in self._assertions:
            one.place.complete(shown=False)
        return self._assertions

    def failing(self, assertions: tuple[FailedAssertion, ...]) -> DocumentReading:
        """Return the same reading, of a document that fails assertions."""
        made = DocumentReading(self.tree, self.resolved, self.assembled, self.examined)
        made._assertions = assertions
        return made

    @property
    def facts(self) -> Facts:
        """What is said of it as a whole."""
        catalog, summary = self.resolved.catalog, _summary(self.assembled.members) if self.assembled else None
        return Facts(
            year=self.resolved.profile.year,
            report_year=self.resolved.profile.year,
            identity=self._identity(),
            summaries=(summary,) if summary else (),
            summary=summary,
            secrets=self._secrets(),
            catalog_date=catalog.date,
            identifiers=catalog.identifiers,
        )

    @property
    def members(self) -> Mapping[str, Any] | None:
        """The submission as QPP JSON; None where something blocked."""
        return self.assembled.members if self.assembled else None

    def inventory(self, blocking: Iterable[Finding], /) -> Inventory:
        """Return what became of everything in the document."""
        from converter.account.inventory import inventory

        return inventory(self.resolved, self.assembled, blocking, self.tree.place)

    def readiness(self) -> tuple[CategoryReadiness, ...]:
        """Return the readiness of what was examined. Of a category with errors it is not judged what is missing."""
        from converter.account.readiness import readiness

        return readiness(self.examined) if self.examined else ()

    def locate(self, pointer: str, /) -> Place | None:
        """Return the place that a value of the submission comes from."""
        found = self.assembled.locate(pointer) if self.assembled else None
        return self.tree.place(*found) if found else None

    def pointers(self) -> Iterable[str]:
        """Return the pointers of all values of the submission."""
        return self.assembled.origins if self.assembled else ()

    def contexts(self) -> list[SubmissionContext]:
        """Return the submission as the rules saw it, if it is whole."""
        return [self.examined] if self.assembled and self.examined else []

    def _identity(self) -> Identity:
        found = self.resolved.identity
        return Identity(
            program=found.recipients[0].extension if found.recipients else None,
            entity_type=found.program.entity_type if found.program else None,
            npi=found.npi.extension if found.npi else None,
            tin=found.tin.extension if found.tin else None,
            entity_id=found.entity.extension if found.entity else None,
            mvp=found.mvp.extension if found.mvp else None,
        )

    def _secrets(self) -> frozenset[str]:
        """TIN and NPI of the header, wherever they stand, and what stands in place of them."""
        roots = {self.resolved.profile.identifiers.get(name) for name in ("npi", "tin")}
        return frozenset(
            one.value for one in header_ids(self.tree.root) if one.value and (one.root in roots or one.private)
        )


def _summary(members: Mapping[str, Any]) -> SubmissionSummary:
    return SubmissionSummary(
        members["performanceYear"],
        members["entityType"],
        tuple(
            SetSummary(
                one["category"],
                one["programName"],
                one["performanceStart"],
                one["performanceEnd"],
                len(one["measurements"]),
            )
            for one in members["measurementSets"]
        ),
    )
