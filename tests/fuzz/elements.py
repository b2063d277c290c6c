"""What an element of a raw document is, by names, templates and codes, in whatever namespace."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

SCHEMAS = Path(__file__).resolve().parent.parent.parent / "schemas"
YEARS = tuple(sorted(int(path.stem) for path in (SCHEMAS / "profiles").glob("*.json")))
STANDARD = "2.16.840.1.113883.10.20.27."
COUNT, ANSWER = STANDARD + "3.3", STANDARD + "3.27"
OBSERVATIONS = frozenset(STANDARD + "3." + last for last in ("3", "16", "25", "27", "31", "32"))
CMS_ACTIVITY = "2.16.840.1.113883.3.249.20.3.1"
"""The activity of CMS' guide of 2019."""
_ORGANIZERS = {STANDARD + "3." + last for last in ("17", "28", "29", "33")}
_SUPPLEMENTAL_QUESTIONS = {"76689-9", "184100006", "72826-1", "69490-1", "48768-6", "45401-7", "103579009"}
"""Codes of sex, race, ethnicity, payer and postal code as they stand in `code` of supplemental data."""

Element: TypeAlias = etree._Element


@cache
def facts(folder: str, year: int) -> dict[str, Any]:
    """Return a file of the year from `schemas/profiles` or `schemas/catalog`."""
    loaded: dict[str, Any] = json.loads((SCHEMAS / folder / f"{year}.json").read_bytes())
    return loaded


@cache
def aside_templates(year: int | None = None) -> frozenset[str]:
    """Template roots of supplemental data and reporting strata, of one year or of all."""
    kinds = ("supplemental", "reporting_stratum")
    years = YEARS if year is None else (year,)
    return frozenset(root for one in years for kind in kinds for root in facts("profiles", one)["types"][kind])


@cache
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def local(element: Element) -> str:
    """Name of an element without its namespace; nothing for a comment."""
    return _local(element.tag)


def children(element: Element, name: str) -> Iterator[Element]:
    """Its children of a name, in whatever namespace."""
    return (child for child in element if local(child) == name)


def roots(element: Element) -> set[str]:
    """Roots of its templates."""
    return {child.get("root", "") for child in children(element, "templateId")}


def codes(element: Element) -> list[str]:
    """Codes of its values."""
    return [code for value in children(element, "value") if (code := value.get("code")) is not None]


def external_ids(element: Element, external: str, attribute: str) -> set[str]:
    return {
        one.get(attribute, "").lower()
        for reference in children(element, "reference")
        for around in reference.iter(f"{{*}}{external}")
        for one in children(around, "id")
    }


def is_observation(element: Element) -> bool:
    """Whether it has the template of an observation, or says something; not one that only stands around others."""
    if not OBSERVATIONS.isdisjoint(roots(element)):
        return True
    return local(element) == "observation" and any(local(one) in ("code", "value") for one in element)


def is_count(element: Element, templates: set[str]) -> bool:
    """Whether it has the template of an aggregate count, or is shaped as one: the code MSRAGG, and a value."""
    if COUNT in templates:
        return True
    if not any(one.get("code") == "MSRAGG" for one in children(element, "code")):
        return False
    if any(value.get("value") is not None for value in children(element, "value")):
        return True
    return local(element) == "observation" and templates.isdisjoint(OBSERVATIONS | aside_templates())


def owner_of(around: list[Element]) -> Element | None:
    """The observation that a count belongs to; its template may stand at an element around it of another name."""
    places = [place for place, one in enumerate(around) if is_observation(one)]
    if not places:
        return None
    found = around[places[0]]
    if OBSERVATIONS.isdisjoint(roots(found)):
        further = around[places[1]] if len(places) > 1 else found
        return found if local(further) == "observation" else further
    return found


def is_organizer(element: Element) -> bool:
    """Whether it is an entry by its templates, or refers to a measure, whatever its name is."""
    templates = roots(element)
    if not _ORGANIZERS.isdisjoint(templates):
        return True
    if CMS_ACTIVITY in templates:
        references = children(element, "reference")
        return any(next(one.iter("{*}externalDocument"), None) is not None for one in references)
    return local(element) != "observation" and any(
        next(children(one, "externalDocument"), None) is not None for one in children(element, "reference")
    )


def is_aside(element: Element) -> bool:
    """Whether an element is supplemental data or a reporting stratum, by its templates or by its codes."""
    if not aside_templates().isdisjoint(roots(element)):
        return True
    if local(element) != "observation":
        return False
    asked = any(code.get("code") in _SUPPLEMENTAL_QUESTIONS for code in children(element, "code"))
    return asked or "STRAT" in codes(element)


def inside_aside(element: Element) -> bool:
    """Whether an element of the same entry around this one is supplemental data or a reporting stratum."""
    for around in element.iterancestors():
        if is_aside(around):
            return True
        if is_organizer(around):
            return False
    return False


def inside_not_needed(element: Element) -> bool:
    """Whether it stands in a part that a submission does not need: an initial population, a performance rate."""
    for around in element.iterancestors():
        if is_organizer(around):
            return False
        if {"IPOP", "IPP", "NUMEX"} & set(codes(around)):
            return True
        if any(code.get("code") == "72510-1" for code in children(around, "code")):
            return True
    return False
