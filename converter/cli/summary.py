"""What is said at the end of a run over several files: what became of them, and why."""

from collections import Counter
from collections.abc import Iterator

from converter.batch.record import Fate, Record
from converter.language.english import cut, number_of
from converter.language.visible import visible

_MOST = 10
_INDENT = "  "


class Tally:
    """Counts what became of the files of a run, and in how many of them each error is."""

    __slots__ = ("_causes", "_fates", "_slugs")

    def __init__(self) -> None:
        self._fates: Counter[Fate] = Counter()
        self._causes: Counter[str] = Counter()
        self._slugs: dict[str, str] = {}

    def add(self, one: Record) -> None:
        """Count one file."""
        self._fates[one.fate] += 1
        errors = {cause.id: cause.slug for cause in one.causes}
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


def refusal(one: Record, width: int) -> str:
    """Return what became of a file that was refused, and below its first cause, cut to the width."""
    first = [cut(f"{_INDENT}{cause.id} {visible(cause.message)}", width) for cause in one.causes[:1]]
    return "\n".join([one.headline, *first])
