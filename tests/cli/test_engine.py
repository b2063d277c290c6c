"""What is said where another engine cannot share the work. What Dask does is in tests/batch/test_cluster.py."""

import sys
from pathlib import Path

import pytest

from tests.cli.runner import qrda2qpp
from tests.complete import complete_document


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.xml").write_bytes(complete_document(2025).bytes())
    return tmp_path


@pytest.mark.parametrize("name", ["distributed", "distributed.comm.addressing"])
@pytest.mark.parametrize("words", [("--out", "out", "--engine", "dask"), ("--out", "out", "--scheduler", "tcp://x:1")])
def test_dask_that_is_not_installed(words: tuple[str, ...], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("converter.batch.cluster", "converter.batch.worker"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, name, None)
    said = qrda2qpp("a.xml", *words)
    assert (said.code, Path("out").exists()) == (2, False)
    assert said.stderr.count("\n") == 1
    assert 'pip install "qrda2qpp[cluster]"' in said.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--engine", "dask"), "--out DIR"),
        (("-o", "a.json", "--scheduler", "tcp://x:1"), "--out DIR"),
        (("--out", "out", "--engine", "processes", "--scheduler", "tcp://x:1"), "--engine dask"),
        (("--out", "out", "--jobs", "2", "--scheduler", "tcp://x:1"), "--jobs"),
        (("--out", "out", "--watch", ".", "--engine", "dask"), "--watch"),
        (("--out", "out", "--engine", "spark"), "spark"),
    ],
)
def test_options_that_do_not_fit(words: tuple[str, ...], said: str) -> None:
    result = qrda2qpp("a.xml", *words)
    assert (result.code, Path("out").exists(), said in result.stderr) == (2, False, True)


def test_processes_are_the_engine_unless_asked() -> None:
    assert qrda2qpp("a.xml", "--out", "out", "--engine", "processes").code == 0
    assert Path("out/a-qpp.json").is_file()
