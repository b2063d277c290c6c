"""Assertions of the implementation guide: what they ask for, where, and in which years."""

import re
from collections.abc import Iterator, Sequence

from converter.explanation.explanation import Explanation, Subject
from converter.facts.files import Folders
from converter.guide.collected import Collected, collected
from converter.guide.describe import rule
from converter.language.english import number_of, years_listed

_CONF = re.compile(r"(?:a-)?(?:CONF ?[:# ] ?)?(?P<id>\d+-\d+[\w.-]*|CMS_\w[\w.-]*)", re.IGNORECASE)
_BARE = re.compile(r"(?:a-)?CONF ?[:# ] ?(?P<id>\d{3,6}(?:_C\d+)?)", re.IGNORECASE)
_ENDING = re.compile(r"-(?:error|warning)$", re.IGNORECASE)
_MOST = 12
_PAGES = {
    "attribute-value": "IG016",
    "attribute-present": "IG017",
    "attribute-in-value-set": "IG018",
    "exactly-one-attribute-of": "IG019",
    "at-most-one-attribute-of": "IG019",
    "identifier": "IG020",
    "quantity": "IG021",
    "text-or-null-flavor": "IG022",
    "format": "IG023",
    "utc-offset": "IG024",
    "for-programs": "IG025",
    "any-of": "IG026",
    "none": "IG014",
}
"""Kind of check -> the finding about it; all others count elements."""


def assertion_explained(word: str, folders: Folders) -> Explanation | None:
    """Say what an assertion of the guide asks for; None for what is not the id of one."""
    match = _CONF.fullmatch(word) or _BARE.fullmatch(word)
    if match is None:
        return None
    id = _ENDING.sub("", match["id"])
    found = _matching(id.casefold(), collected(folders))
    if not found:
        return None
    years = tuple(sorted({year for one in found for year in one.years}))
    findings = tuple(dict.fromkeys(_PAGES.get(one.kind, "IG012") for one in found))
    text = "\n".join(_lines(id, found, findings)) + "\n"
    return Explanation(word, Subject.ASSERTION, text, id=found[0].id, years=years, findings=findings)


def _matching(id: str, ones: Sequence[Collected]) -> list[Collected]:
    """Those with the id; else those whose id begins with it, or has that number."""
    found = [one for one in ones if one.id.casefold() == id]
    found = found or [one for one in ones if one.id.casefold().startswith((f"{id}-", f"{id}_"))]
    return found or [one for one in ones if one.id.casefold().partition("-")[2] == id]


def _lines(word: str, found: Sequence[Collected], findings: Sequence[str]) -> Iterator[str]:
    first = found[0]
    names = list(dict.fromkeys(one.id for one in found))
    if len(names) == 1:
        yield f"{rule(first.id)} is an assertion of the QRDA III implementation guide ({first.id})."
    else:
        yield f"{len(names)} assertions of the QRDA III implementation guide have the id or number {word}."
    for one in found[:_MOST]:
        yield ""
        yield f"  {one.id}: {'required' if one.severity == 'error' else 'recommended'}, {_when(one)}"
        yield f"  Where  {one.place}"
        yield f"  What   {one.says}"
    if len(found) > _MOST:
        yield f"\nand {number_of(len(found) - _MOST, 'more')}."
    yield ""
    yield f"`qrda2qpp explain {findings[0]}` says what to do about it. CMS' converter does not check the guide."


def _when(one: Collected) -> str:
    parts = [f"CMS guide of {years_listed(one.years)}"] if one.years else []
    parts += [f"HL7 base {', '.join(one.base)}"] if one.base else []
    return "; ".join(parts)
