"""What the files of one run have to do with each other: replaced sets, values that differ, what is counted once.

The same submission in several files: the one sent last replaces the others as a whole (SV-014, SV-095). Promoting
interoperability values that differ, a group and its clinicians, a measure by two methods: policy of the program.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.finding import Finding
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


class _Origin(NamedTuple):
    """Where something was seen first: the file as reports show it, and the pointer of the submission in it."""

    file: str
    pointer: str

    def seen_from(self, other: "_Origin") -> str:
        """How a finding in another submission names it."""
        return self.file if self.file != other.file else "another submission of this file"


@dataclass(slots=True)
class _Record:
    """What is kept of the submissions of one identity and year; the catalog of the year bounds its size.

    Attributes:
        sets: key of a measurement set -> where it was seen first.
        values: promoting interoperability measure -> its value, and where it was seen first.
        methods: program and quality measure -> submission method, and where it was seen first.
    """

    sets: dict[tuple[str | None, ...], _Origin] = field(default_factory=dict)
    values: dict[str, tuple[Value, _Origin]] = field(default_factory=dict)
    methods: dict[tuple[str, str], tuple[str, _Origin]] = field(default_factory=dict)


class Batch:
    """Remembers the submissions of a run: a small record for each identity, whatever the size of its files.

    Identities are kept as hashes that differ from run to run, so that no TIN or NPI stays in memory.
    """

    __slots__ = ("_levels", "_records", "_told")

    def __init__(self) -> None:
        self._records: dict[int, _Record] = {}
        self._levels: dict[tuple[int, str], _Origin] = {}
        self._told: set[int] = set()

    def compare(self, name: str, contexts: Iterable[SubmissionContext]) -> list[Finding]:
        """Remember the submissions of a file, and return what those that were there before have to do with them.

        Args:
            name: name of the file as reports show it, without TIN and NPI.
            contexts: its submissions.
        """
        findings = Collector()
        for context in contexts:
            who = _identity(context.subject)
            if not who:
                continue
            origin = _Origin(name, context.subject.pointer)
            record = self._records.setdefault(hash((context.year, context.subject.entity_type, *who)), _Record())
            _replaced(findings, context, record, origin)
            _values(findings, context, record, origin)
            _methods(findings, context, record, origin)
            self._compare_levels(findings, context, origin)
        return list(findings)

    def _compare_levels(self, findings: Collector, context: SubmissionContext, origin: _Origin) -> None:
        """Tell once for each TIN and year that both the group and its clinicians report."""
        subject = context.subject
        level = subject.entity_type or ""
        if level not in _OTHER_LEVEL or not subject.sets:
            return
        practice = hash((context.year, subject.tin))
        self._levels.setdefault((practice, level), origin)
        other = self._levels.get((practice, _OTHER_LEVEL[level]))
        if other is None or practice in self._told:
            return
        self._told.add(practice)
        findings.add(
            kinds.GROUP_AND_INDIVIDUAL,
            context.find_place(f"{subject.pointer}/entityType"),
            who=_LEVELS[level],
            others=_LEVELS[_OTHER_LEVEL[level]],
            other=other.seen_from(origin),
            year=context.year,
        )


def _replaced(findings: Collector, context: SubmissionContext, record: _Record, origin: _Origin) -> None:
    for one in context.subject.sets:
        first = record.sets.setdefault(one.key, origin)
        if first == origin:
            continue  # a set that stands twice in one submission has a finding of its own
        findings.add(
            kinds.IDENTITY_REPEATED,
            context.find_place(one.pointer),
            category=one.name,
            program=one.program,
            under=context.catalog.program_words(one.program),
            other=first.seen_from(origin),
            **_words(context),
        )


def _values(findings: Collector, context: SubmissionContext, record: _Record, origin: _Origin) -> None:
    differing: dict[_Origin, list[tuple[MeasurementSubject, str]]] = {}
    for item in _known(sets_of(context, "pi")):
        value = _value(item)
        if value is None:
            continue
        before, first = record.values.setdefault(item.measure_id or "", (value, origin))
        if first != origin and before != value:
            words = f"{item.measure_id} ({_shown(value)} here, {_shown(before)} there)"
            differing.setdefault(first, []).append((item, words))
    for first, items in differing.items():
        findings.add(
            kinds.PI_VALUES_DIFFER_BETWEEN_FILES,
            context.find_place(items[0][0].pointer),
            differences=shortened([words for _, words in items]),
            other=first.seen_from(origin),
            **_words(context),
        )


def _methods(findings: Collector, context: SubmissionContext, record: _Record, origin: _Origin) -> None:
    twice: dict[tuple[str, str, str, _Origin], list[MeasurementSubject]] = {}
    for one in sets_of(context, "quality"):
        program, method = one.program or "", one.method or ""
        for item in _known([one]):
            before, first = record.methods.setdefault((program, item.measure_id or ""), (method, origin))
            if first != origin and before != method:
                twice.setdefault((program, method, before, first), []).append(item)
    for (program, method, before, first), items in twice.items():
        findings.add(
            kinds.MEASURE_BY_TWO_METHODS,
            context.find_place(items[0].pointer),
            measures=shortened(context.catalog.words_of(one.measure_id or "" for one in items)),
            are="is" if len(items) == 1 else "are",
            program=program,
            under=context.catalog.program_words(program),
            method=_METHODS.get(method, method),
            before=_METHODS.get(before, before),
            other=first.seen_from(origin),
            **_words(context),
        )


def _words(context: SubmissionContext) -> dict[str, Any]:
    return {"who": _WHO.get(context.subject.entity_type or "", "entity"), "year": context.year}


def _known(sets: Iterable[SetSubject]) -> Iterator[MeasurementSubject]:
    """The measurements of measures that the year has: of others nothing is kept."""
    return (item for one in sets for item in one.measurements if item.facts is not None)


def _value(item: MeasurementSubject) -> Value | None:
    if isinstance(item.value, Mapping):
        return whole(item.value.get("numerator")), whole(item.value.get("denominator"))
    return item.value if isinstance(item.value, bool) else None


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " of ".join("?" if one is None else str(one) for one in value)


def _identity(subject: Subject) -> tuple[str, ...]:
    """Who reports; empty where that is not said in full."""
    if subject.entity_type == "individual":
        return (subject.npi, subject.tin) if subject.npi and subject.tin else ()
    one = subject.tin if subject.entity_type == "group" else subject.entity_id
    return (one,) if one else ()
