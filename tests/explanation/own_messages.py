"""Messages of our own with their fingerprints, for tests of what is recognised."""

import re
from collections.abc import Iterator
from hashlib import sha1

import pytest

from converter.explanation import messages
from converter.explanation.fingerprints import Fingerprints, Row, newest_release

VALUE = re.compile(r"\{\}")


def row(code: int, sentence: str, first: str = "v2.0", last: str = "v3.0") -> Row:
    """The fingerprint of a sentence of our own; `{}` stands for a value that is filled in."""
    runs = [run for part in VALUE.split(sentence) for run in _runs(part)]
    return Row(code, first, last, frozenset(sha1(run.encode()).hexdigest()[:8] for run in runs))


def _runs(part: str) -> Iterator[str]:
    words = re.findall(r"[a-z0-9]+", part.lower())
    size = min(3, len(words))
    if size > 1:
        yield from (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


LAMP = "The lamp of room {} burns brighter than the moon above the river {} tonight and tomorrow"
SHIP = "A ship with the name {} has been seen without a sail near the third island"
SHIP_LATER = "A ship with the name {} has been seen without a sail near the third island and its two lighthouses"
TEA = "Tea needs water"
KEY = "Keys are kept below the old oak"
SPRING = "Each garden has one gate and no more than one gate that opens in spring"
AUTUMN = "Each garden has one gate and no more than one gate that opens in autumn"
OWN = Fingerprints([
    row(13, LAMP, last=newest_release()),
    row(53, SHIP, "v1.0", "v4.3.3"),
    row(53, SHIP_LATER, "v5.0.0", "v19.6.0"),
    row(29, SPRING),
    row(30, AUTUMN),
    row(48, TEA),
    row(70, KEY, "v1.4.3", "v1.4.3"),
    row(72, KEY, "v1.4.4", "v2024.2.3"),
])  # fmt: skip


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the package know the messages of this file, and no others."""
    messages._recognised.cache_clear()
    for module in ("converter.explanation.messages", "converter.explanation.response.pasted"):
        monkeypatch.setattr(f"{module}.shipped", lambda: OWN)
    yield
    messages._recognised.cache_clear()
