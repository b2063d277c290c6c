"""What a document says, read from its raw XML without the converter: every aggregate count, every answer, the numbers.

A count is whatever has the code MSRAGG or the template of an aggregate count, an answer whatever has the template of a
measure performed observation or says Y or N in an entry that is no quality measure; it does not matter where they
stand, in which namespace, or whether anything around them has a template. The arithmetic is that of the official
converter, in a few lines, from the identifiers of the catalog.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

from lxml import etree

from tests.fuzz.elements import (
    ANSWER,
    COUNT,
    OBSERVATIONS,
    STANDARD,
    Element,
    aside_templates,
    children,
    codes,
    external_ids,
    facts,
    is_count,
    is_observation,
    is_organizer,
    local,
    owner_of,
    roots,
)  # fmt: skip

_GUIDS_STAND_UNDER = "2.16.840.1.113883.4.738"
_WHOLE = re.compile(r"[+-]?\d+")
MEMBERS = {
    "NUMER": "performanceMet",
    "DENOM": "eligiblePopulation",
    "DENEX": "eligiblePopulationExclusion",
    "DENEXCEP": "eligiblePopulationException",
}

Number: TypeAlias = int | bool | None


@cache
def _measures(year: int) -> dict[str, dict[str, Any]]:
    return {row["measureId"]: row for row in facts("catalog", year)["measures"]}


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
            if len(element):
                self._read(element)
        for count in self.counts:
            self._counts_of.setdefault(count.owner, []).append(count)

    def _read(self, element: Element) -> None:
        templates = roots(element)
        if is_organizer(element):
            self.organizers.append(element)
        counts = is_count(element, templates)
        if not counts and not is_observation(element):
            return
        around = list(element.iterancestors())
        organizer = next((one for one in around if is_organizer(one)), None)
        in_body = any(local(one) == "structuredBody" for one in around)
        if counts:
            owner = owner_of(around)
            values = list(children(element, "value"))
            if COUNT not in templates and not templates.isdisjoint(OBSERVATIONS):
                # Of what is an answer by its template, a value with a code is the answer.
                values = [one for one in values if one.get("value") is not None or one.get("code") is None]
            texts = [value.get("value") for value in values]
            self.counts.append(Raw(element, self.ordinals[element], texts, owner, organizer, in_body))
            # What is a count by its code alone is by its template what that says, too.
            if COUNT in templates or templates.isdisjoint(OBSERVATIONS):
                return
        self._observations.setdefault(organizer, []).append(element)
        said = {code.upper() for code in codes(element)}
        shaped = said & {"Y", "N"} and templates.isdisjoint(OBSERVATIONS)
        if ANSWER in templates or (shaped and not (organizer is not None and self._is_quality(organizer))):
            raw = Raw(element, self.ordinals[element], list(codes(element)), None, organizer, in_body)
            self.answers.append(raw)

    @staticmethod
    def _is_quality(organizer: Element) -> bool:
        return STANDARD + "3.17" in roots(organizer) or _GUIDS_STAND_UNDER in external_ids(
            organizer, "externalDocument", "root"
        )

    # -- the arithmetic

    def expected(self, measurement: dict[str, Any], pointer: str, year: int) -> list[Expected]:
        """What the measurement should say, once for each entry of the document that is about its measure."""
        name = str(measurement["measureId"])
        # What is answered with yes or no is named by its id as it is written, which may be that of a quality measure.
        measure = None if isinstance(measurement["value"], bool) else _measures(year).get(name)
        wanted = (measure["guid"] if measure else name).lower()
        found = [one for one in self.organizers if wanted in external_ids(one, "externalDocument", "extension")]
        if measure:
            self._aside = aside_templates(year)
            return [self._quality(measure, one, f"{pointer}/value", year) for one in found]
        if isinstance(measurement["value"], bool):
            return [self._answer(one, f"{pointer}/value") for one in found]
        return [self._proportion(one, f"{pointer}/value") for one in found]

    def _proportion(self, organizer: Element, pointer: str) -> Expected:
        value: dict[str, Number] = {}
        expected = Expected(value)
        for member, template in (("numerator", "3.31"), ("denominator", "3.32")):
            parts = [one for one in self._observations.get(organizer, ()) if STANDARD + template in roots(one)]
            value[member] = self._number(parts, {f"{pointer}/{member}"}, expected)
        return expected

    def _answer(self, organizer: Element, pointer: str) -> Expected:
        said = [one for one in self.answers if one.organizer is organizer and ANSWER in roots(one.element)]
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
            if role in codes(one) and guid.lower() in external_ids(one, "externalObservation", "root")
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
