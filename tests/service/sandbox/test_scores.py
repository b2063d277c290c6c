"""Scores: of what is stored and of what is only sent, and for each of the TINs that stand for a kind of practice."""

from typing import Any

import pytest

from converter.facts.files import shipped_folder
from converter.service.sandbox.answers import ApiError
from converter.service.sandbox.scoring import PRACTICES, score_of
from tests.sandbox_server import OTHER_REGISTRY, RunningSandbox
from tests.service.sandbox.bodies import ACTIVITIES, GROUP, INTEROPERABILITY, MEASURE, QUALITY, SUBMISSION, posted
from tests.service.sandbox.test_measurement_sets import stored

PREVIEW = "/api/submissions/submissions/score-preview"
BENCHMARKS = "/api/submissions/public/benchmarks"
WHOLE = {**GROUP, "measurementSets": [QUALITY, ACTIVITIES, INTEROPERABILITY]}


def preview(box: RunningSandbox, tin: str, whole: dict[str, Any] = WHOLE) -> dict[str, Any]:
    answer = box.client.post(PREVIEW, json={**whole, "taxpayerIdentificationNumber": tin})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["data"]["score"]
    return found


def part(score: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in score["parts"] if one["name"] == name)
    return found


def test_a_score_has_the_shape_of_cms(box: RunningSandbox) -> None:
    found = preview(box, "000000001")
    assert {"name", "title", "detail", "value", "parts", "metadata", "warnings", "errors"} == set(found)
    assert (found["name"], found["errors"]) == ("total", [])
    assert [one["name"] for one in found["parts"]] == ["quality", "pi", "ia", "bonuses"]
    assert part(found, "quality")["detail"] == "Scoring based on weight of 30%."
    assert box.state.store.numbers == (0, 0)


def test_a_stored_submission_is_scored_as_its_preview(box: RunningSandbox) -> None:
    for one in WHOLE["measurementSets"]:
        owner = stored(box, posted(one))["submissionId"]
    path = f"/api/submissions/submissions/{owner}/score"
    assert box.client.get(path).json()["data"]["score"] == preview(box, GROUP["taxpayerIdentificationNumber"])
    assert box.client.get(path, params={"program": "mips"}).status_code == 200
    assert box.client.get(path, params={"program": "app1"}).status_code == 404
    other = {"Authorization": f"Bearer {OTHER_REGISTRY}"}
    assert box.client.get(path, headers=other).status_code == 404


@pytest.mark.parametrize(
    ("tin", "quality", "pi", "activities"),
    [
        # category points in percent: quality of one measure of 8.9 points in six, PI 0 as required measures are missing
        ("000000001", (False, 30), 25, 50),
        ("000000002", (True, 30), 25, 100),
        ("000000003", (False, 30), 25, 100),
        ("000000004", (False, 30), 25, 100),
        ("000000005", (False, 30), 25, 50),
        ("000000006", (False, 55), 0, 50),
        ("000000007", (False, 30), 25, 50),
        ("000000008", (True, 40), 0, 100),
        ("000000009", (True, 30), 25, 100),
        ("000000010", (False, 30), 25, 100),
        (GROUP["taxpayerIdentificationNumber"], (False, 30), 25, 50),
    ],
)
def test_a_tin_stands_for_a_kind_of_practice(
    box: RunningSandbox, tin: str, quality: tuple[bool, int], pi: int, activities: int
) -> None:
    found = preview(box, tin)
    small, weight = quality
    (inside,) = part(found, "quality")["original"]["parts"]
    assert inside["metadata"]["smallPracticeBonus"] == (6 if small else 0)
    assert part(found, "quality")["metadata"]["maxContribution"] == weight
    assert found["metadata"]["maxContributionPI"] == pi
    assert found["metadata"]["iaCategoryScore"] == activities
    assert set(PRACTICES) >= {tin} or tin == GROUP["taxpayerIdentificationNumber"]


def test_in_extreme_circumstances_only_what_is_there_counts(box: RunningSandbox) -> None:
    found = preview(box, "000000005", {**GROUP, "measurementSets": [QUALITY, ACTIVITIES]})
    assert found["metadata"]["maxContributionPI"] == 0
    assert preview(box, "000000001", SUBMISSION)["metadata"]["maxContributionPI"] == 25


def test_what_the_rules_refuse_is_not_scored(box: RunningSandbox) -> None:
    wrong = {**QUALITY, "measurements": [{**MEASURE, "measureId": "128"}]}
    answer = box.client.post(PREVIEW, json={**GROUP, "measurementSets": [wrong]})
    assert (answer.status_code, answer.json()["error"]["message"]) == (422, "invalid submission object")


def test_weights_that_are_not_known() -> None:
    year = {"performanceStart": "2018-01-01", "performanceEnd": "2018-12-31"}
    whole = {**GROUP, "performanceYear": 2018, "taxpayerIdentificationNumber": "000000006"}
    with pytest.raises(ApiError) as refused:
        score_of({**whole, "measurementSets": [{**ACTIVITIES, **year}]}, (shipped_folder(),), None)
    assert (refused.value.status, refused.value.kind) == (501, "NotImplemented")


def test_benchmarks_of_a_measure(box: RunningSandbox) -> None:
    answer = box.client.get(
        BENCHMARKS, params={"performanceYear": 2025, "measureId": "001"}, headers={"Authorization": ""}
    )
    found = {one["submissionMethod"]: one for one in answer.json()["data"]["benchmarks"]}
    assert set(found) == {"claims", "electronicHealthRecord", "registry"}
    assert found["electronicHealthRecord"] == {
        "measureId": "001",
        "benchmarkYear": 2023,
        "performanceYear": 2025,
        "submissionMethod": "electronicHealthRecord",
        "status": "historical",
        "isToppedOut": False,
        "isToppedOutByProgram": False,
        "isInverse": True,
        "averagePerformanceRate": 42.7,
        "percentiles": [2.385, 13.46, 18.485, 23.02, 27.54, 32.915, 40.275, 51.68, 73.2, 94.35, 99.44],
    }


@pytest.mark.parametrize(
    ("params", "status", "number"),
    [
        ({"performanceYear": 2025}, 200, 380),
        ({"performanceYear": 2025, "measureId": "999"}, 200, 0),
        ({"performanceYear": 2027}, 200, 0),
        ({}, 400, 0),
        ({"performanceYear": "x"}, 400, 0),
    ],
)
def test_benchmarks_of_a_year(box: RunningSandbox, params: dict[str, Any], status: int, number: int) -> None:
    answer = box.client.get(BENCHMARKS, params=params)
    assert answer.status_code == status
    if status == 200:
        assert len(answer.json()["data"]["benchmarks"]) == number
