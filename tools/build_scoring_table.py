"""Write the table of all rules of scoring into `docs/scoring.md`, from the data files.

    python -m tools.build_scoring_table [--check]

With `--check`, nothing is written, and it is said whether the page differs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.data_files import load, settle

PAGE = Path(__file__).resolve().parent.parent / "docs" / "scoring.md"
BEGIN, END = "<!-- rules: begin -->\n", "<!-- rules: end -->"
_SAID = ("what", "sure", "source", "from", "to")
_NAMES = {
    "decimals": "Decimals", "floors": "Floor", "noBenchmark": "No benchmark", "fewCases": "Too few cases",
    "incomplete": "Incomplete data", "webInterface": "CMS Web Interface", "flatBenchmark": "Flat benchmark",
    "newMeasures": "New measures", "caps": "Topped out", "bonuses": "Bonuses", "smallPractice": "Small practice",
    "methodsTogether": "Several methods", "leavesDenominator": "Leaving the category",
    "claimsMeasures": "Claims measures", "piPoints": "PI measures",
    "piRegistries": "PI registries", "piRegistryBonus": "PI registry bonus", "piMoves": "PI exclusions",
    "piAlternatives": "PI alternatives", "piRule": "PI points", "piConflict": "PI conflicts",
    "activitiesApm": "Activities of APM participants",
    "weights": "Weights", "reweighted": "Other weights", "automatic": "Automatic reweighting",
    "thresholds": "Threshold", "unknown": "Not known",
}  # fmt: skip
"""Table of the data file -> how the page calls it."""
_MEMBERS = {
    "wanted": "for full credit",
    "reduced": "with special status",
    "moveTo": "go to",
    "mostPercent": "percent at most",
}
"""Member of a row -> how the page calls it, where it is not by its name."""


def page(text: str) -> str:
    """Return the text of the page with a new table."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + "".join(f"{line}\n" for line in table()) + END + after


def table() -> Iterator[str]:
    """Yield the lines of the table."""
    yield "| rule | years | what | figures | sure | source |"
    yield "|---|---|---|---|---|---|"
    for name, rows in load("scoring.json").items():
        if isinstance(rows, list) and name in _NAMES:
            yield from (_line(_NAMES[name], row, row["what"], row["sure"], row["source"]) for row in rows)
    rules = load("submission-rules.json")
    for row in rules["quality"]:
        yield _line("Measures and cases", row, "Case minimum, and how many measures count", "B", "rule-making")
    for row in rules["completeness"]:
        yield _line("Data completeness", row, "Share of the eligible cases that has to be reported", "B", row["source"])
    for row in rules["activities"]:
        yield _line("Improvement activities", row, "Points or activities for full credit", "A", row["source"])
    for row in rules["fullCredit"]:
        yield _line("Improvement activities", row, "Full credit without data", "B", row["source"])


def _line(name: str, row: dict[str, Any], what: str, sure: str, source: str) -> str:
    years = f"{row['from']} on" if "to" not in row else str(row["from"])
    if row.get("to", row["from"]) != row["from"]:
        years = f"{row['from']}-{row['to']}"
    figures = "; ".join(f"{_MEMBERS.get(key, key)} {_shown(value)}" for key, value in row.items() if key not in _SAID)
    return f"| {name} | {years} | {what} | {figures} | {sure} | {source} |"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(one)}" for key, one in value.items())
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def main(arguments: list[str]) -> int:
    """Write the page; return 1 if `--check` found that it differs."""
    made = page(PAGE.read_text(encoding="utf-8"))
    return settle({PAGE: made.encode()}, check="--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
