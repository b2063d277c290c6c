"""What of a document is looked at more than once while its guide is checked."""

from collections.abc import Callable
from typing import TypeAlias

from lxml import etree

from converter.source.xml.tree import CDA

Element: TypeAlias = etree._Element
Children: TypeAlias = dict[str, list[Element]]
"""Name of the children of an element -> those children."""
Template: TypeAlias = tuple[str, str | None] | str
"""Root and extension of a template; the root alone stands for it with any extension or none."""

_TEMPLATE_ID = CDA + "templateId"
_PROGRAM = tuple(CDA + name for name in ("informationRecipient", "intendedRecipient", "id"))


class Seen:
    """One document while it is checked.

    Attributes:
        root: its root element.
        value_sets: id of a value set -> its codes, of the guide that it is checked with.
        programs: the program names of the intended recipients, in the order of the document.
        program: the first of them; empty where the first id has none.
        offset: whether the document's own time says its offset from UTC.
    """

    __slots__ = ("_counts", "_templates", "offset", "program", "programs", "root", "value_sets")

    def __init__(self, root: Element, value_sets: dict[str, frozenset[str]]) -> None:
        self.root = root
        self.value_sets = value_sets
        found = [root]
        for name in _PROGRAM:
            found = [child for one in found for child in one.iterchildren(name)]
        named = [(one.get("extension")) for one in found]
        self.programs = [one for one in named if one is not None]
        self.program = self.programs[0] if self.programs else ""
        self.offset = any(has_offset(one.get("value", "")) for one in root.iterchildren(CDA + "effectiveTime"))
        self._templates: dict[Element, frozenset[Template]] = {}
        self._counts: dict[tuple[int, Element], int] = {}

    def templates(self, element: Element) -> frozenset[Template]:
        """Return the templates of an element."""
        found = self._templates.get(element)
        if found is None:
            templates: set[Template] = set()
            for one in element.iterchildren(_TEMPLATE_ID):
                root = one.get("root")
                if root is not None:
                    templates.add(root)
                    templates.add((root, one.get("extension")))
            found = self._templates[element] = frozenset(templates)
        return found

    def once(self, what: int, element: Element, count: Callable[[], int]) -> int:
        """Count what many elements ask of one, around them, only once."""
        key = (what, element)
        if key not in self._counts:
            self._counts[key] = count()
        return self._counts[key]


def has_offset(time: str) -> bool:
    """Whether a time says its offset from UTC."""
    return "+" in time or "-" in time
