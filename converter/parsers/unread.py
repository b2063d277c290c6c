"""The account of a document: every part that no parser took, what it looks like, and whether data is lost with it.

The walk marks what it takes. Whether that was everything is asked by counting, which costs next to nothing; only where
something is left over is the document gone through once more, from the root down.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from converter.model.document import Count, Document, Performed, PiCount, Population, Stray, Unread
from converter.parsers.elements import (
    ACT,
    CDA,
    COMPONENT,
    ENTRY,
    ENTRY_RELATIONSHIP,
    EXTERNAL_DOCUMENT,
    EXTERNAL_OBSERVATION,
    ID,
    OBSERVATION,
    ORGANIZER,
    REFERENCE,
    SECTION,
    TEMPLATE_ID,
    TITLE,
    VALUE,
    descend,
    identifier,
)
from converter.parsers.quality import read_count
from converter.parsers.shapes import SUPPLEMENTAL_CODES, Shapes, Types, code_of

Typed = Mapping[Any, Any]
"""Element -> the entry that a parser made of it; for supplemental data, strata and strays the `templateId`."""

_NAMESPACES = {"h": CDA[1:-1]}
_HELD = etree.XPath(
    "count(//h:component/*) + count(//h:entry/*) + count(//h:entryRelationship/*)", namespaces=_NAMESPACES
)
_FOREIGN = etree.XPath("count(//*) - count(//h:*)", namespaces=_NAMESPACES)
_PARTS = (SECTION, ORGANIZER, ACT, OBSERVATION)
_HOLDERS = frozenset((COMPONENT, ENTRY, ENTRY_RELATIONSHIP))
_NO_PARTS = frozenset(
    CDA + name
    for name in ("structuredBody", "nonXMLBody", "templateId", "sequenceNumber", "priorityNumber", "seperatableInd",
                 "realmCode", "typeId", "localVariableName")
)  # fmt: skip
"""What stands in a component, an entry or an entry relationship beside the one part that it is there for."""
_XHTML = "{http://www.w3.org/1999/xhtml}"
_FOREIGN_PARTS = frozenset(
    ("templateId", "id", "section", "entry", "organizer", "act", "observation", "value", "component", "structuredBody")
)
_ASIDES: Mapping[str, str] = {"supplemental": "supplemental data", "reporting_stratum": "a reporting stratum"}
_HARMLESS_ASIDE = frozenset(("aggregate_count", "performance_rate"))
_TALLY = {
    "quality_measure": "measures",
    "pi_numerator_denominator": "measures",
    "pi_measure_performed": "measures",
    "ia_measure": "measures",
    "aggregate_count": "counts",
    "measure_performed": "answers",
}


def all_read(root: etree._Element, typed: Typed, document: Document) -> bool:
    """Whether the parsers took everything, each part where it belongs."""
    if document.strays or _FOREIGN(root):
        return False
    owners = set()
    for count in document.counts:
        kind = type(count.owner)
        if kind is etree._Element:
            owners.add(count.owner)
        elif kind is not Population and kind is not PiCount:
            return False
    if len(owners) != sum(type(entry) is etree._Element for entry in typed.values()):
        return False  # supplemental data holds one count each
    parts = 1  # the structuredBody
    for element in root.iter(*_PARTS):
        if element not in typed:
            return False
        parts += 1
    return bool(_HELD(root) == parts)


def find_unread(
    root: etree._Element,
    typed: Typed,
    document: Document,
    shapes: Shapes,
    types: Types,
    not_submitted: Mapping[str, str],
) -> None:
    """Write into a document what its parsers left.

    Args:
        root: the root element.
        typed: what the walk took.
        document: takes what is found.
        shapes: tells what an element looks like.
        types: template root -> name and rank of the type.
        not_submitted: template root -> what it is, for parts of the standard that no submission takes.
    """
    search = _Search(root, typed, document, shapes, types, not_submitted)
    for element in root.iter(etree.Element):
        search.visit(element)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around the children of an element.

    Attributes:
        owner: the nearest entry.
        node: its `templateId`, or the root.
        unread: the nearest part that no parser took and that the entry does not lie in; None where there is none.
        covered: whether a finding speaks of all that is inside already.
        aside: what kind of aside it is (`supplemental`, `reporting_stratum`), or empty.
    """

    owner: Any
    node: Any
    unread: Unread | None = None
    covered: bool = False
    aside: str = ""


