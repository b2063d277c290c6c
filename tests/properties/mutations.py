"""Random changes to a document: to its text, its bytes, and its elements."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeAlias

from hypothesis import strategies as st
from lxml import etree

from tests.documents import YEARS, catalog, document_extension, profile

Number: TypeAlias = Callable[[int], int]
"""Gives a random number from 0 up to, but without, its argument."""

Change: TypeAlias = Callable[[Any, Number], None]

VALUES = (
    "", " ", "0", "-1", "+3", "007", "1.5", "1e3", "NaN", "inf", "1_0", " 5 ", "２", "²", "2147483648", "9" * 400, "Y",
    "x", "DENOM", "NUMER", "IPP", "DENEXCEP", "20250101", "20251399", "2025", "é☃", "\u2028", "{found}", "%s",
    "2.16.840.1.113883.4.738", "2.16.840.1.113883.10.20.24.1.1",
)  # fmt: skip
PROGRAMS = sorted({name for year in YEARS for name in profile(year)["programs"]})
EXTENSIONS = sorted({document_extension(year) for year in YEARS})
ROOTS = sorted({one["root"] for one in profile(2025)["templates"].values()})
GUIDS = [row["guid"] for year in YEARS for row in catalog(year)["measures"]] + [
    "PI_EP_1",
    "PI_HIE_1",
    "PI_HIE_5",
    "IA_EPA_1",
]
POPULATIONS = [
    guid for row in catalog(2025)["measures"] for one in row["strata"] for guid in one.get("populations", {}).values()
]


# -- text and bytes


def _delete_line(lines: list[str], number: Number) -> None:
    del lines[number(len(lines))]


def _double_line(lines: list[str], number: Number) -> None:
    place = number(len(lines))
    lines.insert(place, lines[place])


def _swap_lines(lines: list[str], number: Number) -> None:
    one, other = number(len(lines)), number(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _move_lines(lines: list[str], number: Number) -> None:
    start, length = number(len(lines)), 1 + number(12)
    moved = lines[start : start + length]
    del lines[start : start + length]
    place = number(len(lines) + 1)
    lines[place:place] = moved


LINES = (_delete_line, _double_line, _swap_lines, _move_lines)


def _flip(data: bytearray, number: Number) -> None:
    data[number(len(data))] ^= 1 + number(255)


def _cut(data: bytearray, number: Number) -> None:
    del data[number(len(data)) :]


def _delete_bytes(data: bytearray, number: Number) -> None:
    place = number(len(data))
    del data[place : place + 1 + number(40)]


def _insert_bytes(data: bytearray, number: Number) -> None:
    place = number(len(data) + 1)
    data[place:place] = (b"<", b"&", b"\0", b"\xff\xfe", b"]]>", b"<!DOCTYPE a>", b"<?x?>", b"<!-- -->")[number(8)]


BYTES = (_flip, _cut, _delete_bytes, _insert_bytes)


# -- elements


def _any(root: etree._Element, number: Number) -> etree._Element:
    elements = list(root.iter("*"))
    return elements[number(len(elements))]


def _delete(root: etree._Element, number: Number) -> None:
    element = _any(root, number)
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _double(root: etree._Element, number: Number) -> None:
    element = _any(root, number)
    if element is not root:
        element.addnext(etree.fromstring(etree.tostring(element, with_tail=False)))


def _copy_elsewhere(root: etree._Element, number: Number) -> None:
    _any(root, number).append(etree.fromstring(etree.tostring(_any(root, number), with_tail=False)))


def _move(root: etree._Element, number: Number) -> None:
    element, target = _any(root, number), _any(root, number)
    if element is not root and element not in (target, *target.iterancestors()):
        target.insert(number(len(target) + 1), element)


def _wrap(root: etree._Element, number: Number) -> None:
    element = _any(root, number)
    parent = element.getparent()
    if parent is not None:
        around = etree.SubElement(parent, _any(root, number).tag)
        parent.replace(element, around)
        around.append(element)


def _unwrap(root: etree._Element, number: Number) -> None:
    element = _any(root, number)
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent.remove(element)
        parent[place:place] = list(element)


def _rename(root: etree._Element, number: Number) -> None:
    _any(root, number).tag = (_any(root, number).tag, "{urn:other}value", "unknown")[number(3)]


def _drop_attribute(root: etree._Element, number: Number) -> None:
    element = _any(root, number)
    names = sorted(map(str, element.attrib))
    if names:
        del element.attrib[names[number(len(names))]]


def _set_attribute(root: etree._Element, number: Number) -> None:
    element = _any(root, number)
    names = sorted(map(str, element.attrib)) or ["value"]
    element.set(names[number(len(names))], VALUES[number(len(VALUES))])


def _add_attribute(root: etree._Element, number: Number) -> None:
    _any(root, number).set(("value", "extension", "root", "code", "nullFlavor")[number(5)], VALUES[number(len(VALUES))])


def _change_count(root: etree._Element, number: Number) -> None:
    values = [one for one in root.iter("{*}value") if one.get("value") is not None]
    if values:
        value = (str(number(100_000)), str(-number(100)), VALUES[number(len(VALUES))])[number(3)]
        values[number(len(values))].set("value", value)


def _change(root: etree._Element, number: Number, path: str, name: str, values: Sequence[str]) -> None:
    elements = root.findall(path, {"": "urn:hl7-org:v3"})
    if elements:
        elements[number(len(elements))].set(name, values[number(len(values))])


def _change_program(root: etree._Element, number: Number) -> None:
    _change(root, number, "informationRecipient/intendedRecipient/id", "extension", PROGRAMS)


def _change_edition(root: etree._Element, number: Number) -> None:
    _change(root, number, "templateId", "extension", EXTENSIONS)


def _change_template(root: etree._Element, number: Number) -> None:
    _change(root, number, ".//templateId", "root", ROOTS)


def _change_measure(root: etree._Element, number: Number) -> None:
    _change(root, number, ".//externalDocument/id", "extension", GUIDS)


def _change_population(root: etree._Element, number: Number) -> None:
    _change(root, number, ".//externalObservation/id", "root", POPULATIONS)


def _change_role(root: etree._Element, number: Number) -> None:
    roles = ("IPOP", "IPP", "DENOM", "DENEX", "DENEXCEP", "NUMER", "NUMEX", "denom", "STRAT", "MSRPOPL")
    _change(root, number, ".//observation/value[@code]", "code", roles)


def _change_date(root: etree._Element, number: Number) -> None:
    values = [one for one in root.iter("{*}low", "{*}high")]
    if values:
        dates = ("20170101", "20251231", "2024-02-30", "20240229120000-0500", "1/2/2025", "", "00010101", "99991231")
        values[number(len(values))].set("value", dates[number(len(dates))])


def _add_text(root: etree._Element, number: Number) -> None:
    element = _any(root, number)
    element.text = ("words", "<&>", "")[number(3)]
    element.append((etree.Comment("words"), etree.ProcessingInstruction("x", "y"))[number(2)])


ELEMENTS = (
    _delete, _double, _copy_elsewhere, _move, _wrap, _unwrap, _rename, _drop_attribute, _set_attribute, _add_attribute,
    _change_count, _change_count, _change_program, _change_edition, _change_template, _change_measure,
    _change_population, _change_role, _change_date, _add_text,
)  # fmt: skip


def _swap_attributes(root: etree._Element, number: Number) -> None:
    """Exchange an attribute of two elements; this may carry an identifier to where a program or a GUID belongs."""
    one, other = _any(root, number), _any(root, number)
    names = sorted(set(map(str, one.attrib)) & set(map(str, other.attrib)))
    if names:
        name = names[number(len(names))]
        first, second = one.get(name) or "", other.get(name) or ""
        one.set(name, second)
        other.set(name, first)


# -- a document with some of these changes


@st.composite
def mutated(draw: st.DrawFn, documents: tuple[bytes, ...], *, swap: bool = True) -> bytes:
    """A document after a few changes; `swap` allows the exchange of attributes between elements."""
    data = draw(st.sampled_from(documents))
    of_elements = (*ELEMENTS, _swap_attributes, _swap_attributes) if swap else ELEMENTS
    root = etree.fromstring(data)
    for change, number in draw(_some(of_elements, 4)):
        change(root, number)
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    if draw(st.integers(0, 3)):
        return data
    lines = data.decode("utf-8").splitlines(keepends=True)
    for change_line, number in draw(_some(LINES, 2)):
        change_line(lines, number)
    content = bytearray("".join(lines).encode())
    for change_byte, number in draw(_some(BYTES, 1)):
        change_byte(content, number)
    return bytes(content)


def _some(changes: Sequence[Change], most: int) -> st.SearchStrategy[list[tuple[Change, Number]]]:
    seeds = st.integers(0, 2**48 - 1).map(lambda seed: Random(seed).randrange)
    return st.lists(st.tuples(st.sampled_from(changes), seeds), max_size=most)
