"""Markdown report, in the flavour of GitHub: to be pasted into a ticket."""

import re
from collections.abc import Iterable, Iterator, Sequence

from converter.deadline import look
from converter.emitters.reports.excerpts import Frame, Frames, caption, plain_lines
from converter.emitters.reports.formats import Emission
from converter.emitters.reports.guid_difference import guid_difference
from converter.emitters.reports.measure_words import percent, shown_roles
from converter.emitters.reports.others import others
from converter.emitters.reports.report import Group, Report
from converter.emitters.reports.spool import Spool
from converter.emitters.reports.what_to_do import WhatToDo, what_to_do
from converter.emitters.reports.wording import (
    CATEGORIES,
    completeness_note,
    contents,
    counts,
    effect_words,
    identity,
    label,
    measures_of,
    readiness_rows,
    refused,
)
from converter.findings.finding import Finding
from converter.findings.mask import Mask
from converter.language.english import capital, number_of
from converter.language.visible import visible
from converter.model.measure_result import MeasureResult

_WIDTH = 110
_IN_FULL = 2
_IN_SHORT = 20
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&$@])")
_WORD = re.compile(r"([^\s|]+)")
_LINK = re.compile(r"://|\bwww\.|\bmailto:|\bxmpp:|@|#\d|\bGH-\d", re.IGNORECASE)
"""What makes GitHub a link of a word: an address, a name after @, the number of an issue."""
_CODE = re.compile(r"(`[^`]+`)")
_BACKTICKS = re.compile(r"`+")


class Markdown(Emission):
    """The report of one or several documents."""

    def __init__(self, show_ids: bool = False) -> None:
        self._show_ids, self._version = show_ids, ""
        self._documents = Spool()

    def add(self, report: Report) -> None:
        """Write about one more document."""
        self._documents.add("\n".join(map(visible, _document(report, Mask(report.secrets, self._show_ids)))))
        self._version = report.tool_version

    def pieces(self) -> Iterator[str]:
        """Yield the report, piece by piece."""
        for document in self._documents:
            yield f"{document}\n\n---\n\n"
        yield f"_Report of qrda2qpp {self._version}_\n"

    def close(self) -> None:
        """Remove what was kept for it."""
        self._documents.close()


def _document(report: Report, mask: Mask) -> Iterator[str]:
    found = counts(report)
    verdict = escaped(mask.foreign(report.verdict.sentence))
    yield f"## {code(mask.foreign(report.name))}: {verdict}{f' - {found}' if found else ''}"
    yield ""
    facts = [f"{capital(name)}: **{escaped(value)}**" for name, value in identity(report, mask)]
    facts += [f"Submission: {escaped(contents(report.submission))}"] if report.submission else []
    facts += [f"Compared with the {measures_of(report)}"] if measures_of(report) else []
    facts += [f"SHA-256 of the source: {code(report.sha256)}"] if report.sha256 else []
    yield from (f"- {fact}" for fact in facts)
    frames = Frames(mask)
    ones = [line for group in report.groups for line in _group(group, mask, frames, report.year)]
    scored = list(_scored(report, mask))
    yield from [*ones, *scored] if refused(report) else [*scored, *ones]
    yield from _results(report.measures(report.inventory), mask, completeness_note(report))


def _scored(report: Report, mask: Mask) -> Iterator[str]:
    rows = [(row.category, row.program, row.present, "; ".join(row.verdict)) for row in readiness_rows(report, mask)]
    if rows:
        yield from ("", "### Ready to be scored?", "")
        yield from _table(("Category", "Program", "What is there", "What is missing"), rows)


def _group(group: Group, mask: Mask, frames: Frames, year: int | None) -> Iterator[str]:
    several = len(group.findings) > _IN_FULL
    first, *more = group.findings[:1] if several else group.findings
    yield from _finding(first, mask, group.blocks)
    yield from _shown(first, frames)
    yield from _what_to_do(what_to_do(group, year), mask)
    for finding in more:
        yield from _finding(finding, mask, group.blocks)
        yield from _shown(finding, frames)
        yield from ("", f"- **What to do:** {_prose(mask(finding.fix))}") if finding.fix != first.fix else ()
    if not several:
        return
    rest = len(group.findings) - 1
    yield from ("", f"<details><summary>The same {number_of(rest, 'more time')}</summary>", "")
    yield from _table(("Where", "Measure", "What is different"), others(group.findings, mask, _IN_SHORT))
    if rest > _IN_SHORT:
        yield from ("", f"... and {rest - _IN_SHORT:,} more; the json and csv reports have all of them.")
    yield from ("", "</details>")


def _finding(finding: Finding, mask: Mask, blocks: bool) -> Iterator[str]:
    look()
    place = finding.place
    facts = [f"official code {finding.official_code}"] if finding.official_code else []
    facts += [place.where] if place and place.line else []
    facts += [words] if (words := effect_words(finding, blocks)) else []
    facts += [f"follows from {finding.caused_by}"] if finding.caused_by else []
    yield from ("", f"### {capital(label(finding))} {finding.id} {finding.slug}", "")
    yield from ([f"{capital(', '.join(facts))}.", ""] if facts else [])
    yield escaped(mask(finding.unmasked_message()))
    yield ""
    if found := finding.unmasked():
        yield f"- **Found:** {code(mask(found))}"
    if finding.expected not in ("", "-"):
        yield f"- **Expected:** {escaped(mask(finding.expected))}"
    if place and place.path:
        yield f"- **Where:** {code(mask.foreign(place.path))}"


