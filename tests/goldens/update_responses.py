"""How answers of CMS are explained: writes it to `tests/goldens/responses`.

    python -m tests.goldens.update_responses

The answers and the files that were sent are made here, in the shapes that answers of CMS have. After this, look at
every line of `git diff tests/goldens/responses`.
"""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import converter
from converter.emitters.reports.error_json import official_path
from converter.emitters.reports.formats import emitter
from tests.documents import TIN, Doc, document

FOLDER = Path(__file__).resolve().parent / "responses"
OLD_GUID = "2c928085-806c-39a2-0180-7092fa9b0145"
ROOT_PATH = official_path("/ClinicalDocument")
SETS = "Submission.measurementSets"
COUNTS = ("performanceNotMet", "eligiblePopulationException", "eligiblePopulationExclusion", "eligiblePopulation")


def _counts_message(place: str) -> str:
    parts = "performanceMet, performanceNotMet, eligiblePopulationException and eligiblePopulationExclusion"
    return f"fields '{', '.join(COUNTS)}' in {place} are invalid: The sum of {parts} must not exceed eligiblePopulation"


def rejected() -> Doc:
    """A document that converts, and of which a measure has more cases than its denominator."""
    doc = document(2025, "MIPS_GROUP", measures=("236", "226", "128"), ia=False)
    doc.measure("236").set_counts(IPOP=10, DENOM=10, NUMER=11, DENEX=0)
    doc.measure("236").rates.clear()
    return doc


def blocked() -> Doc:
    """A document with a measure GUID of the year before."""
    doc = document(2025, "MIPS_GROUP", measures=("236", "226"), ia=False)
    doc.measure("236").guid = OLD_GUID
    return doc


@cache
def sent() -> dict[str, bytes]:
    """Name of a source -> its bytes."""
    return {"rejected.xml": rejected().bytes(), "blocked.xml": blocked().bytes()}


def api() -> Any:
    """An error of the submission API, with paths, without, and with the path of another file."""
    missing = [(0, 0), (0, 1), (0, 7)]
    details: list[dict[str, Any]] = [
        {
            "message": _counts_message(f"{SETS}[0].measurements[0]"),
            "path": "$.measurementSets[0].measurements[0].value",
        },
        *(
            {
                "message": f"field 'isEndToEndReported' in {SETS}[{a}].measurements[{b}] is missing",
                "path": f"$.measurementSets[{a}].measurements[{b}].value.isEndToEndReported",
            }
            for a, b in missing
        ),
        {
            "message": "measure ID 128 is not allowed to be submitted to the mips program.  Please remove the invalid "
            "measure from the measurement set."
        },
        {"message": f"field 'performanceEnd' in {SETS}[1] is missing", "path": "$.measurementSet[1].performanceEnd"},
        {
            "message": f"field 'taxpayerIdentificationNumber' in Submission is invalid: {TIN} is not known",
            "path": "$.taxpayerIdentificationNumber",
            "value": TIN,
            "type": "InvalidValue",
        },
        {"message": "a sentence that nobody has seen", "path": "$.measurementSets[1].cehrtId"},
    ]
    return {"error": {"type": "ValidationError", "message": "invalid submission object", "details": details}}


def _location(path: str, **parts: Any) -> dict[str, Any]:
    return {"location": None, "path": path, "line": None, "column": None} | parts


def _detail(message: str, code: int | None = None, **location: Any) -> dict[str, Any]:
    place = _location(location.pop("path", ROOT_PATH), **location)
    return {"errorCode": code, "message": message, "value": None, "type": None, "location": place}


def _report(details: list[dict[str, Any]], *, api: bool = False) -> Any:
    title = {"type": "ValidationError", "message": "invalid submission object"} if api else dict.fromkeys(
        ("type", "message")
    )  # fmt: skip
    return {"errors": [{"sourceIdentifier": None if api else "export.xml", **title, "details": details}]}


def upload() -> Any:
    """An error report of the upload page: what the submission API said, with the document root as place."""
    shape = '{"performanceMet":3,"strata":{"x":1}}'
    return _report(
        [
            _detail("SV - " + _counts_message(f"{SETS}[0].measurements[0]")),
            _detail(
                f"SV - field 'value' in {SETS}[0].measurements[1] is invalid: {shape} is invalid for measureId 226"
            ),
        ],
        api=True,
    )


def converter_errors() -> Any:
    """An error report of the upload page: what the converter said."""
    place = next(one.place for one in converter.check(sent()["blocked.xml"]).findings if one.id == "GUID002")
    path = official_path(place.path) if place else ROOT_PATH
    label = f"Quality Measure {OLD_GUID} (CMS165v12)"
    guid = f"CT - The measure GUID supplied {OLD_GUID} is invalid."
    return _report([_detail(guid, 6, path=path, location=label, line=1, column=162942)])


def _first_era() -> Any:
    text = "The measure performed must have exactly one Aggregate Count."
    return {"errorSources": [{"sourceIdentifier": "a.xml", "validationErrors": [{"errorText": text, "path": "/*[1]"}]}]}


def _second_era() -> Any:
    detail = {"errorCode": 25, "message": "CT - The program name is not valid", "value": None, "type": None}
    return {"errors": [{"sourceIdentifier": "a.xml", "type": None, "message": None,
                        "details": [{**detail, "path": ROOT_PATH}]}]}  # fmt: skip


def _converted() -> Any:
    submission = json.loads(converter.convert(sent()["rejected.xml"]).to_json())
    message = f"SV - field 'cehrtId' in {SETS}[1] is invalid: it will be required"
    return {"location": None, "qpp": submission, "warnings": [_detail(message, path="$.measurementSets[1].cehrtId")]}


