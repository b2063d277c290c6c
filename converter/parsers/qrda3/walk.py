"""The one walk over a document: every `templateId` that gives its element a type, in document order.

As in the official converter, an element's type comes from the root of one of its templates (the extension is a matter
of rules), and it belongs to the nearest element around it that has a type.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

from lxml import etree

from converter.model.document import Document, Population, Stray
from converter.parsers.qrda3 import (
    improvement_activities_section,
    promoting_interoperability_section,
    quality_section,
    section,
)
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
    document = read_header(root)
    typed: dict[etree._Element, Any] = {root: document}
    # Bound once, because this loop runs for every templateId of a document.
    type_of = types.get
    for template in root.iter(TEMPLATE_ID):
        kind = type_of(template.get("root", ""))
        if kind is None:
            continue
        element: Any = template.getparent()
        # The first template that is known gives the type; of a later one only note is taken.
        if element in typed:
            _further_template(document, typed[element], template, types)
            continue
        around = element.getparent()
        # This ends at the root, which has its type without a template.
        while around not in typed:
            around = around.getparent()
        entry = READERS[kind[0]](document, typed[around], element, template)
        if entry is None:
            document.strays.append(Stray(kind[0], template))
            entry = kind[0]
        typed[element] = entry
    left = leftovers(root, typed, document)
    # None is not the empty list: it asks for the whole document.
    if left != []:
        find_unread(root, left, typed, document, Shapes(types, measure_root, not_submitted or {}))
    return document


def _further_template(document: Document, entry: Any, template: etree._Element, types: Types) -> None:
    """Take note of a further template of an element that has its type from an earlier one."""
    name, rank = types[template.get("root", "")]
    if entry is document:
        # The official converter says that a document stands where its template stands.
        if name == "document":
            document.node = template
        return
    first_name, first_rank = (entry, 0) if type(entry) is str else types[entry.node.get("root")]
    if name != first_name:
        roots = (one.get("root", "") for one in template.itersiblings(TEMPLATE_ID, preceding=True))
        first = next(root for root in roots if types.get(root, ("",))[0] == first_name)
        document.strays.append(Stray(f"{first_name} and {name}", template, (first, template.get("root", ""))))
    # Of several templates of one type the official converter names the place of that of lowest rank.
    elif rank < first_rank:
        entry.node = template
