"""Build `schemas/benchmarks/<year>.json` from a folder of benchmarks, one file for each performance year.

    python -m tools.build_benchmarks FOLDER [--year YYYY ...] [--check]

FOLDER has `<year>.json` with `performanceYear`, `source` (where the figures come from, with the day of the data in
parentheses), `layout` and `benchmarks`: measure id -> submission method -> the record. Such a file is made of
`benchmarks/<year>.json` and `measures/<year>/measures-data.json` of CMSgov/qpp-measures-data. Without `--year`, every
year of the folder is built; with `--check`, nothing is written, and each file that differs is named.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from converter.packages.rendering import rendered
from tools.data_files import SCHEMAS, Facts, settle

MEMBERS = (
    *("benchmarkYear", "deciles", "percentiles", "average", "inverse", "toppedOut", "sevenPointCap"),
    *("sevenPointCapRemoved", "highPriority", "mock"),
)
"""Members of a record, in their order; a member that is not given is left out, and so is one that is false.

Only `inverse` is kept when it is false, because the source does not say it of every record.
"""
_KEPT = frozenset({"inverse"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def year_file(source: Mapping[str, Any]) -> Facts:
    """Return the data file of a year.

    Raises:
        SystemExit: the source does not say of what day its figures are, or has a member that is not known.
    """
    day = _DAY.search(source["source"])
    if day is None:
        raise SystemExit(f"{source['performanceYear']}: the source does not say of what day its figures are")
    return {
        "performanceYear": source["performanceYear"],
        "origin": [source["source"]],
        "date": day[0],
        "layout": source["layout"],
        "benchmarks": {
            measure: {method: _record(measure, record) for method, record in sorted(methods.items())}
            for measure, methods in sorted(source["benchmarks"].items())
        },
    }


def _record(measure: str, record: Mapping[str, Any]) -> Facts:
    unknown = set(record) - set(MEMBERS)
    if unknown:
        raise SystemExit(f"measure {measure} has members that are not known: {', '.join(sorted(unknown))}")
    return {name: record[name] for name in MEMBERS if name in record and (record[name] is not False or name in _KEPT)}


def main(arguments: list[str]) -> int:
    """Build the files; return 1 if `--check` found one that differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--year", type=int, action="append")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args(arguments)
    years = asked.year or sorted(int(path.stem) for path in asked.folder.glob("[12][0-9][0-9][0-9].json"))
    files = {}
    for year in years:
        source = json.loads((asked.folder / f"{year}.json").read_text(encoding="utf-8"))
        files[SCHEMAS / "benchmarks" / f"{year}.json"] = rendered(year_file(source)).encode()
    return settle(files, check=asked.check)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
