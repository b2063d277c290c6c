"""Elements that look like an entry but lack the template that would make them one.

They are looked for only when something is missing from the document.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from converter.model.document import Node
from converter.parsers.elements import (
    CDA,
    EFFECTIVE_TIME,
    EXTERNAL_DOCUMENT,
    EXTERNAL_OBSERVATION,
    ID,
    REFERENCE,
    TEMPLATE_ID,
    VALUE,
    descend,
)

_CODE = CDA + "code"
_METHOD_CODE = CDA + "methodCode"
_SECTION = CDA + "section"
_POPULATION_CODES = frozenset(("IPOP", "IPP", "DENOM", "DENEX", "DENEXCEP", "NUMER", "NUMEX"))
_SECTION_OF = {
    "quality_measure": "quality_section",
    "pi_numerator_denominator": "pi_section",
    "pi_measure_performed": "pi_section",
    "ia_measure": "ia_section",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """An element that looks like a type whose template it lacks.

    Attributes:
        type: name of the type, a key of the readers, such as `population`.
        node: the element.
        detail: what it would say: the population role, the measure id, or empty.
        parent: the nearest element around it that has a type, as its `templateId`; the root where there is none.
    """

    type: str
    node: Node
    detail: str
    parent: Node


def untyped_shapes(root: etree._Element, types: Mapping[str, tuple[str, int]], measure_root: str) -> list[Shape]:
    """Find organizers, observations and acts that look like an entry but carry no template that says so."""
    found: list[Shape] = []
    for element in root.iter(CDA + "section", CDA + "organizer", CDA + "observation", CDA + "act"):
        if _type_of(element, types) is not None:
            continue
        guess = _section(element, types) if element.tag == _SECTION else _LOOKS[element.tag](element, measure_root)
        if guess:
            found.append(Shape(guess[0], element, guess[1], _typed_around(element, types)))
    return found


def _section(element: etree._Element, types: Mapping[str, tuple[str, int]]) -> tuple[str, str] | None:
    for template in element.iter(TEMPLATE_ID):
        name = types.get(template.get("root", ""), ("", 0))[0]
        if name in _SECTION_OF:
            return _SECTION_OF[name], ""
    return None


def _organizer(element: etree._Element, measure_root: str) -> tuple[str, str] | None:
    for one in descend(element, REFERENCE, EXTERNAL_DOCUMENT, ID):
        root, extension = one.get("root"), one.get("extension") or ""
        if root == measure_root:
            return "quality_measure", extension
        if extension.startswith("IA_"):
            return "ia_measure", extension
        if extension.startswith(("PI_", "ACI_")):
            counted = next(element.iter(_METHOD_CODE), None) is not None
            return ("pi_numerator_denominator" if counted else "pi_measure_performed"), extension
    return None


def _observation(element: etree._Element, measure_root: str) -> tuple[str, str] | None:
    code = next((one.get("code") for one in element.iterchildren(_CODE)), None)
    value = next(element.iterchildren(VALUE), None)
    if code == "MSRAGG":
        return "aggregate_count", (value.get("value") or "") if value is not None else ""
    if code == "72510-1":
        return "performance_rate", ""
    role = value.get("code") or "" if value is not None else ""
    if role in _POPULATION_CODES and next(descend(element, REFERENCE, EXTERNAL_OBSERVATION), None) is not None:
        return "population", role
    if role in ("NUMER", "DENOM"):
        return ("pi_numerator" if role == "NUMER" else "pi_denominator"), ""
    return ("measure_performed", role) if role.upper() in ("Y", "N") else None


def _act(element: etree._Element, measure_root: str) -> tuple[str, str] | None:
    dated = next(element.iterchildren(EFFECTIVE_TIME), None) is not None
    code = next((one.get("code") for one in element.iterchildren(_CODE)), None)
    return ("reporting_parameters", "") if dated and code == "252116004" else None


_LOOKS: dict[Any, Callable[[etree._Element, str], tuple[str, str] | None]] = {
    CDA + "organizer": _organizer,
    CDA + "observation": _observation,
    CDA + "act": _act,
}


def _type_of(element: etree._Element, types: Mapping[str, tuple[str, int]]) -> etree._Element | None:
    known = [one for one in element.iterchildren(TEMPLATE_ID) if one.get("root", "") in types]
    return min(known, key=lambda one: types[one.get("root", "")][1], default=None)


def _typed_around(element: etree._Element, types: Mapping[str, tuple[str, int]]) -> etree._Element:
    for around in element.iterancestors():
        if (template := _type_of(around, types)) is not None:
            return template
    return element.getroottree().getroot()
