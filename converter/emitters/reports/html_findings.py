"""The findings of a document as the HTML page shows them: plain values, masked, bundled by measure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from converter.account.entries import Entries
from converter.emitters.reports.excerpts import frame_of, underlined
from converter.emitters.reports.others import others
from converter.emitters.reports.report import Group, Report
from converter.emitters.reports.wording import effect_words, label
from converter.findings.finding import Finding
from converter.findings.frame import FrameLine
from converter.findings.mask import Mask
from converter.language.english import capital

_IN_FULL = 50
_ALL_OPEN = 10
_STACK = 3
_IN_SHORT = 1000


@dataclass(frozen=True, slots=True)
class FrameView:
    """A line of a code frame: what stands before the mark, the mark, and what stands after it."""

    line: int
    marked: bool
    before: str
    mark: str
    after: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding; `opened` says whether its details are seen at once."""

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
    cause: str | None
    cause_anchor: str | None
    frame_line: int | None
    frame: tuple[FrameView, ...]
    opened: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A group of findings, as a step of what is to be done; `rows` are those that are not shown in full."""

    first: FindingView
    number: int
    rows: tuple[tuple[str, str, str], ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """The findings about a measure, or about the document, in stacks; `entry` is the number of its inventory entry.

    A stack is made of findings that are seen at once, and of more of the same kind that are folded away.
    """

    name: str
    title: str
    entry: int | None
    stacks: tuple[tuple[tuple[FindingView, ...], tuple[FindingView, ...]], ...]


class FindingViews:
    """The findings of a document: the steps of what is to be done, and the bundles by measure."""

    def __init__(self, report: Report, mask: Mask, anchor: str, entries: Entries) -> None:
        self._mask, self._anchor, self._entries = mask, anchor, entries
        self._numbers: dict[str, int] = {}
        self._bundles: dict[int | str, list[tuple[Finding, FindingView]]] = {}
        self._all_open = len(report.findings) <= _ALL_OPEN
        self._ids = {finding.id for finding in report.findings}
        self.steps = [self._step(group) for group in report.groups]

    @property
    def bundles(self) -> list[Bundle]:
        """The findings by measure, in the order of the document; those about the document come last."""
        numbers = sorted(key for key in self._bundles if isinstance(key, int))
        names = sorted((key for key in self._bundles if isinstance(key, str)), key=lambda name: name == "")
        keys: list[int | str] = [*numbers, *names]
        return [self._bundle(key) for key in keys]

    def name(self, entry: int) -> tuple[str, str]:
        """Name and title of an entry; where its GUID is not known, those of the measure that a finding says it is."""
        own = self._entries.items[entry].label
        told = (finding.measure for finding, _ in self._bundles.get(entry, ()))
        shown = own if own.measure_id else next((one for one in told if one and one.measure_id), own)
        return _entry_name(shown.measure_id, shown.cms_id, self._mask), shown.title or ""

    def links(self, entry: int) -> tuple[tuple[str, str, int], ...]:
        """For each kind of finding about an entry: the anchor of the first one, its id, and how many there are."""
        links: dict[str, tuple[str, str, int]] = {}
        for _, view in self._bundles.get(entry, ()):
            anchor, _, number = links.get(view.id, (view.anchor, view.id, 0))
            links[view.id] = (anchor, view.id, number + 1)
        return tuple(links.values())

    def _step(self, group: Group) -> Step:
        shown = group.findings[:_IN_FULL]
        views = [self._view(one, group.blocks, index == 0 or self._all_open) for index, one in enumerate(shown)]
        for finding, view in zip(shown, views, strict=True):
            entry = self._entries.of(finding)
            about = str(finding.measure) if finding.measure else ""
            self._bundles.setdefault(about if entry is None else entry, []).append((finding, view))
        rest = (group.findings[0], *group.findings[_IN_FULL:])
        rows = others(rest, self._mask, _IN_SHORT)
        return Step(views[0], len(group.findings), tuple(rows), max(0, len(rest) - 1 - _IN_SHORT))

    def _view(self, finding: Finding, blocks: bool, opened: bool) -> FindingView:
        mask, place = self._mask, finding.place
        number = self._numbers[finding.id] = self._numbers.get(finding.id, 0) + 1
        frame = frame_of(finding, mask)
        return FindingView(
            anchor=f"{self._anchor}-{finding.id}-{number}",
            id=finding.id,
            slug=finding.slug,
            severity=finding.severity.value,
            label=capital(": ".join(filter(None, (label(finding), effect_words(finding, blocks))))),
            code=finding.official_code,
            line=place.line if place else None,
            column=place.column if place else None,
            path=place.path if place else "",
            message=mask(finding.message),
            found=mask(finding.unmasked() or "") or None,
            expected=mask(finding.expected) if finding.expected != "-" else "",
            fix=mask(finding.fix),
            cause=finding.caused_by,
            cause_anchor=f"{self._anchor}-{finding.caused_by}-1" if finding.caused_by in self._ids else None,
            frame_line=next((one.line for one in frame if one.marked), None),
            frame=tuple(_frame(frame)),
            opened=opened,
        )

    def _bundle(self, key: int | str) -> Bundle:
        stacks: dict[str, list[FindingView]] = {}
        for _, view in self._bundles[key]:
            stacks.setdefault(view.id, []).append(view)
        shown = {number: 1 if len(views) > _STACK else len(views) for number, views in stacks.items()}
        halves = tuple(
            (tuple(views[: shown[number]]), tuple(views[shown[number] :])) for number, views in stacks.items()
        )
        name, title, entry = (self._mask(key), "", None) if isinstance(key, str) else (*self.name(key), key)
        return Bundle(name, title, entry, halves)


def _entry_name(measure_id: str | None, cms_id: str | None, mask: Mask) -> str:
    """Return how an entry is named: `CMS165v13 (measure 236)`, `PI_EP_1`, or by its GUID where it is not known."""
    if cms_id and measure_id:
        return f"{cms_id} (measure {measure_id})"
    if cms_id:
        return f"Measure with the GUID {mask(cms_id)}"
    return mask(measure_id) if measure_id else "Entry without id"


def _frame(lines: Sequence[FrameLine]) -> Iterator[FrameView]:
    for one in lines:
        start, end = underlined(one) if one.marked else (len(one.text), len(one.text))
        yield FrameView(one.line, one.marked, one.text[:start], one.text[start:end], one.text[end:])
