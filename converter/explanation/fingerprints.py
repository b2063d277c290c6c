"""Which message of CMS' converter a text is, by the fingerprints of its messages (`schemas/message-fingerprints.json`).

No message text is kept: a row holds hashes of the runs of words of the parts of one message that are always the same.
What counts is the share of these hashes that a text has. A large share is sure, a smaller one a resemblance, and below
that the text is no message of the converter.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from converter.facts.files import load_json, shipped_folder

_WORD = re.compile(r"[a-z0-9]+")
_RUNS = (3, 2)
_HASH_DIGITS = 8
_SURE, _RESEMBLES = 0.8, 0.5
_FEWEST_HASHES = 3
"""A row with fewer hashes is never sure: one run of words may stand in any text."""


@dataclass(frozen=True, slots=True)
class Row:
    """The wording of one message in a span of releases; see `schemas/message-fingerprints.schema.json`."""

    code: int
    first: str
    last: str
    hashes: frozenset[str]

    @property
    def releases(self) -> str:
        """The releases with this wording, in words."""
        return self.first if self.first == self.last else f"{self.first} to {self.last}"

    @property
    def order(self) -> tuple[int, ...]:
        """The last release as numbers, to tell the later of two."""
        return tuple(int(number) for number in re.findall(r"\d+", self.last))


@dataclass(frozen=True, slots=True)
class Match:
    """The row that a text has the largest share of.

    Attributes:
        rows: the row, and the rows with the same hashes, which cannot be told from it; the latest first.
        share: the share of its hashes that the text has.
        hits: their number.
    """

    rows: tuple[Row, ...]
    share: float
    hits: int

    @property
    def sure(self) -> bool:
        """Whether the text is this message, and does not only resemble it."""
        return self.share >= _SURE and len(self.rows[0].hashes) >= _FEWEST_HASHES

    @property
    def codes(self) -> tuple[int, ...]:
        """The codes that the message may have, each once."""
        return tuple(dict.fromkeys(row.code for row in self.rows))


class Fingerprints:
    """The fingerprints of messages."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = tuple(rows)
        self._with: dict[str, list[int]] = {}
        self._alike: dict[frozenset[str], list[Row]] = {}
        for number, row in enumerate(self._rows):
            self._alike.setdefault(row.hashes, []).append(row)
            for one in row.hashes:
                self._with.setdefault(one, []).append(number)

    def match(self, text: str) -> Match | None:
        """Return the row that a text has the largest share of; None where it has not half of any."""
        hits: dict[int, int] = defaultdict(int)
        for one in hashes_of(text):
            for number in self._with.get(one, ()):
                hits[number] += 1
        matches = (Match((self._rows[number],), found / len(self._rows[number].hashes), found)
                   for number, found in hits.items())  # fmt: skip
        best = max(matches, key=_rank, default=None)
        if best is None or best.share < _RESEMBLES:
            return None
        alike = sorted(self._alike[best.rows[0].hashes], key=lambda row: row.order, reverse=True)
        return Match(tuple(alike), best.share, best.hits)

    def touches(self, text: str) -> bool:
        """Whether a text has anything of any message."""
        return any(one in self._with for one in hashes_of(text))


def hashes_of(text: str) -> set[str]:
    """Return the hashes of all runs of 3 and of 2 words of a text."""
    words = _WORD.findall(text.lower())
    return {_hash(" ".join(words[at : at + size])) for size in _RUNS for at in range(len(words) - size + 1)}


@lru_cache(maxsize=1)
def shipped() -> Fingerprints:
    """Return the fingerprints of the messages of all public releases of CMS' converter."""
    return Fingerprints(_row(one) for one in _data()["rows"])


def newest_release() -> str:
    """Return the newest release of CMS' converter that the fingerprints know."""
    newest: str = _data()["newest"]
    return newest


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return load_json(shipped_folder() / "message-fingerprints.json")


def _row(data: Mapping[str, Any]) -> Row:
    return Row(data["code"], data["first"], data["last"], frozenset(data["hashes"].split()))


@lru_cache(maxsize=4096)
def _hash(run: str) -> str:
    return hashlib.sha1(run.encode(), usedforsecurity=False).hexdigest()[:_HASH_DIGITS]


def _rank(match: Match) -> tuple[bool, float, int, tuple[int, ...]]:
    """What comes before what: a sure one, the larger share, the row with more hashes, the later release."""
    row = match.rows[0]
    return match.sure, match.share, len(row.hashes), row.order
