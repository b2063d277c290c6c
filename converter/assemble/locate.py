"""From a JSON pointer of the submission to the element of the document that its value comes from."""

from collections.abc import Sequence

from converter.assemble.assembled import Assembled, Source
from converter.language.terms import ROLE_OF_MEMBER
from converter.model.document import Identifier, Node, PiMeasure, Population, Section
from converter.model.submission import MultiRate
from converter.resolve.resolved import ResolvedMeasure
from converter.source.json.pointers import follow, split

_ROLE_OF_MEMBER = {**ROLE_OF_MEMBER, "performanceNotMet": "DENOM"}


def locate(assembled: Assembled, pointer: str) -> tuple[Node, str | None] | None:
    """Return the node and attribute that a value of the submission comes from; None where the pointer leads nowhere.

    A value that is computed from several counts is found at the first of them: a sum at its first addend,
    `performanceNotMet` at the denominator.
    """
    return _locate(assembled, split(pointer)) if _leads_somewhere(assembled, pointer) else None


def locate_nearest(assembled: Assembled, pointer: str) -> tuple[Node, str | None]:
    """Return where a member stands, or what would hold it where it is missing."""
    steps = split(pointer)
    while steps:
        found = _locate(assembled, steps)
        if found:
            return found
        steps.pop()
    return assembled.resolved.document.node, None


def _locate(assembled: Assembled, steps: Sequence[str]) -> tuple[Node, str | None] | None:
    if not steps:
        return assembled.resolved.document.node, None
    if steps[0] == "measurementSets":
        return _in_sets(assembled, steps[1:])
    return _top(assembled, steps[0]) if len(steps) == 1 else None


def _leads_somewhere(assembled: Assembled, pointer: str) -> bool:
    """Whether the submission as it is written has this member."""
    try:
        follow(assembled.members, pointer)
    except (LookupError, ValueError):
        return False
    return True


def _top(assembled: Assembled, member: str) -> tuple[Node, str | None] | None:
    identity = assembled.resolved.identity
    identifiers: dict[str, Identifier | None] = {
        "entityType": next(iter(identity.recipients), None),
        "nationalProviderIdentifier": identity.npi,
        "taxpayerIdentificationNumber": identity.tin,
        "entityId": identity.entity,
    }
    if member == "performanceYear":
        return _of_period(assembled.sets[0].section, "starts") if assembled.sets else None
    found = identifiers.get(member)
    return (found.node, "extension") if found and getattr(assembled.submission, member) is not None else None


def _in_sets(assembled: Assembled, steps: Sequence[str]) -> tuple[Node, str | None] | None:
    if not steps:
        return assembled.resolved.document.node, None
    index = _index(steps[0], len(assembled.sets))
    if index is None:
        return None
    source = assembled.sets[index]
    if len(steps) == 1:
        return source.section.node, None
    if steps[1] != "measurements":
        return _of_set(assembled, index, steps[1]) if len(steps) == 2 else None
    if len(steps) == 2:
        return source.section.node, None
    number = _index(steps[2], len(source.measurements))
    if number is None:
        return None
    value = assembled.submission.measurementSets[index].measurements[number].value
    strata = len(value.strata) if isinstance(value, MultiRate) else None
    return _of_measurement(source.measurements[number], steps[3:], strata)


def _of_set(assembled: Assembled, index: int, member: str) -> tuple[Node, str | None] | None:
    identity, source = assembled.resolved.identity, assembled.sets[index]
    if member in ("performanceStart", "performanceEnd"):
        return _of_period(source.section, "starts" if member == "performanceStart" else "ends")
    if member == "cehrtId":
        submitted = assembled.submission.measurementSets[index].cehrtId is not None
        return (identity.cehrt.node, "extension") if identity.cehrt and submitted else None
    if member == "programName":
        name = identity.mvp or next(iter(identity.recipients), None)
        return (name.node, "extension") if name else None
    return (source.section.node, None) if member in ("category", "submissionMethod", "source") else None


def _of_period(section: Section, end: str) -> tuple[Node, str | None] | None:
    """The first date of a section; None where a document that is assembled in part has none."""
    dates = (date for period in section.periods[:1] for date in getattr(period, end))
    return next(((date.node, "value") for date in dates), None)


def _of_measurement(item: Source, steps: Sequence[str], strata: int | None) -> tuple[Node, str | None] | None:
    entry = item.entry if isinstance(item, ResolvedMeasure) else item
    if not steps:
        return entry.node, None
    if steps[0] == "measureId" and len(steps) == 1:
        ids = item.references if isinstance(item, ResolvedMeasure) else item.ids
        return ids[0].node, "extension"
    if steps[0] != "value":
        return None
    if isinstance(item, ResolvedMeasure):
        return _of_rate(item, steps[1:], strata)
    if isinstance(item, PiMeasure) and item.proportion:
        parts = {"numerator": item.numerators, "denominator": item.denominators}
        if len(steps) == 1:
            return entry.node, None
        part = parts.get(steps[1])
        return (part[0].counts[0].value_node, "value") if part and len(steps) == 2 else None
    return (item.performed[0].node, None) if len(steps) == 1 else None


def _of_rate(item: ResolvedMeasure, steps: Sequence[str], strata: int | None) -> tuple[Node, str | None] | None:
    if not steps or (steps == ["strata"] and strata):
        return item.entry.node, None
    if strata is None:
        return _of_count(item, item.populations.get(_ROLE_OF_MEMBER.get(steps[0], ""), ()), steps)
    index = _index(steps[1], strata) if steps[0] == "strata" else None
    if index is None:
        return (item.entry.node, None) if steps == ["isEndToEndReported"] else None
    if len(steps) == 2:
        return item.entry.node, None
    return _of_count(item, item.cells.get((index, _ROLE_OF_MEMBER.get(steps[2], "")), ()), steps[2:])


def _of_count(
    item: ResolvedMeasure, populations: Sequence[Population], steps: Sequence[str]
) -> tuple[Node, str | None] | None:
    if len(steps) != 1 or steps[0] not in {*_ROLE_OF_MEMBER, "isEndToEndReported", "stratum"}:
        return None
    if not populations:
        return item.entry.node, None
    return populations[0].counts[0].value_node, "value"


def _index(step: str, length: int) -> int | None:
    return int(step) if step.isdecimal() and int(step) < length else None
