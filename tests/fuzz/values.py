"""Changes to values, codes, identifiers and namespaces."""

from random import Random

from lxml import etree

from tests.fuzz.elements import YEARS, Element, children, facts, local
from tests.fuzz.picks import ISLAND, NAMESPACE, NUMBERS, cda, pick, short

ROLES = ("IPOP", "IPP", "DENOM", "DENEX", "DENEXCEP", "NUMER", "NUMEX", "numer", "STRAT", "MSRPOPL", "")
IDS = (
    *sorted({row["guid"] for year in YEARS for row in facts("catalog", year)["measures"] if "guid" in row}),
    *("PI_EP_1", "PI_HIE_5", "PI_PPHI_1", "IA_EPA_1", "IA_BE_4"),
)


def second_value(root: Element, random: Random) -> str | None:
    one = pick(root, random, "count", "count", "answer")
    if one is None:
        return None
    made = etree.Element(cda("value"))
    if random.random() < 0.8:
        made.set("value", random.choice(("777", "0", *NUMBERS)))
    else:
        made.set("code", random.choice("YN"))
    one.insert(random.randrange(len(one) + 1), made)
    return f"another value {made.get('value')!r} in {short(one)}"


def number(root: Element, random: Random) -> str | None:
    one = pick(root, random, "count")
    value = None if one is None else next(children(one, "value"), None)
    if value is None:
        return None
    way = random.randrange(4)
    if way == 0 and value.get("value") is not None:
        del value.attrib["value"]
    elif way == 1:
        value.set("nullFlavor", "NA")
    elif way == 2:
        value.set("value", str(random.randrange(10 ** random.randrange(1, 7))))
    else:
        value.set("value", random.choice(NUMBERS))
    return f"number becomes {value.get('value')!r} {value.get('nullFlavor') or ''}"


def role(root: Element, random: Random) -> str | None:
    one = pick(root, random, "population", "part", "answer", "supplemental")
    value = None if one is None else next(children(one, "value"), None)
    if value is None:
        return None
    before = value.get("code")
    value.set("code", random.choice((*ROLES, "Y", "N", "y", "X")))
    return f"code {before} becomes {value.get('code')}"


def code(root: Element, random: Random) -> str | None:
    one = pick(root, random, "observation", "count", "organizer", "section")
    found = None if one is None else next(children(one, "code"), None)
    if one is None or found is None:
        return None
    if random.random() < 0.3:
        one.remove(found)
        return f"no code in {short(one)}"
    found.set("code", random.choice(("MSRAGG", "ASSERTION", "MSRAGG ", "76689-9", "", "55186-1")))
    return f"code of {short(one)} becomes {found.get('code')!r}"


def identifier(root: Element, random: Random) -> str | None:
    body = next(root.iter("{*}structuredBody"), root)
    ids = [one for one in body.iter("{*}id") if local(one.getparent()).startswith("external")]  # type: ignore[arg-type]
    if not ids:
        return None
    one, other = random.choice(ids), random.choice(ids)
    name = "extension" if one.get("extension") is not None and random.random() < 0.7 else "root"
    text = one.get(name) or ""
    ways = (text.upper(), text.lower(), text[:-1], text + " ", other.get(name) or "", random.choice(IDS), "")
    one.set(name, random.choice(ways))
    return f"id {text} becomes {one.get(name)!r}"


def island(root: Element, random: Random) -> str | None:
    """An element with all inside it, or it alone, in no namespace or in a foreign one."""
    kinds = ("section", "entry", "organizer", "population", "count", "answer", "template", "value", "part", "any")
    one = pick(root, random, *kinds)
    if one is None:
        return None
    namespace = random.choice(("", "", "urn:other", "urn:hl7-org:v2"))
    one.set(ISLAND, namespace)
    alone = random.random() < 0.3
    for child in one.iterchildren("*") if alone else ():
        child.set(ISLAND, NAMESPACE)
    return f"{short(one)} {'alone ' if alone else ''}in namespace {namespace!r}"


def namespace_of_all(root: Element, random: Random) -> str | None:
    """The whole document in no namespace, or in a foreign one."""
    root.set(ISLAND, random.choice(("", "", "urn:other")))
    return f"everything in namespace {root.get(ISLAND)!r}"


def null_flavor(root: Element, random: Random) -> str | None:
    one = pick(root, random, "observation", "organizer", "section", "value", "count", "any")
    if one is None:
        return None
    one.set("nullFlavor", random.choice(("NA", "NI", "UNK")))
    return f"nullFlavor on {short(one)}"


def negation(root: Element, random: Random) -> str | None:
    """Attributes that turn the meaning around, and a text that stands for a value."""
    one = pick(root, random, "count", "population", "answer", "organizer")
    if one is None:
        return None
    if random.random() < 0.5:
        one.set("negationInd", "true")
        return f"negationInd on {short(one)}"
    value = next(children(one, "value"), None)
    if value is None:
        return None
    value.text = value.get("value") or value.get("code") or "5"
    value.attrib.clear()
    return f"value of {short(one)} as text"


def attribute(root: Element, random: Random) -> str | None:
    one = pick(root, random, "any")
    names = sorted(map(str, one.attrib)) if one is not None else []
    if one is None or not names:
        return None
    name = random.choice(names)
    del one.attrib[name]
    return f"drop {name} of {short(one)}"


def comment(root: Element, random: Random) -> str | None:
    """A part is commented out, or a comment or an instruction stands in the way."""
    one = pick(root, random, "any", "count")
    if one is None:
        return None
    one.insert(0, etree.Comment("words") if random.random() < 0.5 else etree.ProcessingInstruction("x", "y"))
    return f"comment in {short(one)}"