def _shown(finding: Finding, frames: Frames) -> Iterator[str]:
    """What is shown of the document: the place, and what a GUID differs in."""
    shown, again = frames.unless_shown(finding)
    if again:
        yield from ("", "At the same place as the one before.")
    for frame in shown:
        yield from ("", f"{escaped(words)}:") if (words := caption(frame)) else ()
        yield from _block(frame)
    if difference := guid_difference(finding, frames.mask):
        yield from ("", "```text", *difference.lines, "```")


def _block(frame: Frame) -> Iterator[str]:
    lines = plain_lines(frame.lines, _WIDTH)
    fence = "`" * max(3, _longest_backticks(lines) + 1)
    language = "xml" if frame.place.path and frame.place.pointer is None else "json" if frame.place.path else "text"
    yield from ("", f"{fence}{language}", *(line.rstrip() for line in lines), fence)


def _what_to_do(told: WhatToDo | None, mask: Mask) -> Iterator[str]:
    if told is None:
        return
    yield from ("", f"- **What to do:** {_prose(mask(told.steps))}")
    if told.practice:
        yield f"- **For the practice:** {_prose(told.practice)}"
    yield f"- **For the vendor:** {_prose(told.vendor)}"
    yield f"- **More:** {code(told.command)}"


def _results(found: Sequence[MeasureResult], mask: Mask, note: str) -> Iterator[str]:
    quality = [one for one in found if one.category == "quality"]
    answers = [one for one in found if one.category != "quality"]
    if found:
        yield from ("", "### Measures")
    if quality:
        roles = shown_roles(quality)
        yield ""
        complete = any(one.entry.reporting_rate is not None for one in quality)
        header = ("Measure", "Population set", *roles, "Rate", *(["Reporting rate"] if complete else []), "Status")
        yield from _table(header, _quality_rows(quality, roles, mask, complete), len(roles) + 1 + complete)
        yield from (["", note] if note else [])
    if answers:
        yield ""
        yield from _table(("Measure or activity", "Category", "Value", "Rate", "Status"), _answer_rows(answers, mask))


def _quality_rows(
    found: Iterable[MeasureResult], roles: Sequence[str], mask: Mask, complete: bool
) -> Iterator[list[str]]:
    for one in found:
        known = one.entry.label.measure_id
        name = str(one.entry.label) if known else f"GUID {one.entry.label.cms_id or 'missing'}"
        note = " (a lower rate is better)" if one.entry.inverse else ""
        share = [percent(one.entry.reporting_rate)] if complete else []
        for row in one.rows:
            look()
            numbers = [mask(row.counts.get(role, "")) for role in roles]
            yield [mask.foreign(name), mask.foreign(row.name), *numbers, percent(row.rate) + note, *share, one.status]
            share = [""] * complete
        if not one.rows:
            yield [mask.foreign(name), "", *("" for _ in roles), "", *share, one.status]


def _answer_rows(found: Iterable[MeasureResult], mask: Mask) -> Iterator[list[str]]:
    for one in found:
        value = " of ".join(one.proportion) if one.proportion else one.entry.answer or "no answer"
        name = mask(one.entry.label.measure_id or "no id")
        category = CATEGORIES.get(one.category) or mask.foreign(one.category)
        yield [name, category, mask.foreign(value), percent(one.proportion_rate), one.status]


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], right: int = 0) -> Iterator[str]:
    """A table; `right` columns from the third one on are aligned to the right."""
    yield f"| {' | '.join(header)} |"
    yield f"| {' | '.join('--:' if 2 <= index < 2 + right else '---' for index in range(len(header)))} |"
    for row in rows:
        yield f"| {' | '.join(escaped(cell) for cell in row)} |"


def escaped(text: str) -> str:
    """Return a text in which nothing is markup."""
    return _escaped(" ".join(text.split()))


def _escaped(text: str) -> str:
    """A text in which nothing is markup; what a page would make a link of, which no backslash prevents, is code."""
    return "".join(code(part) if _LINK.search(part) else _SPECIAL.sub(r"\\\1", part) for part in _WORD.split(text))


def _prose(text: str) -> str:
    """Return a text in which nothing is markup but pieces of code in backticks."""
    return "".join(part if _CODE.fullmatch(part) else _escaped(part) for part in _CODE.split(text))


def code(text: str) -> str:
    """Return a text as a code span; the span has more backticks than the text."""
    text = " ".join(text.split())
    ticks = "`" * (_longest_backticks([text]) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _longest_backticks(lines: Iterable[str]) -> int:
    return max((len(match[0]) for line in lines for match in _BACKTICKS.finditer(line)), default=0)
