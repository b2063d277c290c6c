"""Changes to templates: gone, spoilt, of another kind, in another place."""

from random import Random

from lxml import etree

from tests.fuzz.elements import Element
from tests.fuzz.picks import BASE, HL7_ROOTS, OTHER_KINDS, ROOTS, cda, pick, short, without_templates


def drop_template(root: Element, random: Random) -> str | None:
    one = pick(root, random, "template")
    if one is None:
        return None
    around = one.getparent()
    assert around is not None
    around.remove(one)
    return f"drop templateId {one.get('root')}"


def drop_templates(root: Element, random: Random) -> str | None:
    """All templates of one element, or of all inside it as well."""
    one = pick(root, random, "typed", "section", "organizer", "count", "population", "part", "supplemental", "answer")
    if one is None:
        return None
    inside = random.random() < 0.4
    without_templates(one, inside)
    return f"drop templates of {short(one)}{' and inside' if inside else ''}"


def only_hl7_templates(root: Element, random: Random) -> str | None:
    one = pick(root, random, "section", "section", "organizer", "observation")
    if one is None:
        return None
    for template in list(one.iter("{*}templateId")):
        around = template.getparent()
        if around is not None and template.get("root") in ROOTS and template.get("root") != BASE + "27.3.3":
            around.remove(template)
    return f"HL7's templates only in {short(one)}"


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
    one = pick(root, random, "section") if whole else pick(root, random, "template")
    if one is None:
        return None
    before = [template for template in one.iter("{*}templateId")] if whole else [one]
    for template in before:
        template.set("root", _spoilt(template.get("root", ""), random))
    return f"spoil {len(before)} roots: {before[0].get('root')!r}" if before else None


def other_root(root: Element, random: Random) -> str | None:
    one = pick(root, random, "template")
    if one is None:
        return None
    before = one.get("root")
    one.set("root", random.choice(random.choice((ROOTS, HL7_ROOTS, OTHER_KINDS))))
    return f"root {before} becomes {one.get('root')}"


def null_template(root: Element, random: Random) -> str | None:
    one = pick(root, random, "template")
    if one is None:
        return None
    before = one.get("root")
    one.attrib.clear()
    one.set("nullFlavor", "NI")
    return f"templateId {before} becomes nullFlavor"


def move_template(root: Element, random: Random) -> str | None:
    """To the end of its element, somewhere in it, into a child, to its parent or to any element."""
    one = pick(root, random, "template")
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
        found = pick(root, random, "any")
        to = around if found is None else found
    if not isinstance(to.tag, str) or to is one:
        return None
    to.insert(len(to) if way == 0 else random.randrange(len(to) + 1), one)
    return f"move templateId {one.get('root')} to {short(to)} {to.index(one)}"


def add_template(root: Element, random: Random) -> str | None:
    """A template of another kind, before or after the others."""
    kinds = ("observation", "count", "population", "part", "answer", "organizer", "section", "entry", "wrapper")
    one = pick(root, random, *kinds)
    if one is None:
        return None
    made = etree.Element(cda("templateId"), root=random.choice(random.choice((OTHER_KINDS, OTHER_KINDS, ROOTS))))
    place = 0 if random.random() < 0.6 else random.randrange(len(one) + 1)
    one.insert(place, made)
    return f"add templateId {made.get('root')} to {short(one)} at {place}"


def shuffle_children(root: Element, random: Random) -> str | None:
    one = pick(root, random, "observation", "population", "count", "organizer", "section", "part")
    if one is None:
        return None
    parts = list(one)
    random.shuffle(parts)
    one[:] = parts
    return f"shuffle children of {short(one)}"
