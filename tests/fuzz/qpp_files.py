"""QPP JSON with changed members and changed bytes: `check` never fails, and its reports are made and safe.

python -m tests.fuzz.qpp_files --seconds 60 --jobs 2
"""

import json
import sys
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import converter
from converter.cli.work import exit_code
from converter.emitters.reports.formats import FORMATS
from tests.fuzz.hostile import TEXTS, raw, spoiled
from tests.fuzz.running import main

FIXTURES = Path(__file__).resolve().parent.parent.parent / "fixtures"
_LARGEST = 20_000
_INTERNAL = 3
_FORMS = 3
"""In how many of the formats each is reported, which takes longer than to check it."""
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 1e308, 10**30, "", "0", "x", [], {}, [[]], [None], {"": {}}, {"a": [1, "b"]},
    "2025-02-30", "20250101", "quality", "ia", "pi", "group", "individual", "236", "IA_BE_4", "PI_EP_1", 2025, "2025",
)  # fmt: skip
_BYTES = (b'"', b"\\", b"\\ud800", b"\\u0000", b"{", b"}", b"[", b",", b":", b"\x00", b"\xff", b"NaN", b"1e999", b"//")


@cache
def bases() -> tuple[Any, ...]:
    """The submissions that are changed."""
    files = [one.read_bytes() for one in sorted(FIXTURES.glob("20*/*.qpp.json"))]
    return tuple(json.loads(one) for one in files if len(one) < _LARGEST)


def _members(value: Any) -> list[tuple[Any, Any]]:
    """All objects and lists of a tree, with each of their names and numbers."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        names = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        found += [(one, name) for name in names]
        waiting += [one[name] for name in names]
    return found


def _change(root: Any, random: Random) -> None:
    members = _members(root)
    if not members:
        return
    holder, name = random.choice(members)
    other, second = random.choice(members)
    kind = random.randrange(7)
    if kind == 0:
        del holder[name]
    elif kind == 1:
        holder[name] = random.choice(_VALUES)
    elif kind == 2:
        holder[name] = random.choice(TEXTS)
    elif kind == 3:
        holder[name] = json.loads(json.dumps(other[second]))
    elif kind == 4 and isinstance(holder, dict):
        holder[random.choice((*TEXTS, "value", "measurements", f"{name}s"))] = holder.pop(name)
    elif kind == 5:
        holder[name] = [holder[name]] * random.choice((1, 2, 30))
    else:
        holder[name] = spoiled(str(holder[name]), random)


def made(seed: int, number: int) -> bytes:
    """Return the file of a number."""
    random = Random(f"{seed} {number}")
    root = json.loads(json.dumps(random.choice(bases())))
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        _change(root, random)
    text = json.dumps(root, ensure_ascii=random.random() < 0.5, indent=random.choice((None, 1, 2)))
    data = text.encode(random.choice(("utf-8",) * 6 + ("utf-8-sig", "utf-16", "utf-32")), "replace")
    for _ in range(random.choice((0, 0, 0, 1, 3))):
        at = random.randrange(len(data) + 1)
        data = data[:at] + random.choice(_BYTES) + data[at + random.choice((0, 1, 1, 50)) :]
    return data


def examine(seed: int, number: int) -> str | None:
    """Check the file of a number, and make some of its reports."""
    random = Random(f"name {seed} {number}")
    result = converter.check(made(seed, number), name=random.choice((*TEXTS, "a.json", "b.json")))
    if exit_code(result) == _INTERNAL:
        return f"exit code 3: {[one.message for one in result.blocking]}"
    for form in random.sample(list(FORMATS), _FORMS):
        report = converter.render([result], form)
        if "json" in form or form == "sarif":
            json.loads(report)
        if found := raw(report, form):
            return f"{form} has {found} raw"
    return None


if __name__ == "__main__":
    sys.exit(main("tests.fuzz.qpp_files", "JSON files", examine))
