"""Command lines of random words, options and files: none ends with a failure of the tool, or says something raw.

python -m tests.fuzz.commands --seconds 60 --jobs 2
"""

import io
import json
import os
import sys
import tempfile
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from converter.cli.main import COMMANDS, run
from tests.cli.runner import Stream
from tests.documents import document
from tests.fuzz.hostile import ESCAPES, MARKUP, TEXTS, TURNING, raw, spoiled
from tests.fuzz.qpp_files import bases
from tests.fuzz.running import main
from tests.fuzz.zips import damaged, sources

_CODES = (0, 1, 2, 130)
_NAMES = tuple(
    text[:60].replace("/", "_").replace("\0", "") for text in (ESCAPES, TURNING, MARKUP, "[a]*?", "a\nb", "é")
)
_FORMATS = ("text", "html", "markdown", "json", "csv", "sarif", "error-json", "TEXT", "nothing", "text=", "csv=-", "=")
_ENDINGS = ("xml", "xml", "json", "zip", "XML", "txt")
_OPTIONS = (
    "--strict", "--brief", "--show-ids", "-q", "--quiet", "--verify", "--all", "--help", "-h", "--version", "--", "-",
)  # fmt: skip
_WITH_VALUE = (
    "-o", "--out", "--year", "--report", "--catalog", "--color", "--max-size", "--max-depth", "--max-elements",
    "--max-members", "--max-ratio", "--max-total", "--xsd", "--response", "--source",
)  # fmt: skip
_WORDS = (
    "GUID002", "59", "236", "CMS165v13", "PI_EP_1", "IA_BE_4", "M1366", "2025", "falls", "MIPS_GROUP", "NQF 0018",
    "2c928085-806c-39a2-0180-7092fa9b0145", "0", "-1", "1", "20", "99999999999999999999", "1.5", "", " ", "bash",
)  # fmt: skip


@cache
def contents() -> tuple[bytes, ...]:
    """What files hold."""
    good, group = document(2025, measures=("236",)).bytes(), document(2024, "MIPS_GROUP", measures=("001",))
    group.program = f"{TURNING}\x9b31m"
    group.ia.entries[0].ids[0].extension = MARKUP
    submission = bases()[0] | {"programName": ESCAPES, ESCAPES: TURNING, "measurementSets": [{"category": ESCAPES}]}
    answer = {
        "error": {
            "type": ESCAPES,
            "message": TURNING,
            "details": [{"message": ESCAPES, "path": "$.measurementSets[0]"}],
        }
    }
    texts = (
        json.dumps(bases()[0]),
        json.dumps(submission),
        json.dumps(answer, ensure_ascii=False),
        "{",
        "",
        "a,b\n1,2\n",
        *TEXTS,
    )
    return (
        good,
        good,
        good[:4000],
        group.bytes(),
        *(one.encode() for one in texts),
        b"\xff\xfe\x00",
        bytes(range(256)),
    )


def _archive(random: Random) -> bytes:
    if random.random() < 0.5:
        return damaged(random.choice(sources()), random)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(random.randrange(4)):
            archive.writestr(
                f"{random.choice(_NAMES)}/{number}.{random.choice(('xml', 'json'))}", random.choice(contents())
            )
    return content.getvalue()


def _files(random: Random) -> list[str]:
    """Write files of all kinds to the working folder, and return their names."""
    names = []
    for number in range(random.randrange(1, 6)):
        name = f"{random.choice(('a', 'b', 'c d', *_NAMES))}{number}.{random.choice(_ENDINGS)}"
        if random.random() < 0.2:
            name = f"{random.choice(('f', 'catalog', *_NAMES))}/{name}"
        with suppress(OSError):
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).write_bytes(_archive(random) if name.endswith("zip") else random.choice(contents()))
            names += [name, str(Path(name).parent)]
    if random.random() < 0.2:
        os.symlink("nowhere", "link.xml")
        names.append("link.xml")
    if random.random() < 0.1:
        Path("catalog").mkdir(exist_ok=True)
        year = random.choice(("2025", "2031", "abc", ESCAPES[:9].replace("\0", "")))
        Path(f"catalog/{year}.json").write_bytes(random.choice(contents()))
    return names


def _word(names: list[str], random: Random) -> str:
    kind = random.randrange(12)
    if kind < 5 and names:
        return random.choice(names)
    if kind < 7:
        return random.choice(_WORDS)
    if kind == 7:
        return random.choice(
            ("out", "x/y.json", "r.html", "r.md", "r.csv", "*.xml", "**", ".", "..", "[", "/dev/null", "nowhere.xml")
        )
    if kind == 8:
        return random.choice(_FORMATS) + random.choice(("", "", "=r.txt", "=out", "=-"))
    if kind == 9:
        return random.choice(TEXTS).replace("\0", "")
    return (
        random.choice(_OPTIONS)
        if kind == 10
        else spoiled(random.choice((*COMMANDS, *_OPTIONS)), random).replace("\0", "")
    )


def _line(names: list[str], random: Random) -> list[str]:
    words = [random.choice(tuple(COMMANDS))] if random.random() < 0.85 else []
    for _ in range(random.randrange(1, 6)):
        if random.random() < 0.4:
            words.append(random.choice(_WITH_VALUE))
        words.append(_word(names, random))
    return [word for word in words if word not in ("--color", "/")]


def _called(words: list[str], stdin: bytes, terminal: bool) -> tuple[Any, bytes, bytes]:
    out, err = Stream(), Stream()
    code: Any = None
    with patch.multiple(sys, stdin=Stream(stdin, terminal=terminal), stdout=out, stderr=err):
        try:
            run(words)
        except SystemExit as leave:
            code = leave.code
    return code, out.content.getvalue(), err.content.getvalue()


def examine(seed: int, number: int) -> str | None:
    """Call the command with the words of a number, in a folder of its own."""
    random = Random(f"{seed} {number}")
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        # The folder above, which the words may name, is one of its own as well.
        work = Path(folder) / "above" / "work"
        work.mkdir(parents=True)
        os.chdir(work)
        try:
            words = _line(_files(random), random)
            code, out, err = _called(words, random.choice(contents()), random.random() < 0.2)
        finally:
            os.chdir(before)
    shown, said = out.decode("utf-8", "replace"), err.decode("utf-8", "replace")
    if code not in _CODES:
        return f"exit code {code}: {words}: {said[-300:]}"
    if "Traceback" in said:
        return f"traceback: {words}: {said[-300:]}"
    # A csv has line ends of two characters, a script for a shell its tabs.
    found = raw(shown, "csv") if "completion" not in words else ""
    return f"{found or raw(said)} raw: {words}" if found or raw(said) else None


if __name__ == "__main__":
    sys.exit(main("tests.fuzz.commands", "command lines", examine))
