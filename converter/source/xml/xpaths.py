"""XPaths from an element to what is at fault in it or beside it."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from lxml import etree

_NAMES = {"h": "urn:hl7-org:v3", "xsi": "http://www.w3.org/2001/XMLSchema-instance"}


def spots(
    element: etree._Element, xpath: str, names: Mapping[str, object]
) -> Iterator[tuple[etree._Element, str | None]]:
    """Yield the elements, and attributes of elements, that an XPath leads to.

    Args:
        element: where it starts.
        xpath: the XPath, with the prefixes `h` for CDA and `xsi`.
        names: variables of the XPath; the members of a tuple get numbers from 1.
    """
    try:
        found: Any = _compiled(xpath)(element, **_variables(names))
    except etree.XPathEvalError:  # it names what this finding does not have
        return
    for one in found:
        if isinstance(one, etree._Element):
            yield one, None
        else:
            name = etree.QName(one.attrname)
            yield one.getparent(), name.localname if name.namespace is None else f"xsi:{name.localname}"


@lru_cache(maxsize=256)
def _compiled(xpath: str) -> etree.XPath:
    return etree.XPath(xpath, namespaces=_NAMES)


def _variables(names: Mapping[str, object]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in names.items():
        if isinstance(value, tuple):
            found |= {f"{name}{number}": one for number, one in enumerate(value, 1)}
        elif value is not None:
            found[name] = value
    return found
