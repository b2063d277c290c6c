"""One mistake: what of the guide a document fails because of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from converter.guide.flaws import Flaw
from converter.guide.guides import Assertion
from converter.guide.rows import Row
from converter.guide.seen import Element
from converter.guide.walk import Failure

COUNTED = frozenset({"exactly-one", "at-least-one", "none", "count"})
_ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "identifier": ("root", "extension", "nullFlavor"),
    "quantity": ("value", "unit", "nullFlavor"),
}


@dataclass(slots=True, eq=False)
class Mistake:
    """One mistake.

    Attributes:
        failure: the check that tells it best.
        row: what of the check fails; a part of it where it is made of several.
        scope: the element that this part is about.
        program: whether the check is only for some programs.
        number: how many there are of what is counted.
        flaw: what is wrong with the element that is meant to be what is missing.
        failures: all checks that fail because of it.
    """

    failure: Failure
    row: Row
    scope: Element
    program: bool
    number: int = 0
    flaw: Flaw | None = None
    failures: list[Failure] = field(default_factory=list)

    @property
    def assertion(self) -> Assertion:
        """The assertion that tells it best."""
        return self.failure.assertions[0]

    @property
    def steps(self) -> list[Row]:
        """The steps to what is counted, from the scope."""
        path = self.row.get("path", ())
        return [step for step in path[2 if path and "document" in path[0] else 0 :] if "element" in step]

    @property
    def too_many(self) -> bool:
        """Whether there are too many of what is counted."""
        return self.row["kind"] in COUNTED and self.number > (
            0 if self.row["kind"] == "none" else self.row.get("min", 0)
        )

    @property
    def attributes(self) -> frozenset[str]:
        """The attributes of its element that it is about; empty where it counts elements."""
        row = self.row
        if "attribute" in row:
            return frozenset([row["attribute"]])
        return frozenset(row.get("attributes") or _ATTRIBUTES.get(row["kind"], ()))

    @property
    def names(self) -> frozenset[str]:
        """Names of the elements on the way to what is counted, and of those that it must hold."""
        parts = self.row["checks"] if self.row["kind"] == "any-of" else ()
        return frozenset([*_names(self.steps), *(name for one in parts for name in _names(one.get("path", ())))])

    @property
    def roots(self) -> frozenset[str]:
        """Roots of the templates that what is counted must have."""
        return frozenset(_roots(self.steps))


def _names(path: Iterable[Row]) -> Iterable[str]:
    for step in path:
        if "element" in step:
            yield step["element"]
        for one in step.get("contains", ()):
            yield from _names(one["path"])


def _roots(path: Iterable[Row]) -> Iterable[str]:
    for step in path:
        yield from (one["root"] for one in step.get("templates", ()))
        if step.get("element") == "templateId" and "root" in step.get("attributes", {}):
            yield step["attributes"]["root"]
        for one in step.get("contains", ()):
            yield from _roots(one["path"])
