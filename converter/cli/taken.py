"""Names of results: of inputs whose results would have the same name, only the first one is dealt with."""

import os
from collections.abc import Sequence
from pathlib import Path

from converter.cli.work import failed
from converter.findings import kinds
from converter.findings.mask import masked_text
from converter.result import Result
from converter.source.inputs import Input
from converter.source.url import PathOrUrl


class Names:
    """Which input a name belongs to. Upper and lower case are the same name, as they are on many systems."""

    def __init__(self) -> None:
        self._owners: dict[str, tuple[str, PathOrUrl | None]] = {}

    def refused(self, inputs: Sequence[Input]) -> dict[int, Result]:
        """What becomes of inputs whose result would overwrite that of one before: number -> result.

        A name stays with the input that had it before, which may come again, as long as its file is there.
        """
        here: set[str] = set()
        found: dict[int, Result] = {}
        for number, item in enumerate(inputs):
            key = str(item.output).casefold()
            owner = self._owners.get(key)
            if owner is None or (key not in here and (owner[0] == item.name or is_gone(owner[1]))):
                self._owners[key] = item.name, item.path
                here.add(key)
            else:
                found[number] = failed(item, kinds.OUTPUT_TAKEN, other=masked_text(owner[0]))
        return found


def is_gone(place: PathOrUrl | None) -> bool:
    """Whether a file is no longer there; a link that leads nowhere is."""
    return isinstance(place, Path) and not os.path.lexists(place)
