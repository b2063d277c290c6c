"""Paths of the guide: from an element to what is counted of it, as its assertions describe it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from converter.guide.rows import Row
from converter.guide.seen import Children, Element, Seen, Template
from converter.source.xml.tree import CDA

Condition: TypeAlias = Callable[[Element, Seen], bool]
Count: TypeAlias = Callable[[Element, Children, Seen], int]
_SDTC = "{urn:hl7-org:sdtc}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def tag_of(name: str) -> str:
    """Return the tag of an element that the table names: of HL7's namespace where it says no other."""
    if name.startswith("{}"):
        return name[2:]
    return _SDTC + name[5:] if name.startswith("sdtc:") else CDA + name


def attribute_of(name: str) -> str:
    """Return the name of an attribute that the table names, as lxml has it."""
    return _XSI + name[4:] if name.startswith("xsi:") else name


def template_of(row: Row) -> Template:
    """Return a template that the table asks for: without an extension in the table, any one will do."""
    return (row["root"], row["extension"]) if "extension" in row else row["root"]


def counter(path: Sequence[Row]) -> Count:
    """Return what counts the elements that a path leads to from an element whose children are known."""
    up = next((number for number, step in enumerate(path) if "up" not in step), len(path))
    if up or "document" in path[0]:
        return _around(path, up)
    first, conditions = tag_of(path[0]["element"]), _conditions(path[0])
    rest = [(tag_of(step["element"]), _conditions(step)) for step in path[1:]]
    if not rest and not conditions:
        return lambda _element, children, _seen: len(children.get(first, ()))

    def count(_element: Element, children: Children, seen: Seen) -> int:
        found = [one for one in children.get(first, ()) if all(fits(one, seen) for fits in conditions)]
        return len(_follow(found, rest, seen)) if rest else len(found)

    return count


def _follow(found: list[Element], steps: Sequence[tuple[str, Sequence[Condition]]], seen: Seen) -> list[Element]:
    for tag, conditions in steps:
        found = [
            child for one in found for child in one.iterchildren(tag) if all(fits(child, seen) for fits in conditions)
        ]
    return found


def _around(path: Sequence[Row], up: int) -> Count:
    """What counts from an element around, or from the document. Many ask the same of it: it is counted once."""
    key = id(path)
    steps = path[up:] or [{"element": "*"}]
    inner = counter(steps) if "document" not in steps[0] else _whole(steps[1:])

    def count(element: Element, _children: Children, seen: Seen) -> int:
        start: Element | None = element
        for _ in range(up):
            start = start.getparent() if start is not None else None
        if start is None:
            return 0
        start = seen.root if "document" in steps[0] else start
        return seen.once(key, start, lambda: inner(start, children_of(start), seen))

    return count


def _whole(path: Sequence[Row]) -> Count:
    """What counts from the document node, whose only child is the root."""
    inner = counter(path)
    return lambda _element, _children, seen: inner(seen.root, {str(seen.root.tag): [seen.root]}, seen)


def children_of(element: Element) -> Children:
    """Return the children of an element by their names."""
    children: Children = {}
    for child in element:
        tag = str(child.tag)
        if tag in children:
            children[tag].append(child)
        else:
            children[tag] = [child]
    return children


def _conditions(step: Row) -> list[Condition]:
    """What a step asks of an element beside its name, the cheapest first."""
    found: list[Condition] = [
        _attribute(attribute_of(name), value) for name, value in step.get("attributes", {}).items()
    ]
    found += [_template(template_of(one)) for one in step.get("templates", ())]
    if "textIgnoringCase" in step:
        found.append(_text(step["textIgnoringCase"]))
    return found + [_contains(one) for one in step.get("contains", ())]


def _attribute(name: str, value: object) -> Condition:
    if value is True:
        return lambda element, _seen: element.get(name) is not None
    if value is False:
        return lambda element, _seen: element.get(name) is None
    if isinstance(value, Mapping):
        of = value["valueSet"]
        return lambda element, seen: element.get(name) in seen.value_sets[of]
    return lambda element, _seen: element.get(name) == value


def _template(template: Template) -> Condition:
    return lambda element, seen: template in seen.templates(element)


def _text(text: str) -> Condition:
    def fits(element: Element, _seen: Seen) -> bool:
        own = (element.text, *(child.tail for child in element))
        return any(one is not None and one.lower() == text for one in own)

    return fits


def _contains(row: Row) -> Condition:
    path, least, most = row["path"], row["min"], row["max"]
    if len(path) == 1 and set(path[0]) <= {"element", "templates", "attributes", "contains"} and "element" in path[0]:
        tag, conditions = tag_of(path[0]["element"]), _conditions(path[0])

        def holds(element: Element, seen: Seen) -> bool:
            number = 0
            for child in element.iterchildren(tag):
                number += all(fits(child, seen) for fits in conditions)
            return number >= least and (most is None or number <= most)

        return holds
    count = counter(path)
    return lambda element, seen: least <= count(element, children_of(element), seen) <= (most or 1 << 62)
