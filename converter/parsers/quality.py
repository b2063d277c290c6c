"""Entries of the quality section: measures, their populations, rates and counts."""

from typing import Any

from lxml import etree

from converter.model.document import Count, Document, Identifier, PiCount, Population, QualityMeasure, Rate, Section
from converter.parsers.elements import (
    COMPONENT,
    EXTERNAL_DOCUMENT,
    EXTERNAL_OBSERVATION,
    ID,
    REFERENCE,
    SET_ID,
    TEXT,
    VALUE,
    identifier,
    read_ids,
)


def quality_measure(document: Document, parent: Any, element: etree._Element, node: etree._Element) -> Any:
    """Read a measure reference and results (27.3.17)."""
    if type(parent) is not Section:
        return None
    ids: list[Identifier] = []
    set_ids: list[Identifier] = []
    titles: list[str] = []
    for reference in element.iterchildren(REFERENCE):
        for external in reference.iterchildren(EXTERNAL_DOCUMENT):
            for child in external.iterchildren(ID, SET_ID, TEXT):
                if child.tag == TEXT:
                    titles.append(child.text or "")
                else:
                    (ids if child.tag == ID else set_ids).append(identifier(child))
    components = sum(1 for _ in element.iterchildren(COMPONENT))
    measure = QualityMeasure(node, ids, set_ids, titles, components)
    parent.entries.append(measure)
    return measure


def population(document: Document, parent: Any, element: etree._Element, node: etree._Element) -> Any:
    """Read measure data (27.3.16)."""
    if type(parent) is not QualityMeasure:
        return None
    codes: list[str] = []
    ids: list[Identifier] = []
    for child in element.iterchildren(VALUE, REFERENCE):
        if child.tag == REFERENCE:
            read_ids(child, EXTERNAL_OBSERVATION, ids)
        elif (code := child.get("code")) is not None:
            codes.append(code)
    result = Population(node, codes, ids)
    parent.populations.append(result)
    return result


def performance_rate(document: Document, parent: Any, element: etree._Element, node: etree._Element) -> Any:
    """Read a performance rate (27.3.25)."""
    if type(parent) is not QualityMeasure:
        return None
    ids: list[Identifier] = []
    values: list[tuple[str | None, str | None]] = []
    for child in element.iterchildren(VALUE, REFERENCE):
        if child.tag == REFERENCE:
            read_ids(child, EXTERNAL_OBSERVATION, ids)
        else:
            values.append((child.get("value"), child.get("nullFlavor")))
    rate = Rate(node, ids, values)
    parent.rates.append(rate)
    return rate


def aggregate_count(document: Document, parent: Any, element: etree._Element, node: etree._Element) -> Any:
    """Read an aggregate count (27.3.3); it belongs to the population or PI count that directly contains it."""
    count = read_count(element, node, parent)
    document.counts.append(count)
    if type(parent) is Population or type(parent) is PiCount:
        parent.counts.append(count)
    return count


def read_count(element: etree._Element, node: etree._Element, owner: Any) -> Count:
    """Read an observation as an aggregate count of `owner`."""
    values = element.iterchildren(VALUE)
    value = next(values, None)
    if value is None:
        return Count(node, None, None, (), owner)
    return Count(node, value.get("value"), value, tuple([one.get("value") for one in values]), owner)
