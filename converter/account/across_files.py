"""What the files of one run have to do with each other: replaced sets, values that differ, what is counted once.

The same submission in several files: the one sent last replaces the others as a whole (SV-014, SV-095). Promoting
interoperability values that differ, a group and its clinicians, a measure by two methods: policy of the program.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple, TypeAlias

from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.finding import Finding
from converter.findings.place import Place
from converter.language.english import shortened
from converter.language.terms import ENTITY_NAMES, ENTITY_NOUNS
from converter.parsers.qpp_json.subject import MeasurementSubject, SetSubject, Subject, whole
from converter.resolve.submission_context import SubmissionContext
from converter.rules.submission.judged import sets_of

_WHO = {**ENTITY_NOUNS, "individual": "clinician (NPI and TIN)", "group": "group (TIN)"}
_OTHER_LEVEL = {"individual": "group", "group": "individual"}
_LEVELS = {"individual": "a clinician", "group": ENTITY_NAMES["group"]}
_METHODS = {"electronicHealthRecord": "EHR"}

Value: TypeAlias = bool | tuple[int | None, int | None]
PlaceOf: TypeAlias = Callable[[str], Place | None]


class _SetTrace(NamedTuple):
    """A measurement set: digest of its key, its category's name, its program and that in words, and its pointer."""

    key: str
    name: str
    program: str | None
    under: str
    pointer: str


class _ValueTrace(NamedTuple):
    """A promoting interoperability measure with its value, and its pointer."""

    measure_id: str
    value: Value
    pointer: str


class _MethodTrace(NamedTuple):
    """A quality measure with its name, and the program, method and pointer of it."""

    measure_id: str
    words: str
    program: str
    under: str
    method: str
    pointer: str


class Trace(NamedTuple):
    """What other files of the same run have to do with a submission: plain values, which can travel and be kept.

    Who reports is only ever compared, so that digests stand for identifiers.

    Attributes:
        year: performance year.
        entity_type: who reports.
        who: digest of what identifies them; empty where that is not said in full.
        tin: digest of their TIN; empty where there is none.
        pointer: pointer of the submission in its file.
        sets: its measurement sets.
        values: its promoting interoperability measures.
        methods: its quality measures.
    """

    year: int
    entity_type: str | None
    who: str
    tin: str
    pointer: str
    sets: tuple[_SetTrace, ...]
    values: tuple[_ValueTrace, ...]
    methods: tuple[_MethodTrace, ...]

    @classmethod
    def of(cls, values: Sequence[Any]) -> "Trace":
        """Return the trace that was written as these values, in which tuples may have become lists.

        Raises:
            TypeError, ValueError: they are those of no trace.
        """
        one = cls(*values)
        return one._replace(
            sets=tuple(_SetTrace(*item) for item in one.sets),
            values=tuple(
                _ValueTrace(id_, value if isinstance(value, bool) else _counts(*value), pointer)
                for id_, value, pointer in one.values
            ),
            methods=tuple(_MethodTrace(*item) for item in one.methods),
        )

    def __repr__(self) -> str:
        """Return year and entity type; no identifiers."""
        return f"<Trace {self.year}, {self.entity_type or 'of unknown entity type'}>"

    @property
    def pointers(self) -> Iterator[str]:
        """What findings made of it may be about."""
        yield self.entity_pointer
        for parts in (self.sets, self.values, self.methods):
            yield from (one.pointer for one in parts)

    @property
    def entity_pointer(self) -> str:
        """Where it is said who reports."""
        return f"{self.pointer}/entityType"

    @property
    def words(self) -> dict[str, Any]:
        """Who reports for which year, as sentences name it."""
        return {"who": _WHO.get(self.entity_type or "", "entity"), "year": self.year}


