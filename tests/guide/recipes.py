"""Defects as recipes: edits of a document that is right, and the assertions that the official Schematron then fails.

The recipes, the documents that they begin with and the corpus stay outside of this repository: QRDA2QPP_CORPUS names
the folder of the documents, and beside it `reference/guide-expected.json` has the recipes and the expected answers.
"""

import copy
import json
import os
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

CORPUS = Path(os.environ.get("QRDA2QPP_CORPUS") or "no-corpus")
EXPECTED = CORPUS.parent / "reference" / "guide-expected.json"
BASES = CORPUS / "guide-bases.zip"

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(\[[^\]]*\])?\s*>")

Element = etree._Element
Failed = tuple[str, str]
"""Id of an assertion with `!` at the end if it is a warning, and the path of the element."""


@cache
def expected() -> dict[str, Any]:
    """Return the recipes and expected answers."""
    data: dict[str, Any] = json.loads(EXPECTED.read_bytes())
    return data


@cache
def base(year: str, name: str) -> bytes:
    """Return a document that is right, of a year and program."""
    with zipfile.ZipFile(BASES) as archive:
        return archive.read(f"{year}/{name}.xml")


def documents() -> Iterator[tuple[bytes, dict[str, Any]]]:
    """Yield each document of the corpus without its DOCTYPE, which nobody reads, and what is expected of it."""
    for archive_name, rows in expected()["corpus"].items():
        with zipfile.ZipFile(CORPUS / archive_name) as archive:
            for name, row in rows.items():
                yield _DOCTYPE.sub(b"", archive.read(name)), {**row, "name": name}


def edited(root: Element, edits: list[list[Any]]) -> None:
    """Change a document as a recipe says."""
    for kind, path, *rest in edits:
        element = _find(root, path)
        if kind == "remove":
            _parent(element).remove(element)
        elif kind == "duplicate":
            element.addnext(copy.deepcopy(element))
        elif kind == "set":
            _set(element, *rest)
        elif kind == "text":
            del element[:]
            element.text = rest[0]
        else:
            place, xml = rest
            element.insert(len(element) if place == -1 else place, etree.fromstring(xml))


def _set(element: Element, name: str, value: str | None) -> None:
    name = name.replace("xsi:", _XSI)
    if value is not None:
        element.set(name, value)
    elif name in element.attrib:
        del element.attrib[name]


def _parent(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _find(root: Element, path: str) -> Element:
    element = root
    for name, number in _STEP.findall(path)[1:]:
        element = [child for child in element if _name(child) == name][int(number or 1) - 1]
    return element


def path_of(element: Element) -> str:
    """Return the path of an element, with the position among siblings of the same name at each step but the first."""
    parent = element.getparent()
    if parent is None:
        return f"/{_name(element)}"
    same = [child for child in parent if _name(child) == _name(element)]
    return f"{path_of(parent)}/{_name(element)}[{same.index(element) + 1}]"


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
