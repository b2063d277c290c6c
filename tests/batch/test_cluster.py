"""Workers of Dask that share work: in order, few at a time; what is lost is done again, and what kills costs itself.

They take long, and belong to `tools/check.py --all`; where Dask is not installed they are skipped.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import converter
from converter.batch.lost import Lost
from converter.batch.portions import portions as portions_of
from converter.errors import UsageError
from converter.findings import kinds
from converter.source.inputs import expand
from converter.source.limits import DEFAULT_LIMITS
from tests.batch.test_processes import portions
from tests.batch.work import Mortal, double, fragile
from tests.cli.runner import ROOT, process
from tests.cli.test_jobs import _wrong, everything
from tests.complete import complete_document
from tests.documents import document

distributed = pytest.importorskip("distributed", reason='Dask is not installed: pip install "qrda2qpp[cluster]"')
psutil = pytest.importorskip("psutil", reason="Dask is not installed")

# What Dask leaves to the garbage collector when it is closed is not ours.
pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")]

FILES = 240
_OTHER_VERSION = "import converter\nconverter.__version__ = '0.0.7'\n"
_NO_TOOL = """
import sys
class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] == 'converter':
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Nothing())
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have many files, good and bad."""
    monkeypatch.chdir(tmp_path)
    kinds_of_files = [complete_document(2025).bytes(), _wrong(), document(2025, "MIPS_INDIV").bytes(), b"<half>"]
    for number in range(FILES):
        path = Path(f"in/{number % 7}/{number}.xml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(kinds_of_files[number % len(kinds_of_files)])
    return tmp_path


@contextmanager
def scheduler(workers: int = 1, preload: str | None = None) -> Iterator[Any]:
    """Run a scheduler as somebody else might, with workers in another folder; `preload` is what they run first."""
    with distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        dashboard_address=None,
        silence_logs=60,
        preload=[preload] if preload else [],
    ) as made:
        yield made


def cluster(address: str | None = None, jobs: int = 2, added: list[Path] | None = None) -> Any:
    from converter.batch.cluster import Cluster

    return Cluster(address, jobs, added or [])


def start(*words: str) -> subprocess.Popen[bytes]:
    """Start the command in a group of its own, as a terminal does."""
    command = [sys.executable, "-m", "converter", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, env=environment, start_new_session=True)


def wait_for_results(running: subprocess.Popen[bytes], count: int) -> None:
    end = time.monotonic() + 300
    while sum(1 for _ in Path("out").rglob("*.json")) < count:
        assert time.monotonic() < end and running.poll() is None
        time.sleep(0.01)


def workers_of(running: subprocess.Popen[bytes]) -> list[Any]:
    below = psutil.Process(running.pid).children(recursive=True)
    return [one for one in below if any("spawn_main" in word for word in one.cmdline())]


def rows(path: str) -> list[Any]:
    return [{**row, "seconds": 0} for row in json.loads(Path(path).read_bytes())]


def test_values_come_in_order_and_few_are_on_their_way() -> None:
    given = 0

    def counted() -> Iterator[list[int]]:
        nonlocal given
        for one in portions(range(120), 2):
            given += 1
            yield one

    for number, found in enumerate(cluster().in_order(double, counted(), None)):
        assert found == (number, 2 * number)
        assert given <= number // 2 + 2 * 3 + 1
    assert given == 60


def test_what_kills_its_worker_or_hangs_costs_its_item_alone() -> None:
    found = dict(cluster().in_order(fragile, portions(range(40), 8), 0.2))
    assert (found.pop(13), found.pop(31)) == (Lost.DIED, Lost.TOO_LONG)
    assert found == {one: 2 * one for one in range(40) if one not in (13, 31)}


def test_what_is_raised_ends_the_work() -> None:
    with pytest.raises(ValueError, match="41"):
        list(cluster().in_order(fragile, portions(range(36, 44), 2), None))


def test_results_are_those_of_one_process(folder: Path) -> None:  # noqa: ARG001
    runs = []
    for engine in (("--jobs", "1"), ("--engine", "dask", "--jobs", "2")):
        words = ("in", "--out", "out", "--report", "r/a.html", "--report", "r/a.csv", "--summary", "s.json")
        said = process(*words, *engine)
        runs.append((said.code, said.text, said.stderr, everything(Path("out")), everything(Path("r")), rows("s.json")))
        for path in (*Path("out").rglob("*.json"), *Path("r").iterdir()):
            path.unlink()
    assert runs[0] == runs[1]
    assert len(runs[0][3]) == FILES
    assert process("check", "in", "--brief", "--engine", "dask") == process("check", "in", "--brief", "--jobs", "1")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_worker_that_is_killed_loses_nothing(folder: Path) -> None:  # noqa: ARG001
    one = process("in", "--out", "one", "--summary", "one.json", "--jobs", "1")
    running = start("in", "--out", "out", "--summary", "out.json", "--engine", "dask", "--jobs", "2")
    wait_for_results(running, 10)
    workers_of(running)[0].kill()
    _, said = running.communicate(timeout=300)
    assert (running.returncode, said.decode()) == (one.code, one.stderr.replace("into one", "into out"))
    assert everything(Path("out")) == everything(Path("one"))
    assert rows("out.json") == rows("one.json")


def test_an_earlier_run_is_resumed(folder: Path) -> None:  # noqa: ARG001
    for path in sorted(Path("in").rglob("*.xml"))[20:]:
        path.unlink()
    process("in", "--out", "out", "--jobs", "1")
    path = Path("in/0/0.xml")
    path.write_bytes(path.read_bytes() + b"\n")
    said = process("in", "--out", "out", "--resume", "--engine", "dask", "--jobs", "1")
    assert "19 of 20 were done by an earlier run" in said.stderr
    assert "20 of 20 were" in process("in", "--out", "out", "--resume").stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("count", [0, 10])
def test_an_interrupt_ends_all(folder: Path, count: int) -> None:  # noqa: ARG001
    running = start("in", "--out", "out", "--engine", "dask", "--jobs", "2")
    end = time.monotonic() + 300
    while not workers_of(running):
        assert time.monotonic() < end
    wait_for_results(running, count)
    workers = workers_of(running)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=300)
    assert (running.returncode, said.decode().splitlines()[-1]) == (130, "Interrupted.")
    assert "Traceback" not in said.decode() and "distributed" not in said.decode()
    assert psutil.wait_procs(workers, timeout=10)[1] == []
    assert not [path for path in Path("out").rglob("*") if path.name.startswith(".qrda2qpp-")]


def test_a_scheduler_elsewhere(folder: Path) -> None:  # noqa: ARG001
    with scheduler(2) as made:  # whose workers do not know the folder of the command
        said = process("in", "--out", "out", "--scheduler", made.scheduler_address)
        assert made.scheduler_info["workers"] is not None
    one = process("in", "--out", "one", "--jobs", "1")
    assert (said.code, said.stderr) == (one.code, one.stderr.replace("into one", "into out"))
    assert everything(Path("out")) == everything(Path("one"))


@pytest.mark.parametrize("preload,words", [(_OTHER_VERSION, "qrda2qpp 0.0.7, not"), (_NO_TOOL, "no qrda2qpp")])
def test_workers_that_would_convert_otherwise_are_refused(folder: Path, preload: str, words: str) -> None:  # noqa: ARG001
    with scheduler(1, preload) as made:
        said = process("in", "--out", "out", "--scheduler", made.scheduler_address)
    assert (said.code, Path("out").exists()) == (2, False)
    assert f"has {words}" in said.stderr and "tcp://" in said.stderr
    assert len(said.stderr.splitlines()) == 1


def test_data_that_changed_since_the_workers_loaded_it_is_refused(folder: Path) -> None:
    catalog = folder / "more/catalog/2025.json"
    catalog.parent.mkdir(parents=True)
    catalog.write_bytes((ROOT / "schemas/catalog/2025.json").read_bytes())
    with scheduler() as made:
        words = ("in/0/0.xml", "--out", "out", "--catalog", "more", "--scheduler", made.scheduler_address)
        assert process(*words).code == 0
        catalog.write_bytes(catalog.read_bytes() + b"\n")
        said = process(*words)
    assert said.code == 2
    assert f"{folder / 'more'} with other content" in said.stderr


def test_a_worker_that_comes_later_is_asked_too() -> None:
    with scheduler() as made:
        found = cluster(made.scheduler_address).in_order(double, portions(range(2000), 1), None)
        assert next(found) == (0, 0)
        options = {"preload": [_OTHER_VERSION], "nthreads": 1, "silence_logs": 60, "dashboard_address": None}
        made.worker_spec["late"] = {"cls": distributed.Nanny, "options": options}
        made.sync(made._correct_state)
        with pytest.raises(UsageError, match=r"has qrda2qpp 0\.0\.7"):
            list(found)


def test_a_scheduler_that_cannot_be_reached(folder: Path) -> None:  # noqa: ARG001
    process("in/0/0.xml", "--out", "state")
    before = everything(Path("state"))
    with socket.create_server(("127.0.0.1", 0)) as silent, socket.create_server(("127.0.0.1", 0)) as closed:
        dead = closed.getsockname()[1]
        closed.close()
        for address in (
            f"tcp://127.0.0.1:{silent.getsockname()[1]}",
            f"tcp://127.0.0.1:{dead}",
            "nowhere://x",
            "\x1b[31m",
        ):
            begin = time.monotonic()
            said = process("in", "--out", "out", "--scheduler", address)
            assert (said.code, Path("out").exists()) == (2, False)
            assert "cannot be reached" in said.stderr and len(said.stderr.splitlines()) == 1
            assert "\x1b" not in said.stderr
            assert time.monotonic() - begin < 90
        process("in/0/7.xml", "--out", "state", "--scheduler", f"tcp://127.0.0.1:{dead}")
    assert everything(Path("state")) == before


def test_a_scheduler_without_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    from converter.batch import cluster as module

    monkeypatch.setattr(module, "_FIRST_WORKER", 1)
    with scheduler(0) as made, pytest.raises(UsageError, match="has no worker"):
        cluster(made.scheduler_address)


def test_workers_that_go(monkeypatch: pytest.MonkeyPatch) -> None:
    from converter.batch import cluster as module

    monkeypatch.setattr(module, "_LOOK", 0.2)
    monkeypatch.setattr(module, "_WITHOUT_WORKERS", 1)
    with scheduler() as made:
        found = cluster(made.scheduler_address).in_order(double, portions(range(2000), 1), None)
        next(found)
        made.scale(0)
        with pytest.raises(UsageError, match="no worker for 1 seconds"):
            list(found)


def test_a_cluster_of_our_own_gets_new_workers_when_all_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    from converter.batch import cluster as module

    monkeypatch.setattr(module, "_LOOK", 0.2)
    monkeypatch.setattr(module, "_REVIVE", 1)
    own = cluster()
    found = own.in_order(double, portions(range(300), 1), None)
    assert next(found) == (0, 0)
    own._own.scale(0)
    assert list(found) == [(one, 2 * one) for one in range(1, 300)]


def test_a_scheduler_that_goes() -> None:
    with scheduler() as made:
        found = cluster(made.scheduler_address).in_order(double, portions(range(2000), 1), None)
        next(found)
    with pytest.raises(UsageError, match="The scheduler ended the work"):
        list(found)


def test_executor_of_dask_in_the_library(folder: Path) -> None:
    data = document(2024, "MIPS_INDIV").bytes()
    with scheduler(2) as made, distributed.Client(made, set_as_default=False) as client:
        sources: list[Path | bytes] = [folder / "in/0", data, data]
        found = list(converter.convert_many(sources, executor=client.get_executor(), together=True))
    here = list(converter.convert_many(sources, together=True))
    assert [one.name for one in found] == [one.name for one in here]
    assert [one.to_text() for one in found] == [one.to_text() for one in here]
    assert any(finding.kind is kinds.IDENTITY_REPEATED for one in found for finding in one.findings)


def test_an_executor_whose_worker_dies_costs_the_file_that_kills_it() -> None:
    from converter.batch.many import _by_executor

    work: Any = Mortal()
    with scheduler() as made, distributed.Client(made, set_as_default=False) as client:
        found = list(_by_executor(iter([11, 12, 13, 14, 15]), work, client.get_executor()))  # type: ignore[arg-type]
    assert found == [22, 24, Lost.DIED, 28, 30]


def test_documents_do_not_travel(folder: Path) -> None:  # noqa: ARG001
    from pickle import dumps

    (portion,) = portions_of(expand(["in/0/0.xml", "in/1/1.xml"], DEFAULT_LIMITS))
    assert len(dumps(portion)) < 2000 < Path("in/0/0.xml").stat().st_size
