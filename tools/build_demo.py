"""Write the samples of `schemas/demo/`, which `qrda2qpp demo` hands out.

python -m tools.build_demo

They are invented, as all of `fixtures/` is. The same call always writes the same bytes. `README.txt` beside them is
written by hand.
"""

import json

import converter
from tests.complete import complete_document
from tests.documents import document, measure_facts
from tools.data_files import SCHEMAS

FOLDER = SCHEMAS / "demo"
_YEAR = 2025
_APP = "APP_PLUS_GROUP"


def main() -> int:
    """Write all samples."""
    made = samples()
    for name, data in made.items():
        (FOLDER / name).write_bytes(data)
    print(f"{len(made)} samples, {sum(map(len, made.values())) // 1024} KB, written to {FOLDER.name}/")
    return 0


def samples() -> dict[str, bytes]:
    """Return name -> bytes of each sample."""
    clean = complete_document(_YEAR).bytes(indent=1)
    submission = converter.convert(clean).to_json(indent=2) + "\n"
    return {
        "clean.xml": clean,
        "few-measures.xml": document(_YEAR).bytes(indent=1),
        "wrong-guid.xml": _wrong_guid(),
        "over-denominator.xml": _over_denominator(),
        "cut-off.xml": clean[: clean.index(b"<observation", len(clean) // 8)],
        "submission.json": submission.encode(),
        "submission-wrong.json": _wrong(submission).encode(),
    }


def _wrong_guid() -> bytes:
    """Return a document with the GUID of a measure as it was the year before."""
    doc = complete_document(_YEAR, _APP)
    doc.measure("236").guid = measure_facts(_YEAR - 1, "236")["guid"]
    return doc.bytes(indent=1)


def _over_denominator() -> bytes:
    """Return a document that converts, with a numerator above its denominator."""
    doc = complete_document(_YEAR, _APP)
    doc.measure("236").set_counts(IPOP=200, DENOM=200, NUMER=240)
    doc.measure("236").rates.clear()
    return doc.bytes(indent=1)


def _wrong(submission: str) -> str:
    """Return a submission with a text in place of a number and a misspelt member."""
    data = json.loads(submission)
    (quality,) = (one for one in data["measurementSets"] if one["category"] == "quality")
    value = quality["measurements"][0]["value"]
    value["performanceMet"] = str(value["performanceMet"])
    quality["submissionMetod"] = quality.pop("submissionMethod")
    return json.dumps(data, indent=2) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
