"""Command lines of random words, options and files: none ends with a failure of the tool, or says something raw.

python -m tests.fuzz.commands --seconds 60 --jobs 2
"""

import io
import json
import os
import re
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
from converter.emitters.reports.formats import FORMATS
from tests.cli.runner import Stream
from tests.documents import document
from tests.fuzz.hostile import ESCAPES, MARKUP, TEXTS, TURNING, raw, spoiled
from tests.fuzz.qpp_files import bases
from tests.fuzz.running import main
from tests.fuzz.zips import damaged, sources

_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_CODES = (0, 1, 2, 130)
_NAMES = tuple(
    text[:60].replace("/", "_").replace("\0", "") for text in (ESCAPES, TURNING, MARKUP, "[a]*?", "a\nb", "é")
)
_FORMATS = (*FORMATS, "TEXT", "nothing", "text=", "csv=-", "=")
_ENDINGS = ("xml", "xml", "json", "zip", "XML", "txt")
_OPTIONS = (
    "--strict", "--brief", "--show-ids", "-q", "--quiet", "--verify", "--all", "--help", "-h", "--version", "--", "-",
)  # fmt: skip
_WITH_VALUE = (
    "-o", "--out", "--year", "--report", "--catalog", "--color", "--max-size", "--max-depth", "--max-elements",
    "--max-members", "--max-ratio", "--max-total", "--xsd", "--response", "--source",
)  # fmt: skip
_GOOD = (
    *(["--report", form] for form in FORMATS), *(["--report", f"r.{ending}"] for ending in ("html", "csv", "md")),
    ["--year", "2025"], ["--year", "2018"], ["--brief"], ["--show-ids"], ["--strict"], ["-q"], ["--color", "always"],
    ["--catalog", "catalog"], ["--max-size", "1"], ["--max-depth", "20"], ["--max-elements", "50"],
    ["--max-ratio", "2"],
    ["--max-members", "1"], ["--max-total", "1"], ["--report", "text=r.txt"], ["--report", "sarif=-"],
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
        *[good] * 8,
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
    return random.choice(_OPTIONS) if kind == 10 else spoiled(random.choice((*COMMANDS, *_OPTIONS)), random)


def _sensible(names: list[str], random: Random) -> list[str]:
    """A command with options and values that go with it."""
    sources = [random.choice(names or ["-"]) for _ in range(random.choice((1, 1, 1, 2, 3)))]
    kind = random.randrange(10)
    if kind < 2:
        return ["explain", *(random.choice((*_WORDS, *TEXTS)) for _ in range(random.randrange(1, 4)))]
    if kind == 2:
        more = ["--source", sources[-1]] if random.random() < 0.5 else []
        return ["explain", "--response", sources[0], *more]
    if kind == 3:
        return random.choice((["measures", random.choice(_WORDS)], ["years"], ["demo", "samples"], ["help", "check"]))
    command = random.choice((["check"], ["check"], ["convert"], []))
    words = [*command, *sources]
    if command != ["check"]:
        several = len(sources) > 1 or random.random() < 0.5
        words += random.choice((["--out", "out"], ["--out", sources[0]])) if several else ["-o", "r.json"]
        words += ["--verify"] if random.random() < 0.3 else []
    for _ in range(random.randrange(4)):
        words += random.choice(_GOOD)
    return words


def _line(names: list[str], random: Random) -> list[str]:
    """The words of a command line: sensible ones, perhaps with one that is not, or any at all."""
    if random.random() < 0.75:
        words = _sensible(names, random)
        if random.random() < 0.3:
            words.insert(random.randrange(len(words) + 1), _word(names, random))
    else:
        words = [random.choice(tuple(COMMANDS))] if random.random() < 0.85 else []
        for _ in range(random.randrange(1, 6)):
            words += [random.choice(_WITH_VALUE)] if random.random() < 0.4 else []
            words.append(_word(names, random))
    return [word.replace("\0", "") for word in words if word != "/"]


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
    if "always" in words:
        shown, said = _COLOUR.sub("", shown), _COLOUR.sub("", said)
    form = "csv" if "csv" in words else "text"
    found = (raw(shown, "csv") if "completion" not in words else "") or raw(said, form)
    return f"{found} raw: {words}" if found else None


if __name__ == "__main__":
    sys.exit(main("tests.fuzz.commands", "command lines", examine))
