"""What several files have to do with each other: made of what the browser kept of each, for nothing stays here."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from converter.account.across_files import Batch
from converter.errors import UsageError
from converter.findings.finding import Finding
from converter.language.english import capital
from converter.model.verdict import VerdictKind
from converter.service.page.rendering import rendered
from converter.service.page.rows import Kept, row_of_kept

_SHOWN = 5
"""Files that are named for each finding before the others are folded away."""


class Together(NamedTuple):
    """What several files have to do with each other.

    Attributes:
        html: a part of the page that says it; empty where it is nothing.
        rows: number of a file -> the row that it now has, with `together`: what of it is said beside its own result.
    """

    html: str
    rows: dict[int, dict[str, Any]]


def together(kept: Sequence[Kept | None]) -> Together:
    """Compare files in the order in which they were chosen; None stands for one that has nothing to do with others."""
    batch = Batch()
    rows: dict[int, dict[str, Any]] = {}
    told: dict[str, dict[int, list[Finding]]] = {}
    for number, one in enumerate(kept):
        found = _of_others(batch, one) if one else []
        if one is None or not found:
            continue
        for finding in found:
            told.setdefault(finding.id, {}).setdefault(number, []).append(finding)
        note = rendered("together_note.html.j2", findings=found)
        rows[number] = row_of_kept(_dearer(one, found)) | {"together": note}
    groups = [
        [(rows[number]["name"], ones[0], len(ones) - 1) for number, ones in files.items()] for files in told.values()
    ]
    return Together(rendered("together.html.j2", groups=groups, most=_SHOWN) if groups else "", rows)


def together_of(body: bytes) -> Together:
    """Compare files, of which a browser sends what it kept as a list in JSON.

    Raises:
        UsageError: it is no such list.
    """
    try:
        kept = _KEPT.validate_json(body)
    except ValidationError as error:
        raise UsageError("What was kept of the files cannot be read. Choose them once more.") from error
    return together(kept)


_KEPT = TypeAdapter(list[Kept | None])


def _of_others(batch: Batch, one: Kept) -> list[Finding]:
    """What other files have to do with a file; what it has to do with itself was found when it was read."""
    own = {(found.id, found.message) for found in Batch().compare(one.name, one.traces, _nowhere)}
    return [each for each in batch.compare(one.name, one.traces, _nowhere) if (each.id, each.message) not in own]


def _dearer(one: Kept, found: Sequence[Finding]) -> Kept:
    """What is kept of a file, with what others have to do with it."""
    record = one.record.and_more(found)
    if record.fate is one.record.fate:
        return one._replace(record=record)
    return one._replace(kind=VerdictKind.COSTS_POINTS, sentence=capital(found[0].message), record=record)


def _nowhere(_pointer: str) -> None:
    """The places of a file went with it."""