def trace(context: SubmissionContext) -> Trace:
    """Return what other files have to do with a submission."""
    subject, words = context.subject, context.catalog.program_words
    quality = [(one, item) for one in sets_of(context, "quality") for item in _known([one])]
    return Trace(
        context.year,
        subject.entity_type,
        _digest(*_identity(subject)),
        _digest(subject.tin) if subject.tin else "",
        subject.pointer,
        tuple(
            _SetTrace(_digest(*one.key), one.name, one.program, words(one.program), one.pointer) for one in subject.sets
        ),
        tuple(
            _ValueTrace(item.measure_id or "", value, item.pointer)
            for item in _known(sets_of(context, "pi"))
            if (value := _value(item)) is not None
        ),
        tuple(
            _MethodTrace(
                item.measure_id or "",
                context.catalog.words_of([item.measure_id or ""])[0],
                one.program or "",
                words(one.program or ""),
                one.method or "",
                item.pointer,
            )
            for one, item in quality
        ),
    )


class _Origin(NamedTuple):
    """Where something was seen first: the file, by number and as reports show it, and the submission's pointer in it.

    Files are told apart by their numbers: two may have one name once identifiers in it are masked.
    """

    number: int
    file: str
    pointer: str

    def seen_from(self, other: "_Origin") -> str:
        """How a finding in another submission names it."""
        return self.file if self.number != other.number else "another submission of this file"


@dataclass(slots=True)
class _Record:
    """What is kept of the submissions of one identity and year; the catalog of the year bounds its size.

    Attributes:
        sets: key of a measurement set -> where it was seen first.
        values: promoting interoperability measure -> its value, and where it was seen first.
        methods: program and quality measure -> submission method, and where it was seen first.
    """

    sets: dict[str, _Origin] = field(default_factory=dict)
    values: dict[str, tuple[Value, _Origin]] = field(default_factory=dict)
    methods: dict[tuple[str, str], tuple[str, _Origin]] = field(default_factory=dict)

    @classmethod
    def unpacked(cls, data: bytes) -> "_Record":
        """Return the record that was packed."""
        return cls(*pickle.loads(data))

    def packed(self) -> bytes:
        """Return the record in as few bytes as it takes: a run over many files has many of them."""
        return pickle.dumps((self.sets, self.values, self.methods), pickle.HIGHEST_PROTOCOL)

    @property
    def length(self) -> int:
        """How much is kept."""
        return len(self.sets) + len(self.values) + len(self.methods)

    @property
    def first(self) -> _Origin:
        """Where the first of its measurement sets was seen."""
        return next(iter(self.sets.values()))


class Batch:
    """Remembers the submissions of a run: a small record for each identity, whatever the size of its files.

    Identities are kept as hashes that differ from run to run, so that no TIN or NPI stays in memory.
    """

    __slots__ = ("_files", "_levels", "_records", "_told")

    def __init__(self) -> None:
        self._files = 0
        self._records: dict[int, bytes] = {}
        self._levels: dict[int, int] = {}
        """Practice and level -> the identity that was seen first."""
        self._told: set[int] = set()

    def compare(self, name: str, traces: Iterable[Trace], place_of: PlaceOf) -> list[Finding]:
        """Remember the submissions of a file, and return what those that were there before have to do with them.

        Args:
            name: name of the file as reports show it, without TIN and NPI.
            traces: its submissions.
            place_of: tells the place of a pointer of the file; None where it is not known.
        """
        findings = Collector()
        self._files += 1
        for one in traces:
            if not one.who:
                continue
            origin = _Origin(self._files, name, one.pointer)
            identity = hash((one.year, one.entity_type, one.who))
            kept = self._records.get(identity)
            record = _Record.unpacked(kept) if kept else _Record()
            length = record.length
            _replaced(findings, one, record, origin, place_of)
            _values(findings, one, record, origin, place_of)
            _methods(findings, one, record, origin, place_of)
            if record.length > length:
                self._records[identity] = record.packed()
            self._compare_levels(findings, one, identity, origin, place_of)
        return list(findings)

    def _compare_levels(
        self, findings: Collector, one: Trace, identity: int, origin: _Origin, place_of: PlaceOf
    ) -> None:
        """Tell once for each TIN and year that both the group and its clinicians report."""
        level = one.entity_type or ""
        if level not in _OTHER_LEVEL or not one.sets:
            return
        practice = hash((one.year, one.tin))
        self._levels.setdefault(hash((practice, level)), identity)
        other = self._levels.get(hash((practice, _OTHER_LEVEL[level])))
        if other is None or practice in self._told:
            return
        self._told.add(practice)
        findings.add(
            kinds.GROUP_AND_INDIVIDUAL,
            place_of(one.entity_pointer),
            who=_LEVELS[level],
            others=_LEVELS[_OTHER_LEVEL[level]],
            other=_Record.unpacked(self._records[other]).first.seen_from(origin),
            year=one.year,
        )


