"""What a rule is given, and how rules are run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, TypeVar

from converter.assemble.assembled import Assembled
from converter.deadline import look
from converter.errors import DataFileError
from converter.findings.collector import Collector
from converter.findings.failures import report_failure
from converter.findings.finding import Kind
from converter.findings.place import Tree
from converter.model.document import Node
from converter.parsers.qrda3.header import HeaderId
from converter.resolve.resolved import Resolved

if TYPE_CHECKING:
    from converter.parsers.qrda3.practice_site import SiteHeader


class Aspect(Enum):
    """What a root cause explains of an element of the document."""

    EDITION = "its year"
    KIND = "what kind of document it is"
    GUIDS_OF_YEAR = "measure GUIDs of the year `number` in it"
    POPULATIONS = "which measure its populations are of"
    ROLE_IN_SET = "its population of the role `name` in the population set `number`"
    COUNTS = "its counts in the population set `number`"
    PART = "the part of the type or role `name` that it should hold"


class Explained(NamedTuple):
    """What a root cause explains: an aspect of an element.

    Attributes:
        node: the element, as the handle that the model has of it.
        aspect: what of it.
        name: type of a part or role of a population, where the aspect has one.
        number: year or index of a population set, where the aspect has one.
    """

    node: Node
    aspect: Aspect
    name: str = ""
    number: int | None = None


def _no_site() -> SiteHeader:
    from converter.parsers.qrda3.practice_site import SiteHeader

    return SiteHeader()


@dataclass(slots=True)
class Context:
    """One document under examination.

    Attributes:
        resolved: the document with all that its year says of it.
        tree: tells places.
        findings: takes what is found.
        assembled: the submission and where its values come from; None until it is assembled.
        find_ids: finds every id of the header.
        find_site: reads what the header says of a practice site.
        causes: what a root cause explains -> the kind of its finding.
    """

    resolved: Resolved
    tree: Tree
    findings: Collector
    assembled: Assembled | None = None
    find_ids: Callable[[], list[HeaderId]] = list
    find_site: Callable[[], SiteHeader] = _no_site
    causes: dict[Explained, Kind] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The performance year."""
        return self.resolved.profile.year

    def explain(self, kind: Kind, node: Node, aspect: Aspect, name: str = "", number: int | None = None) -> None:
        """Let a finding of a kind be the root cause of what is wrong with an aspect of an element."""
        self.causes[Explained(node, aspect, name, number)] = kind

    def cause(self, node: Node, aspect: Aspect, name: str = "", number: int | None = None) -> str | None:
        """Id of the root cause that explains what is wrong with an aspect of an element, or None."""
        kind = self.causes.get(Explained(node, aspect, name, number))
        return kind.id if kind else None

    def report(self, kind: Kind, node: Node = None, attribute: str | None = None, **words: Any) -> None:
        """Add a finding at a node of the model, or at the document."""
        place = self.tree.place(self.resolved.document.node if node is None else node, attribute)
        if "year" in kind.data:
            words.setdefault("year", self.year)
        self.findings.add(kind, place, **words)


Words: TypeAlias = dict[str, Any]
"""What fills the sentences of a finding, and its other members."""

Rule: TypeAlias = Callable[[Context], None]


class HoldsFindings(Protocol):
    """What a rule is given, as far as running it goes."""

    findings: Collector


C = TypeVar("C", bound=HoldsFindings)


def run(rules: Iterable[Callable[[C], None]], context: C) -> None:
    """Run each rule on its own: one that fails becomes a tool finding, and the others still run.

    Raises:
        DataFileError: a data file is missing or does not have the right shape.
        MemoryError: the document is too large for the memory, which is no failure of the rule.
    """
    for rule in rules:
        look()
        try:
            rule(context)
        except (DataFileError, MemoryError):
            raise
        except Exception as error:
            report_failure(
                context.findings, f"{rule.__module__.removeprefix('converter.rules.')}.{rule.__name__}", error
            )
