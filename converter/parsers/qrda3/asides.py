"""Counts of supplemental data and of reporting strata: hundreds in a document, and read one by one only when asked for.

Most callers need to know no more of them than that they are whole numbers and where they belong. So the walk only notes
their elements, and their values are looked up all at once.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from lxml import etree

from converter.model.document import Count, Document
from converter.parsers.qrda3.elements import ANY_VALUE, OBSERVATION, TEMPLATE_ID, VALUE
from converter.parsers.qrda3.quality_section import read_count
from converter.parsers.qrda3.shapes import Types

ASIDE_COUNT = "aside_count"
"""What stands for such a count among the entries of the walk."""

ASIDES = frozenset(("supplemental", "reporting_stratum"))
"""Types whose counts are not those of the population around them."""

_NUMBER_OF_VALUES = etree.XPath("count(//c:value)", namespaces={"c": VALUE[1:].partition("}")[0]})


def read_asides(document: Document, typed: dict[Any, Any], types: Types) -> None:
    """Read all of these counts that were noted so far, and let them stand for themselves among the entries."""
    read_later(document, types)
    for count in document.counts:
        typed[count.node.getparent()] = count


def meets_asides(part: etree._Element, typed: Mapping[Any, Any]) -> bool:
    """Whether a part is inside of one of these counts, or one of them is inside of it."""
    around: Any = part
    while around not in typed:
        around = around.getparent()
    return typed[around] is ASIDE_COUNT or any(typed.get(one) is ASIDE_COUNT for one in part.iter(OBSERVATION))


def read_later(document: Document, types: Types) -> None:
    """Let the counts that were noted be read when somebody asks for them."""
    document.read_aside = partial(_read, types)


def _read(types: Types, document: Document, element: etree._Element, owner: str) -> Count:
    """Read a count. Of several templates it stands where that of lowest rank stands, like every entry."""
    nodes = [one for one in element.iterchildren(TEMPLATE_ID) if _name(types, one) == "aggregate_count"]
    node = min(nodes, key=lambda one: types[one.get("root", "")][1])
    return read_count(document, element, node, owner)


def _name(types: Types, template: etree._Element) -> str:
    return types.get(template.get("root", ""), ("",))[0]


def aside_texts(root: etree._Element, typed: Mapping[Any, Any], number: int) -> list[str | None] | None:
    """Return the texts of these counts; None where one of them has not just one value, or a value of another standard.

    Args:
        root: the root element.
        typed: element -> its entry.
        number: how many of these counts there are.
    """
    if not number:
        return []
    # One pass over all values costs a third of asking each count for its own.
    entry_of = typed.get
    texts: dict[Any, str | None] = {}
    values = found = 0
    for value in root.iter(ANY_VALUE):
        values += 1
        element = value.getparent()
        if entry_of(element) is ASIDE_COUNT:
            texts[element] = value.get("value")
            found += 1
    regular = found == len(texts) == number and _NUMBER_OF_VALUES(root) == values
    return list(texts.values()) if regular else None
