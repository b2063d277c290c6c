"""Changes to templates, roots, codes, values and nesting: whatever may make a count or an answer disappear.

Each takes the root and a source of random numbers, changes the tree, and returns what it did in a few words, or nothing
where the document gives no occasion for it.
"""

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import TypeAlias

from lxml import etree

from tests.fuzz.reference import YEARS, Element, children, codes, facts, is_organizer, local, roots

Change: TypeAlias = Callable[[Element, Random], str | None]

NAMESPACE = "urn:hl7-org:v3"
ISLAND = "island-of-namespace"
"""Stands in the tree for an `xmlns` that is written when the document is: lxml cannot write `xmlns=""`."""

_BASE = "2.16.840.1.113883.10.20."
ROOTS = sorted({root for year in YEARS for found in facts("profiles", year)["types"].values() for root in found})
HL7_ROOTS = sorted(
    {one["root"] for year in YEARS for one in facts("profiles", year)["templates"].values()} - set(ROOTS)
)
OTHER_KINDS = [_BASE + "27." + one for one in ("3.6", "3.7", "3.8", "3.9", "3.10", "3.18", "3.4", "1.2", "3.25")]
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


def _cda(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _short(element: Element) -> str:
    return f"{local(element)}#{sum(1 for _ in element.iterancestors())}"


# -- what to change


def _below_body(root: Element) -> list[Element]:
    body = next(root.iter("{*}structuredBody"), None)
    return [] if body is None else list(body.iter("*"))


def _is_count(element: Element) -> bool:
    return local(element) == "observation" and any(one.get("code") == "MSRAGG" for one in children(element, "code"))


def _has(*endings: str) -> Callable[[Element], bool]:
    wanted = {_BASE + one for one in endings}
    return lambda element: not wanted.isdisjoint(roots(element))


PICKS: dict[str, Callable[[Element], bool]] = {
    "any": lambda element: True,
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
    "wrapper": lambda element: local(element) in ("component", "entry", "entryRelationship"),
    "yes/no": _has("27.3.29", "27.3.33"),
    "proportion": _has("27.3.28"),
}


def _pick(root: Element, random: Random, *kinds: str) -> Element | None:
    fits = PICKS[random.choice(kinds)]
    found = [one for one in _below_body(root) if fits(one)]
    return random.choice(found) if found else None


def _copy(element: Element) -> Element:
    made = deepcopy(element)
    made.tail = None
    return made


def _without_templates(element: Element, inside: bool = True) -> None:
    for one in list(element.iter("{*}templateId")):
        around = one.getparent()
        if around is not None and (inside or around is element):
            around.remove(one)


def _is_around(element: Element, other: Element) -> bool:
    return element is other or element in other.iterancestors()


# -- templates


def drop_template(root: Element, random: Random) -> str | None:
    one = _pick(root, random, "template")
    if one is None:
        return None
    around = one.getparent()
    assert around is not None
    around.remove(one)
    return f"drop templateId {one.get('root')}"


def drop_templates(root: Element, random: Random) -> str | None:
    """All templates of one element, or of all inside it as well."""
    one = _pick(root, random, "typed", "section", "organizer", "count", "population", "part", "supplemental", "answer")
    if one is None:
        return None
    inside = random.random() < 0.4
    _without_templates(one, inside)
    return f"drop templates of {_short(one)}{' and inside' if inside else ''}"


def only_hl7_templates(root: Element, random: Random) -> str | None:
    one = _pick(root, random, "section", "section", "organizer", "observation")
    if one is None:
        return None
    for template in list(one.iter("{*}templateId")):
        around = template.getparent()
        if around is not None and template.get("root") in ROOTS and template.get("root") != _BASE + "27.3.3":
            around.remove(template)
    return f"HL7's templates only in {_short(one)}"


def _spoilt(text: str, random: Random) -> str:
    place = random.randrange(len(text)) if text else 0
    ways = (
        text + " ", " " + text, text + "\n", "\u00a0" + text, text[:-1], text + "0", text[:place] + text[place + 1 :],
        text.replace("0", "O"), text.replace(".", "-"), "urn:oid:" + text, "", text.replace(".27.", ".72."),
    )  # fmt: skip
    return random.choice(ways)


def spoil_root(root: Element, random: Random) -> str | None:
    """The root of one template is padded or misspelt, or of all templates of a section."""
    whole = random.random() < 0.3
    one = _pick(root, random, "section") if whole else _pick(root, random, "template")
    if one is None:
        return None
    before = [template for template in one.iter("{*}templateId")] if whole else [one]
    for template in before:
        template.set("root", _spoilt(template.get("root", ""), random))
    return f"spoil {len(before)} roots: {before[0].get('root')!r}" if before else None


def other_root(root: Element, random: Random) -> str | None:
    one = _pick(root, random, "template")
    if one is None:
        return None
    before = one.get("root")
    one.set("root", random.choice(random.choice((ROOTS, HL7_ROOTS, OTHER_KINDS))))
    return f"root {before} becomes {one.get('root')}"


def null_template(root: Element, random: Random) -> str | None:
    one = _pick(root, random, "template")
    if one is None:
        return None
    before = one.get("root")
    one.attrib.clear()
    one.set("nullFlavor", "NI")
    return f"templateId {before} becomes nullFlavor"


def move_template(root: Element, random: Random) -> str | None:
    """To the end of its element, somewhere in it, into a child, to its parent or to any element."""
    one = _pick(root, random, "template")
    around = None if one is None else one.getparent()
    if one is None or around is None:
        return None
    way = random.randrange(5)
    parent = around.getparent()
    to = around
    if way == 2 and len(around) > 1:
        to = random.choice([child for child in around if child is not one])
    elif way == 3 and parent is not None:
        to = parent
    elif way == 4:
        found = _pick(root, random, "any")
        to = around if found is None else found
    if not isinstance(to.tag, str) or to is one:
        return None
    to.insert(len(to) if way == 0 else random.randrange(len(to) + 1), one)
    return f"move templateId {one.get('root')} to {_short(to)} {to.index(one)}"


def add_template(root: Element, random: Random) -> str | None:
    """A template of another kind, before or after the others."""
    kinds = ("observation", "count", "population", "part", "answer", "organizer", "section", "entry", "wrapper")
    one = _pick(root, random, *kinds)
    if one is None:
        return None
    made = etree.Element(_cda("templateId"), root=random.choice(random.choice((OTHER_KINDS, OTHER_KINDS, ROOTS))))
    place = 0 if random.random() < 0.6 else random.randrange(len(one) + 1)
    one.insert(place, made)
    return f"add templateId {made.get('root')} to {_short(one)} at {place}"


def shuffle_children(root: Element, random: Random) -> str | None:
    one = _pick(root, random, "observation", "population", "count", "organizer", "section", "part")
    if one is None:
        return None
    parts = list(one)
    random.shuffle(parts)
    one[:] = parts
    return f"shuffle children of {_short(one)}"


# -- nesting


def duplicate(root: Element, random: Random) -> str | None:
    """Beside itself, with its templates or without, in its own wrapper or in the same."""
    one = _pick(root, random, "count", "population", "answer", "part", "organizer", "section", "wrapper", "any")
    if one is None or one.getparent() is None:
        return None
    made = _copy(one)
    untyped = random.random() < 0.6
    if untyped:
        _without_templates(made, random.random() < 0.5)
    if random.random() < 0.5:
        one.addnext(made)
    else:
        one.addprevious(made)
    return f"duplicate {_short(one)}{' without templates' if untyped else ''}"


def copy_elsewhere(root: Element, random: Random) -> str | None:
    one = _pick(root, random, "count", "count", "population", "answer", "part", "organizer", "any")
    kinds = (
        "section",
        "entry",
        "organizer",
        "observation",
        "population",
        "supplemental",
        "yes/no",
        "proportion",
        "any",
    )
    to = _pick(root, random, *kinds)
    if one is None or to is None:
        return None
    made: Element = _copy(one)
    if random.random() < 0.4:
        _without_templates(made, random.random() < 0.5)
    wrapper = random.choice((None, "entryRelationship", "component", "entry"))
    if wrapper:
        around = etree.Element(_cda(wrapper))
        around.append(made)
        made = around
    to.insert(random.choice((0, len(to), random.randrange(len(to) + 1))), made)
    return f"copy {_short(one)} into {_short(to)} {wrapper or ''}"


def move(root: Element, random: Random) -> str | None:
    one = _pick(root, random, "count", "population", "answer", "organizer", "section", "entry", "supplemental", "any")
    to = _pick(root, random, "section", "entry", "organizer", "observation", "wrapper", "any")
    if one is None or to is None or _is_around(one, to) or random.random() < 0.02:
        to = next(root.iter("{*}recordTarget"), None)
    if one is None or to is None or _is_around(one, to):
        return None
    said = f"move {_short(one)} into {_short(to)}"
    to.insert(random.randrange(len(to) + 1), one)
    return said


def delete(root: Element, random: Random) -> str | None:
    one = _pick(root, random, "count", "population", "answer", "wrapper", "observation", "any", "any")
    around = None if one is None else one.getparent()
    if one is None or around is None:
        return None
    said = f"delete {_short(one)}"
    around.remove(one)
    return said


def rename(root: Element, random: Random) -> str | None:
    one = _pick(root, random, "wrapper", "section", "entry", "organizer", "observation", "count", "any")
    if one is None:
        return None
    before = _short(one)
    one.tag = _cda(random.choice(NAMES))
    return f"rename {before} to {local(one)}"


def wrap(root: Element, random: Random) -> str | None:
    one = _pick(root, random, "count", "population", "answer", "organizer", "section", "wrapper", "any")
    around = None if one is None else one.getparent()
    if one is None or around is None:
        return None
    made = etree.Element(_cda(random.choice(NAMES)))
    if random.random() < 0.2:
        etree.SubElement(made, _cda("templateId"), root=random.choice(ROOTS))
    said = f"wrap {_short(one)} in {local(made)} {sorted(roots(made))}"
    around.replace(one, made)
    one.tail = None
    made.append(one)
    return said


def unwrap(root: Element, random: Random) -> str | None:
    one = _pick(root, random, "wrapper", "wrapper", "observation", "organizer", "section", "any")
    around = None if one is None else one.getparent()
    if one is None or around is None:
        return None
    said, place, parts = f"unwrap {_short(one)}", around.index(one), list(one)
    around.remove(one)
    around[place:place] = parts
    return said


def swap(root: Element, random: Random) -> str | None:
    """Two elements change places, or only their templates do."""
    kinds = random.choice((("count",), ("population", "part"), ("organizer",), ("section",), ("wrapper",), ("any",)))
    one, other = _pick(root, random, *kinds), _pick(root, random, *kinds)
    if one is None or other is None or _is_around(one, other) or _is_around(other, one):
        return None
    if random.random() < 0.4:
        ours, theirs = list(children(one, "templateId")), list(children(other, "templateId"))
        one[0:0] = theirs
        other[0:0] = ours
        return f"swap templates of {_short(one)} and {_short(other)}"
    first, second = one.getparent(), other.getparent()
    if first is None or second is None:
        return None
    place = etree.Element("place")
    first.replace(one, place)
    second.replace(other, one)
    parent = place.getparent()
    assert parent is not None
    parent.replace(place, other)
    return f"swap {_short(one)} and {_short(other)}"


def nest_section(root: Element, random: Random) -> str | None:
    one, other = _pick(root, random, "section"), _pick(root, random, "section", "entry")
    if one is None or other is None or _is_around(one, other):
        return None
    if random.random() < 0.4:
        _without_templates(one, random.random() < 0.3)
    wrapper = etree.SubElement(other, _cda(random.choice(("component", "entry"))))
    wrapper.append(one)
    return f"section into {_short(other)}"


def nest_entry(root: Element, random: Random) -> str | None:
    one, other = _pick(root, random, "entry"), _pick(root, random, "entry", "organizer", "component")
    if one is None or other is None or _is_around(one, other):
        return None
    other.append(one)
    return f"entry into {_short(other)}"


PICKS["component"] = lambda element: local(element) == "component"
