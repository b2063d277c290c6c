"""The findings of a document as the HTML page shows them: plain values, masked, in groups, the worst first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from converter.account.entries import Entries
from converter.deadline import look
from converter.emitters.reports.excerpts import Frames, caption, underlined
from converter.emitters.reports.guid_difference import guid_difference
from converter.emitters.reports.others import others
from converter.emitters.reports.report import Group, Report
from converter.emitters.reports.what_to_do import WhatToDo, right_guids, vendor_message, what_to_do
from converter.emitters.reports.wording import effect_words, label
from converter.findings.finding import Finding
from converter.findings.frame import FrameLine
from converter.findings.mask import Mask
from converter.language.english import capital

_IN_FULL = 50
_ALL_OPEN = 10
_IN_SHORT = 1000
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class FrameView:
    """A line of a code frame: what stands before the mark, the mark, and what stands after it."""

    line: int
    marked: bool
    before: str
    mark: str
    after: str


@dataclass(frozen=True, slots=True)
class FrameBox:
    """A code frame; `words` say which one it is, and are empty where that is plain."""

    words: str
    line: int | None
    path: str
    rows: tuple[FrameView, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding; `entry` is the number of the inventory entry that it is about, and `measure` its name."""

    anchor: str
    id: str
    slug: str
    severity: str
    label: str
    code: int | None
    line: int | None
    column: int | None
    path: str
    message: str
    found: str | None
    expected: str
    fix: str
    measure: str
    entry: int | None
    frames: tuple[FrameBox, ...]
    same_place: bool
    guid: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """Findings of one kind and cause.

    Attributes:
        first: the first of them, shown at once.
        more: others, shown in full when they are unfolded.
        rows: still others, in a line each.
        left_out: how many are in neither.
        number: how many there are.
        cause: id of the finding that they follow from, or None.
        cause_anchor: where that is on the page, or None.
        todo: what is to be done; None for what follows from another finding.
        guids: the GUIDs that are right in place of the wrong one.
        message: what to write to the vendor.
        opened: whether details are seen at once.
    """

    first: FindingView
    more: tuple[FindingView, ...]
    rows: tuple[tuple[str, str, str], ...]
    left_out: int
    number: int
    cause: str | None
    cause_anchor: str | None
    todo: WhatToDo | None
    guids: tuple[str, ...]
    message: str
    opened: bool


class FindingViews:
    """The findings of a document in groups, and those of each entry of its inventory."""

    def __init__(self, report: Report, mask: Mask, anchor: str, entries: Entries) -> None:
        self._report, self._mask, self._anchor, self._entries = report, mask, anchor, entries
        self._numbers: dict[str, int] = {}
        self._of_entry: dict[int, list[tuple[Finding, FindingView]]] = {}
        self._ids = {finding.id for finding in report.findings}
        groups = report.groups
        self._all_open = len(groups) <= _ALL_OPEN
        self.groups = [self._group(group) for group in groups]

    def name(self, entry: int) -> tuple[str, str]:
        """Name and title of an entry; where its GUID is not known, those of the measure that a finding says it is."""
        own = self._entries.items[entry].label
        told = (finding.measure for finding, _ in self._of_entry.get(entry, ()))
        shown = own if own.measure_id else next((one for one in told if one and one.measure_id), own)
        return _entry_name(shown.measure_id, shown.cms_id, self._mask), shown.title or ""

    def links(self, entry: int) -> tuple[tuple[str, str, int], ...]:
        """For each kind of finding about an entry: the anchor of the first one, its id, and how many there are."""
        links: dict[str, tuple[str, str, int]] = {}
        for _, view in self._of_entry.get(entry, ()):
            anchor, _, number = links.get(view.id, (view.anchor, view.id, 0))
            links[view.id] = (anchor, view.id, number + 1)
        return tuple(links.values())

    def _group(self, group: Group) -> GroupView:
        frames = Frames(self._mask)
        first, *more = [self._view(one, group.blocks, frames) for one in group.findings[:_IN_FULL]]
        rest = (group.findings[0], *group.findings[_IN_FULL:])
        todo = what_to_do(group, self._report.year)
        return GroupView(
            first=first,
            more=tuple(more),
            rows=tuple(others(rest, self._mask, _IN_SHORT)),
            left_out=max(0, len(rest) - 1 - _IN_SHORT),
            number=len(group.findings),
            cause=group.caused_by,
            cause_anchor=f"{self._anchor}-{group.caused_by}-1" if group.caused_by in self._ids else None,
            todo=todo and todo._replace(steps=self._mask(todo.steps)),
            guids=right_guids(group.findings[0]),
            message=vendor_message(self._report, group, todo.vendor) if todo else "",
            opened=not group.caused_by and (self._all_open or first.severity == "error"),
        )

    def _view(self, finding: Finding, blocks: bool, frames: Frames) -> FindingView:
        look()
        mask, place = self._mask, finding.place
        number = self._numbers[finding.id] = self._numbers.get(finding.id, 0) + 1
        shown, again = frames.unless_shown(finding)
        difference = guid_difference(finding, mask)
        entry = self._entries.of(finding)
        view = FindingView(
            anchor=f"{self._anchor}-{finding.id}-{number}",
            id=finding.id,
            slug=finding.slug,
            severity=finding.severity.value,
            label=capital(": ".join(filter(None, (label(finding), effect_words(finding, blocks))))),
            code=finding.official_code,
            line=place.line if place else None,
            column=place.column if place else None,
            path=mask.foreign(place.path) if place else "",
            message=mask(finding.unmasked_message()),
            found=mask(finding.unmasked() or "") or None,
            expected=mask(finding.expected) if finding.expected != "-" else "",
            fix=mask(finding.fix),
            measure=mask.foreign(str(finding.measure)) if finding.measure else "",
            entry=entry,
            frames=tuple(
                FrameBox(caption(one), one.place.line, mask.foreign(one.place.path), tuple(_frame(one.lines)))
                for one in shown
            ),
            same_place=again,
            guid=difference.rows if difference else (),
        )
        if entry is not None:
            self._of_entry.setdefault(entry, []).append((finding, view))
        return view


def pieces(text: str) -> list[tuple[bool, str]]:
    """Return the pieces of a text in order, and whether each is code, which stands in backticks."""
    return [(index % 2 == 1, part) for index, part in enumerate(_CODE.split(text)) if part]


def _entry_name(measure_id: str | None, cms_id: str | None, mask: Mask) -> str:
    """Return how an entry is named: `CMS165v13 (measure 236)`, `PI_EP_1`, or by its GUID where it is not known."""
    if cms_id and measure_id:
        return f"{cms_id} (measure {measure_id})"
    if cms_id:
        return f"Measure with the GUID {mask.foreign(cms_id)}"
    return mask.foreign(measure_id) if measure_id else "Entry without id"


def _frame(lines: Sequence[FrameLine]) -> Iterator[FrameView]:
    for one in lines:
        start, end = underlined(one) if one.marked else (len(one.text), len(one.text))
        yield FrameView(one.line, one.marked, one.text[:start], one.text[start:end], one.text[end:])
