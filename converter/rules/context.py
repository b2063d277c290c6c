"""What a rule is given, and how rules are run."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, TypeVar

from converter.assemble.assembled import Assembled
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.finding import Kind
from converter.findings.place import Place
from converter.model.document import Node
from converter.resolve.resolved import Resolved


class Tree(Protocol):
    """What rules need of the document's tree."""

    def place(self, node: Node, attribute: str | None = None) -> Place:
        """Return the place of a node of the model."""
        ...


@dataclass(slots=True)
class Context:
    """One document under examination.

    Attributes:
        resolved: the document with all that its year says of it.
        tree: tells places.
        findings: takes what is found.
        assembled: the submission and where its values come from; None until it is assembled.
        causes: what a root cause explains -> id of its finding; rules agree on the keys.
    """

    resolved: Resolved
    tree: Tree
    findings: Collector
    assembled: Assembled | None = None
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
        self.findings.add(kind, place, **{"year": self.year, **words})


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


def report_failure(findings: Collector, step: str, error: Exception) -> None:
    """Turn a failure of this tool into a finding."""
    findings.add(kinds.CHECK_FAILED, step=step, problem=failure_of(error))


def failure_of(error: Exception) -> str:
    """Name a failure of this tool and its line. The error's text may hold data of the document and is left out."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{type(error).__name__} in line {trace.tb_lineno}" if trace else type(error).__name__
