"""Sections and their performance periods, and what all entries share: the measure performed observation."""

from functools import partial
from typing import Any

from lxml import etree

from converter.model.document import Activity, Document, Performed, Period, PeriodDate, PiMeasure, Section
from converter.parsers.qrda3.elements import (
    ANY_VALUE,
    EFFECTIVE_TIME,
    HIGH,
    LOW,
    OBSERVATION,
    TEMPLATE_ID,
    VALUE,
    descend,
    identifier,
    list_count,
)


def _section(category: str, document: Document, parent: Any, element: etree._Element, node: etree._Element) -> Any:
    if parent is not document:
        return None
    templates = [identifier(child) for child in element.iterchildren(TEMPLATE_ID)]
    section = Section(category, node, templates)
    document.sections.append(section)
    return section


quality_section = partial(_section, "quality")
pi_section = partial(_section, "pi")
ia_section = partial(_section, "ia")


def reporting_parameters(document: Document, parent: Any, element: etree._Element, node: etree._Element) -> Any:
    """Read a reporting parameters act (17.3.8); an observation is none, whatever its template says."""
    if element.tag == OBSERVATION:
        return None
    times = list(element.iterchildren(EFFECTIVE_TIME))
    period = Period(node, _dates(element, LOW), _dates(element, HIGH), bool(times))
    document.periods.append(period)
    list_count(document, element, period)
    if type(parent) is Section:
        parent.periods.append(period)
    return period


def measure_performed(document: Document, parent: Any, element: etree._Element, node: etree._Element) -> Any:
    """Read a measure performed observation (27.3.27)."""
    if type(parent) is not PiMeasure and type(parent) is not Activity:
        return None
    performed = Performed(node, [])
    for value in element.iterchildren(ANY_VALUE):
        if value.tag != VALUE:
            document.foreign_values.append(value)
        elif (code := value.get("code")) is not None:
            performed.codes.append(code)
    parent.performed.append(performed)
    list_count(document, element, performed)
    return performed


def _dates(element: etree._Element, name: str) -> list[PeriodDate]:
    return [PeriodDate(date, date.get("value")) for date in descend(element, EFFECTIVE_TIME, name)]