def _duplicate() -> Any:
    owner = f"{TIN}/null/2025"
    stored = "0b1e7a9c-1111-4222-8333-444455556666"
    message = (
        f"Category/SubmissionMethod/SubmitterId/SubmitterType quality/electronicHealthRecord/{stored}/organization"
    )
    names = "taxpayerIdentificationNumber/nationalProviderIdentifier/performanceYear"
    text = f"{message} already exists for this {names} {owner}"
    return {"error": {"type": "DuplicateEntryError", "message": text, "details": {"submissionId": stored}}}


def _pasted() -> str:
    lines = (
        "The upload has failed:",
        f"SV - field 'cehrtId' in {SETS}[1] is missing",
        f"CT - The measure GUID supplied {OLD_GUID} is invalid.",
        "Could not determine which existing Submission matches request",
    )
    return "\r\n".join(lines) + "\r\n"


def mail() -> str:
    """An e-mail with messages of CMS and of Cypress in it."""
    return "\n".join((
        "Hello Anna,",
        f"the upload for the TIN {TIN} has failed, and so has the test:",
        "",
        f"> SV - field 'performanceEnd' in {SETS}[1] is missing",
        "> 10:42:07 WARN measure ID 128 is not allowed to be submitted to the mips program",
        "",
        "The performance rate for the numerator of CMS165v13",
        "should be NA",
        "",
        "thanks for looking at it,",
        "Ben, on 2025-12-01",
        "CT",
    ))  # fmt: skip


def scored() -> Any:
    """A score: no error, though it has a list of errors."""
    measures = [
        {"name": "236", "value": 8.9585,
         "metadata": {"performanceRate": 82.31, "eligiblePopulation": 130, "decile": 8, "processingStatus": "PICKED"}},
        {"name": "226", "value": 0, "detail": "0 points for 0% performance rate",
         "metadata": {"performanceRate": 0, "decile": -1}},
    ]  # fmt: skip
    quality = {
        "name": "quality",
        "value": 34.9308,
        "parts": [{"name": "quality", "detail": "registry", "parts": measures}],
    }
    parts = [
        {"name": "quality", "value": 20.96, "metadata": {"maxContribution": 50}, "original": quality},
        {"name": "ia", "value": 15, "metadata": {"maxContribution": 15}},
    ]
    return {"name": "total", "value": 35.96, "parts": parts, "metadata": {"pickedProgramName": "mips"},
            "warnings": [], "errors": []}  # fmt: skip


def _cut() -> str:
    whole = json.dumps(api())
    return whole[: whole.index("measurements[7]")]


def _patients() -> Any:
    patient = {"id": 7, "gender": "FEMALE", "dateOfBirth": "1941-05-06", "status": "COMPLETE", "measures": []}
    return {"apiVersion": "1.0.0", "data": {"kind": "Beneficiary", "totalItems": 1, "items": [patient]}}


def _own() -> Any:
    return emitter("error-json")([converter.check(sent()["blocked.xml"]).report()])


@cache
def cases() -> dict[str, tuple[bytes, str | None]]:
    """Name of the case -> the answer, and the name of the source or None."""
    unauthorized = {"error": {"type": "Unauthorized", "message": "Current user cannot create this object"}}
    lost = {"errors": [{"sourceIdentifier": "CT", "details": [{"errorCode": 3, "message": "CT - Unexpected"}]}]}
    found: dict[str, tuple[Any, str | None]] = {
        "api-error": (api(), None),
        "api-error-with-source": (api(), "rejected.xml"),
        "upload-page-with-source": (upload(), "rejected.xml"),
        "converter-error": (converter_errors(), None),
        "converter-error-with-source": (converter_errors(), "blocked.xml"),
        "report-of-2017": (_first_era(), None),
        "report-of-2018": (_second_era(), None),
        "accepted-with-remark": (_converted(), None),
        "accepted": ({"data": {"submission": {"performanceYear": 2025}}}, None),
        "submission-exists": (_duplicate(), None),
        "unauthorized": (unauthorized, None),
        "too-many-requests": ({"statusCode": 429, "message": "ThrottlerException: Too Many Requests"}, None),
        "answer-lost": (lost, None),
        "pasted": (_pasted(), None),
        "mail": (mail(), None),
        "cut-off": (_cut(), None),
        "score": ({"data": {"score": scored()}}, None),
        "no-errors": ({"errors": []}, None),
        "sign-in": ({"error": "invalid_grant", "error_description": f"Code of {TIN} expired"}, None),
        "web-interface": (_patients(), None),
        "own-error-json": (_own(), None),
    }
    return {
        name: ((item if isinstance(item, str) else json.dumps(item)).encode(), source)
        for name, (item, source) in found.items()
    }


def explained(case: str) -> str:
    """The explanation of a case."""
    answer, source = cases()[case]
    return converter.explain_response(answer, source=sent()[source] if source else None).text


def goldens() -> dict[Path, str]:
    """Path -> text of all goldens."""
    return {FOLDER / f"{case}.txt": explained(case) for case in cases()}


def present() -> set[Path]:
    """All goldens that are there."""
    return {path for path in FOLDER.iterdir() if path.name != ".gitattributes"}


def main() -> int:
    """Write all goldens and remove those that no case has."""
    wanted = goldens()
    for path in present() - wanted.keys():
        path.unlink()
    for path, words in wanted.items():
        path.write_bytes(words.encode())
    sys.stdout.write(f"{len(wanted)} goldens\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
