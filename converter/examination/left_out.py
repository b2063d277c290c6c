"""What of a document with errors can still be judged: the parts without errors, and of which category they are all.

A part with an error is left out of what is assembled for the submission rules. Of its category nothing is asked then
that counts parts or misses one, because the part that was left out may be the one.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from converter.facts.profiles import Program
from converter.findings import kinds
from converter.findings.finding import Finding, Kind, Severity, Stage
from converter.model.document import Entry, PiMeasure, QualityMeasure
from converter.model.numbers import whole_number
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Context
from converter.rules.document.sections import ENTRY_OF_CATEGORY
from converter.rules.document.unread_parts import CATEGORY_OF_SECTION

_ERRORS = (Stage.XML, Stage.CONVERT)
_BODY = "/ClinicalDocument/component"
_OF_PROGRAM = (
    kinds.RECIPIENT_MISSING,
    kinds.RECIPIENT_REPEATED,
    kinds.PROGRAM_UNKNOWN,
    kinds.PROGRAM_NOT_ACCEPTED,
    kinds.PROGRAM_NOT_CONVERTED,
    kinds.PROGRAM_OF_OTHER_REPORTING,
    kinds.PROGRAM_WITHOUT_ENTITY,
)
_OF_ENTITY = (kinds.VIRTUAL_GROUP_ID_MISSING, kinds.SITE_ID_MISSING, kinds.SITE_ID_EMPTY)
_HARMLESS = (kinds.DENOMINATOR_OVER_INITIAL, kinds.INITIAL_POPULATION_UNCLEAR)
"""Errors that say nothing against the counts that are submitted; nor do those about rates, which are only checked."""
_OF_RATE, _OF_GUID = "RATE", "GUID"
_ENTITY_IDS = ("entityId", "practiceId")


class LeftOut(NamedTuple):
    """What is left out.

    Attributes:
        entries: `id()` of the entries with errors.
        categories: categories of which a part is left out, by all their names; members that are known to be missing.
        program: program of the document; None where that is not known for sure.
    """

    entries: frozenset[int]
    categories: frozenset[str]
    program: Program | None


def left_out(context: Context) -> LeftOut:
    """Say which parts of a document have errors."""
    errors = [one for one in context.findings if one.severity is Severity.ERROR and one.stage in _ERRORS]
    inside = _inside(errors)
    items = {id(item.entry): item for item in context.resolved.measures}
    entries: set[int] = set()
    categories: set[str] = set()
    elsewhere = {number for number, one in enumerate(errors) if any(path.startswith(_BODY) for path in _paths(one))}
    for section in context.resolved.document.sections:
        found = inside.get(context.tree.place(section.node).path, {})
        elsewhere -= found.keys()
        of_section, before = set(found), len(entries)
        for entry in section.entries:
            of_entry = inside.get(context.tree.place(entry.node).path, {})
            of_section -= of_entry.keys()
            stranger = type(entry) is not ENTRY_OF_CATEGORY[section.category]
            if stranger or not _has_value(entry) or _is_wrong(of_entry.values(), items.get(id(entry))):
                entries.add(id(entry))
        if of_section or len(entries) > before:
            categories |= _names(context, section.category)
    for unread in context.resolved.document.unread:
        if unread.type in CATEGORY_OF_SECTION and not unread.reason:
            elsewhere -= inside.get(context.tree.place(unread.node).path, {}).keys()
            categories |= _names(context, CATEGORY_OF_SECTION[unread.type])
    program = None if any(one.kind in _OF_PROGRAM for one in errors) else context.resolved.identity.program
    if elsewhere or program is None or not context.resolved.document.sections:
        categories |= {name for one in context.resolved.profile.output.categories for name in _names(context, one)}
    if any(one.kind in _OF_ENTITY for one in errors):
        categories.update(_ENTITY_IDS)
    return LeftOut(frozenset(entries), frozenset(categories), program)


def _names(context: Context, category: str) -> set[str]:
    """A category by its name in the document and in the submission."""
    return {category, context.resolved.profile.output.categories[category]}


def _has_value(entry: Entry) -> bool:
    """Whether an entry of promoting interoperability or improvement activities has the id and value to be written."""
    if isinstance(entry, QualityMeasure):
        return True
    if isinstance(entry, PiMeasure) and entry.proportion:
        counts = [part.counts[:1] for part in (*entry.numerators[:1], *entry.denominators[:1])]
        valued = len(counts) > 1 and all(one and whole_number(one[0].text) is not None for one in counts)
    else:
        valued = bool(entry.performed and entry.performed[0].codes)
    return valued and any(one.extension for one in entry.ids)


def _is_wrong(found: Iterable[Kind], item: ResolvedMeasure | None) -> bool:
    """Whether the value of an entry is not to be relied on: which measure it is, or what it counts."""
    if item and item.measure is None:
        return True
    return any(
        not (kind.id.startswith(_OF_RATE) or kind in _HARMLESS or (item and _is_of_guid(kind))) for kind in found
    )


def _is_of_guid(kind: Kind) -> bool:
    """Whether an error is about the GUID alone, which does not matter where the measure is certain all the same."""
    return kind.id.startswith(_OF_GUID) and kind is not kinds.MEASURE_REPORTED_TWICE


def _inside(errors: list[Finding]) -> dict[str, dict[int, Kind]]:
    """Path of an element -> the errors at it or inside of it, by number."""
    inside: dict[str, dict[int, Kind]] = {}
    for number, finding in enumerate(errors):
        for whole in _paths(finding):
            # Every path that this one lies in, from the longest to the root.
            path = whole
            while path:
                inside.setdefault(path, {})[number] = finding.kind
                path = path[: path.rindex("/")]
    return inside


def _paths(finding: Finding) -> Iterator[str]:
    """Where an error is: at its place, and at what else it names."""
    for place in (finding.place, *finding.related):
        if place:
            yield place.path
