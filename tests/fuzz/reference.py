"""What a document says, read from its raw XML without the converter: every aggregate count, every answer, the numbers.

A count is whatever has the code MSRAGG or the template of an aggregate count, an answer whatever has the template of a
measure performed observation or says Y or N in an entry that is no quality measure; it does not matter where they
stand, in which namespace, or whether anything around them has a template. The arithmetic is that of the official
converter, in a few lines, from the identifiers of the catalog.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

SCHEMAS = Path(__file__).resolve().parent.parent.parent / "schemas"
YEARS = range(2017, 2027)
MEMBERS = {
    "NUMER": "performanceMet",
    "DENOM": "eligiblePopulation",
    "DENEX": "eligiblePopulationExclusion",
    "DENEXCEP": "eligiblePopulationException",
}
_GUIDS_STAND_UNDER = "2.16.840.1.113883.4.738"
_WHOLE = re.compile(r"[+-]?\d+")
_STANDARD = "2.16.840.1.113883.10.20.27."
_COUNT, _ANSWER = _STANDARD + "3.3", _STANDARD + "3.27"
_OBSERVATIONS = {_STANDARD + "3." + last for last in ("3", "16", "25", "27", "31", "32")}
_ORGANIZERS = {_STANDARD + "3." + last for last in ("17", "28", "29", "33")}
_SUPPLEMENTAL_QUESTIONS = {"76689-9", "184100006", "72826-1", "69490-1", "48768-6", "45401-7", "103579009"}
"""Codes of sex, race, ethnicity, payer and postal code as they stand in `code` of supplemental data."""

Element: TypeAlias = etree._Element
Number: TypeAlias = int | bool | None


@cache
def facts(folder: str, year: int) -> dict[str, Any]:
    """Return a file of the year from `schemas/profiles` or `schemas/catalog`."""
    loaded: dict[str, Any] = json.loads((SCHEMAS / folder / f"{year}.json").read_bytes())
    return loaded


@cache
def _measures(year: int) -> dict[str, dict[str, Any]]:
    return {row["measureId"]: row for row in facts("catalog", year)["measures"]}


@cache
def _aside_templates(year: int | None = None) -> frozenset[str]:
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


def _external(element: Element, external: str, attribute: str) -> set[str]:
    return {
        one.get(attribute, "").lower()
        for reference in children(element, "reference")
        for around in reference.iter(f"{{*}}{external}")
        for one in children(around, "id")
    }


def _is_observation(element: Element) -> bool:
    """Whether it has the template of an observation, or says something; not one that only stands around others."""
    if not _OBSERVATIONS.isdisjoint(roots(element)):
        return True
    return local(element) == "observation" and any(local(one) in ("code", "value") for one in element)


def _is_count(element: Element, templates: set[str]) -> bool:
    if _COUNT in templates:
        return True
    if not any(one.get("code") == "MSRAGG" for one in children(element, "code")):
        return False
    counts = any(value.get("value") is not None for value in children(element, "value"))
    return counts or _OBSERVATIONS.isdisjoint(templates)


def _owner(around: list[Element]) -> Element | None:
    """The observation that a count belongs to; its template may stand at an element around it of another name."""
    places = [place for place, one in enumerate(around) if _is_observation(one)]
    if not places:
        return None
    found = around[places[0]]
    if _OBSERVATIONS.isdisjoint(roots(found)):
        further = around[places[1]] if len(places) > 1 else found
        return found if local(further) == "observation" else further
    return found


def is_organizer(element: Element) -> bool:
    """Whether it is an entry by its templates, or refers to a measure, whatever its name is."""
    if not _ORGANIZERS.isdisjoint(roots(element)):
        return True
    return local(element) != "observation" and any(
        next(children(one, "externalDocument"), None) is not None for one in children(element, "reference")
    )


def is_aside(element: Element) -> bool:
    """Whether an element is supplemental data or a reporting stratum, by its templates or by its codes."""
    if not _aside_templates().isdisjoint(roots(element)):
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


@dataclass
class Raw:
    """An aggregate count or an answer: its element, number in document order, and values as written."""

    element: Element
    ordinal: int
    texts: list[str | None]
    owner: Element | None
    organizer: Element | None
    in_body: bool


@dataclass
class Expected:
    """The value that a measurement should have, and which counts and answers go into which of its members."""

    value: Any
    feeds: dict[int, set[str]] = field(default_factory=dict)


class Reference:
    """One document as its raw XML says.

    Attributes:
        root: its root.
        counts: every aggregate count.
        answers: every answer.
        ordinals: element -> its number in document order.
    """

    def __init__(self, data: bytes) -> None:
        self.root = etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True))
        self.ordinals = {element: number for number, element in enumerate(self.root.iter())}
        self.organizers: list[Element] = []
        self.counts: list[Raw] = []
        self.answers: list[Raw] = []
        self._aside: frozenset[str] = frozenset()
        self._observations: dict[Element | None, list[Element]] = {}
        self._counts_of: dict[Element | None, list[Raw]] = {}
        for element in self.root.iter("*"):
            self._read(element)
        for count in self.counts:
            self._counts_of.setdefault(count.owner, []).append(count)

    def _read(self, element: Element) -> None:
        templates = roots(element)
        if is_organizer(element):
            self.organizers.append(element)
        is_count = _is_count(element, templates)
        if not is_count and not _is_observation(element):
            return
        around = list(element.iterancestors())
        organizer = next((one for one in around if is_organizer(one)), None)
        in_body = any(local(one) == "structuredBody" for one in around)
        if is_count:
            owner = _owner(around)
            texts = [value.get("value") for value in children(element, "value")]
            self.counts.append(Raw(element, self.ordinals[element], texts, owner, organizer, in_body))
            return
        self._observations.setdefault(organizer, []).append(element)
        said = {code.upper() for code in codes(element)}
        shaped = said & {"Y", "N"} and templates.isdisjoint(_OBSERVATIONS)
        if _ANSWER in templates or (shaped and not (organizer is not None and self._is_quality(organizer))):
            raw = Raw(element, self.ordinals[element], list(codes(element)), None, organizer, in_body)
            self.answers.append(raw)

    @staticmethod
    def _is_quality(organizer: Element) -> bool:
        return _STANDARD + "3.17" in roots(organizer) or _GUIDS_STAND_UNDER in _external(
            organizer, "externalDocument", "root"
        )

    # -- the arithmetic

    def expected(self, measurement: dict[str, Any], pointer: str, year: int) -> list[Expected]:
        """What the measurement should say, once for each entry of the document that is about its measure."""
        name = str(measurement["measureId"])
        measure = _measures(year).get(name)
        wanted = (measure["guid"] if measure else name).lower()
        found = [one for one in self.organizers if wanted in _external(one, "externalDocument", "extension")]
        if measure:
            self._aside = _aside_templates(year)
            return [self._quality(measure, one, f"{pointer}/value", year) for one in found]
        if isinstance(measurement["value"], bool):
            return [self._answer(one, f"{pointer}/value") for one in found]
        return [self._proportion(one, f"{pointer}/value") for one in found]

    def _proportion(self, organizer: Element, pointer: str) -> Expected:
        value: dict[str, Number] = {}
        expected = Expected(value)
        for member, template in (("numerator", "3.31"), ("denominator", "3.32")):
            parts = [one for one in self._observations.get(organizer, ()) if _STANDARD + template in roots(one)]
            value[member] = self._number(parts, {f"{pointer}/{member}"}, expected)
        return expected

    def _answer(self, organizer: Element, pointer: str) -> Expected:
        said = [one for one in self.answers if one.organizer is organizer and _ANSWER in roots(one.element)]
        texts = [str(text).upper() for one in said for text in one.texts]
        value = {"Y": True, "N": False}.get(texts[0]) if len(texts) == 1 else None
        return Expected(value, {one.ordinal: {pointer} for one in said})

    def _quality(self, measure: dict[str, Any], organizer: Element, pointer: str, year: int) -> Expected:
        special, sets = facts("profiles", year)["specialMeasures"], measure["strata"]
        summed = measure["measureId"] in special["multiToSingle"]
        expected = Expected(None)
        if measure["metricType"] == "multiPerformanceRate" and not summed:
            rates = [self._rate([one], organizer, f"{pointer}/strata/{i}", expected) for i, one in enumerate(sets)]
            if measure["measureId"] == special["singleToMulti"] and len(rates) > 1 and "populations" not in sets[1]:
                first = rates[0]
                rates[1:] = [{member: 0 for member in first if member != "eligiblePopulationException"}] * (
                    len(rates) - 1
                )
            expected.value = {"strata": rates}
        else:
            expected.value = self._rate(sets, organizer, pointer, expected, summed or len(sets) > 1)
        return expected

    def _rate(
        self, sets: list[dict[str, Any]], organizer: Element, pointer: str, expected: Expected, every: bool = False
    ) -> dict[str, Number]:
        rate: dict[str, Number] = {member: 0 for member in MEMBERS.values()} if every else {}
        rest = 0
        for one in sets:
            for role, guid in one.get("populations", {}).items():
                if (member := MEMBERS.get(role)) is None:
                    continue
                to = {f"{pointer}/{member}", f"{pointer}/performanceNotMet"}
                number = self._number(self._populations(organizer, role, guid), to, expected)
                before = rate.get(member, 0)
                rate[member] = None if number is None or before is None else before + number
                rest += (number or 0) * (1 if role == "DENOM" else -1)
        rate["performanceNotMet"] = None if None in rate.values() else rest
        return rate

    def _populations(self, organizer: Element, role: str, guid: str) -> list[Element]:
        return [
            one
            for one in self._observations.get(organizer, ())
            if role in codes(one) and guid.lower() in _external(one, "externalObservation", "root")
            if not self._is_aside(one, organizer)
        ]

    def _is_aside(self, element: Element, upto: Element) -> bool:
        """Whether a template of the year between the two says that it is supplemental data or a stratum."""
        for around in element.iterancestors():
            if around is upto:
                return False
            if not self._aside.isdisjoint(roots(around)):
                return True
        return False

    def _number(self, owners: list[Element], to: set[str], expected: Expected) -> int | None:
        """The one number that these say; None where it is not one."""
        counts = [
            count for one in owners for count in self._counts_of.get(one, ()) if not self._is_aside(count.element, one)
        ]
        for count in counts:
            expected.feeds.setdefault(count.ordinal, set()).update(to)
        texts = [text for count in counts for text in count.texts]
        if len(counts) != 1 or len(texts) != 1 or texts[0] is None or not _WHOLE.fullmatch(texts[0]):
            return None
        return int(texts[0])
