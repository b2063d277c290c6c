"""A measure from its HQMF document (HL7 Health Quality Measure Format, release 2.1): the identifiers and no logic."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from converter.source.xml.tree import CDA

_ROOT = CDA + "QualityMeasureDocument"
_ROLES: Mapping[str, str] = {
    CDA + "initialPopulationCriteria": "IPOP",
    CDA + "denominatorCriteria": "DENOM",
    CDA + "denominatorExclusionCriteria": "DENEX",
    CDA + "numeratorCriteria": "NUMER",
    CDA + "numeratorExclusionCriteria": "NUMEX",
    CDA + "denominatorExceptionCriteria": "DENEXCEP",
}
"""Element of a population -> its code in QRDA III, in the order of the catalog."""
_STRATIFIER = CDA + "stratifierCriteria"
_NEEDED = ("IPOP", "DENOM", "NUMER")
"""What a measure with a performance rate has; a continuous variable has a measure population in its place."""
_GUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_IDENTIFIER = re.compile(r"(?:eCQM|eMeasure) Identifier\b.*", re.IGNORECASE)
_VERSION = re.compile(r"(\d+)(?:\.\d+)*")
_LOWER = re.compile(r"\b(?:lower|decrease)", re.IGNORECASE)
_HIGHER = re.compile(r"\b(?:higher|increase)", re.IGNORECASE)


class PopulationSet(NamedTuple):
    """A population set: code of a population -> its id, and the ids of its reporting strata."""

    populations: dict[str, str]
    stratum_ids: tuple[str, ...]


class PackagedMeasure(NamedTuple):
    """What an HQMF document says of its measure.

    Attributes:
        cms_id: CMS id with version, such as `CMS165v13`.
        guid: version-specific id, which a QRDA III document gives.
        set_id: id that all its versions share.
        title: its title.
        is_inverse: whether a lower rate is better; None where the improvement notation does not say.
        sets: its population sets, in the order of the document.
    """

    cms_id: str
    guid: str
    set_id: str
    title: str
    is_inverse: bool | None
    sets: tuple[PopulationSet, ...]


class NotRateError(Exception):
    """A measure that has no performance rate, and so is never reported by QRDA III; the text names it."""


def is_hqmf(root: etree._Element) -> bool:
    """Whether a document describes a measure."""
    return root.tag == _ROOT


def read_measure(root: etree._Element) -> PackagedMeasure:
    """Read a measure.

    Raises:
        NotRateError: it has no performance rate.
        ValueError: an identifier is missing or is not one; the text says which.
    """
    number = _number(root)
    version = _VERSION.fullmatch(_value(root, "versionNumber"))
    if version is None:
        raise ValueError("its version number is missing or is not a number")
    cms_id = f"CMS{number}v{version[1]}"
    sets = tuple(_population_set(one) for one in root.iter(CDA + "populationCriteriaSection"))
    if not any(one.populations for one in sets):
        raise NotRateError(cms_id)
    for one in sets:
        missing = [code for code in _NEEDED if code not in one.populations]
        if {"DENOM", "NUMER"} <= set(missing):
            raise NotRateError(cms_id)
        if missing:
            raise ValueError(f"a population set has no {missing[0]} population")
    guid, set_id = (_guid(root.find(CDA + name), name) for name in ("id", "setId"))
    title = " ".join(_value(root, "title").split())
    return PackagedMeasure(cms_id, guid, set_id, title or cms_id, _is_inverse(root), sets)


def _number(root: etree._Element) -> int:
    for name, value in _attributes(root):
        if _IDENTIFIER.fullmatch(name) and value.strip().isascii() and value.strip().isdecimal():
            return int(value)
    raise ValueError("its CMS number (eCQM Identifier) is missing or is not a number")


def _is_inverse(root: etree._Element) -> bool | None:
    for name, value in _attributes(root):
        if name.lower() == "improvement notation":
            lower, higher = bool(_LOWER.search(value)), bool(_HIGHER.search(value))
            return lower if lower != higher else None
    return None


def _attributes(root: etree._Element) -> list[tuple[str, str]]:
    """Name and value of each attribute of the measure."""
    found = []
    for one in root.iterfind(f"{CDA}subjectOf/{CDA}measureAttribute"):
        code, value = one.find(CDA + "code"), one.find(CDA + "value")
        if code is not None and value is not None:
            name = _value(code, "originalText") or _value(code, "displayName")
            found.append((" ".join(name.split()), value.get("value") or ""))
    return found


def _population_set(section: etree._Element) -> PopulationSet:
    populations: dict[str, str] = {}
    strata: list[str] = []
    for part in section.iterfind(f"{CDA}component/*"):
        if part.tag == _STRATIFIER:
            strata.append(_guid(part.find(CDA + "id"), "id of a stratum"))
        elif (code := _ROLES.get(str(part.tag))) is not None:
            if code in populations:
                raise ValueError(f"a population set has two {code} populations")
            populations[code] = _guid(part.find(CDA + "id"), f"id of the {code} population")
    ordered = {code: populations[code] for code in _ROLES.values() if code in populations}
    return PopulationSet(ordered, tuple(strata))


def _guid(element: etree._Element | None, what: str) -> str:
    root = "" if element is None else (element.get("root") or "").strip()
    if not _GUID.fullmatch(root):
        raise ValueError(f"its {what} is missing or is not a GUID")
    return root


def _value(parent: etree._Element, name: str) -> str:
    element = parent.find(CDA + name)
    return "" if element is None else (element.get("value") or "").strip()
