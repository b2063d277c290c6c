"""The commands from end to end over real sockets, with the sandbox in place of CMS."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from converter.delivery import client
from converter.delivery.comparing import compare
from tests.cli.runner import qrda2qpp
from tests.delivery.sessions import SOURCE, TIN, receipts, stored_sets, submission, written
from tests.sandbox_server import RunningSandbox


def without_a_measure(members: dict[str, Any]) -> None:
    del members["measurementSets"][0]["measurements"][1]


def changed(old: str, new: str) -> str:
    text = SOURCE.read_text(encoding="utf-8")
    assert old in text
    Path("changed.xml").write_text(text.replace(old, new), encoding="utf-8")
    return "changed.xml"


def outcomes(folder: str = "kept") -> list[str]:
    return [one["outcome"] for one in receipts(Path(folder))[-1]["sets"]]


def test_first_and_second_upload(command: Any, running: RunningSandbox) -> None:
    first = command("submit", SOURCE, "--yes")
    assert first.code == 0, first.stderr
    assert "1. quality, electronicHealthRecord, mips: new" in first.text
    assert first.text.count("stored, and read back number by number") == 3
    second = command("submit", changed('value="133"', 'value="140"'), "--yes")
    assert second.code == 0
    assert "performanceMet: 133 -> 140" in second.text
    assert "performanceNotMet: 37 -> 30" in second.text
    assert outcomes() == ["stored", "unchanged", "unchanged"]
    value = stored_sets(running)["quality"]["measurements"][0]["value"]
    assert (value["performanceMet"], value["performanceNotMet"]) == (140, 30)
    assert TIN not in first.text + first.stderr + second.text + second.stderr
    third = command("submit", "changed.xml", "--yes")
    assert third.code == 0
    assert outcomes() == ["unchanged"] * 3


def test_a_removal_is_refused_and_allowed(command: Any, running: RunningSandbox) -> None:
    assert command("submit", SOURCE, "--yes").code == 0
    before = stored_sets(running)
    less = written(submission(without_a_measure))
    refused = command("submit", less, "--yes")
    assert refused.code == 1
    assert "1 measure would disappear. That needs --allow-removal." in refused.text
    assert "disappears   Cervical Cancer Screening (CMS124v13, measure 309): " in refused.text
    assert stored_sets(running) == before
    assert command("submit", less, "--yes", "--allow-removal").code == 0
    assert len(stored_sets(running)["quality"]["measurements"]) == 1


def test_a_dry_run_sends_nothing(command: Any, running: RunningSandbox) -> None:
    result = command("submit", SOURCE, "--dry-run", "--score")
    assert result.code == 0
    assert "Nothing was sent (--dry-run)." in result.stderr
    assert stored_sets(running) == {}
    assert receipts(Path("kept")) == []


@pytest.mark.parametrize(("answer", "code"), [(b"y\n", 0), (b"n\n", 1), (b"\n", 1)])
def test_the_question(command: Any, running: RunningSandbox, answer: bytes, code: int) -> None:
    result = command("submit", SOURCE, stdin=answer, terminal=True)
    assert result.code == code
    assert f"Send this to {running.base}?" in result.stderr
    assert bool(stored_sets(running)) is not bool(code)


def test_nobody_can_be_asked(command: Any) -> None:
    result = command("submit", SOURCE)
    assert result.code == 2
    assert "Use --yes" in result.stderr


def test_errors_found_here_are_not_sent(command: Any, running: RunningSandbox) -> None:
    result = command("submit", SOURCE.with_name("MIPS_GROUP-guid-of-another-year.xml"), "--yes")
    assert result.code == 1
    assert "It has errors. Nothing was sent." in result.stderr
    assert "GUID" in result.text
    assert not [one for one in running.log if one["route"].startswith("/api")]


@pytest.mark.parametrize("text", ['{"category": "ia"}', "[]", "<a/>", "", '{"performanceYear": 2025}'])
def test_what_is_no_submission(command: Any, text: str, running: RunningSandbox) -> None:
    Path("x.json").write_text(text, encoding="utf-8")
    assert command("submit", "x.json", "--yes").code == 1
    assert not [one for one in running.log if one["route"].startswith("/api")]


def test_one_of_two_files(command: Any, running: RunningSandbox) -> None:
    bad = SOURCE.with_name("MIPS_GROUP-guid-of-another-year.xml")
    assert command("submit", SOURCE, bad, "--yes").code == 4
    assert len(stored_sets(running)) == 3


def test_two_files_with_one_set(command: Any, running: RunningSandbox) -> None:
    result = command("submit", SOURCE, written(submission()), "--yes")
    assert result.code == 2
    assert "one would replace the other" in result.stderr
    assert stored_sets(running) == {}


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (None, "There is no token for this system."),
        ("a-token-of-nobody", "CMS did not accept the token"),
        ("two words", "a token is one word"),
    ],
)
def test_no_token_and_a_wrong_one(command: Any, monkeypatch: pytest.MonkeyPatch, token: str | None, said: str) -> None:
    monkeypatch.delenv("QRDA2QPP_TOKEN")
    if token is not None:
        monkeypatch.setenv("QRDA2QPP_TOKEN", token)
    result = command("submit", SOURCE, "--yes")
    assert result.code in (1, 2)
    assert said in " ".join(result.stderr.split())
    assert token is None or token not in result.stderr


def test_a_user_with_another_tin(command: Any, running: RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    token = running.user(ids="000999999")["Authorization"].removeprefix("Bearer ")
    monkeypatch.setenv("QRDA2QPP_TOKEN", token)
    result = command("submit", SOURCE, "--yes")
    assert result.code == 1
    assert "CMS accepts the token, but not for this data" in " ".join(result.stderr.split()) + " ".join(
        result.text.split()
    )
    assert token not in result.stderr + result.text


def test_a_closed_year(command: Any, running: RunningSandbox) -> None:
    running.plan({"fault": "closed-year", "method": "POST", "path": "/submissions/measurement-sets", "times": None})
    result = command("submit", SOURCE, "--yes")
    running.plan()
    assert result.code == 1
    assert "not sent" in outcomes()
    assert "closed" in result.text


def test_errors_of_cms_are_placed_in_the_xml(command: Any) -> None:
    """The path in an answer about one set begins at that set; the place in the document is that of the submission."""
    error = {"type": "ValidationError", "message": "invalid measurement-set object", "details": [
        {"message": "field 'value' in MeasurementSet.measurements[0] is invalid: x", "path": "$.measurements[0].value"}
    ]}  # fmt: skip
    real = client.http_client

    def answering(request: httpx.Request) -> httpx.Response:
        if (
            request.method == "POST"
            and request.url.path.endswith("/measurement-sets")
            and b'"category": "pi"' in request.content
        ):
            return httpx.Response(422, json={"error": error})
        with httpx.Client(trust_env=False) as onward:
            answer = onward.request(request.method, request.url, headers=request.headers, content=request.content)
        return httpx.Response(answer.status_code, content=answer.content, headers={"content-type": "application/json"})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            client, "http_client", lambda **more: real(**more | {"transport": httpx.MockTransport(answering)})
        )
        result = command("submit", SOURCE, "--yes")
    assert result.code == 4
    assert outcomes() == ["stored", "refused", "stored"]
    assert "PI_EP_1" in result.text
    line = SOURCE.read_text(encoding="utf-8").splitlines()
    place = next(one for one in result.text.splitlines() if "Where:" in one)
    number = int(place.partition("line ")[2].partition(",")[0])
    assert any("PI_EP_1" in one for one in line[number - 3 : number + 12])
    left = qrda2qpp("ledger")
    assert left.code == 1
    assert "pi, electronicHealthRecord, mips" in left.text
    assert "1 set left to send." in left.text
    assert command("submit", SOURCE, "--yes").code == 0
    assert qrda2qpp("ledger").code == 0


def test_another_submitter(command: Any, running: RunningSandbox) -> None:
    """A registry sees only its own sets, a user sees those of others and leaves them alone."""
    assert command("submit", SOURCE, "--yes").code == 0
    theirs = stored_sets(running)
    token = running.user()["Authorization"].removeprefix("Bearer ")
    Path("token.txt").write_text(token, encoding="utf-8")
    more = ("--token-file", "token.txt", "--submitter", "securityOfficial")
    result = command("submit", SOURCE, "--yes", *more)
    assert result.code == 0, result.stderr
    assert "Another submitter has sent the same category:" in result.text
    assert stored_sets(running) == theirs
    shown = command("stored", SOURCE, *more)
    assert "by another submitter" in shown.text
    assert command("withdraw", SOURCE, "--yes", *more).code == 0
    assert stored_sets(running) == theirs
    unsaid = command("submit", SOURCE, "--yes", "--token-file", "token.txt")
    assert unsaid.code == 0, "only the sets of the registry are there now, and they are equal"


def test_stored_and_withdrawn(command: Any, running: RunningSandbox) -> None:
    nothing = command("stored", SOURCE)
    assert nothing.code == 1
    assert "Nothing is stored" in nothing.stderr
    assert command("submit", SOURCE, "--yes").code == 0
    shown = command("stored", SOURCE)
    assert shown.code == 0
    assert "what is stored: CMS would accept it" in shown.text
    assert TIN not in shown.text
    as_json = json.loads(command("stored", SOURCE, "--json").stdout)
    for one, sent in zip(as_json["measurementSets"], submission()["measurementSets"], strict=True):
        assert compare(one, sent).same
    Path("stored.json").write_text(json.dumps(as_json), encoding="utf-8")
    assert command("submit", "stored.json", "--dry-run").text.count("unchanged, is not sent") == 3
    dry = command("withdraw", SOURCE, "--dry-run")
    assert (dry.code, dry.text.count(": is deleted")) == (0, 3)
    assert len(stored_sets(running)) == 3
    less = written({**submission(), "measurementSets": submission()["measurementSets"][:1]})
    one = command("withdraw", less, stdin=b"y\n", terminal=True)
    assert one.code == 0, one.stderr
    assert "Your other sets stay as they are" in one.text
    assert set(stored_sets(running)) == {"pi", "ia"}
    assert command("withdraw", less, "--all", "--yes").code == 0
    assert stored_sets(running) == {}
    assert command("withdraw", SOURCE, "--yes").code == 0
