"""Every submission of the fixtures is stored as it is, whoever reports, and is unchanged the second time."""

import json
from pathlib import Path

import pytest

from converter.delivery.plan import Plan
from converter.delivery.sending import Outcome
from tests.delivery.sessions import ROOT, deliver, file_of, session_to
from tests.sandbox_server import RunningSandbox

CLEAN = sorted((ROOT / "fixtures").glob("*/*-clean.qpp.json"))
SOME = [one for one in CLEAN if one.parent.name == "2025" and one.name.split("-")[0] in (
    "MIPS_INDIV", "MIPS_SUBGROUP", "MIPS_VIRTUALGROUP", "APP_PLUS_APMENTITY",
)]  # fmt: skip


NOT_ACCEPTED = "MIPSAPM-clean.qpp.json"
"""The program had no id of an entity to give, which CMS requires; `check` says so, and so does the sandbox."""


def _check(running: RunningSandbox, folder: Path, path: Path) -> None:
    file = file_of(json.loads(path.read_bytes()))
    with session_to(running.base, folder) as opened:
        ended = deliver(opened, file)
        assert ended.code == 0, [one.failure for one in ended.results]
        assert {one.outcome for one in ended.results} == {Outcome.STORED}
        plan = opened.plan(file)
    assert isinstance(plan, Plan)
    assert not plan.changes
    assert plan.unknown == ()


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.name)
def test_kinds_of_entities(path: Path, running: RunningSandbox, tmp_path: Path) -> None:
    _check(running, tmp_path, path)


@pytest.mark.long
@pytest.mark.parametrize(
    "path", [one for one in CLEAN if one.name != NOT_ACCEPTED], ids=lambda path: f"{path.parent.name}-{path.name}"
)
def test_every_fixture(path: Path, running: RunningSandbox, tmp_path: Path) -> None:
    _check(running, tmp_path, path)


def test_what_cms_does_not_accept_is_not_stored(running: RunningSandbox, tmp_path: Path) -> None:
    (path,) = (one for one in CLEAN if one.name == NOT_ACCEPTED)
    with session_to(running.base, tmp_path) as opened:
        ended = deliver(opened, file_of(json.loads(path.read_bytes())))
    assert ended.code == 1
    assert {one.outcome for one in ended.results} == {Outcome.REFUSED}
    assert running.state.store.numbers == (0, 0)
