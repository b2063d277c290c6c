"""Collector: gathers the findings of one document, in the order in which they are made, each only once."""

from collections.abc import Iterator
from dataclasses import replace

from converter.findings.finding import Finding, Kind, MeasureLabel
from converter.findings.place import Place
from converter.language.english import capital, cut

_LONGEST = 90
"""How much of what was found a sentence quotes."""


def _follows(cause: str) -> str:
    return f"Mend {cause} first; this follows from it."


def follow_on(finding: Finding, cause: str) -> Finding:
    """Return a finding as one that follows from another."""
    return replace(finding, caused_by=cause, fix=_follows(cause))


class Collector:
    """Makes findings from rows of the table and keeps them, without repeating one that says the same of one place."""

    __slots__ = ("_findings", "_seen")

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._seen: set[tuple[object, ...]] = set()

    def add(
        self,
        kind: Kind,
        place: Place | None = None,
        /,
        *,
        found: str | None = None,
        measure: MeasureLabel | None = None,
        related: tuple[Place, ...] = (),
        caused_by: str | None = None,
        **words: object,
    ) -> None:
        """Add a finding; `words` fill the parameters of the row's sentences, beside `found` and `measure`.

        The word `fix`, where it is not empty, is what to do in this case in place of what the row says.
        What follows from another finding tells to mend that one: its own remedy would often be wrong.
        """
        words["found"] = found if found is None else cut(found, _LONGEST, _LONGEST)
        words["measure"] = measure or "the measure"
        self.keep(
            Finding(
                kind=kind,
                message=capital(kind.message.format(**words)),
                found=found,
                expected=kind.expected.format(**words),
                fix=_follows(caused_by) if caused_by else str(words.get("fix") or kind.fix.format(**words)),
                place=place,
                related=related,
                caused_by=caused_by,
                measure=measure,
            )
        )

    def keep(self, finding: Finding) -> None:
        """Keep a finding that is already made, unless the same one is there."""
        key = (finding.id, finding.message, finding.place and finding.place.key)
        if key not in self._seen:
            self._seen.add(key)
            self._findings.append(finding)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._findings)

    def __len__(self) -> int:
        return len(self._findings)
