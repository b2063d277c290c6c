"""The explanation of an answer as text: a paragraph for each thing that is said, with the places where it is said."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from converter.emitters.reports.excerpts import plain_lines, visible_line
from converter.explanation.guid_lookup import guids_in
from converter.explanation.response.answer import Answer
from converter.explanation.response.groups import Entry, Group
from converter.explanation.response.places_named import is_xpath
from converter.explanation.response.submitted import Source, Spot, Submitted
from converter.facts.catalog import Catalog
from converter.findings.finding import Finding, Severity
from converter.findings.mask import Mask
from converter.findings.place import Place
from converter.language.english import cut, line_words, number_of
from converter.language.visible import visible

_WIDTH = 100
_IN_SHORT = 20
_MOST_GROUPS = 500
_FINDINGS = 3
_LONGEST = 400
_NOT_OF_DATA = ("transport", "oauth", "scoring")


@dataclass(frozen=True, slots=True)
class Written:
    """The explanation of an answer in words.

    Attributes:
        text: all of it.
        paragraphs: what is said of each message that differs from the others, in their order.
        unnamed: the errors of the file that the answer does not name.
    """

    text: str
    paragraphs: tuple[str, ...]
    unnamed: tuple[Finding, ...]


class Writer:
    """Writes the explanation of one answer.

    A finding is told once, and a place is shown once.
    """

    def __init__(
        self, answer: Answer, submitted: Submitted, catalog: Catalog, mask: Mask, *, assumed: bool = False
    ) -> None:
        """Take an answer.

        Args:
            answer: the answer.
            submitted: the file that was sent, or what is known of it.
            catalog: the measures of its year.
            mask: hides TIN and NPI.
            assumed: whether that year is only the latest one.
        """
        self._answer, self._submitted, self._catalog, self._mask = answer, submitted, catalog, mask
        self._assumed = assumed
        self._told: set[Finding] = set()
        self._framed: set[Place] = set()

    def write(self, groups: Sequence[Group]) -> Written:
        """Return the explanation."""
        shown = [self._paragraph(number, group) for number, group in enumerate(groups[:_MOST_GROUPS], 1)]
        parts = [_joined(self._head(len(groups))), *shown]
        if len(groups) > _MOST_GROUPS:
            parts.append(f"... and {len(groups) - _MOST_GROUPS:,} more messages that differ from these.")
        unnamed = self._unnamed()
        parts += self._foot([group.first for group in groups], unnamed)
        # What is left out of the text is written last, because a finding is told where it is first met.
        rest = [self._paragraph(number, group) for number, group in enumerate(groups[_MOST_GROUPS:], _MOST_GROUPS + 1)]
        return Written("\n\n".join(parts) + "\n", tuple(f"{one}\n" for one in (*shown, *rest)), unnamed)

    def _paragraph(self, number: int, group: Group) -> str:
        return _joined(self._group(number, group))

    def _head(self, different: int) -> Iterator[str]:
        number = len(self._answer.messages)
        remarks = sum(1 for one in self._answer.messages if one.warning)
        parts = [number_of(number - remarks, "message")] if number > remarks else [] if remarks else ["no messages"]
        parts += [number_of(remarks, "remark")] if remarks else []
        alike = f", {different} different" if different < number else ""
        yield from _wrapped(f"{self._mask.foreign(self._answer.kind)}: {' and '.join(parts)}{alike}.", "")
        if self._answer.title:
            yield from _wrapped(self._shown(self._answer.title), "  It says: ")
        for note in self._answer.notes:
            yield from _wrapped(self._mask.foreign(note), "  ")
        if isinstance(self._submitted, Source):
            yield from self._source(self._submitted)
        if self._answer.lines:
            yield ""
            yield from (f"  {self._mask.foreign(line)}" for line in self._answer.lines)

    def _source(self, source: Source) -> Iterator[str]:
        errors = sum(1 for one in source.findings if one.severity is Severity.ERROR)
        year = f"reports {source.year}" if source.year else "does not say which year it reports"
        yield from _wrapped(f"The file that was sent {year}; this tool finds {number_of(errors, 'error')} in it.", "  ")
        if source.values is None:
            yield from _wrapped(
                "It cannot be converted, so places inside the submission cannot be shown; fix its errors first.",
                "  ",
            )

    def _unnamed(self) -> tuple[Finding, ...]:
        """The errors that this tool finds in the file and that have not been told."""
        if not isinstance(self._submitted, Source):
            return ()
        errors = (one for one in self._submitted.findings if one.severity is Severity.ERROR)
        return tuple(one for one in errors if one not in self._told)

    def _foot(self, entries: Sequence[Entry], unnamed: Sequence[Finding]) -> Iterator[str]:
        """Yield the paragraph that stands below all messages, if there is one."""
        if not isinstance(self._submitted, Source):
            hints = []
            if any(one.message.side not in _NOT_OF_DATA and not one.said.finding for one in entries):
                hints.append("Add --source FILE, the file that was sent, to see the places in it.")
            if self._assumed and any(guids_in(one.said.message) or one.message.words for one in entries):
                hints.append(f"Measures are those of {self._catalog.year}; use --year for another year.")
            yield from [_joined(_wrapped(" ".join(hints), ""))] if hints else []
        elif unnamed:
            named = ", ".join(dict.fromkeys(f"{one.id} {one.slug}" for one in unnamed))
            more = number_of(len(unnamed), "more error" if self._told else "error")
            words = f"This tool finds {more} in the file that the answer does not name: {named}."
            yield _joined(_wrapped(f"{words} `qrda2qpp check FILE` shows all.", ""))

    def _group(self, number: int, group: Group) -> Iterator[str]:
        first = group.first
        said, spot = first.said, first.spot
        code = f" (error code {self._mask.foreign(str(said.code))})" if said.code is not None else ""
        remark = "remark: " if said.warning else ""
        yield from _wrapped(f"{remark}{self._shown(said.message)}{code}", f"{number}. ")
        told = list(self._findings(spot))
        yield from self._meaning(group)
        yield from self._where(first)
        yield from told
        if not told and isinstance(self._submitted, Source) and first.message.kinds:
            yield f"  This tool finds nothing like it {'there' if spot.place else 'in the file'}."
        yield from self._others(group.entries[1:])

    def _meaning(self, group: Group) -> Iterator[str]:
        if group.meaning:
            yield from _wrapped(self._mask.foreign(group.meaning), "  What it means: ")
        if group.rules:
            yield from _wrapped(", ".join(f"{kind.id} {kind.slug}" for kind in group.rules), "  Rule: ")
        for one in group.identifiers:
            for line in one.text.splitlines():
                yield from _wrapped(line.strip(), "  ")
        for line in group.advice:
            yield from _wrapped(self._mask.foreign(line), "  What to do: ")

    def _where(self, entry: Entry) -> Iterator[str]:
        spot = entry.spot
        where = self._place_words(entry)
        if where:
            yield from _wrapped(where, "  Where: ")
        if spot.missing and isinstance(self._submitted, Source):
            yield from _wrapped(
                f"The file has no {self._mask.foreign(spot.missing)}: it may not be the file that was sent.", "    "
            )
        if spot.place and spot.place.path and spot.place not in self._framed:
            self._framed.add(spot.place)
            yield f"    {self._mask.foreign(spot.place.path)}"
            yield from self._frame(spot.place)

    def _frame(self, place: Place) -> Iterator[str]:
        lines = [visible_line(one._replace(text=self._mask.markup(one.text))) for one in place.frame]
        if lines and place.path.count("/") > 1:  # the head of the document shows nothing
            yield from (f"  {line}" for line in plain_lines(lines, _WIDTH - 2))

    def _place_words(self, entry: Entry) -> str:
        said, spot = entry.said, entry.spot
        line, column = (spot.place.line, spot.place.column) if spot.place else (said.line, said.column)
        parts = [spot.words] if spot.words else []
        if not spot.words and not spot.place:
            parts += [one for one in (said.label, said.path) if one and not is_xpath(one)]
        if not parts and not spot.place and entry.message.object:
            parts.append(entry.message.object)
        parts += [line_words(line, column)] if line else []
        return cut(self._mask.foreign(", ".join(parts)), _LONGEST)

    def _findings(self, spot: Spot) -> Iterator[str]:
        shown = spot.findings[:_FINDINGS]
        if shown:
            yield f"  This tool finds {spot.finds}:"
        for finding in shown:
            yield from self._finding(finding)
        if len(spot.findings) > len(shown):
            yield f"    ... and {len(spot.findings) - len(shown):,} more (`qrda2qpp check` shows all of them)"

    def _finding(self, finding: Finding) -> Iterator[str]:
        place = finding.place
        where = f", {place.where}" if place and place.line else ""
        again = finding in self._told
        yield f"    {finding.severity.value} {finding.id} {finding.slug}{where}{' (see above)' if again else ''}"
        if not again:
            self._told.add(finding)
            yield from _wrapped(self._mask.foreign(finding.message), "      ")
            yield from _wrapped(self._mask.foreign(finding.fix), "      What to do: ")

    def _others(self, entries: Sequence[Entry]) -> Iterator[str]:
        if not entries:
            return
        yield f"  The same {number_of(len(entries), 'more time')}:"
        for entry in entries[: _IN_SHORT - 1]:
            ids = ", ".join(dict.fromkeys(one.id for one in entry.spot.findings)) if entry.spot.near else ""
            words = self._place_words(entry) or self._shown(entry.said.message)
            if entry.spot.missing and isinstance(self._submitted, Source):
                words = f"not in the file: {self._mask.foreign(entry.spot.missing)}"
            yield from _wrapped(f"{words}{f': {ids}' if ids else ''}", "    ")
        for entry in entries:
            self._told.update(entry.spot.findings if entry.spot.near else ())
        if len(entries) >= _IN_SHORT:
            yield f"    ... and {len(entries) - _IN_SHORT + 1:,} more"

    def _shown(self, words: str) -> str:
        return cut(self._mask.foreign(" ".join(words.split())), _LONGEST)


def readable(line: str) -> str:
    """Return a line that can be shown: without blanks at its end, and with escapes for what is not to be shown raw."""
    return visible(line.rstrip())


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(readable(line) for line in lines)


def _wrapped(words: str, lead: str) -> Iterable[str]:
    """Wrap words to the width of a terminal; later lines stand in by four more than the first, or below a number."""
    stands = len(lead) - len(lead.lstrip())
    indent = " " * (stands + (0 if not lead.strip() else 2 if stands else 3))
    return textwrap.wrap(
        words, _WIDTH, initial_indent=lead, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
