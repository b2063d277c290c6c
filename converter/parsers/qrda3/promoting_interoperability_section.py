"""Entries of the promoting interoperability section."""

from functools import partial
from typing import Any

from lxml import etree

from converter.model.document import Document, PiCount, PiMeasure, Section
from converter.parsers.qrda3.elements import EXTERNAL_DOCUMENT, list_count, referenced_ids


def _measure(proportion: bool, document: Document, parent: Any, element: etree._Element, node: etree._Element) -> Any:
    if type(parent) is not Section:
        return None
    measure = PiMeasure(node, referenced_ids(element, EXTERNAL_DOCUMENT), proportion)
    parent.entries.append(measure)
    list_count(document, element, measure)
    return measure


pi_numerator_denominator = partial(_measure, True)
pi_measure_performed = partial(_measure, False)


def pi_numerator(document: Document, parent: Any, element: etree._Element, node: etree._Element) -> Any:
    """Read the numerator (27.3.31) of a measure."""
    if type(parent) is not PiMeasure:
        return None
    numerator = PiCount(node)
    parent.numerators.append(numerator)
    list_count(document, element, numerator)
    return numerator


def pi_denominator(document: Document, parent: Any, element: etree._Element, node: etree._Element) -> Any:
    """Read the denominator (27.3.32) of a measure."""
    if type(parent) is not PiMeasure:
        return None
    denominator = PiCount(node)
    parent.denominators.append(denominator)
    list_count(document, element, denominator)
    return denominator
