"""The messages of an answer, understood: each with its place, and those that say the same in one group."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from converter.explanation.explanation import Certainty, Explanation, Subject
from converter.explanation.guid_lookup import guid_explained, guids_in
from converter.explanation.messages import Message, meaning, recognise, side_words
from converter.explanation.response.answer import CUT, Said
from converter.explanation.response.places_named import is_xpath, steps_of
from converter.explanation.response.submitted import Spot, Submitted
from converter.facts.catalog import Catalog
from converter.findings.finding import Kind
from converter.findings.kinds import TABLE

_INDEX = re.compile(r"\[\d+\]")
_VALUE = re.compile(r"\{[^{}]*\}")
_STATES: Mapping[str, str] = {"InvalidValue": "invalid", "MissingValue": "missing"}
_BREAKS_OFF = "It is cut off before it can be recognized."
_CHECK = "`qrda2qpp check FILE` finds the place and says what is wrong and how to fix it."


@dataclass(frozen=True, slots=True)
class Entry:
    """A message of an answer, what it is, and where it points."""

    said: Said
    message: Message
    spot: Spot


@dataclass(frozen=True, slots=True)
class Group:
    """Messages that say the same of several places.

    Attributes:
        entries: each of them, in the order of the answer; at least one.
        meaning: what they mean, in sentences; empty where the answer is a report of this tool, which says it itself.
        kinds: the findings that are about the same.
        identifiers: what the GUIDs in the first of them are.
        advice: what to do, apart from what the findings at the place say.
    """

    entries: tuple[Entry, ...]
    meaning: str
    kinds: tuple[Kind, ...]
    identifiers: tuple[Explanation, ...]
    advice: tuple[str, ...]

    @property
    def first(self) -> Entry:
        """The first of the messages."""
        return self.entries[0]

    @property
    def answered(self) -> bool:
        """Whether this tool has found in the file what the message is about."""
        return _answered(self.first)

    @property
    def rules(self) -> tuple[Kind, ...]:
        """The findings to be named: none where those that were found say it, and a code alone tells which they are."""
        return () if self.answered and not self.first.said.finding and not self.first.message.row else self.kinds

    @property
    def what(self) -> Subject:
        """What the message is."""
        return Subject.FINDING if self.first.said.finding else self.first.message.what

    @property
    def certain(self) -> Certainty:
        """How sure it is which message it is."""
        return Certainty.SURE if self.first.said.finding else self.first.message.certain


def grouped(messages: Sequence[Said], submitted: Submitted, catalog: Catalog) -> list[Group]:
    """Return what the messages of an answer say, those that say the same together.

    Args:
        messages: the messages.
        submitted: the file that was sent, or what is known of it.
        catalog: the measures of its year.
    """
    groups: dict[object, list[Entry]] = {}
    for said in messages:
        message = _recognised(said)
        entry = Entry(said, message, submitted.find(said, message, catalog))
        key = (said.finding,) if said.finding else (said.code, said.warning, _alike(message.text))
        groups.setdefault(key, []).append(entry)
    return [_group(tuple(entries), catalog) for entries in groups.values()]


def _group(entries: tuple[Entry, ...], catalog: Catalog) -> Group:
    said, message = entries[0].said, entries[0].message
    advice = tuple(_advice(entries[0]))
    if said.finding:
        return Group(entries, "", (TABLE[said.finding],), (), advice)
    if _cut(entries[0]):
        return Group(entries, _BREAKS_OFF, (), (), ())
    sentences = " ".join([*([side_words(message)] if message.foreign else []), *meaning(message, catalog)])
    return Group(entries, sentences, message.kinds, tuple(_identifiers(said, message, catalog)), advice)


def _identifiers(said: Said, message: Message, catalog: Catalog) -> Iterator[Explanation]:
    """Yield what the GUIDs in a message are; only CMS' converter is sure to speak of measures with an unknown one."""
    for guid in guids_in(said.message):
        found = guid_explained(guid, catalog)
        if found is not None and (found.found or message.side == "converter"):
            yield found


def _advice(entry: Entry) -> Iterator[str]:
    if _answered(entry):
        return
    if entry.said.finding:
        yield from [entry.said.fix] if entry.said.fix else []
    elif entry.message.row:
        yield entry.message.row.remedy
    elif entry.message.kinds:
        yield _CHECK


def _answered(entry: Entry) -> bool:
    return bool(entry.spot.findings) and not entry.spot.other


def _cut(entry: Entry) -> bool:
    return not entry.message.known and entry.said.message.endswith(CUT)


def _recognised(said: Said) -> Message:
    """Recognise a message; what its place and type say of the member is taken where its words do not."""
    steps = steps_of(said.path) if said.path and not is_xpath(said.path) else None
    names = [step for step in steps or () if not step.isdecimal()]
    return recognise(
        said.message, code=said.code, member=names[-1] if names else None, state=_STATES.get(said.type or "")
    )


def _alike(words: str) -> str:
    return _VALUE.sub("{}", _INDEX.sub("[]", words))
