"""Compare `schemas/message-fingerprints.json` with the messages of a release of CMS' converter.

    python -m tools.check_messages ERROR_MESSAGES.md RELEASE

ERROR_MESSAGES.md is the file of that name in CMSgov/qpp-conversion-tool at the tag RELEASE (such as v2026.06.25.01);
it lists each code with its message, and what the converter fills in between backticks. Every message is turned into
hashes as the schema of the fingerprints says, and must be that of a row of its code which holds in the release. Numbers
are those of the list; `documented` in `schemas/official-codes.json` says which code has which.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from converter.explanation.fingerprints import hashes_of
from tools.data_files import Facts, load

_LINE = re.compile(r"^\* (\d+) : (?:CT - )?(.*)$", re.MULTILINE)
_FILLED_IN = re.compile(r"`\([^`]*\)`")
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"[a-z0-9]+")


def fingerprint(message: str) -> frozenset[str]:
    """Return the hashes of the parts of a message that are always the same."""
    parts = [" ".join(_WORD.findall(part.lower())) for part in _FILLED_IN.split(message)]
    return frozenset(one for part in parts for one in _of_part(part))


def _of_part(part: str) -> set[str]:
    """Hashes of all runs of 3 words, or of the only run of 2; `hashes_of` gives both."""
    words = part.split()
    runs = [" ".join(words[at : at + 3]) for at in range(len(words) - 2)] or [part]
    return {one for run in runs for one in _whole(run)}


def _whole(run: str) -> set[str]:
    """The hash of a run itself: what it has beyond the hashes of the runs in it."""
    words = run.split()
    inner = hashes_of(" ".join(words[:-1])) | hashes_of(" ".join(words[1:])) if len(words) > 2 else set()
    return hashes_of(run) - inner


def differences(text: str, release: str) -> Iterator[str]:
    """Say for which messages of a list there is no row of fingerprints in a release."""
    rows = [row for row in load("message-fingerprints.json")["rows"] if _holds(row, release)]
    known = {frozenset(row["hashes"].split()) for row in rows}
    for number, message in _LINE.findall(text):
        # The list spells out addresses of the guide, most of which the converter fills in.
        if not known & {fingerprint(message), fingerprint(_ADDRESS.sub("`()`", message))}:
            yield f"{number}: {message}"


def _holds(row: Facts, release: str) -> bool:
    return _order(row["first"]) <= _order(release) <= _order(row["last"])


def _order(release: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", release)]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 1 where a message has no fingerprint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("messages", type=Path, help="ERROR_MESSAGES.md of the release")
    parser.add_argument("release", help="its tag, such as v2026.06.25.01")
    options = parser.parse_args(arguments)
    text = options.messages.read_text(encoding="utf-8")
    found = list(differences(text, options.release))
    print("\n".join([*found, f"{len(_LINE.findall(text))} messages, {len(found)} without a fingerprint"]))
    return 1 if found or not _LINE.search(text) else 0


if __name__ == "__main__":
    sys.exit(main())
