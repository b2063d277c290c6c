"""Results: what became of one input. A `Conversion` of a QRDA III document, a `SubmissionCheck` of a QPP JSON file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar

from converter import __version__
from converter.account.reading import Facts, NothingRead, Reading
from converter.errors import BlockedError, UsageError
from converter.findings.finding import Effect, Finding, Severity, Stage, breaks_guide, completed, refusing
from converter.findings.mask import Mask, look_alikes, masked_text
from converter.language.english import number_of

if TYPE_CHECKING:  # loaded where they are needed, so that a plain conversion starts fast
    from typing import Self

    from converter.account.across_files import Batch, Trace
    from converter.emitters.reports.report import Report
    from converter.findings.place import Place
    from converter.model.assertion import FailedAssertion
    from converter.model.document import Document
    from converter.model.identity import Identity
    from converter.model.inventory import Inventory
    from converter.model.measure_result import MeasureResult
    from converter.model.readiness import CategoryReadiness
    from converter.model.submission import Submission
    from converter.model.summary import SubmissionSummary
    from converter.model.verdict import Verdict
    from converter.resolve.submission_context import SubmissionContext

ALWAYS_BLOCKING = frozenset({Stage.XML, Stage.CONVERT, Stage.TOOL})
STRICTLY_BLOCKING = ALWAYS_BLOCKING | {Stage.SUBMISSION}

_RANK = {effect: rank for rank, effect in enumerate(Effect)}
_NOTHING: Reading = NothingRead()
_COMPLETING = Lock()


class Result:
    """What became of one input.

    Until somebody asks, a result holds on to what was read; what it is asked for is worked out then. `detach` works
    everything out and lets the input go; what is copied or pickled has let it go, too. Findings are complete values
    once they are read.

    Attributes:
        name: name of the source; `stdin` for standard input, `bytes` for bytes.
    """

    __slots__ = ("_blocking", "_data", "_digest", "_findings", "_read", "_reading", "_size", "_verdict", "name")

    _what: ClassVar[str] = "Result"
    _converts: ClassVar[bool] = True

    def __init__(
        self,
        name: str,
        findings: Iterable[Finding],
        blocking: frozenset[Stage],
        data: bytes = b"",
        reading: Reading = _NOTHING,
    ) -> None:
        self.name = name
        self._findings = tuple(sorted(findings, key=lambda finding: _RANK[finding.effect]))
        self._read = False
        self._blocking = blocking
        self._data = data
        self._size, self._digest = len(data), ""
        self._reading = reading
        self._verdict: Verdict | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in the order of the damage (`Effect`), causes before what follows from them."""
        if not self._read:
            # A result may be read by several threads, and a place is only moved to the fault while it knows its tree.
            with _COMPLETING:
                if not self._read:
                    mask = Mask(self._secrets, show=False)
                    self._findings = tuple(completed(self._findings, mask))
                    self._read = True
        return self._findings

    @property
    def ok(self) -> bool:
        """True when nothing blocked."""
        return not any(self._blocks(one) for one in self._findings)

    @property
    def verdict(self) -> Verdict:
        """What CMS would do with it, as far as it is known: in one of four kinds, and in one sentence."""
        if self._verdict is None:
            from converter.account.verdict import verdict

            self._verdict = verdict(self._findings, self._reading, blocking=self._blocking)
        return self._verdict

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The errors of a stage that blocks: `xml`, `convert` and `tool`; with `check` or strict also `submission`."""
        return tuple(one for one in self.findings if self._blocks(one))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings of severity error."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Findings of severity warning."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.WARNING)

    @property
    def year(self) -> int | None:
        """Performance year whose rules were applied, be it only assumed; None where nothing told one."""
        return self._facts.year

    @property
    def identity(self) -> Identity:
        """Who reports, and under which program."""
        return self._facts.identity

    @property
    def inventory(self) -> Inventory:
        """Every section, entry and aggregate count, and what became of it and why; made when it is asked for."""
        from converter.account.kept import completed as with_places

        return with_places(self._reading.inventory(refusing(self.blocking)))

    @property
    def measures(self) -> tuple[MeasureResult, ...]:
        """Every measure and activity, and the counts, rates and answers that it reports."""
        from converter.account.kept import completed as with_places

        return self.report().measures(with_places(self.written_inventory))

    @property
    def written_inventory(self) -> Inventory:
        """The inventory of a report: where there is a submission, it says where everything is in it.

        That is so also where CMS would reject the submission. Its places may not be worked out yet.
        """
        return self._reading.inventory(() if self._reading.members is not None else refusing(self.blocking))

    @property
    def readiness(self) -> tuple[CategoryReadiness, ...]:
        """What is there of each category and what is missing to be scored; empty where nothing could be checked."""
        return self._reading.readiness()

    @property
    def assertions(self) -> tuple[FailedAssertion, ...]:
        """Every assertion of the implementation guide that fails, at each of its places, whichever finding tells it."""
        return self._reading.assertions

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes of the source, in hexadecimal digits; empty where it could not be read."""
        if not self._digest and self._data:
            import hashlib

            self._digest = hashlib.sha256(self._data).hexdigest()
        return self._digest

    @property
    def size(self) -> int:
        """Size of the source in bytes; 0 where it could not be read."""
        return self._size

    @property
    def submission(self) -> Submission | None:
        """The QPP submission, typed; None where there is none, more than one, or one of another shape."""
        members = self._reading.members
        if members is None:
            return None
        from converter.model.submission import typed

        return typed(members)

    def to_json(self, indent: int | None = None) -> str:
        """Return the submission as QPP JSON text.

        Raises:
            UsageError: there is no submission; `findings` says why.
        """
        from converter.emitters.qpp_json import qpp_json

        members = self._written()
        if members is None:
            raise UsageError("There is no submission; see `findings`.")
        return qpp_json(members, indent)

    def locate(self, pointer: str) -> Place | None:
        """Return where a value of the submission comes from.

        Args:
            pointer: JSON pointer, such as `/measurementSets/0/measurements/1/value/performanceMet`.

        Returns:
            The place in the document or QPP JSON file; that of the first addend for a sum, of the denominator for
            `performanceNotMet`. None where the pointer leads to nothing that was said.
        """
        return self._reading.locate(pointer)

    def report(self, *, complete: bool = True) -> Report:
        """Return what the report emitters need; findings that are only counted need not be complete values."""
        from converter.emitters.reports.report import Report

        facts = self._facts
        findings = self.findings if complete else self._findings
        return Report(
            name=self.name.encode("utf-8", "replace").decode("utf-8"),  # names of files may be no text
            sha256=self.sha256,
            year=facts.report_year,
            identity=facts.identity,
            submission=facts.summary,
            findings=findings,
            blocking=tuple(one for one in findings if self._blocks(one)),
            secrets=self._secrets,
            reported=self,
            tool_version=__version__,
            catalog_date=facts.catalog_date,
            identifiers=facts.identifiers,
            converted=self._converts,
        )

    def to_text(self, *, show_ids: bool = False) -> str:
        """Return the text report; TIN and NPI are masked unless `show_ids` is true."""
        return self._rendered("text", show_ids)

    def to_html(self, *, show_ids: bool = False) -> str:
        """Return the report as one HTML page; TIN and NPI are masked unless `show_ids` is true."""
        return self._rendered("html", show_ids)

    def to_dict(self, *, show_ids: bool = False) -> dict[str, Any]:
        """Return what the JSON report says of this result (`schemas/report.schema.json`, an item of `documents`)."""
        from converter.emitters.reports.report_json import report_data

        return report_data(self.report(), show_ids)

    def raise_for_findings(self) -> None:
        """Raise an exception if something blocked.

        Raises:
            BlockedError: something did; its `findings` are those that blocked.
        """
        if not self.ok:
            raise BlockedError(repr(self)[1:-1], self.blocking)

    def detach(self) -> Self:
        """Work out everything that may be asked for, let the input go, and return the result itself."""
        for name, value in self._kept().items():
            setattr(self, name, value)
        return self

    def _kept(self) -> dict[str, Any]:
        """What is left of the result once the input is let go."""
        from converter.account.kept import Kept

        findings, reading = self.findings, self._reading
        return {
            "name": self.name,
            "_findings": findings,
            "_read": True,
            "_blocking": self._blocking,
            "_data": b"",
            "_size": self._size,
            "_digest": self.sha256,
            "_verdict": self.verdict,
            "_reading": reading if isinstance(reading, Kept) else Kept.of(reading, refusing(self.blocking)),
        }

    def with_findings(self, findings: Iterable[Finding]) -> Self:
        """Return a result with these findings in place of its own."""
        made = type(self)(self.name, findings, self._blocking, self._data, self._reading)
        made._digest, made._size = self._digest, self._size
        return made

    def and_more(self, findings: Iterable[Finding]) -> Self:
        """Return a result with these findings beside its own."""
        return self.with_findings((*self._findings, *findings))

    @property
    def masked_name(self) -> str:
        """Name of the source without TIN and NPI, for what is said of it elsewhere."""
        return masked_text(Mask(self._secrets, show=False)(self.name))

    def traces(self) -> tuple[Trace, ...]:
        """Return what other files of a run may have to do with its submissions; nothing once the input is let go."""
        from converter.account.across_files import trace

        return tuple(trace(one) for one in self._reading.contexts())

    def contexts(self) -> tuple[SubmissionContext, ...]:
        """Return its submissions as rules look at them; nothing once the input is let go."""
        return tuple(self._reading.contexts())

    def trace_place(self, pointer: str) -> Place | None:
        """Return the place of a pointer of its traces, as rules name it: that of what should hold what is missing."""
        return next((place for one in self._reading.contexts() if (place := one.find_place(pointer))), None)

    def compared(self, batch: Batch) -> Self:
        """Return the result with what other files of the same run have to do with it."""
        more = batch.compare(self.masked_name, self.traces(), self.trace_place)
        return self.and_more(more) if more else self

    def _rendered(self, form: str, show_ids: bool) -> str:
        from converter.emitters.reports.formats import emitter

        return emitter(form)([self.report()], show_ids)

    def _written(self) -> Mapping[str, Any] | None:
        """The submission as it may be written, or None."""
        return self._reading.members

    @property
    def _facts(self) -> Facts:
        return self._reading.facts

    @property
    def _secrets(self) -> frozenset[str]:
        """TINs and NPIs, and what may be one where the document has something else, and a finding quotes it."""
        return self._facts.secrets.union(*(look_alikes(one.texts()) for one in self._findings))

    def _blocks(self, finding: Finding) -> bool:
        return finding.stage in self._blocking and (finding.severity is Severity.ERROR or breaks_guide(finding))

    def __bool__(self) -> bool:
        return self.ok

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other) or not isinstance(other, Result):
            return NotImplemented
        return (self.name, self.findings, self._blocking, self.sha256, self.inventory, self._reading.members) == (
            other.name, other.findings, other._blocking, other.sha256, other.inventory, other._reading.members,
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash((type(self), self.name, self.sha256))

    def __getstate__(self) -> dict[str, Any]:
        # Only what travels lets the input go: the result that it was made from may still be asked for its document.
        return self._kept()

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        for name, value in state.items():
            setattr(self, name, value)

    def __repr__(self) -> str:
        number = sum(1 for one in self._findings if one.severity is Severity.ERROR)
        errors = f", {number_of(number, 'error')}" if number else ""
        return f"<{self._what} {masked_text(self.name)}: {self._outcome()}{errors}>"

    def _outcome(self) -> str:
        return "nothing blocks" if self.ok else "blocked"


class Conversion(Result):
    """What became of a QRDA III document."""

    __slots__ = ()

    _what = "Conversion"

    @property
    def document(self) -> Document | None:
        """The document as written; None where it could not be read as QRDA III, or was let go."""
        resolved = getattr(self._reading, "resolved", None)
        return resolved.document if resolved else None

    def place_at(self, path: str) -> Place | None:
        """Return the place of an element; None where the path leads nowhere, and once the document was let go.

        Args:
            path: where it is, as places and reports write it: in short (`/ClinicalDocument/component`) or in the
                `local-name()` form of the official converter.
        """
        return self._reading.place_at(path)

    def _outcome(self) -> str:
        return "not converted" if self._reading.members is None else "converted"


class SubmissionCheck(Result):
    """What was found in a QPP JSON file."""

    __slots__ = ()

    _what = "SubmissionCheck"
    _converts = False

    @property
    def submissions(self) -> tuple[SubmissionSummary, ...]:
        """The submissions and measurement sets that were checked, in short and in the order of the file."""
        return self._facts.summaries

    def _written(self) -> Mapping[str, Any] | None:
        return self._reading.members if self.submission else None
