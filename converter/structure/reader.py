"""Reads a schema: what it says of an element, so that an error can be explained. It loads xmlschema."""

import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from lxml import etree

from converter.interrupts import pass_on_interrupt
from converter.structure.xsd import Structure

if TYPE_CHECKING:
    from xmlschema import XMLSchema10
    from xmlschema.validators import XsdComplexType, XsdElement, XsdSimpleType

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_LONGEST_WORDS = 120

Type: TypeAlias = "XsdComplexType | XsdSimpleType"


@lru_cache(maxsize=8)
def read_schema(structure: Structure) -> "XMLSchema10 | None":
    """Read a schema that lxml has compiled; None where xmlschema cannot make sense of it."""
    import xmlschema

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about imports that are refused; lxml has done without them, too
        try:
            return xmlschema.XMLSchema10(structure.path.as_uri(), allow="local", defuse="always", validation="lax")
        # lxml has compiled the schema, so documents are checked by it all the same, only with fewer words.
        except Exception as error:
            pass_on_interrupt(error)
            return None


class Reader:
    """What a schema says of the elements of one document.

    Args:
        schema: the schema.
    """

    __slots__ = ("_found", "_holders", "_schema")

    def __init__(self, schema: "XMLSchema10") -> None:
        self._schema = schema
        self._holders: dict[str, list[str]] = {}
        self._found: dict[etree._Element, XsdElement | None] = {}

    def declaration(self, element: etree._Element) -> "XsdElement | None":
        """Return what the schema says of an element at its place; None where it says nothing."""
        if element not in self._found:
            parent = element.getparent()
            kind = self.type_of(parent) if parent is not None else None
            named = _by_name(kind).get(str(element.tag)) if kind is not None else None
            self._found[element] = self._schema.maps.elements.get(str(element.tag)) if named is None else named
        return self._found[element]

    def type_of(self, element: etree._Element) -> "XsdComplexType | None":
        """Return the type of an element: the one it names with `xsi:type` where that fits, else the declared one.

        None also for an element that holds a text only, without attributes.
        """
        declared = self.declaration(element)
        if declared is None:
            return None
        named = self.named_type(element)
        return _complex(named if named is not None and fits(named, declared.type) else declared.type)

    def named_type(self, element: etree._Element) -> "Type | None":
        """Return the type that an element names with `xsi:type`; None where it names none, or none that exists."""
        name = element.get(XSI_TYPE)
        if name is None:
            return None
        prefix, colon, local = name.strip().rpartition(":")
        namespace = element.nsmap.get(prefix if colon else None)
        return self._schema.maps.types.get(f"{{{namespace}}}{local}" if namespace else local)

    def holders(self, name: str) -> list[str]:
        """Return the local names of the elements that may hold an element of a name."""
        if not self._holders:
            waiting, done = list(self._schema.maps.elements.values()), set()
            while waiting:
                one = waiting.pop()
                kind = _complex(one.type)
                if kind is None or (one.name, kind) in done:
                    continue
                done.add((one.name, kind))
                held = list(children(kind))
                waiting += held
                for child in held:
                    self._holders.setdefault(str(child.name), []).append(str(one.local_name))
        return sorted(set(self._holders.get(name, ())))


def fits(named: Type, declared: Type) -> bool:
    """Whether a type may stand where another is declared, and is not only a base of others."""
    return named.is_derived(declared) and not getattr(named, "abstract", False)


def children(kind: "XsdComplexType") -> "Iterator[XsdElement]":
    """Yield the elements that elements of a type may hold."""
    from xmlschema.validators import XsdElement, XsdGroup

    if isinstance(kind.content, XsdGroup):
        yield from (one for one in kind.content.iter_elements() if isinstance(one, XsdElement))


@lru_cache(maxsize=512)
def _by_name(kind: "XsdComplexType") -> "dict[str, XsdElement]":
    """Return the elements that elements of a type may hold, by their names; of one name the first."""
    return {str(one.name): one for one in reversed(list(children(kind)))}


def words_of(component: Any) -> str:
    """What the documentation of a part of the schema says, where it is short; else nothing."""
    annotation = getattr(component, "annotation", None)
    texts = [one.text for one in annotation.documentation if one.text] if annotation else []
    words = " ".join(texts[0].split()) if texts else ""
    return words.rstrip(".") if len(words) <= _LONGEST_WORDS else ""


def _complex(kind: Type) -> "XsdComplexType | None":
    from xmlschema.validators import XsdComplexType

    return kind if isinstance(kind, XsdComplexType) else None
