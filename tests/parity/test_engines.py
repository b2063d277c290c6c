"""The documents with outputs of the official converter: several processes and Dask write what one process writes.

What one process writes is compared with the official outputs in test_parity.py. QRDA2QPP_CORPUS names the folder.
"""

import importlib.util
import os
import zipfile
from pathlib import Path

import pytest

from tests.cli.runner import Result, process

CORPUS = Path(os.environ.get("QRDA2QPP_CORPUS") or "no-corpus")
EVERY = 6
"""Of so many documents one is converted, because the workers start for each run, and all of them take minutes."""
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus: name its folder in QRDA2QPP_CORPUS"),
]


def converted(folder: Path, *engine: str) -> tuple[Result, dict[str, bytes]]:
    out = folder / "-".join(engine).strip("-")
    said = process("in", "--out", out.name, *engine, folder=folder)
    written = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.json")}
    return Result(said.code, said.stdout, said.stderr.replace(out.name, "out")), written


def test_corpus_in_several_processes(tmp_path: Path) -> None:
    count = 0
    for name in ("generated.zip", "cms-samples.zip"):
        with zipfile.ZipFile(CORPUS / name) as archive:
            members = sorted(one for one in archive.namelist() if one.endswith(".xml"))[::EVERY]
            archive.extractall(tmp_path / "in" / name[:-4], members)
            count += len(members)
    one = converted(tmp_path, "--jobs", "1")
    assert len(one[1]) == count > 200
    assert converted(tmp_path, "--jobs", "2") == one
    if importlib.util.find_spec("distributed") is None:
        pytest.skip('Dask is not installed: pip install "qrda2qpp[cluster]"')
    assert converted(tmp_path, "--engine", "dask", "--jobs", "2") == one
