"""What may be changed: how elements are picked, and the words, names and roots that changes use."""

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import TypeAlias

from tests.fuzz.elements import YEARS, Element, children, codes, facts, is_organizer, local, roots

Change: TypeAlias = Callable[[Element, Random], str | None]
"""Changes the tree, and says what it did in a few words; None where the document gives no occasion for it."""

NAMESPACE = "urn:hl7-org:v3"
ISLAND = "island-of-namespace"
"""Stands in the tree for an `xmlns` that is written when the document is: lxml cannot write `xmlns=""`."""

BASE = "2.16.840.1.113883.10.20."
ROOTS = sorted({root for year in YEARS for found in facts("profiles", year)["types"].values() for root in found})
HL7_ROOTS = sorted(
    {one["root"] for year in YEARS for one in facts("profiles", year)["templates"].values()} - set(ROOTS)
)
OTHER_KINDS = [BASE + "27." + one for one in ("3.6", "3.7", "3.8", "3.9", "3.10", "3.18", "3.4", "1.2", "3.25")]
NUMBERS = (
    "",
    " ",
    "0",
    "-1",
    "+3",
    "007",
    "1.5",
    "1e3",
    "NaN",
    " 5 ",
    "２",
    "2147483648",
    "9" * 40,
    "777",
    "12 ",
    "1_0",
)
NAMES = (
    "section", "component", "entry", "organizer", "act", "observation", "entryRelationship", "reference", "unknown",
    "structuredBody", "value", "code", "templateId",
)  # fmt: skip


def cda(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def short(element: Element) -> str:
    return f"{local(element)}#{sum(1 for _ in element.iterancestors())}"


# -- what to change


def _below_body(root: Element) -> list[Element]:
    body = next(root.iter("{*}structuredBody"), None)
    return [] if body is None else list(body.iter("*"))


def _is_count(element: Element) -> bool:
    return local(element) == "observation" and any(one.get("code") == "MSRAGG" for one in children(element, "code"))


def _has(*endings: str) -> Callable[[Element], bool]:
    wanted = {BASE + one for one in endings}
    return lambda element: not wanted.isdisjoint(roots(element))


PICKS: dict[str, Callable[[Element], bool]] = {
    "any": lambda _: True,
    "section": lambda element: local(element) == "section",
    "entry": lambda element: local(element) == "entry",
    "organizer": is_organizer,
    "observation": lambda element: local(element) == "observation",
    "count": _is_count,
    "answer": lambda element: local(element) == "observation" and bool({"Y", "N"} & set(codes(element))),
    "population": _has("27.3.16"),
    "part": _has("27.3.31", "27.3.32"),
    "supplemental": _has(*("27.3." + one for one in ("4", "6", "7", "8", "9", "18", "19", "20", "21", "22"))),
    "template": lambda element: local(element) == "templateId",
    "value": lambda element: local(element) == "value",
    "typed": lambda element: next(children(element, "templateId"), None) is not None,
    "component": lambda element: local(element) == "component",
    "wrapper": lambda element: local(element) in ("component", "entry", "entryRelationship"),
    "yes/no": _has("27.3.29", "27.3.33"),
    "proportion": _has("27.3.28"),
}


def pick(root: Element, random: Random, *kinds: str) -> Element | None:
    fits = PICKS[random.choice(kinds)]
    found = [one for one in _below_body(root) if fits(one)]
    return random.choice(found) if found else None


def copy(element: Element) -> Element:
    made = deepcopy(element)
    made.tail = None
    return made


def without_templates(element: Element, inside: bool = True) -> None:
    for one in list(element.iter("{*}templateId")):
        around = one.getparent()
        if around is not None and (inside or around is element):
            around.remove(one)


def is_around(element: Element, other: Element) -> bool:
    return element is other or element in other.iterancestors()
