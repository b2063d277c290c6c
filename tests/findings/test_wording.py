"""Words that a native editor would not use stay out of what users read; `docs/wording.md` lists them."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from converter.cli.main import COMMANDS
from converter.findings.finding import Kind
from converter.findings.kinds import TABLE
from tests.cli.runner import qrda2qpp

ROOT = Path(__file__).resolve().parents[2]
STYLE = ROOT / "docs" / "wording.md"
PAGES = sorted((ROOT / "converter" / "findings" / "pages").glob("*.md"))
DOCS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted(set((ROOT / "docs").glob("*.md")) - {STYLE}),
]
DATA = ("glossary", "official-codes", "api-messages", "program-names", "scoring")
_SHOWN = ("text", "xml", "json", "meaning", "remedy", "note", "what", "why")
"""Members of the data files that users read."""
_ROW = re.compile(r"^\| `(\S.*?)` \| ([^`]+?) \|$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_NOT_PROSE = re.compile(r'"[^"\n]*"|`[^`]*`|\{[^}]*\}')
"""Quoted words may be those of CMS or of a user; code and placeholders are names."""


_TECHNICAL = re.compile(
    r"\b(?:aggregate counts?|reporting parameters|XPath|namespace|root|nullFlavor|\w+Id|organizer|observation)\b|/@"
)
"""Words that only the vendor needs."""


def _banned() -> list[tuple[re.Pattern[str], str]]:
    rows = _ROW.findall(STYLE.read_text(encoding="utf-8"))
    return [(re.compile(pattern.replace(r"\|", "|"), re.IGNORECASE), instead) for pattern, instead in rows]


BANNED = _banned()


def faults(text: str) -> list[str]:
    """Return the words of a text that are to be avoided, each with what to write instead."""
    plain = " ".join(_NOT_PROSE.sub("it", text).split())
    return [f"{match[0]!r}: {instead}" for pattern, instead in BANNED for match in pattern.finditer(plain)]


@pytest.mark.parametrize("kind", TABLE.values(), ids=list(TABLE))
def test_sentences_of_findings(kind: Kind) -> None:
    assert faults(" ".join((kind.message, kind.expected, kind.fix))) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_pages(page: Path) -> None:
    assert faults(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_the_practice_is_told_in_plain_words_what_to_do(page: Path) -> None:
    found = re.search(r"\*\*Practice\.\*\* (.*?)\n\n\*\*Vendor\.", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert _TECHNICAL.findall(found[1]) == []
    assert len(re.findall(r"[.!?]\)?(?:\s|$)", found[1])) <= 4


@pytest.mark.parametrize("page", DOCS, ids=lambda path: path.name)
def test_documents(page: Path) -> None:
    """Output that is shown in blocks is made of sentences that are looked at elsewhere."""
    assert faults(_FENCE.sub("", page.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_help(command: str) -> None:
    assert faults(qrda2qpp("help", command).text) == []


@pytest.mark.parametrize("name", DATA)
def test_data(name: str) -> None:
    data = json.loads((ROOT / "schemas" / f"{name}.json").read_bytes())
    assert faults(" ".join(_shown(data))) == []


def _shown(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from _shown(inside, key)
    elif isinstance(value, list):
        for inside in value:
            yield from _shown(inside, name)
    elif isinstance(value, str) and name in _SHOWN:
        yield value


def test_the_style_page_has_its_examples() -> None:
    """Each example breaks the rules before and keeps them after, as far as patterns can tell."""
    text = STYLE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+) \| (.+) \|$", text.partition("## Twenty examples")[2], re.MULTILINE)[1:]
    examples = [row for row in rows if not row[0].startswith("---")]
    assert len(examples) == 20
    assert len(BANNED) > 20
    assert [after for _, after in examples if faults(after)] == []
    assert sum(bool(faults(before)) for before, _ in examples) >= 12
    assert not [before for before, after in examples if before == after]


@pytest.mark.parametrize(
    "right",
    [
        "There is no value.",
        "It is no longer accepted.",
        "MVP stands for MIPS Value Pathway.",
        "Tell the vendor which one.",
        "It tells one measure from another.",
        "The program does not take part.",
        "You want to report it.",
        "The slug is measure-guid-misspelt.",
        "Without it the category scores 0.",
        "a stand-alone file",
    ],
)
def test_right_usage_is_left_alone(right: str) -> None:
    assert faults(right) == []


CODE = sorted((ROOT / "converter").rglob("*.py"))


def _sentences(path: Path) -> Iterator[str]:
    """Texts in code that have words, without docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    alone = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in alone and " " in one.value:
            yield one.value


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_sentences_in_code(path: Path) -> None:
    assert [fault for text in _sentences(path) for fault in faults(text)] == []
