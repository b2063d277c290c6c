"""The plan, the result and the receipt, word by word."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from converter.delivery.answers import Failure, Trouble
from converter.delivery.meaning import _MEANS, meaning_of
from converter.delivery.plan import Plan, plan_to_send
from converter.delivery.plan_words import plan_words
from converter.delivery.result_words import result_lines, score_words
from converter.delivery.set_values import Held
from converter.delivery.target import target_of
from tests.delivery.sessions import SOURCE, TIN, deliver, file_of, more_met, session_to, submission
from tests.delivery.test_plan import row, stored, wanted
from tests.findings.test_wording import faults
from tests.sandbox_server import RunningSandbox

PLAN = """\
Plan for TIN *****7263.xml
  To: preview (https://preview.qpp.cms.gov)
  For: group, TIN *****7263, 2025
  Stored there: submission s1 with 3 measurement sets of yours

1. quality, registry, mips: replaces what is stored
   changes      cehrtId: nothing -> XX15CXXXXXXXXXX
   changes      measure 001
                  performanceMet: 10 -> 12
                  eligiblePopulation: 20 -> 25
                  eligiblePopulationExclusion: 3 -> nothing
   new          measure 236: isEndToEndReported yes, performanceMet 5
   disappears   measure 309: isEndToEndReported yes, performanceMet 8
   unchanged    1 measure

2. pi, registry, mips: new
   new          measure PI_EP_1: numerator 4, denominator 9

3. ia, registry, mips: unchanged, is not sent

Your other sets stay as they are: ia, electronicHealthRecord, mips

Another submitter has sent the same category:
   quality, electronicHealthRecord, mips, 1 measure, by organization them
   It stays as it is, and CMS may score it in place of yours.

The answer of CMS has members that this tool does not recognize: reviewedBy

1 measure would disappear. That needs --allow-removal.
"""


def measure(measure_id: str, **value: Any) -> dict[str, Any]:
    return {"measureId": measure_id, "value": {"isEndToEndReported": True, **value}}


def a_plan() -> Plan:
    ia = {"category": "ia", "submissionMethod": "registry", "measurements": [{"measureId": "IA_BE_4", "value": True}]}
    same = measure("130", performanceMet=1)
    old = {**row(), "measurements": [
        measure("001", performanceMet=10, eligiblePopulation=20, eligiblePopulationExclusion=3),
        measure("309", performanceMet=8), same,
    ]}  # fmt: skip
    new = {**row(), "cehrtId": "XX15CXXXXXXXXXX", "measurements": [
        measure("001", performanceMet=12, eligiblePopulation=25), measure("236", performanceMet=5), same,
    ]}  # fmt: skip
    pi = {"category": "pi", "submissionMethod": "registry",
          "measurements": [{"measureId": "PI_EP_1", "value": {"numerator": 4, "denominator": 9}}]}  # fmt: skip
    other_ia = {**ia, "submissionMethod": "electronicHealthRecord", "reviewedBy": "x"}
    theirs = {**row(performanceMet=3), "submissionMethod": "electronicHealthRecord", "submitterType": "organization"}
    held = Held("s1", (*stored([old, ia, other_ia]), *stored([theirs], "them", 9)))
    plan = plan_to_send(wanted([new, pi, ia]), held, "us")
    assert isinstance(plan, Plan)
    return plan


def test_the_plan() -> None:
    lines = plan_words(a_plan(), f"TIN {TIN}.xml", target_of("preview"), lambda one: f"measure {one}")
    assert "\n".join(lines) + "\n" == PLAN
    shown = plan_words(a_plan(), "x", target_of("preview"), str, show_ids=True)
    assert f"  For: group, TIN {TIN}, 2025" in shown


def test_control_characters_are_shown() -> None:
    hostile = stored([{**row(performanceMet=1), "submitterType": "\x1b[31m"}], "th\x07em", 3)
    plan = plan_to_send(wanted([row(performanceMet=1)]), Held("s\x1b1", hostile), "us")
    assert isinstance(plan, Plan)
    words = "".join(plan_words(plan, "a\x1b.xml", target_of("preview"), str))
    assert "\x1b" not in words
    assert "\x07" not in words


RECEIPT = {
    "receiptVersion": 1, "state": "ended", "tool": "qrda2qpp 0.1.0", "catalogDate": "DATE",
    "apiVersion": "application/vnd.qpp.cms.gov.v1+json", "host": "HOST", "to": "this machine",
    "begun": "TIME", "ended": "TIME", "exitCode": 0,
    "source": {"name": "*****7263.json", "sha256": "SHA256"},
    "submission": {
        "id": "ID", "sha256": "SHA256",
        "identity": {"performanceYear": 2025, "entityType": "group", "taxpayerIdentificationNumber": "*****7263"},
        "identityDigest": "DIGEST",
    },
    "certification": None,
    "sets": [
        {
            "category": "quality", "submissionMethod": "electronicHealthRecord", "programName": "mips",
            "planned": "replaces", "outcome": "stored", "id": "ID", "status": 200, "requestId": "ID",
            "measures": {"changed": ["001"], "same": ["309"]}, "rates": {"001": 82.35, "309": 54.42},
            "differences": [], "failure": None,
        },
        {
            "category": "ia", "submissionMethod": "electronicHealthRecord", "programName": "mips",
            "planned": "unchanged", "outcome": "unchanged", "id": "ID", "status": None, "requestId": None,
            "measures": {"same": ["IA_EPA_2", "IA_BE_4"]}, "rates": {}, "differences": [], "failure": None,
        },
    ],
}  # fmt: skip
CALLS = [
    ("validate the submission", "POST", 201), ("read the stored submissions", "GET", 200),
    ("read the stored submissions", "GET", 200), ("replace a measurement set", "PUT", 200),
    ("read the stored submissions", "GET", 200), ("read the score", "GET", None),
]  # fmt: skip


def two_sets(*, change: bool = False) -> dict[str, Any]:
    members, changed = submission(), submission(more_met)
    quality = (changed if change else members)["measurementSets"][0]
    return {**members, "measurementSets": [quality, members["measurementSets"][2]]}


def test_the_receipt(running: RunningSandbox, tmp_path: Path) -> None:
    with session_to(running.base, tmp_path) as opened:
        deliver(opened, file_of(two_sets()))
        ended = deliver(opened, file_of(two_sets(change=True), f"{TIN}.json"))
    text = ended.receipt.read_text(encoding="utf-8")
    found = json.loads(text)
    found.pop("score")
    calls = found.pop("calls")
    assert [(one["call"], one["method"]) for one in calls] == [one[:2] for one in CALLS]
    assert [one["status"] for one in calls][:-1] == [one[2] for one in CALLS][:-1]
    assert all(one["time"] and one["requestId"] for one in calls)
    assert _normal(found, running.base) == RECEIPT
    assert TIN not in text
    ledger = (tmp_path / "ledger.csv").read_text(encoding="utf-8")
    assert TIN not in ledger
    assert len(ledger.splitlines()) == 5


def _normal(value: Any, base: str) -> Any:
    """Return a receipt with names in place of what differs from run to run."""
    if isinstance(value, dict):
        return {name: _normal(one, base) for name, one in value.items()}
    if isinstance(value, list):
        return [_normal(one, base) for one in value]
    patterns = {r"[0-9a-f]{8}-[0-9a-f-]{27}": "ID", r"[0-9a-f]{64}": "SHA256", r"[0-9a-f]{32}": "DIGEST",
                r"\d{4}-\d\d-\d\dT[\d:]+Z": "TIME", r"\d{4}-\d\d-\d\d": "DATE", re.escape(base): "HOST"}  # fmt: skip
    for pattern, name in patterns.items():
        if isinstance(value, str) and re.fullmatch(pattern, value):
            return name
    return value


def test_the_result(running: RunningSandbox, tmp_path: Path) -> None:
    running.plan({"fault": "422", "method": "POST", "path": "/submissions/measurement-sets", "skip": 1})
    with session_to(running.base, tmp_path) as opened:
        file = file_of(submission())
        ended = deliver(opened, file)
    lines = list(result_lines(ended, file, str))
    assert lines[0].startswith("Result for submission.json: Only a part is stored, or it is not known.")
    assert re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", lines[1]) == (
        "  quality, electronicHealthRecord, mips: stored, and read back number by number (id ID)"
    )
    assert lines[2] == "  pi, electronicHealthRecord, mips: refused by CMS; it is not stored"
    assert lines[3] == "    Failed: store a new measurement set (status 422)"
    assert lines[4].startswith("      CMS said: ")
    assert any(one.startswith("      What it means: ") for one in lines)
    assert any(one.startswith("      What to do: ") for one in lines)
    assert lines[-1] == f"  Receipt: {ended.receipt}"


@pytest.mark.parametrize(
    ("score", "words"),
    [
        ({"value": 36.9299, "parts": [{"name": "quality", "value": 20.9585}, {"name": "pi", "value": 16}]},
         "36.93 points (quality 20.96, pi 16)"),
        ({"value": 5}, "5 points"),
        ({}, "the answer has none"),
        ({"value": "x", "parts": 5}, "the answer has none"),
        ({"value": 5, "parts": [5, {"name": "x"}], "errors": []}, "5 points"),
    ],
)  # fmt: skip
def test_scores(score: dict[str, Any], words: str) -> None:
    assert score_words(score) == words


@pytest.mark.parametrize("trouble", list(Trouble), ids=lambda one: one.name)
def test_every_kind_of_failure_is_explained(trouble: Trouble) -> None:
    lines = meaning_of(Failure("read the score", trouble, said=f"no {TIN}")).lines()
    assert lines[0] == "Failed: read the score"
    assert lines[1] == "  CMS said: no *****7263"
    assert [one.partition(":")[0].strip() for one in lines[2:]] == ["What it means", "What to do"]
    assert faults(" ".join(lines)) == []
    assert _MEANS[trouble][0] in lines[2]


def test_a_clock_that_differs_is_named() -> None:
    lines = meaning_of(Failure("read the score", Trouble.TOKEN, 401, clock=7200.0)).lines()
    assert "  What it means: The clock of this computer is 120 minutes behind that of the server." in lines
    assert "clock" not in " ".join(meaning_of(Failure("x", Trouble.TOKEN, 401, clock=-20.0)).lines())


def test_places_of_one_set_begin_at_the_submission() -> None:
    details = [{"message": "field 'numerator' in MeasurementSet.measurements[0] is invalid: x",
                "path": "$.measurements[0].value.numerator"}, 5, {"message": "no path"}]  # fmt: skip
    body = {"error": {"type": "ValidationError", "message": "invalid measurement-set object", "details": details}}
    failure = Failure("store a new measurement set", Trouble.REFUSED, 422, "said", body)
    found = meaning_of(failure, SOURCE.read_bytes(), 1)
    assert found.call == "store a new measurement set"
    (place, *_) = found.places
    assert "PI_EP_1" in place
    assert "line " in place
    assert found.advice
    assert meaning_of(failure, None, None).said == found.said
    whole = {"error": {**body["error"], "message": "invalid submission object"}}
    other = meaning_of(Failure("validate", Trouble.REFUSED, 422, "said", whole), SOURCE.read_bytes(), 1)
    assert "PI_EP_1" not in " ".join(other.places)


def test_a_failure_that_is_known_is_not_called_unknown_as_well() -> None:
    body = {"error": {"type": "Unauthorized", "message": "A valid token is required"}}
    lines = meaning_of(Failure("read what is stored", Trouble.TOKEN, 401, "A valid token is required", body)).lines()
    assert [line for line in lines if "What it means" in line] == [f"  What it means: {_MEANS[Trouble.TOKEN][0]}"]
