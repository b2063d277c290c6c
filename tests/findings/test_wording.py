"""Words that a native editor would not use stay out of what users read."""

import re
from pathlib import Path

import pytest

from converter.findings.finding import Kind
from converter.findings.kinds import TABLE

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "converter" / "findings" / "pages").glob("*.md"))
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BANNED = re.compile(r"\bmend(?:s|ed|ing)?\b", re.IGNORECASE)
"""What is said in its place: fix."""
BANNED_IN_SENTENCES = re.compile(
    r"\b(?:stands?|told|holds?|lacks?|lacking|carr(?:y|ies)|blanks|misspelt|recognised|none of those|as it stands"
    r"|need be|take[^.]* out|is no part|reporting parameters act|value/@\w+|id/@\w+)\b",
    re.IGNORECASE,
)
"""What is said in their place: appears or is, reported, has or contains, is missing, spaces, no action, remove."""


@pytest.mark.parametrize("kind", TABLE.values(), ids=list(TABLE))
def test_sentences_use_words_of_today(kind: Kind) -> None:
    assert BANNED.findall(" ".join((kind.message, kind.expected, kind.fix))) == []


@pytest.mark.parametrize("kind", TABLE.values(), ids=list(TABLE))
def test_sentences_are_those_of_a_native_editor(kind: Kind) -> None:
    """Technical words may stand in what is expected, which is for who writes the export."""
    sentences = re.sub(r"\{\w+\}", "", f"{kind.message} {kind.fix}")
    assert BANNED_IN_SENTENCES.findall(sentences) == []


@pytest.mark.parametrize("page", [*PAGES, *DOCS], ids=lambda path: path.name)
def test_pages_use_words_of_today(page: Path) -> None:
    assert BANNED.findall(page.read_text(encoding="utf-8")) == []
