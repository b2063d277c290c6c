"""The one walk over a document: every `templateId` that gives its element a type, in document order.

As in the official converter, an element's type comes from the root of one of its templates (the extension is a matter
of rules), and it belongs to the nearest element around it that has a type.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from lxml import etree

from converter.model.document import Document, Stray
from converter.parsers import improvement_activities, promoting_interoperability, quality, sections
from converter.parsers.elements import TEMPLATE_ID
from converter.parsers.header import read_header

Reader: TypeAlias = Callable[[Document, Any, etree._Element, etree._Element], Any]


class Aside:
    """An element whose counts are not those of the population around it: supplemental data, a reporting stratum."""

    __slots__ = ()


_ASIDE = Aside()


def _aside(document: Document, parent: Any, element: etree._Element, node: etree._Element) -> Aside:
    return _ASIDE


def _nothing(document: Document, parent: Any, element: etree._Element, node: etree._Element) -> None:
    return None


READERS: Mapping[str, Reader] = {
    "document": _nothing,
    "quality_section": sections.quality_section,
    "pi_section": sections.pi_section,
    "ia_section": sections.ia_section,
    "reporting_parameters": sections.reporting_parameters,
    "quality_measure": quality.quality_measure,
    "population": quality.population,
    "performance_rate": quality.performance_rate,
    "aggregate_count": quality.aggregate_count,
    "pi_numerator_denominator": promoting_interoperability.pi_numerator_denominator,
    "pi_measure_performed": promoting_interoperability.pi_measure_performed,
    "pi_numerator": promoting_interoperability.pi_numerator,
    "pi_denominator": promoting_interoperability.pi_denominator,
    "ia_measure": improvement_activities.ia_measure,
    "measure_performed": sections.measure_performed,
    "supplemental": _aside,
    "reporting_stratum": _aside,
}


def parse(root: etree._Element, types: Mapping[str, tuple[str, int]]) -> Document:
    """Read a document into the model.

    Args:
        root: the `ClinicalDocument` element.
        types: template root -> name of the type (a key of `READERS`) and rank; where an element has several templates
            of one type, the one of lowest rank says where the element stands.

    Returns:
        The document; what stands out of place is in its `strays`.
    """
    document = read_header(root)
    typed: dict[etree._Element, Any] = {root: document}
    type_of = types.get
    for template in root.iter(TEMPLATE_ID):
        kind = type_of(template.get("root", ""))
        if kind is None:
            continue
        element: Any = template.getparent()
        if element in typed:
            _further_template(document, typed[element], element, template, types)
            continue
        around = element.getparent()
        while around not in typed:
            around = around.getparent()
        entry = READERS[kind[0]](document, typed[around], element, template)
        if entry is None:
            document.strays.append(Stray(kind[0], template))
            entry = _ASIDE
        typed[element] = entry
    return document


def _further_template(
    document: Document,
    entry: Any,
    element: etree._Element,
    template: etree._Element,
    types: Mapping[str, tuple[str, int]],
) -> None:
    """Take note of a further template of an element that has its type from an earlier one, `entry.node`."""
    name, rank = types[template.get("root", "")]
    if entry is _ASIDE:
        return
    if entry is document:
        if name == "document":
            document.node = template
        return
    first_name, first_rank = types[entry.node.get("root")]
    if name != first_name:
        document.strays.append(Stray(f"{first_name} and {name}", template))
    elif rank < first_rank:
        entry.node = template
