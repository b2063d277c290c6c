"""What every report format says of a few small documents: writes it to `tests/goldens/reports`.

    python -m tests.goldens.update_reports

The documents are made here, so that a golden can be read beside what is wrong with its document. After this, look at
every line of `git diff tests/goldens/reports`.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from converter.emitters.reports.formats import FORMATS, emitter
from converter.emitters.reports.report import Report
from converter.facts.files import shipped_folder
from converter.pipeline import Options, convert_bytes
from tests.complete import complete_document
from tests.documents import Doc, document, drop
from tests.facts.qpp_examples import submission

FOLDER = Path(__file__).resolve().parent / "reports"
ENDINGS = {
    "text": ".txt",
    "html": ".html",
    "markdown": ".md",
    "json": ".json",
    "csv": ".csv",
    "sarif": ".sarif",
    "error-json": ".error.json",
}
VERSION, DATE = "0.0.0", "2025-01-01"
"""Stand for the version of the tool and the date of the measures, which change without a change of the reports."""


def _three_findings() -> Doc:
    doc = document(2025, "MIPS_GROUP", measures=("236", "226"), ia=False)
    doc.measure("236").guid = "2c928085-806c-39a2-0180-7092fa9b0145"  # that of 2024
    doc.measure("226").population("NUMER").count = "12.5"
    doc.measure("226").rates[1].value = "85"
    return doc


def _root_cause() -> Doc:
    """A measure without the template that says so: everything in it is lost with it."""
    doc = document(2025, "MIPS_APP1_INDIV", measures=("134",), pi=False, ia=False)
    drop(doc.measure("134").templates, "27.3.17")
    return doc


def _would_be_rejected() -> Doc:
    doc = document(2025, "MIPS_GROUP", measures=("001", "236"), pi=False, ia=False)
    doc.measure("236").population("NUMER").count = 189
    return doc


def _submission() -> bytes:
    """QPP JSON with a misspelt member, a number as text, a count that cannot be, and a method that is not accepted."""
    data = submission(2025)
    quality, pi, activities = data["measurementSets"]
    quality["chertId"] = quality.pop("cehrtId")
    quality["measurements"][0]["value"]["performanceMet"] = 1200
    quality["measurements"][1]["value"]["strata"][1]["eligiblePopulation"] = "10"
    pi["submissionMethod"] = "cmsWebInterface"
    activities["measurements"][0]["measureId"] = "IA_NOPE_9"
    return json.dumps(data, indent=2).encode()


def _converted(doc: Doc) -> bytes:
    """The QPP JSON that a document becomes."""
    return convert_bytes(doc.bytes(), "", (shipped_folder(),)).to_json(indent=2).encode()


def sources() -> dict[str, list[tuple[str, bytes]]]:
    """Name of the case -> names and bytes of its documents; one name holds a TIN and an NPI."""
    clean = document(2025, "MIPS_INDIV", measures=("236", "438")).bytes()
    return {
        "clean": [("clean.xml", clean)],
        "three-findings": [("exports/three findings.xml", _three_findings().bytes())],
        "root-cause": [("root-cause of 00-0417263 and 2003004175.xml", _root_cause().bytes())],
        "blocked-by-xml": [("blocked.xml", clean.replace(b"</title>", b"", 1))],
        "would-be-rejected": [("rejected.xml", _would_be_rejected().bytes(indent=None))],
        "submission": [("submission.json", _submission())],
        "submission-clean": [("submission of 000417263.json", _converted(complete_document(2025, "MIPS_INDIV")))],
        "two-documents": [("clean.xml", clean), ("empty.xml", b"")],
    }


def reports(case: str) -> Iterator[Report]:
    """The reports of a case, as `qrda2qpp check` makes them."""
    for name, data in sources()[case]:
        report = convert_bytes(data, name, (shipped_folder(),), Options(strict=True, submissions=True)).report()
        yield replace(report, tool_version=VERSION, catalog_date=report.catalog_date and DATE)


def goldens() -> dict[Path, str]:
    """Path -> text of all goldens."""
    return {
        FOLDER / f"{case}{ENDINGS[form]}": emitter(form)(list(reports(case))) for form in FORMATS for case in sources()
    }


def present() -> set[Path]:
    """All goldens that are there."""
    return {path for path in FOLDER.iterdir() if path.name != ".gitattributes"}


def main() -> int:
    """Write all goldens and remove those that no case has."""
    wanted = goldens()
    for path in present() - wanted.keys():
        path.unlink()
    changed = 0
    for path, words in wanted.items():
        data = words.encode()
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
            changed += 1
    sys.stdout.write(f"{len(wanted)} goldens, {changed} changed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
