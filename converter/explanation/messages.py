"""Messages of CMS: which one it is, what it means, and which findings of ours are about the same.

A message of the converter is known by its code (`schemas/official-codes.json`) or its fingerprint, exactly or not at
all. What is known of the messages of the submission API, the upload page and of other tools stands in
`schemas/api-messages.json`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from converter.explanation.explanation import Certainty, Subject
from converter.explanation.fingerprints import Match, newest_release, shipped
from converter.explanation.guid_lookup import label_of
from converter.explanation.official_codes import code_words, kinds_of_row, official_row, plain_name
from converter.facts.catalog import Catalog
from converter.facts.files import load_json, shipped_folder
from converter.findings.finding import Kind, MeasureLabel
from converter.findings.kinds import TABLE

_LONGEST = 20_000
_BLANKS = re.compile(r"\s+")
_PREFIX = re.compile(r"[\W\d_]{0,20}(CT|SV) ?[-\N{EN DASH}] ")
_FIELD = re.compile(r"fields? '([^']{1,400})' in (\S{1,400}) (?:is|are) (missing|invalid)(?:: ?(.*))?", re.IGNORECASE)
_SIDES: Mapping[str, str] = {
    "api": "A message of CMS' submission API: the document was converted, and the submission was refused.",
    "upload": "A message of CMS' upload page: the file was not accepted.",
    "transport": "A message of the system around CMS' submission API: the data was not checked.",
    "converter": "A message of CMS' converter.",
    "oauth": "A message of CMS' sign-in (OAuth): the data was not checked.",
    "scoring": "A remark in a score of CMS' submission API, not an error.",
    "cypress": "A message of Cypress, the program that certifies EHRs, not of CMS' converter.",
    "validator": "A message of a validator or another program, not of CMS' converter.",
}
_UNKNOWN = (
    "It is not a message of CMS' converter, and not a known one of its submission API, its upload page or Cypress. "
    "It may come from the EHR, a registry, a validator or a newer release."
)
_UNKNOWN_OF_CONVERTER = (
    "It begins like a message of CMS' converter, but no public release of it has a message with these words: it "
    "may be cut off or have a new wording. The error code that came with it says which one it is."
)
_UNKNOWN_OF_API = "It begins like a message of CMS' submission API but is not a known one."


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
        side: who says it, such as `api` or `converter` (see the sources of rows); None where that is not known.
        members: the members of the submission that it is about.
        object: the object they belong to, as the message names it, such as `Submission.measurementSets[0]`.
        state: `missing` or `invalid`, or None.
        reason: what the message says beside, or None.
        row: the row of the table of messages, or None.
        official: the row of the converter's codes, or None.
        words: measure and program that the message names.
        match: the message of the converter that it is or resembles by its wording, or None.
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
    match: Match | None = None

    @property
    def known(self) -> bool:
        """Whether anything can be said about it."""
        return self.row is not None or self.official is not None

    @property
    def foreign(self) -> bool:
        """Whether it is known to be the message of another tool, or no error at all."""
        return self.side in ("scoring", "cypress", "validator")

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The findings that are about the same."""
        if self.row:
            return tuple(TABLE[id] for id in self.row.findings)
        return kinds_of_row(self.official) if self.official else ()

    @property
    def certain(self) -> Certainty:
        """How sure it is which message it is."""
        if self.known:
            return Certainty.SURE
        known_member = bool(self.members) and self.members[0] in _members()
        return Certainty.NOT_SURE if self.match or known_member else Certainty.NOT_KNOWN

    @property
    def what(self) -> Subject:
        """What it is: a message, or a sentence of which nothing is known."""
        return Subject.MESSAGE if self.side or self.certain is not Certainty.NOT_KNOWN else Subject.UNKNOWN

    @property
    def codes(self) -> tuple[int, ...]:
        """Official codes: that of the message, and those that its words have or resemble."""
        given = (self.official["code"],) if self.official else ()
        own = (self.row.code,) if self.row and self.row.code is not None else ()
        return tuple(dict.fromkeys((*given, *own, *(self.match.codes if self.match else ()))))

    @property
    def title(self) -> str | None:
        """Name of the message: that of its row or of its code, in words; None where there is none."""
        if self.row:
            return self.row.name.replace("-", " ")
        return plain_name(self.official["name"]) if self.official and "name" in self.official else None

    def measure(self, catalog: Catalog) -> MeasureLabel | None:
        """Return the measure that it names by its id; None where it names none that a catalog has."""
        named = (self.words or {}).get("measure")
        return label_of(named, catalog) if named else None


