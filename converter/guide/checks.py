"""Checks of the guide: whether an element is as an assertion asks for it."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from converter.guide.paths import attribute_of, counter, template_of
from converter.guide.rows import Row
from converter.guide.seen import Children, Element, Seen, has_offset
from converter.guide.xpath_numbers import FORMATS
from converter.source.xml.tree import CDA, local_name

Check: TypeAlias = Callable[[Element, Children, Seen], bool]

_BOUNDS: Mapping[str, tuple[int, float]] = {
    "exactly-one": (1, 1),
    "at-least-one": (1, float("inf")),
    "none": (0, 0),
}
_SHORT = 8
"""Characters of a time that only says a day."""


def check_of(row: Row) -> Check:
    """Return the check that a row of the table describes."""
    kind = row["kind"]
    if kind in _BOUNDS:
        return _counted(row, *_BOUNDS[kind])
    return _KINDS[kind](row)


def _counted(row: Row, least: int, most: float) -> Check:
    count = counter(row["path"])
    return lambda element, children, seen: least <= count(element, children, seen) <= most


def _count(row: Row) -> Check:
    return _counted(row, row["min"], float("inf") if row["max"] is None else row["max"])


def _sum(row: Row) -> Check:
    parts, whole = [counter(path) for path in row["of"]], counter(row["equals"])
    return lambda element, children, seen: (
        sum(part(element, children, seen) for part in parts) == whole(element, children, seen)
    )


def _value(row: Row) -> Check:
    name, value = attribute_of(row["attribute"]), row["value"]
    return lambda element, _children, _seen: element.get(name) == value


def _present(row: Row) -> Check:
    name = attribute_of(row["attribute"])
    return lambda element, _children, _seen: element.get(name) is not None


def _in_value_set(row: Row) -> Check:
    name, of = attribute_of(row["attribute"]), row["valueSet"]
    return lambda element, _children, seen: element.get(name) in seen.value_sets[of]


def _one_attribute(row: Row) -> Check:
    names, exempt, pairs = row["attributes"], row.get("unlessParent"), row.get("notTogether", ())

    def check(element: Element, _children: Children, _seen: Seen) -> bool:
        if sum(element.get(name) is not None for name in names) == 1 and not _together(element, pairs):
            return True
        parent = element.getparent() if exempt else None
        return parent is not None and local_name(parent) == exempt

    return check


def _together(element: Element, pairs: list[list[str]]) -> bool:
    return any(all(element.get(name) is not None for name in pair) for pair in pairs)


def _one_attribute_at_most(row: Row) -> Check:
    names = row["attributes"]
    return lambda element, _children, _seen: sum(element.get(name) is not None for name in names) <= 1


def _identifier(row: Row) -> Check:
    some, never = row["anyOf"], [row["notAllOf"]]
    return lambda element, _children, _seen: (
        any(element.get(name) is not None for name in some) and not _together(element, never)
    )


def _quantity(_row: Row) -> Check:
    def check(element: Element, _children: Children, _seen: Seen) -> bool:
        value, unit, null = (element.get(name) is not None for name in ("value", "unit", "nullFlavor"))
        return (value and unit and not null) or (null and not value and not unit)

    return check


def _text(_row: Row) -> Check:
    return lambda element, _children, _seen: element.get("nullFlavor") is not None or any(element.itertext())


def _format(row: Row) -> Check:
    name, fits, missing = row["attribute"], FORMATS[row["format"]], row.get("missing") != "fails"
    trim = row.get("trim", False)

    def check(element: Element, _children: Children, _seen: Seen) -> bool:
        value = element.get(name)
        return missing if value is None else fits(value.strip() if trim else value)

    return check


def _offset(row: Row) -> Check:
    short, template = row["shortExempt"], template_of(row["insideAct"])

    def acts(around: Element, seen: Seen) -> int:
        return any(template in seen.templates(act) for act in around.iterchildren(CDA + "act"))

    def check(element: Element, _children: Children, seen: Seen) -> bool:
        value = element.get("value", "")
        if has_offset(value) == seen.offset or element.get("nullFlavor") is not None:
            return True
        if short and len(value) <= _SHORT:
            return True
        around: Element | None = element
        for _ in range(3):
            around = around.getparent() if around is not None else None
        inside = around  # bound for the closure
        return inside is not None and bool(seen.once(id(row), inside, lambda: acts(inside, seen)))

    return check


def _for_programs(row: Row) -> Check:
    then, names, own = check_of(row["then"]), row["programs"], row.get("of") == "this-element"
    if row["match"] == "substring-of-list":
        joined = " ".join(names)
        return lambda element, children, seen: seen.program not in joined or then(element, children, seen)

    def check(element: Element, children: Children, seen: Seen) -> bool:
        own_name = element.get("extension")
        programs = seen.programs if not own else [] if own_name is None else [own_name]
        # As the guide asks it: a program that differs from each of those named, so that several are never all of them.
        if all(any(one != name for one in programs) for name in names):
            return True
        return any(one in names for one in programs) and then(element, children, seen)

    return check


def _all_of(row: Row) -> Check:
    checks = [check_of(one) for one in row["checks"]]
    return lambda element, children, seen: all(one(element, children, seen) for one in checks)


def _any_of(row: Row) -> Check:
    checks = [check_of(one) for one in row["checks"]]
    return lambda element, children, seen: any(one(element, children, seen) for one in checks)


_KINDS: Mapping[str, Callable[[Row], Check]] = {
    "count": _count,
    "sum-of-counts": _sum,
    "attribute-value": _value,
    "attribute-present": _present,
    "attribute-in-value-set": _in_value_set,
    "exactly-one-attribute-of": _one_attribute,
    "at-most-one-attribute-of": _one_attribute_at_most,
    "identifier": _identifier,
    "quantity": _quantity,
    "text-or-null-flavor": _text,
    "format": _format,
    "utc-offset": _offset,
    "for-programs": _for_programs,
    "all-of": _all_of,
    "any-of": _any_of,
}
