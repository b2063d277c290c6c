"""Damaged zip archives: whatever is in them, they are listed and read, or say why not.

python -m tests.fuzz.zips --documents 5000 --jobs 2
"""

import io
import random
import sys
import tempfile
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from converter.errors import SourceError
from converter.source.inputs import expand
from converter.source.limits import DEFAULT_LIMITS
from tests.documents import document
from tests.fuzz.running import main

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_DIRECTORY = b"PK\x01\x02"
_IN_DIRECTORY = 0.7
"""Share of the changes that are made in the directory, where most of them matter."""


def whole(method: int) -> bytes:
    """Return an archive with three documents."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for number in range(3):
            archive.writestr(f"d{number}/é{number}.xml", document(2025).bytes()[:3000])
        archive.comment = b"made to be damaged"
    return content.getvalue()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return an archive with some of its bytes changed, left out or put in."""
    made = bytearray(data)
    directory = made.index(_DIRECTORY)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        place = chance.randrange(directory if chance.random() < _IN_DIRECTORY else 0, len(made))
        change = chance.choice(("replace", "replace", "replace", "cut", "insert"))
        if change == "replace":
            made[place] = chance.choice((0, 255, chance.randrange(256)))
        elif change == "cut":
            del made[place : min(place + chance.randrange(1, 9), len(made) - 1)]
        else:
            made[place:place] = chance.randbytes(chance.randrange(1, 9))
        directory = min(directory, len(made) - 1)
    return bytes(made)


@cache
def sources() -> tuple[bytes, ...]:
    """The archives that are damaged, one of each method."""
    return tuple(whole(method) for method in _METHODS)


def examine(seed: int, number: int) -> str | None:
    """Damage an archive and read its documents; each is read or refused with a reason."""
    chance = random.Random(f"{seed} {number}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(damaged(chance.choice(sources()), chance))
        for one in expand([str(path)], DEFAULT_LIMITS):
            with suppress(SourceError):
                one.read()
    return None


if __name__ == "__main__":
    sys.exit(main("tests.fuzz.zips", "damaged archives", examine, 5_000))