def recognise(text: str, *, code: int | None = None, member: str | None = None, state: str | None = None) -> Message:
    """Return what a message of CMS is.

    Args:
        text: the message, with or without the prefix `CT - ` or `SV - `.
        code: the error code that came with it.
        member: the member that it is about, where its place says so and the text does not.
        state: `missing` or `invalid`, where what came with it says so and the text does not.
    """
    return _recognised(_BLANKS.sub(" ", text[:_LONGEST]).strip(), code, member, state)


@lru_cache(maxsize=512)
def _recognised(text: str, code: int | None, member: str | None, state: str | None) -> Message:
    prefix = _PREFIX.match(text)
    side = {"CT": "converter", "SV": "api"}[prefix[1]] if prefix else None
    text = text[prefix.end() :] if prefix else text
    field = _FIELD.search(text)
    match = shipped().match(text) if side != "api" and not field else None
    if code is not None or side == "converter" or (match and match.sure):
        return _of_converter(text, code, match)
    members = tuple(field[1].replace(" ", "").split(",")) if field else (member,) if member else ()
    state = field[3].lower() if field else state
    row, words = _row(text, members, state)
    return Message(
        text, row.source if row else side, members, field[2] if field else None, state,
        field[4] if field else None, row, words=words, match=None if row else match,
    )  # fmt: skip


def side_words(message: Message) -> str:
    """Return the sentence that says whose message it is; empty where that is not known."""
    return _SIDES.get(message.side or "", "")


def meaning(message: Message, catalog: Catalog) -> Iterator[str]:
    """Yield the sentences that say what a message means, such as that a measure is not open to a program."""
    if message.row:
        yield from _meaning_of_row(message, message.row, catalog)
    elif message.official:
        yield from code_words(message.official)
    elif message.match:
        yield _resemblance(message.match)
    elif message.members and message.members[0] in _members():
        yield f"It is about the member {message.members[0]} ({_members()[message.members[0]]})."
    else:
        yield {"converter": _UNKNOWN_OF_CONVERTER, "api": _UNKNOWN_OF_API}.get(message.side or "", _UNKNOWN)
    if message.official and message.match and message.match.sure:
        yield from _wording(message.official["code"], message.match)


def _meaning_of_row(message: Message, row: Row, catalog: Catalog) -> Iterator[str]:
    words = dict.fromkeys(("measure", "program"), "") | dict(message.words or {})
    member = message.members[0] if message.members else ""
    known = f" ({_members()[member]})" if member in _members() else ""
    yield row.meaning.format(member=member, words=known, **words)
    measure = catalog.by_measure_id(words["measure"])
    allowed = measure.facts.get("allowedPrograms") if measure else None
    if words["program"] and allowed:
        yield f"In {catalog.year} it may be reported under: {', '.join(allowed)}."


def _resemblance(match: Match) -> str:
    """What is said of a text that has only part of the words of a message: which one it may be, and nothing else."""
    row = match.rows[0]
    codes = " or ".join(str(code) for code in match.codes)
    official = official_row(row.code, row.last)
    name = f" ({plain_name(official['name'])})" if official and "name" in official else ""
    return (
        f"It resembles the message of CMS' converter with code {codes}{name}, but not for certain: {match.share:.0%} "
        f"of its wording matches. `qrda2qpp explain {row.code}` says what that code means."
    )


def _wording(code: int, match: Match) -> Iterator[str]:
    """Yield what the wording of a message says beside its code: other codes that have it, and the releases."""
    if code not in match.codes:
        yield f"But its words are those of code {match.codes[0]}: `qrda2qpp explain {match.codes[0]}` says more."
    elif len(match.codes) > 1:
        known = ", ".join(f"{row.code} in {row.releases}" for row in match.rows)
        yield f"Messages with these words have several codes, depending on the release of the converter: {known}."
    elif match.rows[0].last != newest_release():
        yield f"It is worded as in {match.rows[0].releases} of the converter; later releases have another wording."


def _of_converter(text: str, code: int | None, match: Match | None) -> Message:
    """Recognise a message of the converter: the code that came with it counts, and without one its words."""
    worded = {row.code: row for row in match.rows} if match and match.sure else {}
    official = None if code is None else official_row(code, worded[code].last if code in worded else None)
    if official is None and worded:
        code = next(iter(worded))
        official = official_row(code, worded[code].last)
    row = next((one for one in table() if one.code is not None and one.code == code), None)
    return Message(text, "converter", row=row, official=official, match=match)


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
    """Return the table of messages of the submission API, what stands around it, and other tools."""
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