class _Search:
    def __init__(
        self, root: etree._Element, typed: Typed, document: Document, shapes: Shapes, types: Types,
        not_submitted: Mapping[str, str],
    ) -> None:  # fmt: skip
        self._typed = typed
        self._document = document
        self._shapes = shapes
        self._types = types
        self._not_submitted = not_submitted
        self._start = _Around(document, root)
        self._around: dict[Any, _Around] = {}
        self._strays: dict[int, list[Stray]] = {}
        for stray in document.strays:
            self._strays.setdefault(id(stray.node), []).append(stray)

    def visit(self, element: etree._Element) -> None:
        """Look at one element; its parents have been visited."""
        around = self._around.get(element.getparent(), self._start)
        entry = self._typed.get(element)
        tag = str(element.tag)
        if not tag.startswith(CDA) and not around.covered:
            around = self._foreign(element, tag, around)
        elif type(entry) is etree._Element:
            around = self._aside(element, entry, around)
        elif entry is not None:
            around = self._entry(element, entry, around)
        elif tag in _PARTS or (tag not in _NO_PARTS and _tag_around(element) in _HOLDERS):
            around = self._untyped(element, around)
        if len(element):
            self._around[element] = around

    def _entry(self, element: etree._Element, entry: Any, around: _Around) -> _Around:
        if type(entry) is Performed:
            entry.inside = around.unread
            self._tally(around, "measure_performed")
        elif type(entry) is Count:
            self._count(entry, around)
        node = element if entry is self._document else entry.node
        return _Around(entry, node, covered=around.covered)

    def _count(self, count: Count, around: _Around) -> None:
        count.inside = around.unread
        if count.owner is not around.owner:
            count.before = around.node
        belongs = type(count.owner) is Population or type(count.owner) is PiCount
        count.lost = not (belongs or around.aside or around.covered)
        self._tally(around, "aggregate_count")

    def _aside(self, element: etree._Element, template: etree._Element, around: _Around) -> _Around:
        name = self._types[template.get("root", "")][0]
        for stray in self._strays.get(id(template), ()):
            stray.inside = around.unread
        if name == "document":
            return self._untyped(element, around)
        if name not in _ASIDES:
            self._tally(around, name)
            return replace(around, owner=template, node=template, covered=True)
        shape = self._shapes.of(element, around.owner)
        odd = shape is not None and (shape[0] == "aggregate_count" or shape[0] == "population")
        if shape and odd and not around.covered:
            return self._lost(element, shape, around)
        return replace(around, owner=template, node=template, aside=name)

    def _untyped(self, element: etree._Element, around: _Around) -> _Around:
        if around.covered:
            shape = self._shapes.inside(element, around.owner)
            self._keep(element, shape[0] if shape else "", around)
            return around
        shape = self._shapes.of(element, around.owner)
        if around.aside and (shape is None or shape[0] in _HARMLESS_ASIDE):
            around = self._ignored(element, f"it is inside of {_ASIDES[around.aside]}", around)
            self._keep(element, shape[0] if shape else "", around)
            return around
        if shape:
            return self._lost(element, shape, around)
        reason = self._harmless(element)
        if reason is None:
            return self._lost(element, ("", _value_of(element)), around)
        if element.tag not in _PARTS:
            return around
        inside = self._ignored(element, reason, around)
        if code_of(element) in SUPPLEMENTAL_CODES:
            return replace(inside, aside="supplemental")
        return around if reason == _EMPTY else inside

    def _harmless(self, element: etree._Element) -> str | None:
        """Why nothing is lost with an element without shape; None where something is."""
        roots = [one.get("root", "") for one in element.iterchildren(TEMPLATE_ID)]
        known = next((self._not_submitted[root] for root in roots if root in self._not_submitted), None)
        if known:
            return f"{known} is not part of a submission"
        supplemental = SUPPLEMENTAL_CODES.get(code_of(element) or "")
        if supplemental:
            return f"by its code it is supplemental data ({supplemental}), which is not submitted"
        return None if _holds_data(element) else _EMPTY

    def _ignored(self, element: etree._Element, reason: str, around: _Around) -> _Around:
        unread = _unread(element, "", "", around, reason)
        self._document.unread.append(unread)
        return replace(around, unread=unread)

    def _lost(self, element: etree._Element, shape: tuple[str, str], around: _Around) -> _Around:
        unread = _unread(element, *shape, around)
        unread.twofold = any(self._types.get(one.root or "", ("",))[0] == shape[0] for one in unread.templates)
        self._document.unread.append(unread)
        inside = replace(around, unread=unread, covered=True)
        self._keep(element, shape[0], inside, itself=True)
        return inside

    def _foreign(self, element: etree._Element, tag: str, around: _Around) -> _Around:
        """An element in another namespace, where the parsers see nothing: it blocks if it holds parts of a report."""
        names = {str(one.tag).rpartition("}")[2] for one in element.iter(etree.Element)}
        if tag.startswith(_XHTML) or not names & _FOREIGN_PARTS:
            return replace(around, covered=True)
        return self._lost(element, ("foreign", tag[1:].rpartition("}")[0]), around)

    def _keep(self, element: etree._Element, name: str, around: _Around, *, itself: bool = False) -> None:
        """Take note of a count or an answer that has no type, and of how much there is inside of a part."""
        if name == "aggregate_count":
            count = read_count(element, element, around.owner)
            count.inside = around.unread
            self._document.unread_counts.append(count)
        elif name == "measure_performed":
            codes = [one.get("code") for one in element.iterchildren(VALUE)]
            self._document.unread_answers.append(Performed(element, codes, around.unread))
        if not itself:
            self._tally(around, name)
            if name and around.unread:
                around.unread.untyped += 1

    def _tally(self, around: _Around, name: str) -> None:
        field = _TALLY.get(name)
        if field and around.unread:
            setattr(around.unread, field, getattr(around.unread, field) + 1)


_EMPTY = "it holds no count, answer or measure"


def _unread(element: etree._Element, name: str, detail: str, around: _Around, reason: str = "") -> Unread:
    templates = [identifier(one) for one in element.iterchildren(TEMPLATE_ID)]
    title = next((one.text for one in element.iterchildren(TITLE)), None)
    return Unread(element, name, detail, around.node, templates, title, reason)


def _tag_around(element: etree._Element) -> object:
    around = element.getparent()
    return None if around is None else around.tag


def _value_of(element: etree._Element) -> str:
    values = [element, *element.iterchildren(VALUE)]
    return next((one.get("value") or "" for one in values if one.get("value")), "")


def _holds_data(element: etree._Element) -> bool:
    """Whether an element itself gives a number, or refers to a measure or a population."""
    external = (descend(element, REFERENCE, name, ID) for name in (EXTERNAL_DOCUMENT, EXTERNAL_OBSERVATION))
    return _value_of(element) != "" or any(next(found, None) is not None for found in external)
