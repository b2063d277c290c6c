"""Collector: gathers the findings of one document, in the order in which they are made, each only once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from converter.deadline import look
from converter.findings.finding import Datum, Finding, Kind, MeasureLabel
from converter.findings.place import Place
from converter.language.english import capital, cut, listed

_LONGEST = 90
"""How much of what was found a sentence quotes."""


def _follows(cause: str) -> str:
    return f"Fix {cause} first; this follows from it."


class _Words(dict[str, object]):
    """What fills a sentence. A word that is missing stays in its braces, since the finding matters more than that."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def _shown(value: object) -> object:
    """A value as a sentence shows it."""
    if isinstance(value, tuple):
        return listed([str(one) for one in value])
    return f"{value:g}" if isinstance(value, float) else value


def _data(kind: Kind, words: Mapping[str, object]) -> dict[str, Datum]:
    return {name: _plain(words[name]) for name in (*kind.data, *kind.optional) if name in words}


def _plain(value: object) -> Datum:
    """A value that JSON has: what is none of those is given by its text."""
    if isinstance(value, tuple):
        return tuple(value)
    return value if value is None or isinstance(value, str | int | float) else str(value)


def follow_on(finding: Finding, cause: str) -> Finding:
    """Return a finding as one that follows from another."""
    return replace(finding, caused_by=cause, fix=_follows(cause))


class Collector:
    """Makes findings from rows of the table and keeps them, without repeating one that says the same of one place."""

    __slots__ = ("_findings", "_seen")

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._seen: set[tuple[object, ...]] = set()

    def add(  # noqa: PLR0913 - the members of a finding
        self,
        kind: Kind,
        place: Place | None = None,
        /,
        *,
        found: str | None = None,
        measure: MeasureLabel | None = None,
        related: tuple[Place, ...] = (),
        caused_by: str | None = None,
        fix: str = "",
        **words: object,
    ) -> None:
        """Add a finding.

        What follows from another finding says to fix that one: its own remedy would often be wrong.

        Args:
            kind: the row of the table.
            place: where; None for the document as a whole.
            found: what stands in the document.
            measure: the measure concerned.
            related: other places that belong to it.
            caused_by: id of the finding that this one follows from.
            fix: what to do in this case; empty for what the row says.
            words: the data and wording that the row declares. One too many is left out, and one that is missing stays
                in its braces: neither keeps the finding back.
        """
        shown = _Words((name, _shown(value)) for name, value in words.items())
        shown["found"] = found if found is None else cut(found, _LONGEST, _LONGEST)
        shown["measure"] = measure or "the measure"
        self.keep(
            Finding(
                kind=kind,
                message=capital(kind.message.format_map(shown)),
                found=found,
                expected=kind.expected.format_map(shown),
                fix=_follows(caused_by) if caused_by else fix or kind.fix.format_map(shown),
                place=place,
                related=related,
                caused_by=caused_by,
                measure=measure,
                data=_data(kind, words),
            )
        )

    def keep(self, finding: Finding) -> None:
        """Keep a finding that is already made, unless the same one is there."""
        look()
        key = (finding.id, finding.message, finding.place and finding.place.key)
        if key not in self._seen:
            self._seen.add(key)
            self._findings.append(finding)

    def let_follow(self, cause: Kind, of: Callable[[Finding], bool]) -> None:
        """Let the findings of which something is true follow from one of a kind that was made after them."""
        self._findings = [follow_on(one, cause.id) if of(one) else one for one in self._findings]

    def relate(self, places: Mapping[int, Sequence[Place]]) -> None:
        """Add related places to findings, by the numbers in which they were made."""
        for number, more in places.items():
            one = self._findings[number]
            self._findings[number] = replace(one, related=(*one.related, *more))

    def drop(self, start: int) -> None:
        """Leave out all findings that were made after a number of others."""
        del self._findings[start:]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._findings)

    def __len__(self) -> int:
        return len(self._findings)
