"""What is said at the end of a run over several files: what became of them, and why."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum

from converter.emitters.reports.wording import headline
from converter.findings.finding import Finding, Stage
from converter.findings.kinds import OUTPUT_TAKEN, OUTPUT_UNWRITABLE
from converter.findings.mask import Mask
from converter.language.english import cut, number_of
from converter.language.visible import visible
from converter.model.verdict import VerdictKind
from converter.result import Result

_MOST = 10
_INDENT = "  "


class Fate(StrEnum):
    """What became of a file, in the words and the order of the summary."""

    ACCEPTED = "accepted"
    UNCHECKED = "not fully checked"
    COSTS_POINTS = "accepted at a cost"
    WOULD_BE_REJECTED = "that CMS would reject"
    REFUSED = "refused"
    NOT_READ = "not read"
    NOT_WRITTEN = "not written"
    FAILED = "with a failure of this tool"


_FATES = {
    VerdictKind.ACCEPTED: Fate.ACCEPTED,
    VerdictKind.UNCHECKED: Fate.UNCHECKED,
    VerdictKind.COSTS_POINTS: Fate.COSTS_POINTS,
    VerdictKind.REFUSED: Fate.WOULD_BE_REJECTED,
}


def fate(result: Result) -> Fate:
    """Return what became of a file."""
    if result.ok:
        return _FATES[result.verdict.kind]
    blocking = result.blocking
    if any(one.stage is Stage.TOOL for one in blocking):
        return Fate.FAILED
    if any(one.kind in (OUTPUT_TAKEN, OUTPUT_UNWRITABLE) for one in blocking):
        return Fate.NOT_WRITTEN
    return Fate.NOT_READ if any(one.stage is Stage.XML for one in blocking) else Fate.REFUSED


class Tally:
    """Counts what became of the files of a run, and in how many of them each error is."""

    __slots__ = ("_causes", "_fates", "_slugs")

    def __init__(self) -> None:
        self._fates: Counter[Fate] = Counter()
        self._causes: Counter[str] = Counter()
        self._slugs: dict[str, str] = {}

    def add(self, result: Result) -> None:
        """Count one file."""
        self._fates[fate(result)] += 1
        errors = {one.id: one.slug for one in _causes(result)}
        self._causes.update(errors.keys())
        self._slugs |= errors

    def lines(self, lead: str) -> Iterator[str]:
        """Tell how many files had which fate, after the words of `lead`, and the errors of most files."""
        yield f"{lead}: {', '.join(f'{self._fates[one]} {one}' for one in Fate if self._fates[one])}."
        if not self._causes:
            return
        # Of errors in equally many files the first by id comes first: the order of files says nothing.
        ranked = sorted(self._causes.items(), key=lambda item: (-item[1], item[0]))
        shown = [(id, self._slugs[id], number_of(count, "file")) for id, count in ranked[:_MOST]]
        width = max(len(slug) for _, slug, _ in shown)
        yield "Causes, by number of files:"
        yield from (f"{_INDENT}{id:<8} {slug:<{width}}  {files}" for id, slug, files in shown)
        if len(ranked) > _MOST:
            yield f"{_INDENT}... and {len(ranked) - _MOST} more"


def refusal(result: Result, show_ids: bool, width: int) -> str:
    """Return what became of a file that was refused, and below its first cause, cut to the width."""
    report = result.report()
    lines = [headline(report, show_ids)]
    for first in _causes(result)[:1]:
        words = visible(" ".join(Mask(report.secrets, show_ids)(first.message).split()))
        lines.append(cut(f"{_INDENT}{first.id} {words}", width))
    return "\n".join(lines)


def _causes(result: Result) -> list[Finding]:
    """The errors that follow from no other one; those that blocked come first."""
    errors = [*result.blocking, *(one for one in result.errors if one not in result.blocking)]
    return [one for one in errors if one.caused_by is None] or errors
