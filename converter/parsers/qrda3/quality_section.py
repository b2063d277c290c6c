"""Entries of the quality section: measures, their populations, rates and counts."""

from typing import Any

from lxml import etree

from converter.model.document import (
    Count,
    Document,
    Identifier,
    Oddity,
    PiCount,
    Population,
    QualityMeasure,
    Rate,
    Section,
)
from converter.parsers.qrda3.elements import (
    ANY_VALUE,
    EXTERNAL_DOCUMENT,
    EXTERNAL_OBSERVATION,
    ID,
    REFERENCE,
    SET_ID,
    TEXT,
    TITLE,
    VALUE,
    identifier,
    list_count,
    read_ids,
)

_NAMES = (TEXT, TITLE)
"""Children of a reference that name its measure in words."""


def quality_measure(document: Document, parent: Any, element: etree._Element, node: etree._Element) -> Any:
    """Read a measure reference and results (27.3.17)."""
    if type(parent) is not Section:
        return None
    ids: list[Identifier] = []
    set_ids: list[Identifier] = []
    titles: list[str] = []
    for reference in element.iterchildren(REFERENCE):
        for external in reference.iterchildren(EXTERNAL_DOCUMENT):
            for child in external.iterchildren(ID, SET_ID, TEXT, TITLE):
                if child.tag in _NAMES:
                    titles.append(child.text or "")
                else:
                    (ids if child.tag == ID else set_ids).append(identifier(child))
    measure = QualityMeasure(node, ids, set_ids, titles)
    parent.entries.append(measure)
    list_count(document, element, measure)
    return measure


def population(document: Document, parent: Any, element: etree._Element, node: etree._Element) -> Any:
    """Read measure data (27.3.16)."""
    if type(parent) is not QualityMeasure:
        return None
    codes: list[str] = []
    ids: list[Identifier] = []
    result = Population(node, codes, ids)
    for child in element.iterchildren(VALUE, REFERENCE):
        if child.tag == REFERENCE:
            read_ids(child, EXTERNAL_OBSERVATION, ids)
            continue
        if (code := child.get("code")) is not None:
            codes.append(code)
    parent.populations.append(result)
    list_count(document, element, result)
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
    list_count(document, element, rate)
    return rate


def aggregate_count(document: Document, parent: Any, element: etree._Element, node: etree._Element) -> Any:
    """Read an aggregate count (27.3.3); it belongs to the population or PI count that directly contains it."""
    belongs = type(parent) is Population or type(parent) is PiCount
    count = read_count(document, element, node, None if belongs else parent)
    document.counted.append(count)
    if belongs:
        parent.counts.append(count)
    return count


def read_count(document: Document, element: etree._Element, node: etree._Element, owner: Any) -> Count:
    """Read a count, and take note of one that has not just one value."""
    # Values of any namespace, because one in a foreign namespace is not read and is to be told.
    values = element.iterchildren(ANY_VALUE)
    value, further = next(values, None), next(values, None)
    count = Count(node, None if value is None else value.get("value"), value, owner)
    if further is not None or (value is not None and value.tag != VALUE):
        _read_odd_values(count, element)
        document.odd_counts.append(count)
    return count


def _read_odd_values(count: Count, element: etree._Element) -> None:
    """Read a count with several values, or with one in another namespace, of which nothing is read."""
    own = list(element.iterchildren(VALUE))
    count.text, count.value_node = (own[0].get("value"), own[0]) if own else (None, None)
    foreign = next((one for one in element.iterchildren(ANY_VALUE) if one.tag != VALUE), None)
    count.odd = Oddity(more=tuple(one.get("value") for one in own[1:]), foreign=foreign)
