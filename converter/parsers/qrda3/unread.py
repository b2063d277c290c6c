"""The account of a document: every part that no parser took, what it looks like, and whether data is lost with it.

The walk marks what it takes. Whether that was everything is asked by counting names, which costs next to nothing; only
where something is left over is the document gone through once more, from the root down.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lxml import etree

from converter.deadline import look
from converter.model.document import NOT_NEEDED, Count, Document, Oddity, Performed, PiCount, Population, Stray, Unread
from converter.parsers.qrda3.elements import (
    ACT,
    ANY_VALUE,
    COMPONENT,
    COUNT_CODE,
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
    code_of,
    descend,
    identifier,
)
from converter.parsers.qrda3.shapes import SUPPLEMENTAL_CODES, Shapes, count_shape
from converter.source.xml.tree import CDA

Typed = Mapping[Any, Any]
"""Element -> the entry that a parser made of it; for supplemental data, strata and strays the name of the type."""

_PARTS = (SECTION, ORGANIZER, ACT, OBSERVATION)
_HOLDERS = frozenset((COMPONENT, ENTRY, ENTRY_RELATIONSHIP))
_PARTS_ANYWHERE = tuple(name.replace(CDA, "{*}") for name in _PARTS)
_HOLDERS_ANYWHERE = tuple(name.replace(CDA, "{*}") for name in sorted(_HOLDERS))
_WITHOUT_NAMESPACE = "{}*"
_NO_PARTS = frozenset(
    CDA + name
    for name in ("templateId", "sequenceNumber", "priorityNumber", "seperatableInd",
                 "realmCode", "typeId", "localVariableName")
)  # fmt: skip
"""What stands in a component, an entry or an entry relationship beside the one part that it is there for."""
_XHTML = "{http://www.w3.org/1999/xhtml}"
_FOREIGN_PARTS = frozenset(
    ("templateId", "id", "section", "entry", "organizer", "act", "observation", "value", "component", "structuredBody")
)
_ASIDES: Mapping[str, str] = {"supplemental": "supplemental data", "reporting_stratum": "a reporting stratum"}
_FOREIGN_ASIDE = "it is supplemental data in another namespace, which is not submitted"
_EMPTY = "it does not contain a count, answer or measure"
_HARMLESS_ASIDE = frozenset(("aggregate_count", "performance_rate"))
_MORE_THAN_ASIDE = frozenset(("aggregate_count", "population"))
"""Shapes that are more than supplemental data or a stratum, also where these belong."""
_TALLY = {
    "quality_measure": "measures",
    "pi_numerator_denominator": "measures",
    "pi_measure_performed": "measures",
    "ia_measure": "measures",
    "aggregate_count": "counts",
    "measure_performed": "answers",
}


def leftovers(root: etree._Element, typed: Typed, document: Document) -> list[etree._Element] | None:
    """Return the parts without a type; None where more is odd than that, and the whole document must be gone through.

    The list is empty where the parsers took everything, each part where it belongs.
    """
    parts = list(root.iter(*_PARTS))
    # lxml counts names much faster than XPath, which would collect the elements first. What holds parts, in whatever
    # namespace, holds the structuredBody beside them.
    odd = (
        document.strays
        or any(count.owner is not None for count in document.counted if type(count) is Count)
        or sum(map(len, root.iter(*_HOLDERS_ANYWHERE))) != len(parts) + 1
        # One that is held by nothing would make up for one in another namespace.
        or sum(1 for _ in root.iter(*_PARTS_ANYWHERE)) != len(parts)
        or next(root.iter(_WITHOUT_NAMESPACE), None) is not None
    )
    return None if odd else [part for part in parts if part not in typed] + list(_other_holders(root))


def _other_holders(root: etree._Element) -> Iterator[etree._Element]:
    """Yield what refers to a document, as to a measure, and cannot be one: a section, an act, no part of a report."""
    for external in root.iter(EXTERNAL_DOCUMENT):
        reference: Any = external.getparent()
        if reference.tag == REFERENCE:
            holder = reference.getparent()
            if holder.tag not in (ORGANIZER, OBSERVATION) and next(external.iterchildren(ID), None) is not None:
                yield holder


def find_unread(
    root: etree._Element, left: list[etree._Element] | None, typed: Typed, document: Document, shapes: Shapes
) -> None:
    """Write into a document what its parsers left.

    Args:
        root: the root element.
        left: the parts to look at; None for the whole document.
        typed: what the walk took.
        document: takes what is found.
        shapes: tells what an element looks like.
    """
    search = _Search(root, typed, document, shapes)
    if left is None:
        for element in root.iter(etree.Element):
            search.visit(element)
        return
    for part in left:
        search.enter(part)


class _Around(NamedTuple):
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
    """Goes through a document from the top and writes down what its parsers left; each element is looked at once."""

    def __init__(self, root: etree._Element, typed: Typed, document: Document, shapes: Shapes) -> None:
        self._root = root
        self._typed = typed
        self._document = document
        self._shapes = shapes
        self._other_holders = frozenset(_other_holders(root))
        self._start = _Around(document, root)
        self._around: dict[Any, _Around] = {}
        self._seen: set[Any] = set()
        self._strays: dict[Any, list[Stray]] = {}
        for stray in document.strays:
            self._strays.setdefault(stray.node.getparent(), []).append(stray)

    def visit(self, element: etree._Element) -> None:
        """Look at one element; its parents have been visited."""
        look()
        around = self._around.get(element.getparent(), self._start)
        entry = self._typed.get(element)
        tag = str(element.tag)
        if not tag.startswith(CDA) and not around.covered:
            around = self._foreign(element, tag, around)
        elif type(entry) is str:
            around = self._aside(element, entry, around)
        elif entry is not None:
            around = self._entry(element, entry, around)
        elif (
            tag in _PARTS
            or ((tag not in _NO_PARTS or len(element)) and tag not in _HOLDERS and self._is_held(element))
            or element in self._other_holders
            or (tag in _HOLDERS and count_shape(element))
        ):
            around = self._untyped(element, around)
        # Nobody asks what is around the children of an element that has none.
        if len(element):
            self._around[element] = around

    def enter(self, part: etree._Element) -> None:
        """Look at a part and what is inside of it, where all around it was taken or has been looked at."""
        # It lies in a part that was gone through before.
        if part in self._seen:
            return
        around = part.getparent()
        while around is not None and around not in self._around and around not in self._typed:
            around = around.getparent()
        if around is not None and around not in self._around:
            entry = self._typed[around]
            aside = entry if type(entry) is str else ""
            node = around if aside or entry is self._document else entry.node
            self._around[around] = _Around(entry, node, aside=aside)
        # Only so much of the surroundings is made up as the part needs: the rest of the document is not looked at.
        self._around[part.getparent()] = self._around.get(around, self._start)
        for element in part.iter(etree.Element):
            self._seen.add(element)
            self.visit(element)

    def _is_held(self, element: etree._Element) -> bool:
        """Whether an element stands where a part stands; the body of the document does so as well."""
        around = element.getparent()
        return around is not None and around.tag in _HOLDERS and around.getparent() is not self._root

    def _entry(self, element: etree._Element, entry: Any, around: _Around) -> _Around:
        if type(entry) is Performed:
            entry.inside = around.unread
            self._tally(around, "measure_performed")
        elif type(entry) is Count:
            self._count(entry, around)
        elif element in self._other_holders and self._shapes.referring(element):
            reference: Any = next(descend(element, REFERENCE, EXTERNAL_DOCUMENT)).getparent()
            self._document.unread.append(_unread(reference, "", "", around))
        node = element if entry is self._document else entry.node
        return _Around(entry, node, around.unread if around.covered else None, around.covered)

    def _count(self, count: Count, around: _Around) -> None:
        belongs = count.owner is None
        read = (
            type(around.owner) is Population or type(around.owner) is PiCount
            if belongs
            else count.owner is around.owner
        )
        count.odd = count.odd._replace(
            inside=around.unread,
            before=None if read else around.node,
            lost=not (belongs or around.aside or around.covered),
        )
        # One with several or foreign values is in the list already.
        if not count.odd.more and count.odd.foreign is None:
            self._document.odd_counts.append(count)
        self._tally(around, "aggregate_count")

    def _aside(self, element: etree._Element, name: str, around: _Around) -> _Around:
        for stray in self._strays.get(element, ()):
            stray.inside = around.unread
        if name == "document":
            return self._untyped(element, around)
        if name not in _ASIDES:
            # What stands out of place is reported itself; what is inside of it needs no finding of its own.
            self._tally(around, name)
            return around._replace(owner=name, node=element, covered=True)
        shape = self._shapes.of(element, around.owner)
        inside = type(around.owner) is Population or type(around.owner) is str
        if shape and (not inside or shape[0] in _MORE_THAN_ASIDE) and not around.covered:
            return self._lost(element, shape, around)
        unread = around.unread if around.covered else None
        return around._replace(owner=name, node=element, unread=unread, aside=name)

    def _untyped(self, element: etree._Element, around: _Around) -> _Around:
        # The finding about the part around speaks of this one too: it is only counted.
        if around.covered:
            shape = self._shapes.inside(element, around.owner)
            if shape and self._is_needed_in_optional(shape, around.unread):
                return self._lost(element, shape, around)
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
            return inside._replace(aside="supplemental")
        return around if reason == _EMPTY else inside

    @staticmethod
    def _is_needed_in_optional(shape: tuple[str, str], around: Unread | None) -> bool:
        """Whether a submission needs an element of a shape, and not the part around it, of which a finding speaks."""
        optional = around is not None and not around.reason and not around.needed
        return optional and shape[0] not in _HARMLESS_ASIDE and NOT_NEEDED.isdisjoint(shape)

    def _harmless(self, element: etree._Element) -> str | None:
        """Why nothing is lost with an element without shape; None where something is."""
        roots = [one.get("root", "") for one in element.iterchildren(TEMPLATE_ID)]
        known = next((self._shapes.not_submitted[root] for root in roots if root in self._shapes.not_submitted), None)
        if known:
            return f"{known} is not part of a submission"
        supplemental = SUPPLEMENTAL_CODES.get(code_of(element) or "")
        if supplemental:
            return f"by its code it is supplemental data ({supplemental}), which is not submitted"
        return None if _holds_data(element) else _EMPTY

    def _ignored(self, element: etree._Element, reason: str, around: _Around) -> _Around:
        unread = _unread(element, "", "", around, reason)
        self._document.unread.append(unread)
        return around._replace(unread=unread)

    def _lost(self, element: etree._Element, shape: tuple[str, str], around: _Around) -> _Around:
        unread = _unread(element, *shape, around)
        types = {self._shapes.types.get(one.root or "", ("",))[0] for one in unread.templates}
        unread.twofold = bool(shape[0]) and shape[0] in types
        self._document.unread.append(unread)
        inside = around._replace(unread=unread, covered=True)
        self._keep(element, shape[0], inside, itself=True)
        return inside

    def _foreign(self, element: etree._Element, tag: str, around: _Around) -> _Around:
        """An element in another namespace, where the parsers see nothing: it blocks if it holds parts of a report."""
        names = {str(one.tag).rpartition("}")[2] for one in element.iter(etree.Element)}
        if tag.startswith(_XHTML) or not names & _FOREIGN_PARTS:
            return around._replace(covered=True)
        if type(around.owner) is Population and self._only_asides(element):
            ignored = self._ignored(element, _FOREIGN_ASIDE, around)
            self._foreign_counts(element, ignored)
            return ignored._replace(covered=True)
        return self._lost(element, ("foreign", tag[1:].rpartition("}")[0]), around)

    def _only_asides(self, element: etree._Element) -> bool:
        """Whether an element in another namespace is supplemental data or strata, and nothing else."""
        types: dict[Any, str] = {}
        for template in element.iter("{*}templateId"):
            name = self._shapes.types.get(template.get("root", ""), ("",))[0]
            if name:
                types.setdefault(template.getparent(), name)
        for part, name in types.items():
            inside = any(types.get(one) in _ASIDES for one in part.iterancestors())
            if name not in _ASIDES and not (inside and name == "aggregate_count"):
                return False
        return bool(types)

    def _foreign_counts(self, element: etree._Element, around: _Around) -> None:
        """Take note of the counts in another namespace inside of an element."""
        for part in element.iter(etree.Element):
            if str(part.tag).startswith(CDA) or not self._is_foreign_count(part):
                continue
            value = next(part.iterchildren(ANY_VALUE), None)
            text = None if value is None else value.get("value")
            count = Count(part, text, value, around.owner, Oddity(inside=around.unread))
            self._document.unread_counts.append(count)
            self._tally(around, "aggregate_count")

    def _is_foreign_count(self, part: etree._Element) -> bool:
        types = (self._shapes.types.get(one.get("root", ""), ("",))[0] for one in part.iterchildren("{*}templateId"))
        return "aggregate_count" in types or any(one.get("code") == COUNT_CODE for one in part.iterchildren("{*}code"))

    def _keep(self, element: etree._Element, name: str, around: _Around, *, itself: bool = False) -> None:
        """Take note of a count or an answer that has no type, and of how much there is inside of a part."""
        if name == "aggregate_count":
            value = next(element.iterchildren(ANY_VALUE), None)
            text = None if value is None else value.get("value")
            count = Count(element, text, value, around.owner, Oddity(inside=around.unread))
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


def _unread(element: etree._Element, name: str, detail: str, around: _Around, reason: str = "") -> Unread:
    templates = [identifier(one) for one in element.iterchildren(TEMPLATE_ID)]
    title = next((one.text for one in element.iterchildren(TITLE)), None)
    return Unread(element, name, detail, around.node, templates, title, reason)


def _value_of(element: etree._Element) -> str:
    values = [element, *element.iterchildren(VALUE)]
    return next((one.get("value") or "" for one in values if one.get("value")), "")


def _holds_data(element: etree._Element) -> bool:
    """Whether an element itself gives a number, or refers to a measure or a population."""
    if element.tag in _PARTS:
        external = (descend(element, REFERENCE, name, ID) for name in (EXTERNAL_DOCUMENT, EXTERNAL_OBSERVATION))
        refers = any(next(found, None) is not None for found in external)
    else:
        refers = next(element.iter(EXTERNAL_DOCUMENT, EXTERNAL_OBSERVATION), None) is not None
    return refers or _value_of(element) != ""
