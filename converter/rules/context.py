"""What a rule is given, and how rules are run."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, TypeVar

from converter.assemble.assembled import Assembled
from converter.findings.collector import Collector
from converter.findings.failures import report_failure
from converter.findings.finding import Kind
from converter.findings.place import Tree
from converter.model.document import Node
from converter.parsers.qrda3.header import HeaderId
from converter.resolve.resolved import Resolved


@dataclass(slots=True)
class Context:
    """One document under examination.

    Attributes:
        resolved: the document with all that its year says of it.
        tree: tells places.
        findings: takes what is found.
        assembled: the submission and where its values come from; None until it is assembled.
        find_ids: finds every id of the header.
        causes: what a root cause explains -> id of its finding; rules agree on the keys.
    """

    resolved: Resolved
    tree: Tree
    findings: Collector
    assembled: Assembled | None = None
    find_ids: Callable[[], list[HeaderId]] = list
    causes: dict[tuple[int, str], str] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The performance year."""
        return self.resolved.profile.year

    def cause(self, about: object, what: str) -> str | None:
        """Id of the root cause that explains what is wrong with a part of the document, or None."""
        return self.causes.get((id(about), what))

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
    """Run each rule on its own: one that fails becomes a tool finding, and the others still run."""
    for rule in rules:
        try:
            rule(context)
        except Exception as error:
            report_failure(
                context.findings, f"{rule.__module__.removeprefix('converter.rules.')}.{rule.__name__}", error
            )
