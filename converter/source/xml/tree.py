"""The XML tree of one document, and where its elements stand."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import islice
from typing import Any, Literal, NamedTuple

from lxml import etree

from converter.findings.frame import FrameLine
from converter.findings.place import Place
from converter.source.xml.attributes import attributes_of
from converter.source.xml.encodings import python_encoding
from converter.source.xml.frames import code_frame, names_somebody, start_tag, without_values
from converter.source.xml.positions import Positions
from converter.source.xml.xpaths import spots

CDA = "{urn:hl7-org:v3}"
_CHILDREN = 7
"""Among how many children of an element the attribute is looked for that a finding is about."""
_TEMPLATE_ID = CDA + "templateId"


class _Itself(NamedTuple):
    """The handle of an element that stands for nothing but itself."""

    element: etree._Element


class XmlTree:
    """A parsed document. Implements the `Locator` of its places; all of that is made on first use.

    Attributes:
        root: the root element.
    """

    __slots__ = ("_data", "_elements", "_ordinals", "_paths", "_positions", "_steps", "root")

    _positions: Positions | Literal[False] | None
    """None before it is asked for; False where the characters of the document cannot be counted."""

    def __init__(self, root: etree._Element, data: bytes) -> None:
        self.root = root
        self._data = data
        self._elements: list[etree._Element] = []
        self._ordinals: dict[etree._Element, int] = {}
        self._positions = None
        self._steps: dict[etree._Element, str] = {}
        self._paths: dict[etree._Element, str] = {}

    def place(self, node: Any, attribute: str | None = None) -> Place:
        """Return the place of a node of the model: an element, or the `templateId` that stands for its parent."""
        return Place(node, attribute, locator=self)

    def place_itself(self, element: etree._Element, attribute: str | None = None) -> Place:
        """Return the place of an element, also of a `templateId`, which does not stand for its parent here."""
        return Place(_Itself(element), attribute, locator=self)

    def ordinals(self, node: Any) -> tuple[int, int | None]:
        """Number of the element that a node stands for, and of its `templateId` where that is the node."""
        ordinals = self._ordinals or self._number()
        if isinstance(node, _Itself):
            return ordinals[node.element], None
        if node.tag == _TEMPLATE_ID and node.get("root") is not None:  # else it is an element that only has that name
            return ordinals[node.getparent()], ordinals[node]
        return ordinals[node], None

    def line_column(self, ordinal: int) -> tuple[int, int | None]:
        """Line and column just after the start tag of an element; only the line where columns cannot be told."""
        if located := self._located():
            return located.line_column(ordinal)
        line: Any = self._element(ordinal).sourceline  # the stubs do not know its type
        return int(line), None

    def excerpt(self, ordinal: int, attribute: str | None) -> str:  # noqa: ARG002  # trees have one shape
        """Return the start tag of an element as written; made anew where that cannot be told."""
        located, element = self._located(), self._element(ordinal)
        tag = located.start_tag(ordinal) if located else ""
        # A digit that is written as a character reference would hide an identifier from the mask.
        if not tag or "&#" in tag:
            return start_tag(element)
        return without_values(tag) if names_somebody(element) else tag

    def frame(self, ordinal: int, attribute: str | None) -> tuple[FrameLine, ...]:
        """Return an element with what stands around it, one tag to a line."""
        ordinals = self._ordinals or self._number()
        return code_frame(self._elements[ordinal], attribute, lambda one: self.line_column(ordinals[one])[0])

    def attribute_with(self, ordinal: int, value: str) -> tuple[_Itself, str] | None:
        """Element and name of the one attribute that has a value, of an element and its first children."""
        element = self._elements[ordinal]
        around = (element, *islice(element, _CHILDREN))
        found = [(one, name) for one in around for name, of in attributes_of(one) if of == value]
        return (_Itself(found[0][0]), found[0][1]) if len(found) == 1 else None

    def inside(
        self,
        ordinal: int,
        attribute: str | None,
        xpaths: tuple[str, ...],
        member: str,  # noqa: ARG002  # trees have one shape
        names: Mapping[str, object],
    ) -> tuple[_Itself, str | None] | None:
        """Element, and name of the attribute, that the first of some XPaths that leads to something leads to."""
        element = self._elements[ordinal]
        own = element.get(attribute, "") if attribute else ""
        found = (spot for xpath in xpaths for spot in spots(element, xpath, {**names, "own": own}))
        return next(((_Itself(one), name) for one, name in found), None)

    def path(self, ordinal: int) -> str:
        """Short path of an element; `[n]` only where siblings share the name."""
        return self._path(self._element(ordinal))

    def _path(self, element: etree._Element) -> str:
        # Kept, because findings stand close together and an inventory asks for all of them.
        path = self._paths.get(element)
        if path is None:
            ahead: list[etree._Element] = []
            inner: etree._Element | None = element
            while inner is not None and inner not in self._paths:
                ahead.append(inner)
                inner = inner.getparent()
            path = self._paths[inner] if inner is not None else ""
            for one in reversed(ahead):
                if one not in self._steps:
                    self._name_children(one.getparent())
                path = self._paths[one] = f"{path}/{self._steps[one]}"
        return path

    def pointer(self, ordinal: int) -> None:
        """Tell that an element of XML has no JSON pointer."""

    def find(self, path: str) -> etree._Element | None:
        """Return the element with a path as `path` gives it, or in the `local-name()` form; None where there is none.

        A number counts the siblings of the same name; a step without one is the first of them.
        """
        steps = _steps_of(path)
        if not steps or steps[0] != (local_name(self.root), 1):
            return None
        element = self.root
        for name, number in steps[1:]:
            same = [child for child in element if isinstance(child.tag, str) and local_name(child) == name]
            if len(same) < number:
                return None
            element = same[number - 1]
        return element

    def _number(self) -> dict[etree._Element, int]:
        self._elements = list(self.root.iter())
        self._ordinals = {element: ordinal for ordinal, element in enumerate(self._elements)}
        return self._ordinals

    def _element(self, ordinal: int) -> etree._Element:
        if not self._ordinals:
            self._number()
        return self._elements[ordinal]

    def _located(self) -> Positions | None:
        if self._positions is None:
            codec = python_encoding(self._data, self.root.getroottree().docinfo.encoding or "UTF-8")
            positions = Positions(self._data, codec) if codec else None
            # Two readings of an encoding may differ; a wrong place is worse than none.
            counted = positions is not None and len(positions) == len(self._elements or self._number())
            self._positions = positions if positions is not None and counted else False
        return self._positions or None

    def _name_children(self, parent: etree._Element | None) -> None:
        if parent is None:
            self._steps[self.root] = local_name(self.root)
            return
        # All children at once: counting siblings for each of them would be quadratic.
        total = Counter(local_name(child) for child in parent)
        seen: Counter[str] = Counter()
        for child in parent:
            name = local_name(child)
            seen[name] += 1
            self._steps[child] = f"{name}[{seen[name]}]" if total[name] > 1 else name


_STEP = re.compile(r"/(?:\*\[local-name\(\) ?= ?'(\w+)'[^\]]*\]|(\w+))(?:\[(\d{1,9})\])?")


def _steps_of(path: str) -> list[tuple[str, int]]:
    """Names and numbers of the steps of a path; none where it is not such a path."""
    path = re.sub(r"/@[\w:]+$", "", path.strip())
    steps = [(match[1] or match[2], max(int(match[3] or 1), 1)) for match in _STEP.finditer(path)]
    return steps if _STEP.sub("", path) == "" else []


def local_name(element: etree._Element) -> str:
    """Name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def give_namespace(root: etree._Element) -> bool:
    """Put a document that declares no namespace into that of CDA; say whether it was such a document."""
    # An empty one has nothing to be read: it is told to be no QRDA III document (code 5).
    if str(root.tag).startswith("{") or not len(root):
        return False
    for element in root.iter(etree.Element):
        if not str(element.tag).startswith("{"):
            element.tag = f"{CDA}{element.tag}"
    return True
