"""Damaged zip archives: whatever is in them, they are listed and read, or say why not.

    python -m tests.fuzz.zips --archives 5000 --seed 1

Prints how many documents were read and why others were not. Exit code 1 where anything else was raised; the seed and
number of the archive make it again.
"""

import argparse
import io
import random
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

from converter.errors import SourceError
from converter.source.inputs import expand
from converter.source.limits import DEFAULT_LIMITS
from tests.documents import document

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


def read(path: Path, told: Counter[str]) -> None:
    """Read all documents of an archive, and count what became of them."""
    for one in expand([str(path)], DEFAULT_LIMITS):
        try:
            one.read()
            told["read"] += 1
        except SourceError as error:
            told[str(error)] += 1


def main() -> int:
    """Damage archives and read them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archives", type=int, default=5000, help="how many are made")
    parser.add_argument("--seed", type=int, default=1, help="another one makes other archives")
    arguments = parser.parse_args()
    sources = [whole(method) for method in _METHODS]
    told: Counter[str] = Counter()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        for number in range(arguments.archives):
            chance = random.Random(f"{arguments.seed} {number}")
            path.write_bytes(damaged(chance.choice(sources), chance))
            try:
                read(path, told)
            except Exception as error:
                failed += 1
                sys.stdout.write(f"archive {number}: {type(error).__name__}: {error}\n")
    for words, count in told.most_common():
        sys.stdout.write(f"{count:>8,}  {words}\n")
    sys.stdout.write(f"{arguments.archives:,} archives, {failed} raised something\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
