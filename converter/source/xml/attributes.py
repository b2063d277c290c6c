"""The attributes of an element, also of one with very many."""

from lxml import etree

_FEW = 64
_ALL = etree.XPath("@*")


def attributes_of(element: etree._Element) -> list[tuple[str, str]]:
    """Return name and value of all attributes, in document order.

    lxml looks each value up by its name, which goes through all attributes that stand before it; XPath does not.
    """
    if len(element.attrib) <= _FEW:
        return [(str(name), str(value)) for name, value in element.items()]
    found: list[etree._ElementUnicodeResult] = _ALL(element)  # type: ignore[assignment]  # attributes are all texts
    return [(str(one.attrname), str(one)) for one in found]
