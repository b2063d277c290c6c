"""Identifiers planted in every attribute and text of documents: none may be in a report.

python -m tests.fuzz.privacy --documents 3000 --jobs 2
"""

import sys
from functools import cache
from typing import NamedTuple

from lxml import etree

import converter
from converter.emitters.reports.formats import FORMATS
from tests.documents import NPI, TIN, YEARS, Doc, document
from tests.fuzz.running import main

PLANTED = (TIN, NPI, "731846259", "1497853246", f"{TIN[:2]}-{TIN[2:]}")
"""TIN and NPI of the documents, numbers like them that stand nowhere else, and a TIN as it is often written."""
_COUNT = "{http://www.w3.org/2001/XMLSchema-instance}type"


class Spot(NamedTuple):
    """An attribute of an element, or its text where that is None."""

    element: etree._Element
    attribute: str | None


def places(root: etree._Element) -> list[Spot]:
    """All attributes and texts of a document, in order."""
    found = []
    for element in root.iter(etree.Element):
        found += [Spot(element, str(name)) for name in element.attrib]
        found += [] if len(element) else [Spot(element, None)]
    return found


def leaks(doc: Doc, place: int, planted: str) -> list[str]:
    """Plant an identifier, and return the formats of the reports that show it.

    A count that is a number is one, whatever its digits: it is only hidden where the document gives it as TIN or NPI.
    """
    root = etree.fromstring(doc.bytes())
    spot = places(root)[place]
    if spot.attribute is None:
        spot.element.text = planted
    elif spot.attribute == "value" and spot.element.get(_COUNT) in ("INT", "REAL") and planted not in (TIN, NPI):
        return []
    else:
        spot.element.set(spot.attribute, planted)
    result = converter.check(etree.tostring(root), name=f"export {planted}.xml")
    bare = {planted, planted.replace("-", ""), TIN, NPI}
    return [form for form in FORMATS if any(one in converter.render([result], form) for one in bare)] + [
        f"{one.id} {part}"
        for one in result.findings
        for part in ("message", "found", "expected", "fix", "data")
        if any(secret in str(getattr(one, part)) for secret in bare)
    ]


@cache
def _size(year: int) -> int:
    return len(places(etree.fromstring(document(year, "MIPS_INDIV").bytes())))


def examine(seed: int, number: int) -> str | None:
    """Plant an identifier in the place of a number: in documents of each year in turn, each identifier in turn."""
    year = YEARS[number % len(YEARS)]
    place, planted = (number // len(YEARS) * 7 + seed - 1) % _size(year), PLANTED[number // 3 % len(PLANTED)]
    shown = leaks(document(year, "MIPS_INDIV"), place, planted)
    return f"{planted} in place {place} of {year} is shown in {', '.join(shown)}" if shown else None


if __name__ == "__main__":
    sys.exit(main("tests.fuzz.privacy", "documents with an identifier planted", examine, 300))
