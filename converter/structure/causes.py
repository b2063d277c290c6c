"""From an element that breaks the schema to findings, in words for people who cannot read a schema.

Names of elements and attributes are quoted, and codes of data types; what stands in the document otherwise never is.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lxml import etree

from converter.findings import kinds
from converter.findings.finding import Kind
from converter.language.english import capital
from converter.source.xml.attributes import attributes_of
from converter.source.xml.tree import CDA, local_name
from converter.structure.reader import XSI_TYPE, Reader, children, fits, words_of
from converter.structure.schema_words import (
    MOST_ALLOWED,
    any_of,
    local,
    name_of,
    nearest,
    one_of,
    shortened,
    texts,
    value_words,
)
from converter.structure.slots import Filling, Slot, fill, slots_of

if TYPE_CHECKING:
    from xmlschema.validators import XsdComplexType

_MOST_HOLDERS = 3
_DATA_TYPE = re.compile(r"(?:\w{1,20}:)?[A-Za-z]\w{0,19}")


@dataclass(frozen=True, slots=True)
class Issue:
    """One error of structure.

    Attributes:
        kind: the row of the table of findings.
        element: where it is.
        words: what fills the sentences.
        attribute: the attribute concerned, or None.
        found: what stands in the document, or None.
    """

    kind: Kind
    element: etree._Element
    words: dict[str, Any] = field(default_factory=dict)
    attribute: str | None = None
    found: str | None = None


# --- the children of an element ----------------------------------------------------------------------------------


def filling_of(reader: Reader, parent: etree._Element) -> Filling | None:
    """Return how the children of an element fill the slots of its type; None where the type is not a row of slots."""
    from xmlschema.validators import XsdGroup

    kind = reader.type_of(parent)
    slots = slots_of(kind.content) if kind is not None and isinstance(kind.content, XsdGroup) else None
    return None if slots is None else fill(slots, [str(child.tag) for child in parent])


def explain_children(reader: Reader, parent: etree._Element, filling: Filling) -> list[Issue]:
    """Return what is wrong with the children of an element: unknown, out of order, missing, too many."""
    nodes = list(parent)
    unknown = [nodes[child] for child, place in enumerate(filling.places) if place is None]
    allowed = list(dict.fromkeys(local(name) for slot in filling.slots for name in slot.names))
    meant = {str(one.tag): _meant(local_name(one), allowed) for one in unknown}
    issues = [_unknown(one, meant[str(one.tag)], allowed, reader.holders(str(one.tag))) for one in unknown]
    issues += _out_of_order(nodes, filling)
    taken: dict[int | None, list[etree._Element]] = {}
    for node, place in zip(nodes, filling.places, strict=True):
        taken.setdefault(place, []).append(node)
    for number, slot in enumerate(filling.slots):
        held = taken.get(number, [])
        # A child that is there under a misspelt name is not missing as well.
        if len(held) < slot.least and slot.elements and not {*meant.values()} & {*map(local, slot.names)}:
            issues.append(_missing(parent, number, filling))
        elif slot.most is not None and len(held) > slot.most:
            issues.append(_repeated(held, slot))
    return issues


def _meant(name: str, allowed: Sequence[str]) -> str | None:
    """Name of the child that an unknown one is meant to be, or None."""
    return name if name in allowed else nearest(name, allowed)


def _unknown(element: etree._Element, near: str | None, allowed: Sequence[str], holders: Sequence[str]) -> Issue:
    name = name_of(element)
    if near == local_name(element):
        note = ", because it is not in the namespace of the elements around it"
        remedy = f'Write {name} in the namespace {CDA[1:-1]}, as the other elements are (xmlns="{CDA[1:-1]}").'
    elif near:
        note, remedy = f"; {near} may be meant", f"Rename it to {near} if that is what is meant; otherwise, remove it."
    elif 0 < len(holders) <= _MOST_HOLDERS:
        note, remedy = f"; it belongs in {any_of(holders)}", f"Move it into {any_of(holders)}, or remove it."
    else:
        note, remedy = "", "Remove it, or move it into the element that it belongs in."
    words: dict[str, Any] = {"element": name, "parent_element": name_of(element.getparent())}
    words |= {"meant": near, "note": note, "remedy": remedy}
    words |= {"allowed_elements": tuple(allowed), "allowed": one_of(allowed)}
    return Issue(kinds.ELEMENT_UNKNOWN, element, words, found=name)


def _out_of_order(nodes: Sequence[etree._Element], filling: Filling) -> list[Issue]:
    """Tell beside which child in order each of the others belongs: before the first of a later slot, or after the last.

    Of several in a row with the same name only the first is told.
    """
    kept = [
        (place, child)
        for child, place in enumerate(filling.places)
        if place is not None and child not in filling.strays and filling.slots[place].elements
    ]
    issues = []
    for child in sorted(filling.strays):
        place = filling.places[child]
        if place is None or (child - 1 in filling.strays and nodes[child - 1].tag == nodes[child].tag):
            continue
        later = bisect_right(kept, (place, len(nodes)))  # the places of those in order never fall
        if later < len(kept) and kept[later][1] < child:
            stands, belongs, other = "after", "before", nodes[kept[later][1]]
        else:
            stands, belongs, other = "before", "after", nodes[kept[bisect_left(kept, (place, -1)) - 1][1]]
        name = name_of(nodes[child])
        words = {"element": name, "parent_element": name_of(nodes[child].getparent()), "other_element": name_of(other)}
        words |= {"stands": stands, "belongs": belongs}
        issues.append(Issue(kinds.ELEMENT_OUT_OF_ORDER, nodes[child], words, found=name))
    return issues


def _missing(parent: etree._Element, number: int, filling: Filling) -> Issue:
    slot = filling.slots[number]
    names = [local(name) for name in slot.names]
    if len(names) > 1:
        name, what = f"one of {any_of(names)}", f"one of the elements {any_of(names)}"
    else:
        meaning = words_of(slot.elements[0]) or words_of(slot.elements[0].type)
        name, what = names[0], f"the element {names[0]}" + (f" ({meaning})" if meaning else "")
    where = _where(number, filling) or f"inside {name_of(parent)}"
    words = {"parent_element": name_of(parent), "elements": tuple(names), "what": what, "name": name, "where": where}
    return Issue(kinds.ELEMENT_MISSING, parent, words)


def _where(number: int, filling: Filling) -> str:
    """Where a missing child goes: beside those that are there, and those that are missing as well."""
    there = {place for place in filling.places if place is not None} | {
        at for at, slot in enumerate(filling.slots) if slot.least
    }
    before = [at for at in there if at < number and filling.slots[at].elements]
    after = [at for at in there if at > number and filling.slots[at].elements]
    if before:
        return f"after {_slot_name(max(before), filling)}"
    return f"before {_slot_name(min(after), filling)}" if after else ""


def _slot_name(number: int, filling: Filling) -> str:
    return any_of([local(name) for name in filling.slots[number].names])


def _repeated(held: Sequence[etree._Element], slot: Slot) -> Issue:
    names = list(dict.fromkeys(name_of(one) for one in held))
    count = f"{len(held)} {names[0]} elements" if len(names) == 1 else f"{len(held)} elements ({any_of(names)})"
    words = {
        "parent_element": name_of(held[0].getparent()),
        "elements": tuple(names),
        "count": len(held),
        "maximum": slot.most,
        "what": count,
        "limit": "only one is" if slot.most == 1 else f"at most {slot.most} are" if slot.most else "none are",
        "allowed": f"{'One' if slot.most == 1 else f'At most {slot.most}'} {any_of(names)}",
    }
    return Issue(kinds.ELEMENT_REPEATED, held[slot.most or 0], words, found=names[0])


# --- an element itself -------------------------------------------------------------------------------------------


def explain_element(reader: Reader, element: etree._Element) -> list[Issue]:
    """Return what is wrong with an element itself: its data type, its attributes, its text."""
    declared = reader.declaration(element)
    if declared is None:
        return []
    if problem := _data_type(reader, element):
        return [problem]
    kind = reader.type_of(element)
    if kind is None:
        return _text_value(element, declared.type)
    issues = _attributes(element, kind)
    if kind.has_simple_content():
        issues += _text_value(element, kind.content)
    elif not kind.has_mixed_content() and any(text and text.strip() for text in texts(element)):
        issues.append(Issue(kinds.TEXT_NOT_EXPECTED, element, {"element": name_of(element)}))
    return issues


def _data_type(reader: Reader, element: etree._Element) -> Issue | None:
    declared, named, written = reader.declaration(element), reader.named_type(element), element.get(XSI_TYPE)
    if declared is None or (named is not None and fits(named, declared.type)):
        return None
    if written is None and not getattr(declared.type, "abstract", False):
        return None
    name = name_of(element)
    quoted = f" {written}" if written and _DATA_TYPE.fullmatch(written) else ""
    remedy = f'Add the data type to {name}, such as xsi:type="CD" for a code.'
    if written is None:
        problem = "does not give its data type"
    elif named is not None:
        problem, remedy = (
            f"has the data type{quoted}, which is not allowed there",
            "Give it a data type that is allowed.",
        )
    elif element.prefix and ":" not in written:
        problem = f"has the data type{quoted}, which needs the prefix of the elements around it"
        remedy = f"Write the prefix before the data type: {element.prefix}:{quoted.strip() or 'CD'}."
    else:
        problem, remedy = f"has the data type{quoted}, which does not exist", f"Give {name} a data type that exists."
    attribute = "xsi:type" if written is not None else None
    return Issue(
        kinds.DATA_TYPE_WRONG, element, {"element": name, "problem": problem, "remedy": remedy}, attribute, written
    )


def _attributes(element: etree._Element, kind: "XsdComplexType") -> list[Issue]:
    known: dict[str, Any] = {str(name): one for name, one in kind.attributes.items() if name is not None}
    usable = {name: one for name, one in known.items() if one.use != "prohibited"}
    others: Any = kind.attributes.get(None)
    issues = [
        Issue(
            kinds.ATTRIBUTE_MISSING,
            element,
            {"element": name_of(element), "attribute": local(name), "words": value_words(one.type)},
        )
        for name, one in usable.items()
        if one.use == "required" and name not in element.attrib
    ]
    for name, value in attributes_of(element):
        one = usable.get(name)
        if one is not None:
            if not one.type.is_valid(value) or (one.fixed is not None and value != one.fixed):
                issues.append(_value(element, f"attribute {local(name)}", value, one, local(name)))
        # Attributes such as xsi:type and xsi:schemaLocation may stand in any element.
        elif XSI_TYPE.partition("}")[0] not in name and not (others is not None and others.is_matching(name)):
            issues.append(_unknown_attribute(element, name, list(usable)))
    return issues


def _unknown_attribute(element: etree._Element, name: str, usable: Sequence[str]) -> Issue:
    short, near = shortened(local(name)), nearest(local(name), usable)
    words = {
        "element": name_of(element),
        "attribute": short,
        "allowed_attributes": tuple(local(one) for one in usable),
        "meant": near,
        "note": f"; {near} may be meant" if near else "",
        "remedy": f"Rename it to {near} if that is what is meant; otherwise, remove it."
        if near
        else f"Remove the attribute {short}.",
        "allowed": f"One of the attributes {any_of(usable, MOST_ALLOWED)}" if usable else "No attribute",
    }
    return Issue(kinds.ATTRIBUTE_UNKNOWN, element, words, local(name), short)


def _text_value(element: etree._Element, kind: Any) -> list[Issue]:
    text = "".join(str(one or "") for one in texts(element))
    return [] if kind.is_valid(text) else [_value(element, "text", text, kind, None)]


def _value(element: etree._Element, part: str, value: str, described: Any, attribute: str | None) -> Issue:
    fixed = getattr(described, "fixed", None)
    wanted = f'"{fixed}"' if fixed else value_words(getattr(described, "type", described))
    words = {
        "element": name_of(element),
        "attribute": attribute,
        "part": part,
        "states": "is not" if value.strip() else "is empty instead of",
        "words": wanted,
        "wanted": capital(wanted),
    }
    return Issue(kinds.VALUE_NOT_OF_ITS_TYPE, element, words, attribute, value if attribute else None)


def otherwise(reader: Reader, element: etree._Element) -> Issue:
    """Return the issue for an element that breaks the schema in a way that is not explained otherwise."""
    kind = reader.type_of(element)
    names = tuple(local(str(one.name)) for one in children(kind)) if kind is not None else ()
    allowed = one_of(names) if kind is not None else "-"
    words = {"element": name_of(element), "allowed_elements": names, "allowed": allowed}
    return Issue(kinds.STRUCTURE_OTHERWISE, element, words)
