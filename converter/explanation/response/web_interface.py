"""Answers and files of the CMS Web Interface, by which groups and ACOs reported patient by patient until 2024."""

from collections.abc import Mapping
from typing import Any

from converter.explanation.response.answer import Answer, objects, part, words
from converter.explanation.response.scores import web_interface_score
from converter.language.english import number_of

_PATIENT = frozenset({
    "dateOfBirth", "mrn", "medicareId", "medicalRecordFound", "medicalNotQualifiedReason", "medicalNotQualifiedDate",
    "qualificationComments",
})  # fmt: skip
_ONLY_PATIENTS = frozenset({"measures", "gender", "status", "firstName", "lastName", "skippedReason"})
_CLOSED = (
    "Groups and ACOs used the CMS Web Interface to report patient by patient in performance years 2017 to 2024; it is "
    "closed."
)
_NO_UPLOAD = "It has nothing to do with a QRDA III or QPP JSON file, and the upload page does not accept it."
_PRIVATE = "It contains patient data: do not pass it on. None of it is shown here."


def web_interface(document: Mapping[str, Any]) -> Answer | None:
    """Return what a list of patients, or another answer of the Web Interface, is."""
    data = part(document, "data")
    patients = _patients(data.get("items")) or _patients(document.get("details")) or _patients([data or document])
    if patients:
        kind = f"This is a list of beneficiaries of the CMS Web Interface ({number_of(patients, 'patient')})"
        return Answer(kind, notes=(_CLOSED, _NO_UPLOAD, _PRIVATE))
    kind_of_data = words(data.get("kind"))
    measures = objects(data.get("measures"))
    if kind_of_data == "Score" and measures and all("measureName" in one for one in measures):
        return Answer("This is a score of the CMS Web Interface", notes=(_CLOSED,), lines=web_interface_score(document))
    if kind_of_data == "Status" and {"measureName", "beneficiaryId"} <= data.keys():
        return Answer("This is an answer of the CMS Web Interface about one patient", notes=(_CLOSED, _NO_UPLOAD))
    return None


def _patients(values: object) -> int:
    """Return how many patients a list has; 0 where one of its entries is something else."""
    found = objects(values) if isinstance(values, list) else []
    return len(found) if found and all(_PATIENT & one.keys() and _ONLY_PATIENTS & one.keys() for one in found) else 0
