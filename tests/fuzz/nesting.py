"""Changes to nesting: elements that are doubled, moved, gone, renamed, wrapped or in the place of others."""

from random import Random

from lxml import etree

from tests.fuzz.elements import Element, children, local, roots
from tests.fuzz.picks import NAMES, ROOTS, cda, copy, is_around, pick, short, without_templates


def duplicate(root: Element, random: Random) -> str | None:
    """Beside itself, with its templates or without, in its own wrapper or in the same."""
    one = pick(root, random, "count", "population", "answer", "part", "organizer", "section", "wrapper", "any")
    if one is None or one.getparent() is None:
        return None
    made = copy(one)
    untyped = random.random() < 0.6
    if untyped:
        without_templates(made, random.random() < 0.5)
    if random.random() < 0.5:
        one.addnext(made)
    else:
        one.addprevious(made)
    return f"duplicate {short(one)}{' without templates' if untyped else ''}"


def copy_elsewhere(root: Element, random: Random) -> str | None:
    one = pick(root, random, "count", "count", "population", "answer", "part", "organizer", "any")
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
    to = pick(root, random, *kinds)
    if one is None or to is None:
        return None
    made: Element = copy(one)
    if random.random() < 0.4:
        without_templates(made, random.random() < 0.5)
    wrapper = random.choice((None, "entryRelationship", "component", "entry"))
    if wrapper:
        around = etree.Element(cda(wrapper))
        around.append(made)
        made = around
    to.insert(random.choice((0, len(to), random.randrange(len(to) + 1))), made)
    return f"copy {short(one)} into {short(to)} {wrapper or ''}"


def move(root: Element, random: Random) -> str | None:
    one = pick(root, random, "count", "population", "answer", "organizer", "section", "entry", "supplemental", "any")
    to = pick(root, random, "section", "entry", "organizer", "observation", "wrapper", "any")
    if one is None or to is None or is_around(one, to) or random.random() < 0.02:
        to = next(root.iter("{*}recordTarget"), None)
    if one is None or to is None or is_around(one, to):
        return None
    said = f"move {short(one)} into {short(to)}"
    to.insert(random.randrange(len(to) + 1), one)
    return said


def delete(root: Element, random: Random) -> str | None:
    one = pick(root, random, "count", "population", "answer", "wrapper", "observation", "any", "any")
    around = None if one is None else one.getparent()
    if one is None or around is None:
        return None
    said = f"delete {short(one)}"
    around.remove(one)
    return said


def rename(root: Element, random: Random) -> str | None:
    one = pick(root, random, "wrapper", "section", "entry", "organizer", "observation", "count", "any")
    if one is None:
        return None
    before = short(one)
    one.tag = cda(random.choice(NAMES))
    return f"rename {before} to {local(one)}"


def wrap(root: Element, random: Random) -> str | None:
    one = pick(root, random, "count", "population", "answer", "organizer", "section", "wrapper", "any")
    around = None if one is None else one.getparent()
    if one is None or around is None:
        return None
    made = etree.Element(cda(random.choice(NAMES)))
    if random.random() < 0.2:
        etree.SubElement(made, cda("templateId"), root=random.choice(ROOTS))
    said = f"wrap {short(one)} in {local(made)} {sorted(roots(made))}"
    around.replace(one, made)
    one.tail = None
    made.append(one)
    return said


def unwrap(root: Element, random: Random) -> str | None:
    one = pick(root, random, "wrapper", "wrapper", "observation", "organizer", "section", "any")
    around = None if one is None else one.getparent()
    if one is None or around is None:
        return None
    said, place, parts = f"unwrap {short(one)}", around.index(one), list(one)
    around.remove(one)
    around[place:place] = parts
    return said


def swap(root: Element, random: Random) -> str | None:
    """Two elements change places, or only their templates do."""
    kinds = random.choice((("count",), ("population", "part"), ("organizer",), ("section",), ("wrapper",), ("any",)))
    one, other = pick(root, random, *kinds), pick(root, random, *kinds)
    if one is None or other is None or is_around(one, other) or is_around(other, one):
        return None
    if random.random() < 0.4:
        ours, theirs = list(children(one, "templateId")), list(children(other, "templateId"))
        one[0:0] = theirs
        other[0:0] = ours
        return f"swap templates of {short(one)} and {short(other)}"
    first, second = one.getparent(), other.getparent()
    if first is None or second is None:
        return None
    place = etree.Element("place")
    first.replace(one, place)
    second.replace(other, one)
    parent = place.getparent()
    assert parent is not None
    parent.replace(place, other)
    return f"swap {short(one)} and {short(other)}"


def nest_section(root: Element, random: Random) -> str | None:
    one, other = pick(root, random, "section"), pick(root, random, "section", "entry")
    if one is None or other is None or is_around(one, other):
        return None
    if random.random() < 0.4:
        without_templates(one, random.random() < 0.3)
    wrapper = etree.SubElement(other, cda(random.choice(("component", "entry"))))
    wrapper.append(one)
    return f"section into {short(other)}"


def nest_entry(root: Element, random: Random) -> str | None:
    one, other = pick(root, random, "entry"), pick(root, random, "entry", "organizer", "component")
    if one is None or other is None or is_around(one, other):
        return None
    other.append(one)
    return f"entry into {short(other)}"
