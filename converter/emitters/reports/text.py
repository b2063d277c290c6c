"""Text report: for a person at a terminal, plain words and no markup."""

import textwrap
from collections.abc import Iterator

from converter.deadline import look
from converter.emitters.reports.excerpts import Frames, caption, plain_lines
from converter.emitters.reports.formats import Emission
from converter.emitters.reports.guid_difference import guid_difference
from converter.emitters.reports.others import others
from converter.emitters.reports.report import Group, Report
from converter.emitters.reports.spool import Spool
from converter.emitters.reports.text_table import aligned, measures_table
from converter.emitters.reports.what_to_do import WhatToDo, what_to_do
from converter.emitters.reports.wording import (
    ReadinessRow,
    contents,
    effect_words,
    headline,
    identity,
    label,
    provenance,
    readiness_rows,
    refused,
)
from converter.findings.finding import Finding
from converter.findings.mask import Mask
from converter.language.english import capital, number_of
from converter.language.visible import visible

_WIDTH = 100
_IN_FULL = 2
_LISTED = 4
_IN_SHORT = 20
_HARD = "\N{NO-BREAK SPACE}"


class Text(Emission):
    """The report of one or several documents; `width` is the longest line that is broken."""

    def __init__(self, show_ids: bool = False, width: int = _WIDTH) -> None:
        self._show_ids, self._width = show_ids, width
        self._documents = Spool()

    def add(self, report: Report) -> None:
        """Write about one more document."""
        self._documents.add(_document(report, self._show_ids, self._width))

    def pieces(self) -> Iterator[str]:
        """Yield the report; each piece consists of whole lines."""
        for number, words in enumerate(self._documents):
            yield f"\n{words}" if number else words

    def close(self) -> None:
        """Remove what was kept for it."""
        self._documents.close()


def _document(report: Report, show_ids: bool, width: int) -> str:
    mask = Mask(report.secrets, show_ids)
    lines = [headline(report, show_ids), *_identity(report, mask, width)]
    if report.submission:
        lines += _wrap(contents(report.submission), width, "  Submission: ")
    scored = [line for row in readiness_rows(report, mask) for line in _readiness(row, width)]
    scored = ["", "Ready to be scored?", *scored] if scored else []
    frames = Frames(mask)
    found = [line for group in report.groups for line in _group(group, mask, frames, width, report.year)]
    lines += [*found, *scored] if refused(report) else [*scored, *found]
    table = measures_table(report, mask)
    if table:
        lines += ["", "Measures", *(f"  {line}".rstrip() for line in table)]
    lines += ["", *_wrap(provenance(report), width, "Made by ", "  ")]
    return "\n".join(map(visible, lines)) + "\n"


def _identity(report: Report, mask: Mask, width: int) -> list[str]:
    facts = ", ".join(f"{name} {value}".replace(" ", _HARD) for name, value in identity(report, mask))
    return [line.replace(_HARD, " ") for line in _wrap(capital(facts), width, "  ")]


def _readiness(row: ReadinessRow, width: int) -> Iterator[str]:
    yield from _wrap(row.present, width, f"  {row.category}{f' ({row.program})' if row.program else ''}: ")
    if len(row.missing) >= _LISTED:
        yield "    Missing:"
        yield from (line for words in row.missing for line in _wrap(words, width, "      - ", " " * 8))
    elif row.missing or not row.unchecked:
        yield from _wrap("; ".join(row.missing) or "nothing", width, "    Missing: ")
    if row.unchecked:
        yield from _wrap("; ".join(row.unchecked), width, "    Not checked: ")


def _group(group: Group, mask: Mask, frames: Frames, width: int, year: int | None) -> Iterator[str]:
    """A few findings in full; of many the first in full and the others in a line each."""
    several = len(group.findings) > _IN_FULL
    first, *more = group.findings[:1] if several else group.findings
    yield ""
    yield from _finding(first, mask, group.blocks, width)
    yield from _shown(first, frames, width)
    yield from _what_to_do(what_to_do(group, year), mask, width)
    for finding in more:
        yield ""
        yield from _finding(finding, mask, group.blocks, width)
        yield from _shown(finding, frames, width)
        if finding.fix != first.fix:
            yield from _wrap(mask(finding.fix), width, "  What to do: ")
    if several:
        rest = len(group.findings) - 1
        rows = others(group.findings, mask, _IN_SHORT)
        if len({one.data.get("assertion") for one in group.findings}) > 1:  # each asks for something else
            yield f"  {rest:,} more of this kind:"
            yield from (line for row in rows for line in _wrap(": ".join(filter(None, row)), width, "    ", " " * 6))
        else:
            yield f"  The same {number_of(rest, 'more time')}:"
            yield from (f"    {line}" for line in aligned(rows, ()))
        if rest > _IN_SHORT:
            yield f"    ... and {rest - _IN_SHORT:,} more (the json and csv reports have all of them)"


def _finding(finding: Finding, mask: Mask, blocks: bool, width: int) -> Iterator[str]:
    look()
    place = finding.place
    where = f", {place.where}" if place and place.line else ""
    facts = [f"official code {finding.official_code}"] if finding.official_code else []
    facts += [words] if (words := effect_words(finding, blocks)) else []
    remarks = f" ({'; '.join(facts)})" if facts else ""
    cause = f", follows from {finding.caused_by}" if finding.caused_by else ""
    yield f"{label(finding)} {finding.id} {finding.slug}{remarks}{where}{cause}"
    yield from _wrap(mask(finding.unmasked_message()), width, "  ")
    if finding.expected and finding.expected != "-":
        yield from _wrap(mask(finding.expected), width, "  Expected: ")
    if place and place.path:
        yield f"  Where: {mask.foreign(place.path)}"
    if "assertion" in finding.data and finding.related:
        yield f"  The same at {number_of(len(finding.related), 'more place')} (the json report has all of them)"


def _shown(finding: Finding, frames: Frames, width: int) -> Iterator[str]:
    """What is shown of the document: the place, and what a GUID differs in."""
    shown, again = frames.unless_shown(finding)
    if again:
        yield "  At the same place as the one before."
    for frame in shown:
        yield from _wrap(f"{words}:", width, "  ") if (words := caption(frame)) else ()
        yield from (f"  {line}".rstrip() for line in plain_lines(frame.lines, width - 2))
    if difference := guid_difference(finding, frames.mask):
        yield from (f"  {line}" for line in difference.lines)


def _what_to_do(told: WhatToDo | None, mask: Mask, width: int) -> Iterator[str]:
    if told is None:
        return
    yield from _wrap(mask(told.steps), width, "  What to do: ")
    for words, lead in ((told.practice, "For the practice"), (told.vendor, "For the vendor"), (told.command, "More")):
        yield from _wrap(words, width, f"  {lead}: ")


def _wrap(words: str, width: int, lead: str, indent: str = "    ") -> list[str]:
    return textwrap.wrap(
        words,
        width,
        initial_indent=lead,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
