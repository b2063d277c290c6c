"""Identifiers planted in every attribute and text of documents: none may be in a report.

python -m tests.fuzz.privacy --documents 3000 --jobs 2
"""

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from lxml import etree

import converter
from converter.emitters.reports.formats import FORMATS
from tests.documents import NPI, TIN, YEARS, Doc, document

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


def _cases(number: int) -> Iterator[tuple[int, int, str]]:
    """Places in turn: of each year, each identifier."""
    sizes = {year: len(places(etree.fromstring(document(year, "MIPS_INDIV").bytes()))) for year in YEARS}
    for index in range(number):
        year = YEARS[index % len(YEARS)]
        yield year, (index // len(YEARS) * 7) % sizes[year], PLANTED[index // 3 % len(PLANTED)]


def _run(case: tuple[int, int, str]) -> tuple[tuple[int, int, str], list[str]]:
    return case, leaks(document(case[0], "MIPS_INDIV"), *case[1:])


def main() -> int:
    """Plant identifiers in documents, and print where one is shown."""
    parser = argparse.ArgumentParser(description="Look for identifiers in reports.")
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    found = 0
    with ProcessPoolExecutor(options.jobs) as pool:
        for case, shown in pool.map(_run, _cases(options.documents), chunksize=8):
            if shown:
                found += 1
                sys.stdout.write(f"{case} {shown}\n")
    sys.stdout.write(f"{options.documents} documents, {found} with a leak.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