def _replaced(findings: Collector, found: Trace, record: _Record, origin: _Origin, place_of: PlaceOf) -> None:
    for one in found.sets:
        first = record.sets.setdefault(one.key, origin)
        if first == origin:
            continue  # a set that stands twice in one submission has a finding of its own
        findings.add(
            kinds.IDENTITY_REPEATED,
            place_of(one.pointer),
            category=one.name,
            program=one.program,
            under=one.under,
            other=first.seen_from(origin),
            **found.words,
        )


def _values(findings: Collector, found: Trace, record: _Record, origin: _Origin, place_of: PlaceOf) -> None:
    differing: dict[_Origin, list[tuple[str, str]]] = {}
    for item in found.values:
        before, first = record.values.setdefault(item.measure_id, (item.value, origin))
        if first != origin and before != item.value:
            words = f"{item.measure_id} ({_shown(item.value)} here, {_shown(before)} there)"
            differing.setdefault(first, []).append((item.pointer, words))
    for first, items in differing.items():
        findings.add(
            kinds.PI_VALUES_DIFFER_BETWEEN_FILES,
            place_of(items[0][0]),
            differences=shortened([words for _, words in items]),
            other=first.seen_from(origin),
            **found.words,
        )


def _methods(findings: Collector, found: Trace, record: _Record, origin: _Origin, place_of: PlaceOf) -> None:
    twice: dict[tuple[str, str, str, _Origin], list[_MethodTrace]] = {}
    for item in found.methods:
        before, first = record.methods.setdefault((item.program, item.measure_id), (item.method, origin))
        if first != origin and before != item.method:
            twice.setdefault((item.program, item.method, before, first), []).append(item)
    for (program, method, before, first), items in twice.items():
        findings.add(
            kinds.MEASURE_BY_TWO_METHODS,
            place_of(items[0].pointer),
            measures=shortened([one.words for one in items]),
            are="is" if len(items) == 1 else "are",
            program=program,
            under=items[0].under,
            method=_METHODS.get(method, method),
            before=_METHODS.get(before, before),
            other=first.seen_from(origin),
            **found.words,
        )


def _known(sets: Iterable[SetSubject]) -> Iterator[MeasurementSubject]:
    """The measurements of measures that the year has: of others nothing is kept."""
    return (item for one in sets for item in one.measurements if item.facts is not None)


def _value(item: MeasurementSubject) -> Value | None:
    if isinstance(item.value, Mapping):
        return whole(item.value.get("numerator")), whole(item.value.get("denominator"))
    return item.value if isinstance(item.value, bool) else None


def _counts(numerator: int | None, denominator: int | None) -> Value:
    return numerator, denominator


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " of ".join("?" if one is None else str(one) for one in value)


def _digest(*parts: str | None) -> str:
    """Digest of what is only compared; empty where there is nothing of it."""
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() if parts else ""


def _identity(subject: Subject) -> tuple[str, ...]:
    """Who reports; empty where that is not said in full."""
    if subject.entity_type == "individual":
        return (subject.npi, subject.tin) if subject.npi and subject.tin else ()
    one = subject.tin if subject.entity_type == "group" else subject.entity_id
    return (one,) if one else ()
