"""Build `schemas/guide/` from the facts of the implementation guides' assertions.

    python -m tools.build_guide FACTS [--date YYYY-MM-DD] [--check]

FACTS is a JSON file with what the Schematron files of CMS and HL7 assert, read by a parser into an encoding of our own:
places, checks and, for each version, the rules. The files that it was read from are named in `origin` of each file that
is written. With `--check` nothing is written, and each file that differs is named.

Only the version in force of each year is taken over, and of HL7 those that the years are based on. What several years
share stands once, in `table.json`; a year refers to it by number. The places and checks of a later year that are new go
to the end of the table.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

from converter.packages.rendering import rendered
from tools.data_files import SCHEMAS, Facts, settle

FOLDER = SCHEMAS / "guide"
DATE = "2026-11-26"
HL7 = {"hl7-cat_3_r2_1": "r2.1", "hl7-stu2.1v1.1": "stu2.1v1.1", "hl7-cat_3_r1": "r1"}
"""Version of HL7's base in the facts -> its short name."""
BASED_ON = {2017: "r2.1", 2019: "stu2.1v1.1", 2023: "r1"}
"""From which year on the guides of CMS are based on a version of HL7."""


class Numbers(NamedTuple):
    """Number in the facts -> number in the table, of places and of checks."""

    places: dict[int, int]
    checks: dict[int, int]


def main(arguments: list[str] | None = None) -> int:
    """Write or compare the files; return 1 where `--check` found a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("facts", type=Path)
    parser.add_argument("--date", default=DATE)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args(arguments)
    facts = json.loads(given.facts.read_text(encoding="utf-8"))
    return settle(files(facts, given.date), check=given.check)


def files(facts: Facts, date: str) -> dict[Path, bytes]:
    """Return path -> bytes of every file, of facts as the module describes them."""
    versions = {int(year): facts["versions"][version] for year, version in facts["years"].items()}
    in_force = [*versions.values(), *facts["hl7"].values()]
    places = sorted({rule["where"] for one in in_force for rule in one["rules"]})
    checks = sorted({row[2] for one in in_force for rule in one["rules"] for row in rule["assertions"]})
    table = {
        "origin": list(dict.fromkeys(one["source"] for one in in_force)),
        "date": date,
        "templates": facts["templates"],
        "places": [facts["places"][number]["path"] for number in places],
        "checks": [_without_words(facts["checks"][number]) for number in checks],
    }
    numbers = Numbers({old: new for new, old in enumerate(places)}, {old: new for new, old in enumerate(checks)})
    found: dict[str, Facts] = {"table": table}
    for year, version in versions.items():
        based_on = BASED_ON[max(one for one in BASED_ON if one <= year)]
        head = {"performanceYear": year, "version": facts["years"][str(year)], "basedOn": based_on}
        found[str(year)] = {**head, **_version(version, date, numbers)}
    for name, version in facts["hl7"].items():
        found[f"hl7-{HL7[name]}"] = {"version": HL7[name], **_version(version, date, numbers)}
    return {FOLDER / f"{name}.json": rendered(one).encode() for name, one in found.items()}


def _version(version: Facts, date: str, numbers: Numbers) -> Facts:
    return {
        "origin": [" ".join(one for one in (version["source"], f"({version['published']})") if one != "()")],
        "date": date,
        "valueSets": version["valueSets"],
        "rules": [
            [
                one["group"],
                numbers.places[one["where"]],
                [[*row[:2], numbers.checks[row[2]]] for row in one["assertions"]],
            ]
            for one in version["rules"]
        ],
    }


def _without_words(check: Any) -> Any:
    """A check without what it says: the words are ours, and made where a document fails it."""
    if isinstance(check, dict):
        return {name: _without_words(value) for name, value in check.items() if name != "says"}
    return [_without_words(one) for one in check] if isinstance(check, list) else check


if __name__ == "__main__":
    sys.exit(main())
