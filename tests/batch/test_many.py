"""Many inputs from a program: whatever does the work, the results are those of one call for each."""

import json
import pickle
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import nullcontext
from multiprocessing import get_context
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

import converter
from converter.batch import many
from converter.batch.lost import Lost
from converter.errors import UsageError
from converter.facts.files import data_folders
from converter.findings import kinds
from converter.pipeline import Options
from converter.source.inputs import failing
from tests.complete import complete_document
from tests.documents import document
from tests.facts.qpp_examples import submission

WAYS = ["here", "processes", "threads", "executor of processes"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/clean.xml").write_bytes(complete_document(2025).bytes())
    (tmp_path / "in/few.xml").write_bytes(document(2025).bytes())
    (tmp_path / "in/half.xml").write_bytes(document(2025).bytes()[:3000])
    return tmp_path / "in"


def _way(name: str) -> tuple[dict[str, Any], Any]:
    executor: Executor | None = None
    if name == "threads":
        executor = ThreadPoolExecutor(2)
    elif name == "executor of processes":
        executor = ProcessPoolExecutor(2, mp_context=get_context("spawn"))
    return {"executor": executor, "jobs": 2 if name == "processes" else 1}, executor or nullcontext()


@pytest.mark.every(3)
@pytest.mark.parametrize("name", WAYS)
def test_results_are_those_of_single_calls(name: str, folder: Path) -> None:
    data = document(2024, "MIPS_INDIV").bytes()
    sources: list[Path | bytes] = [folder, data, folder / "nothing.xml"]
    options, ending = _way(name)
    with ending:
        found = list(converter.convert_many(sources, **options))
    singles = [converter.convert(one) for one in sorted(folder.iterdir())]
    assert [one.name for one in found] == [*map(str, sorted(folder.iterdir())), "bytes", str(folder / "nothing.xml")]
    for one, other in zip(found, [*singles, converter.convert(data)], strict=False):
        assert (one.findings, one.ok, one.verdict) == (other.findings, other.ok, other.verdict)
        assert not one.ok or one.to_json() == other.to_json()
        assert one.to_text() == other.to_text()
    assert [finding.id for finding in found[-1].findings] == [kinds.FILE_UNREADABLE.id]


@pytest.mark.every(3)
@pytest.mark.parametrize("name", WAYS)
def test_checks_of_xml_and_json(name: str, folder: Path) -> None:

    (folder / "more.json").write_text(json.dumps(submission(2025)))
    options, ending = _way(name)
    with ending:
        found = list(converter.check_many(str(folder), **options))
    assert [one.ok for one in found] == [True, True, False, True]
    assert isinstance(found[-1], converter.SubmissionCheck)


@pytest.mark.every(3)
@pytest.mark.parametrize("name", WAYS)
def test_files_are_compared_only_when_asked(name: str, folder: Path) -> None:
    for together in (False, True):
        options, ending = _way(name)
        with ending:
            found = list(converter.convert_many(folder, together=together, **options))
        repeated = [any(one.kind is kinds.IDENTITY_REPEATED for one in result.findings) for result in found]
        assert repeated == [False, together, False]


def test_files_of_one_name_are_two_files() -> None:
    data = complete_document(2025).bytes()
    found = list(converter.convert_many([data, data], together=True))
    assert [one.name for one in found] == ["bytes", "bytes"]
    assert [any(item.kind is kinds.IDENTITY_REPEATED for item in one.findings) for one in found] == [False, True]


def test_inputs_are_taken_as_they_are_wanted() -> None:
    taken = 0

    def sources() -> Iterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"<x/>"

    results = converter.convert_many(sources())
    assert not next(results).ok
    assert taken == 1


def test_a_process_that_is_lost_is_a_finding_of_its_input() -> None:
    work = many._Work(data_folders(), Options(limits=converter.Limits(seconds=5)), together=False)
    item = failing(Path("a.xml"), PurePosixPath("a"), converter.SourceError("x"))
    assert [one.id for one in work.lost(item, Lost.DIED)[0].findings] == ["XML015"]
    assert [one.id for one in work.lost(item, Lost.TOO_LONG)[0].findings] == ["XML014"]


def test_calls_that_cannot_be_meant() -> None:
    with pytest.raises(UsageError):
        converter.convert_many([], jobs=0)
    with pytest.raises(UsageError):
        converter.convert_many([], year=1900)
    with pytest.raises(UsageError):
        next(converter.convert_many([3]))  # type: ignore[list-item]


def test_traces_tell_no_identifiers(folder: Path) -> None:
    (trace,) = converter.convert(folder / "few.xml").traces()
    assert "000417263" not in repr(trace) + str(tuple(trace))
    assert pickle.loads(pickle.dumps(trace)) == trace
