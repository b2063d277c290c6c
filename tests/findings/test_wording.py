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


@pytest.mark.parametrize("kind", TABLE.values(), ids=list(TABLE))
def test_sentences_use_words_of_today(kind: Kind) -> None:
    assert BANNED.findall(" ".join((kind.message, kind.expected, kind.fix))) == []


@pytest.mark.parametrize("page", [*PAGES, *DOCS], ids=lambda path: path.name)
def test_pages_use_words_of_today(page: Path) -> None:
    assert BANNED.findall(page.read_text(encoding="utf-8")) == []
