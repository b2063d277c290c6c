"""Code frames: an element with what stands around it, one tag to a line, for documents in one line as well."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from lxml import etree

from converter.findings.frame import FrameLine
from converter.language.english import cut
from converter.source.naming import ELEMENTS, TELLING_NOBODY

_AROUND, _INSIDE, _WIDTH = 2, 7, 160
_INDENT = "  "
_LEFT_OUT = "..."
_VALUE = re.compile(r"""(=\s*)(["']).*?\2""", re.DOTALL)
_LINE_END = re.compile(r"[\t\r\n]")


def code_frame(
    element: etree._Element, attribute: str | None, line_of: Callable[[etree._Element], int]
) -> tuple[FrameLine, ...]:
    """Return the frame of an element: its parent, its neighbours, itself with its first children.

    Args:
        element: the element that the finding is about.
        attribute: the attribute concerned, or None.
        line_of: tells the line of an element's start tag.
    """
    lines: list[FrameLine] = []
    parent = element.getparent()
    depth = 0
    if parent is not None:
        lines.append(FrameLine(line_of(parent), _tag(parent, False)))
        depth = 1
        before = [*islice(element.itersiblings(preceding=True), _AROUND)][::-1]
        lines += [FrameLine(line_of(one), _INDENT + _tag(one, True)) for one in before]
    lines.append(_marked(element, attribute, depth, line_of))
    lines += _children(element, depth, line_of)
    if parent is not None:
        after = islice(element.itersiblings(), _AROUND)
        lines += [FrameLine(line_of(one), _INDENT + _tag(one, True)) for one in after]
    return tuple(lines)


def _marked(
    element: etree._Element, attribute: str | None, depth: int, line_of: Callable[[etree._Element], int]
) -> FrameLine:
    text = _INDENT * depth + _tag(element, len(element) == 0)
    start = text.find(f' {attribute}="') + 1 if attribute else 0
    end = text.find('"', start + len(attribute or "") + 2) + 1 if start else 0
    mark = (start, end) if attribute and start and end else None
    return FrameLine(line_of(element), text, True, mark)


def _children(element: etree._Element, depth: int, line_of: Callable[[etree._Element], int]) -> Iterator[FrameLine]:
    for number, child in enumerate(element):
        if number == _INSIDE:
            yield FrameLine(line_of(child), _INDENT * (depth + 1) + "...")
            return
        # Below the root the words are left out: the title of a document of another kind may name a patient.
        yield FrameLine(line_of(child), _INDENT * (depth + 1) + _tag(child, True, words=depth > 0))


def start_tag(element: etree._Element) -> str:
    """Return the start tag of an element as it is shown."""
    return _tag(element, False)


def _tag(element: etree._Element, closed: bool, words: bool = True) -> str:
    name = str(element.tag).rpartition("}")[2]
    private = names_somebody(element)
    attributes = _attributes(element, private)
    content = " ".join((element.text or "").split())
    content = content if (words and not private) or not content else _LEFT_OUT
    if not closed:
        return _short(f"<{name}{attributes}>")
    if len(element):
        return _short(f"<{name}{attributes}>...</{name}>")
    return _short(f"<{name}{attributes}>{content}</{name}>" if content else f"<{name}{attributes}/>")


def _attributes(element: etree._Element, private: bool) -> str:
    """The attributes as a tag shows them; of very many only as many as a line may hold."""
    attributes = ""
    # One by one: all of `items` at once go through the attributes again for each of them.
    for key in element.attrib:
        value = _LEFT_OUT if private and str(key) not in TELLING_NOBODY else element.get(key)
        attributes += f' {_name(str(key))}="{value}"'
        if len(attributes) > _WIDTH:
            break
    return attributes


def names_somebody(element: etree._Element) -> bool:
    """Whether an element says the name, the telephone number or the address of somebody: no report shows that."""
    return any(str(one.tag).rpartition("}")[2].lower() in ELEMENTS for one in (element, *element.iterancestors()))


def without_values(tag: str) -> str:
    """Return a start tag as written without the values of its attributes."""
    return _VALUE.sub(rf"\1\2{_LEFT_OUT}\2", tag)


def _name(key: str) -> str:
    return key if key[0] != "{" else f"xsi:{key.rpartition('}')[2]}"


def _short(text: str) -> str:
    return cut(_LINE_END.sub(" ", text), _WIDTH)
