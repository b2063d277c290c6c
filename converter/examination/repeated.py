"""Errors of structure that repeat what a rule says already: one mistake is told once."""

from collections.abc import Iterable, Iterator

from converter.findings import kinds
from converter.findings.finding import Finding, Severity, Stage

_OF_VALUE = (kinds.VALUE_NOT_OF_ITS_TYPE, kinds.STRUCTURE_OTHERWISE)


def not_repeated(structure: Iterable[Finding], told: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out the errors of structure that repeat an error of a rule.

    That is the wrong value of the same element or attribute, an element in the wrong namespace, and what the kind of
    the rule's finding names (`Kind.structure`) within the element that it is about.

    Args:
        structure: what the structure check found.
        told: what the rules found.
    """
    faults = None
    for one in structure:
        if faults is None:  # places are only worked out where the structure has errors
            faults = [
                (other, fault.path, fault.attribute)
                for other in told
                if other.severity is Severity.ERROR and other.stage is not Stage.GUIDE and (fault := other.fault())
            ]
        if not any(_same(one, *fault) for fault in faults):
            yield one


def _same(one: Finding, other: Finding, path: str, attribute: str | None) -> bool:
    if one.place is None or other.place is None:
        return False
    if one.kind is kinds.ELEMENT_UNKNOWN and other.kind is kinds.PART_IN_ANOTHER_NAMESPACE:
        return one.place.path == path
    if one.kind in _OF_VALUE and one.place.path == path:
        return not (one.place.attribute and attribute and one.place.attribute != attribute)
    return bool(_names(one) & set(other.kind.structure)) and f"{one.place.path}/".startswith(f"{other.place.path}/")


def _names(one: Finding) -> set[str]:
    """How kinds name an error of structure: `IG007 value`, `IG003 structuredBody/component`."""
    elements = one.data.get("elements")
    if isinstance(elements, tuple):
        return {f"{one.id} {one.data['parent_element']}/{element}" for element in elements}
    return {f"{one.id} {one.data.get('element')}"}
