"""Messages: the answers of CMS that were published are answered here word for word, but for ids."""

import copy
import json
from typing import Any

import pytest

from tests.sandbox_server import RunningSandbox, sandbox
from tests.service.sandbox.bodies import ACTIVITIES, GROUP, INTEROPERABILITY, MEASURE, QUALITY, SUBMISSION, posted

VALIDATE = "/api/submissions/public/validate-submission"
SETS = "/api/submissions/measurement-sets"


def changed(body: dict[str, Any], path: str, value: Any = None) -> dict[str, Any]:
    """Return a copy in which a member has another value; without it for None."""
    found = copy.deepcopy(body)
    *steps, last = path.split("/")
    inside: Any = found
    for step in steps:
        inside = inside[int(step)] if step.isdecimal() else inside[step]
    if value is None:
        del inside[last]
    else:
        inside[last] = value
    return found


def details(box: RunningSandbox, path: str, body: dict[str, Any], message: str) -> list[dict[str, str]]:
    answer = box.client.post(path, json=body)
    assert answer.status_code == 422, answer.text
    found = answer.json()["error"]
    assert (found["type"], found["message"]) == ("ValidationError", message)
    listed: list[dict[str, str]] = found["details"]
    return listed


VALUE = "measurementSets/0/measurements/0/value"
FIRST = "Submission.measurementSets[0].measurements[0]"
PUBLISHED = {
    "a member of a value is missing": (
        changed(SUBMISSION, f"{VALUE}/isEndToEndReported"),
        f"field 'isEndToEndReported' in {FIRST} is missing",
        "$.measurementSets[0].measurements[0].value.isEndToEndReported",
    ),
    "performanceMet is missing": (
        changed(SUBMISSION, f"{VALUE}/performanceMet"),
        f"field 'performanceMet' in {FIRST} is missing",
        "$.measurementSets[0].measurements[0].value.performanceMet",
    ),
    "eligiblePopulation is missing": (
        changed(SUBMISSION, f"{VALUE}/eligiblePopulation"),
        f"field 'eligiblePopulation' in {FIRST} is missing",
        "$.measurementSets[0].measurements[0].value.eligiblePopulation",
    ),
    "measureId is missing": (
        changed(SUBMISSION, "measurementSets/1/measurements/0/measureId"),
        "field 'measureId' in Submission.measurementSets[1].measurements[0] is missing",
        "$.measurementSets[1].measurements[0].measureId",
    ),
    "the measure is of another program": (
        changed(SUBMISSION, "measurementSets/0/measurements/0/measureId", "128"),
        "measure ID 128 is not allowed to be submitted to the mips program.  Please remove the invalid measure from "
        "the measurement set.",
        "$.measurementSets[0].measurements[0].measureId",
    ),
    "the counts are more than the denominator": (
        changed(SUBMISSION, f"{VALUE}/performanceNotMet", 101),
        "fields 'performanceNotMet, eligiblePopulationException, eligiblePopulationExclusion, eligiblePopulation' in "
        f"{FIRST} are invalid: The sum of performanceMet, performanceNotMet, eligiblePopulationException and "
        "eligiblePopulationExclusion must not exceed eligiblePopulation",
        "$.measurementSets[0].measurements[0].value",
    ),
    "the value is of another measure": (
        changed(SUBMISSION, VALUE, {"numerator": 1, "denominator": 2}),
        f'field \'value\' in {FIRST} is invalid: {{"numerator":1,"denominator":2}} is invalid for measureId 236',
        "$.measurementSets[0].measurements[0].value",
    ),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_submission_is_refused_in_the_words_of_cms(box: RunningSandbox, name: str) -> None:
    body, message, path = PUBLISHED[name]
    assert {"message": message, "path": path} in details(box, VALIDATE, body, "invalid submission object")


def test_an_unknown_activity_is_refused_in_the_words_of_cms(box: RunningSandbox) -> None:
    wrong = [{"measureId": "IA_EPA_10", "value": True}]
    assert details(box, SETS, posted(ACTIVITIES, measurements=wrong), "invalid measurement-set object") == [
        {
            "message": "field 'measureId' in MeasurementSet.measurements[0] is invalid: IA_EPA_10 does not exist, see "
            "qpp-measures-data for list of valid measureIds",
            "path": "$.measurements[0].measureId",
        }
    ]


def test_an_unknown_measure_of_a_measurement_is_refused_in_the_words_of_cms(box: RunningSandbox) -> None:
    one = box.client.post(SETS, json=posted(INTEROPERABILITY)).json()["data"]["measurementSet"]
    body = {"measureId": "PI_PEA_9", "value": True, "measurementSetId": one["id"]}
    (found,) = details(box, "/api/submissions/measurements", body, "invalid measurement object")
    assert found == {
        "message": "field 'measureId' in Measurement is invalid: PI_PEA_9 does not exist, see qpp-measures-data for "
        "list of valid measureIds",
        "path": "$.measureId",
    }


@pytest.mark.parametrize(
    ("identity", "member"),
    [
        ({"performanceYear": 2025, "entityType": "group"}, "taxpayerIdentificationNumber"),
        ({**GROUP, "entityType": "individual"}, "nationalProviderIdentifier"),
        ({"performanceYear": 2025, "entityType": "apm"}, "entityId"),
    ],
)
def test_an_identifier_is_missing(box: RunningSandbox, identity: dict[str, Any], member: str) -> None:
    body = {**identity, "measurementSets": [ACTIVITIES]}
    found = details(box, VALIDATE, body, "invalid submission object")
    assert {"message": f"field '{member}' in Submission is missing", "path": f"$.{member}"} in found
    inside = details(box, SETS, {**ACTIVITIES, "submission": identity}, "invalid measurement-set object")
    assert {
        "message": f"field '{member}' in MeasurementSet.submission is missing",
        "path": f"$.submission.{member}",
    } in inside


@pytest.mark.parametrize("member", ["category", "submissionMethod", "performanceStart", "performanceEnd", "cehrtId"])
def test_a_member_of_a_set_is_missing(box: RunningSandbox, member: str) -> None:
    found = details(box, SETS, changed(posted(), member), "invalid measurement-set object")
    assert {"message": f"field '{member}' in MeasurementSet is missing", "path": f"$.{member}"} in found


def test_a_real_tin_is_refused_in_preview(box: RunningSandbox) -> None:
    body = {**SUBMISSION, "taxpayerIdentificationNumber": "123456789"}
    (found,) = details(box, VALIDATE, body, "invalid submission object")
    assert found["path"] == "$.taxpayerIdentificationNumber"
    assert "123456789" not in found["message"]


def test_a_set_is_of_its_program(box: RunningSandbox) -> None:
    """The program may be named by the submission, as clients of CMS do."""
    body = {**changed(QUALITY, "programName"), "submission": {**GROUP, "programName": "mips"}}
    answer = box.client.post(SETS, json=body)
    assert answer.json()["data"]["measurementSet"]["programName"] == "mips"
    assert box.client.post(SETS, json=posted()).status_code == 409


def test_what_is_unknown_of_cms_can_be_chosen() -> None:
    sent = posted(submitterId="x", practiceId=None)
    with sandbox(strict_members=True, duplicate_status=422, preview=False) as strict:
        found = details(strict, SETS, sent, "invalid measurement-set object")
        assert {one["path"] for one in found} == {"$.submitterId", "$.practiceId"}
        real = posted(submission={**GROUP, "taxpayerIdentificationNumber": "123456789"})
        assert strict.client.post(SETS, json=real).status_code == 201
        second = strict.client.post(SETS, json=real)
        assert (second.status_code, second.json()["error"]["type"]) == (422, "DuplicateEntryError")


def test_what_cms_gives_out_is_not_taken(box: RunningSandbox) -> None:
    sent = posted(id="mine", submitterId="x", suppressed=True, measurements=[{**MEASURE, "id": "mine"}])
    found = box.client.post(SETS, json=sent).json()["data"]["measurementSet"]
    assert "mine" not in (found["id"], found["measurements"][0]["id"])
    assert (found["submitterId"], found["suppressed"]) == ("00000000-0000-4000-8000-000000000001", False)


def test_the_answer_to_a_check_has_computed_members(box: RunningSandbox) -> None:
    answer = box.client.post(VALIDATE, json=SUBMISSION)
    found = answer.json()["data"]["submission"]
    assert found["measurementSets"][0]["measurements"][0]["value"]["performanceRate"] == 88.89
    assert found["measurementSets"][1] == ACTIVITIES


@pytest.mark.parametrize("text", ["\ud800", "\u0000", "\u202e", "x" * 5000, "<script>"])
def test_any_text_is_answered(box: RunningSandbox, text: str) -> None:
    content = json.dumps(posted(programName=text, category=text)).encode()
    answer = box.client.post(SETS, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["error"]["details"]
