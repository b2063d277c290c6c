"""The one walk over a document: every `templateId` that gives its element a type, in document order.

As in the official converter, an element's type comes from the root of one of its templates (the extension is a matter
of rules), and it belongs to the nearest element around it that has a type.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

from lxml import etree

from converter.deadline import look
from converter.model.document import Count, Document, Population, Stray
from converter.parsers.qrda3 import (
    improvement_activities_section,
    promoting_interoperability_section,
    quality_section,
    section,
)
from converter.parsers.qrda3.asides import ASIDE_COUNT, ASIDES, aside_texts, meets_asides, read_asides, read_later
from converter.parsers.qrda3.elements import OBSERVATION, TEMPLATE_ID
from converter.parsers.qrda3.header import read_header
from converter.parsers.qrda3.shapes import Shapes, Types
from converter.parsers.qrda3.unread import find_unread, leftovers

Reader: TypeAlias = Callable[[Document, Any, etree._Element, etree._Element], Any]


def _aside(name: str, document: Document, parent: Any, element: etree._Element, node: etree._Element) -> str:
    """Take supplemental data or a reporting stratum: its counts are not those of the population around it."""
    if type(parent) is not Population:
        document.strays.append(Stray("aside" if element.tag == OBSERVATION else name, node))
    return name


def _nothing(*_: Any) -> None:
    return None


READERS: Mapping[str, Reader] = {
    # The document itself is there before the walk; its template in another element makes that one a stray.
    "document": _nothing,
    "quality_section": section.quality_section,
    "pi_section": section.pi_section,
    "ia_section": section.ia_section,
    "reporting_parameters": section.reporting_parameters,
    "quality_measure": quality_section.quality_measure,
    "population": quality_section.population,
    "performance_rate": quality_section.performance_rate,
    "aggregate_count": quality_section.aggregate_count,
    "pi_numerator_denominator": promoting_interoperability_section.pi_numerator_denominator,
    "pi_measure_performed": promoting_interoperability_section.pi_measure_performed,
    "pi_numerator": promoting_interoperability_section.pi_numerator,
    "pi_denominator": promoting_interoperability_section.pi_denominator,
    "ia_measure": improvement_activities_section.ia_measure,
    "measure_performed": section.measure_performed,
    "supplemental": partial(_aside, "supplemental"),
    "reporting_stratum": partial(_aside, "reporting_stratum"),
}


def parse(
    root: etree._Element, types: Types, measure_root: str = "", not_submitted: Mapping[str, str] | None = None
) -> Document:
    """Read a document into the model.

    Args:
        root: the `ClinicalDocument` element.
        types: template root -> name of the type (a key of `READERS`) and rank; where an element has several templates
            of one type, the one of lowest rank says where the element stands.
        measure_root: root of the ids by which entries refer to quality measures.
        not_submitted: template root -> what it is, for parts of the standard that no submission takes.

    Returns:
        The document; what stands out of place is in its `strays`, what no reader took in `unread`.
    """
    walk = _Walk(root, types)
    document, typed = walk.document, walk.typed
    walk.go()
    # Supplemental data and strata hold one count each.
    left = leftovers(root, typed, document) if walk.asides == walk.aside_counts else None
    # None is not the empty list: it asks for the whole document.
    if left != []:
        if left is None or any(meets_asides(part, typed) for part in left):
            read_asides(document, typed, types)
        find_unread(root, left, typed, document, Shapes(types, measure_root, not_submitted or {}))
    return document


class _Walk:
    """Goes through the `templateId` of a document, which give their elements a type.

    Attributes:
        document: takes what is read.
        typed: element -> the entry that was made of it.
        asides: how many observations are supplemental data or strata.
        aside_counts: how many counts are theirs.
    """

    def __init__(self, root: etree._Element, types: Types) -> None:
        self.root = root
        self.types = types
        self.document = read_header(root)
        self.typed: dict[etree._Element, Any] = {root: self.document}
        self.asides = self.aside_counts = 0

    def go(self) -> None:
        """Read all entries."""
        document, typed = self.document, self.typed
        # Bound once, because this loop runs for every templateId of a document.
        type_of, entry_of = self.types.get, typed.get
        for template in self.root.iter(TEMPLATE_ID):
            kind = type_of(template.get("root", ""))
            if kind is None:
                continue
            element: Any = template.getparent()
            name, known = kind[0], entry_of(element)
            # The first template that is known gives the type; of a later one only note is taken.
            if known is not None:
                if known != name:
                    _further_template(document, known, template, self.types)
                continue
            around = element.getparent()
            # This ends at the root, which has its type without a template.
            while (owner := entry_of(around)) is None:
                around = around.getparent()
            # Nine of ten entries are supplemental data and its counts.
            if name in ASIDES and type(owner) is Population:
                typed[element] = name
                self.asides += 1
            elif name == "aggregate_count" and type(owner) is str and owner is not ASIDE_COUNT:
                typed[element] = ASIDE_COUNT
                document.counted.append((element, owner))
            else:
                self._read(name, owner, element, template)
        self._end()

    def _read(self, name: str, owner: Any, element: etree._Element, template: etree._Element) -> None:
        look()
        if owner is ASIDE_COUNT:
            owner = self._out_of(element)
        entry = READERS[name](self.document, owner, element, template)
        if entry is None:
            self.document.strays.append(Stray(name, template))
            entry = name
        self.typed[element] = entry

    def _out_of(self, element: Any) -> Any:
        """The count of supplemental data that an element is inside of, where there should be nothing."""
        read_asides(self.document, self.typed, self.types)
        around = element.getparent()
        while around not in self.typed:
            around = around.getparent()
        return self.typed[around]

    def _end(self) -> None:
        """Look up the values of the counts of supplemental data."""
        document = self.document
        waiting = sum(type(one) is tuple for one in document.counted)
        self.aside_counts = waiting + sum(type(one) is Count and type(one.owner) is str for one in document.counted)
        read_later(document, self.types)
        document.aside_texts = aside_texts(self.root, self.typed, waiting)
        if document.aside_texts is None:
            read_asides(document, self.typed, self.types)


def _further_template(document: Document, entry: Any, template: etree._Element, types: Types) -> None:
    """Take note of a further template of an element that has its type from an earlier one."""
    name, rank = types[template.get("root", "")]
    if entry is document and name == "document":
        # The official converter says that a document stands where its template stands.
        document.node = template
        return
    if entry is ASIDE_COUNT:
        entry = "aggregate_count"
    if entry is document:
        first_name, first_rank = "document", 0  # whether or not its template is there
    else:
        first_name, first_rank = (entry, 0) if type(entry) is str else types[entry.node.get("root")]
    if name != first_name:
        around: Any = template.getparent()
        roots = (one.get("root", "") for one in around.iterchildren(TEMPLATE_ID))
        first = next((root for root in roots if types.get(root, ("",))[0] == first_name), None)
        if first is not None:
            document.strays.append(Stray(f"{first_name} and {name}", template, (first, template.get("root", ""))))
    # Of several templates of one type the official converter names the place of that of lowest rank.
    elif rank < first_rank:
        entry.node = template
