"""Messages of CMS: which one it is, what it means, and which findings of ours are about the same.

What is known of the messages of the submission API and the upload page stands in `schemas/api-messages.json`; those of
the converter are known by their codes (`schemas/official-codes.json`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from converter.catalog.catalog import Catalog
from converter.findings.finding import Kind
from converter.findings.kinds import TABLE
from converter.resources import load_json, shipped_folder

_LONGEST = 20_000
_BLANKS = re.compile(r"\s+")
_PREFIX = re.compile(r"[\W\d_]{0,20}(CT|SV) ?[-\N{EN DASH}] ")
_FIELD = re.compile(r"fields? '([^']{1,400})' in (\S{1,400}) (?:is|are) (missing|invalid)(?:: ?(.*))?", re.IGNORECASE)
_SIDES: Mapping[str, str] = {
    "api": "A message of CMS' submission API: the document was converted, and the submission was refused.",
    "upload": "A message of CMS' upload page: the file was not taken.",
    "transport": "A message of the system around CMS' submission API: the data was not judged.",
    "converter": "A message of CMS' converter.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of messages; see `schemas/api-messages.schema.json`."""

    name: str
    source: str
    findings: tuple[str, ...]
    meaning: str
    remedy: str
    pattern: re.Pattern[str] | None
    members: frozenset[str]
    state: str | None
    code: int | None


@dataclass(frozen=True, slots=True)
class Message:
    """A message of CMS as far as it is understood.

    Attributes:
        text: the message without the prefix of the conversion service, in one line.
        side: who says it: `api`, `upload`, `transport` or `converter`; None where that is not known.
        members: the members of the submission that it is about.
        object: the object they belong to, as the message names it, such as `Submission.measurementSets[0]`.
        state: `missing` or `invalid`, or None.
        reason: what the message says beside, or None.
        row: the row of the table of messages, or None.
        official: the row of the converter's codes, or None.
        words: measure and program that the message names.
        score: how much of the wording of the converter's code was found; 0 where the code was given.
    """

    text: str
    side: str | None
    members: tuple[str, ...] = ()
    object: str | None = None
    state: str | None = None
    reason: str | None = None
    row: Row | None = None
    official: Mapping[str, Any] | None = None
    words: Mapping[str, str] | None = None
    score: int = 0

    @property
    def known(self) -> bool:
        """Whether anything can be said about it."""
        return self.row is not None or self.official is not None

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The findings that are about the same."""
        if self.row:
            return tuple(TABLE[id] for id in self.row.findings)
        code = self.official["code"] if self.official else None
        return tuple(kind for kind in TABLE.values() if code is not None and kind.official_code == code)


def recognise(text: str, *, code: int | None = None, member: str | None = None, state: str | None = None) -> Message:
    """Return what a message of CMS is.

    Args:
        text: the message, with or without the prefix `CT - ` or `SV - `.
        code: the error code that came with it.
        member: the member that it is about, where its place says so and the text does not.
        state: `missing` or `invalid`, where what came with it says so and the text does not.
    """
    text = _BLANKS.sub(" ", text[:_LONGEST]).strip()
    prefix = _PREFIX.match(text)
    side = {"CT": "converter", "SV": "api"}[prefix[1]] if prefix else None
    text = text[prefix.end() :] if prefix else text
    if code is not None or side == "converter":
        return _of_converter(text, side, code)
    field = _FIELD.search(text)
    members = tuple(field[1].replace(" ", "").split(",")) if field else (member,) if member else ()
    state = field[3].lower() if field else state
    row, words = _row(text, members, state)
    if row is None and side is None and not members:
        return _of_converter(text, side, None)
    return Message(
        text, row.source if row else side, members, field[2] if field else None, state,
        field[4] if field else None, row, words=words,
    )  # fmt: skip


def side_words(message: Message) -> str:
    """Return the sentence that says whose message it is; empty where that is not known."""
    return _SIDES.get(message.side or "", "")


def meaning(message: Message, catalog: Catalog) -> Iterator[str]:
    """Yield the sentences that say what a message means, such as that a measure is not open to a program."""
    row = message.row
    if row is None:
        if message.official:
            yield from code_words(message.official)
        elif message.members and message.members[0] in _members():
            yield f"It is about the member {message.members[0]} ({_members()[message.members[0]]})."
        return
    words = dict.fromkeys(("measure", "program"), "") | dict(message.words or {})
    member = message.members[0] if message.members else ""
    known = f" ({_members()[member]})" if member in _members() else ""
    yield row.meaning.format(member=member, words=known, **words)
    measure = catalog.by_measure_id(words["measure"])
    allowed = measure.facts.get("allowedPrograms") if measure else None
    if words["program"] and allowed:
        yield f"In {catalog.year} it may be reported under: {', '.join(allowed)}."


def official_codes() -> list[dict[str, Any]]:
    """Return the codes of the official converter with what is known of each."""
    rows: list[dict[str, Any]] = load_json(shipped_folder() / "official-codes.json")["codes"]
    return rows


def code_words(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is to be said of a code of the official converter: what it means, and the other number it has."""
    yield f"Official code {row['code']}: {row['name'].lower().replace('_', ' ')}."
    yield row["meaning"]
    if row["documented"] != row["code"]:
        yield f"CMS' documentation numbers this message {row['documented']}."


def _of_converter(text: str, side: str | None, code: int | None) -> Message:
    """Recognise a message of the converter by its code, or else by its words."""
    if code is not None:
        official = next((row for row in official_codes() if row["code"] == code), None)
        row = next((one for one in table() if one.code == code), None)
        return Message(text, "converter", row=row, official=official)
    small = text.lower()
    scored = [(sum(len(one) for one in row["words"] if one in small), row) for row in official_codes()]
    score, best = max(scored, key=lambda pair: pair[0])
    if not score:
        return Message(text, side)
    return Message(text, "converter", official=best, score=score)


def _row(text: str, members: tuple[str, ...], state: str | None) -> tuple[Row | None, Mapping[str, str] | None]:
    for row in table():
        wrong_member = row.members and row.members.isdisjoint(members)
        if row.code is not None or wrong_member or (row.state and row.state != state):
            continue
        match = row.pattern.search(text) if row.pattern else None
        if row.pattern is None or match:
            return row, match.groupdict() if match else None
    return None, None


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return load_json(shipped_folder() / "api-messages.json")


def _members() -> dict[str, str]:
    known: dict[str, str] = _data()["members"]
    return known


@lru_cache(maxsize=1)
def table() -> tuple[Row, ...]:
    """Return the table of messages of the submission API and what stands around it."""
    return tuple(
        Row(
            name=one["name"],
            source=one["source"],
            findings=tuple(one["findings"]),
            meaning=one["meaning"],
            remedy=one["remedy"],
            pattern=re.compile(one["pattern"], re.IGNORECASE) if "pattern" in one else None,
            members=frozenset(one.get("members", ())),
            state=one.get("state"),
            code=one.get("code"),
        )
        for one in _data()["messages"]
    )
