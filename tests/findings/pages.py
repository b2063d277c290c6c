"""Explanation pages of the findings, taken apart, and the documents that their snippets make.

A page says under `## Wrong` how its snippets become documents:

    <!-- case: year=2025 program=MIPS_GROUP measures=236,226 at=//externalDocument/id -->

`document(year, program, measures=...)` is the document; `at` is an XPath without prefixes, and the snippet takes the
place of its first match. Further words: `op` (`replace`, or where the snippet goes: `before`, `after`, `append` as
last child), `mode` (`convert` or `check`), `asserted` (the year that the caller gives), `pi` and `ia` (ids, or `no`
for no section), `counts` (such as `NUMER:0,DENEX:9`, in place of the default counts). `measures=no` leaves the
quality section out. With `at=file` the snippet is the whole file. A snippet that is a comment deletes. `<!-- case:
none, tested in tests/... -->` stands where no document can show the finding.

Snippets of JSON become submissions, and these are checked:

    <!-- case: json year=2025 at=/measurementSets/0/submissionMethod -->

`submission(year)` of `tests/facts/qpp_examples.py` is the submission; `at` is a JSON pointer, and the snippet takes the
place of the value there, or with `op=add` becomes a member of the object there (`/` for the submission itself).
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

import converter
from converter.result import Result
from converter.source.json.pointers import follow
from tests.documents import document
from tests.facts.qpp_examples import submission

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "converter" / "findings" / "pages"
SECTIONS = ("Why CMS asks for it", "Wrong", "Right", "What to do", "Rule")

_NAMESPACE = {"h": "urn:hl7-org:v3"}
_PLACEHOLDER = "the snippet of a page stands here"
_KEYS = ("year", "program", "measures", "pi", "ia", "counts", "at", "op", "mode", "asserted")
_KEY = re.compile(rf"(?:^|\s)({'|'.join(_KEYS)})=")
_CASE = re.compile(r"<!-- case: (.*?) -->", re.DOTALL)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_NONE = re.compile(r"none, tested in (\S+)")
_XPATH_WORD = re.compile(
    r"""(?P<other>'[^']*'|"[^"]*"|@[\w:]+|[\w-]+(?=\s*\(|::)|\b(?:and|or|div|mod)\b|\d[\w.]*)|(?P<name>[A-Za-z_][\w-]*)"""
)


@dataclass(frozen=True)
class Case:
    """What a case directive says, in which language; `tested_in` is there where no document can show the finding."""

    words: dict[str, str]
    language: str = "xml"
    tested_in: str | None = None

    @property
    def whole_file(self) -> bool:
        """Whether the snippet is the whole file."""
        return self.words["at"] == "file"

    def convert(self, snippet: str) -> Result:
        """Put a snippet into the document, and convert or check it."""
        asserted = self.words.get("asserted")
        check = self.language == "json" or self.words.get("mode") == "check"
        run = converter.check if check else converter.convert
        return run(self._bytes(snippet), year=int(asserted) if asserted else None)

    def _bytes(self, snippet: str) -> bytes:
        if self.whole_file:
            return snippet.encode()
        return self._submission(snippet) if self.language == "json" else self._document(snippet)

    def _submission(self, snippet: str) -> bytes:
        year, place = int(self.words["year"]), self.words["at"].rstrip("/")
        follow(submission(year), place)  # fails where there is nothing
        add = self.words.get("op") == "add"
        whole = json.dumps(submission(year, (f"{place}/{_PLACEHOLDER}" if add else place, _PLACEHOLDER)), indent=1)
        mark = f'"{_PLACEHOLDER}"'
        return whole.replace(f"{mark}: {mark}" if add else mark, snippet.strip("\n")).encode()

    def _document(self, snippet: str) -> bytes:
        text = document(
            int(self.words["year"]),
            self.words.get("program", "MIPS_GROUP"),
            measures=_ids(self.words.get("measures", "236")) or (),
            pi=_ids(self.words["pi"]) or False if "pi" in self.words else True,
            ia=_ids(self.words["ia"]) or False if "ia" in self.words else True,
            counts={role: int(count) for role, _, count in (one.partition(":") for one in _ids(self.words["counts"]))}
            if "counts" in self.words
            else None,
        ).xml()
        tree = etree.ElementTree(etree.fromstring(text.encode()))
        self._mark(tree)
        whole = etree.tostring(tree, encoding="UTF-8", xml_declaration=True).decode()
        return whole.replace(f"<!--{_PLACEHOLDER}-->", snippet.strip("\n")).encode()

    def _mark(self, tree: etree._ElementTree) -> None:
        path = namespaced(self.words["at"])
        found: Any = tree.xpath(path, namespaces=_NAMESPACE)
        assert found, f"{self.words['at']} matches nothing"
        element, mark = found[0], etree.Comment(_PLACEHOLDER)
        operation = self.words.get("op", "replace")
        if operation == "append":
            element.append(mark)
        elif operation == "before":
            element.addprevious(mark)
        elif operation == "after":
            element.addnext(mark)
        else:
            assert operation == "replace", f"op={operation} is not known"
            mark.tail = element.tail
            element.getparent().replace(element, mark)


@dataclass(frozen=True)
class Page:
    """An explanation page."""

    id: str
    text: str
    title: str
    sections: dict[str, str]

    @property
    def case(self) -> Case:
        """The case directive.

        Raises:
            ValueError: there is none, or it does not say what is needed.
        """
        found = _CASE.findall(self.sections["Wrong"])
        if len(found) != 1:
            raise ValueError(f"## Wrong has {len(found)} case directives instead of one")
        if match := _NONE.fullmatch(found[0]):
            return Case({}, tested_in=match[1])
        first, *pieces = _KEY.split(found[0].strip())
        words = {key: value.strip() for key, value in zip(pieces[::2], pieces[1::2], strict=True)}
        if first not in ("", "json") or "at" not in words or (words["at"] != "file" and "year" not in words):
            raise ValueError(f"the case directive {found[0]!r} is not of the form key=value, with at and year")
        return Case(words, first or "xml")

    def snippet(self, section: str) -> tuple[str, str]:
        """Language and text of the one fenced block of a section.

        Raises:
            ValueError: there is not exactly one.
        """
        found: list[tuple[str, str]] = _FENCE.findall(self.sections[section])
        if len(found) != 1:
            raise ValueError(f"## {section} has {len(found)} fenced blocks instead of one")
        return found[0]


def read_page(id: str) -> Page | None:
    """Read the page of a finding; None where there is none."""
    path = FOLDER / f"{id}.md"
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    parts = _HEADING.split(_hide_fences(text))
    starts = [match.start() for match in _HEADING.finditer(_hide_fences(text))]
    ends = [*starts[1:], len(text)]
    bodies = [text[start:end].partition("\n")[2] for start, end in zip(starts, ends, strict=True)]
    return Page(id, text, text.partition("\n")[0], dict(zip(parts[1::2], bodies, strict=True)))


def page_ids() -> list[str]:
    """Ids of all pages that are there."""
    return sorted(path.stem for path in FOLDER.glob("*.md"))


def namespaced(path: str) -> str:
    """Put the names of an XPath into the namespace of HL7."""
    return _XPATH_WORD.sub(lambda match: f"h:{match['name']}" if match["name"] else match["other"], path)


def _ids(text: str) -> list[str]:
    return [] if text in ("", "no") else text.split(",")


def _hide_fences(text: str) -> str:
    return _FENCE.sub(lambda match: re.sub(r"[^\n]", "x", match[0]), text)
