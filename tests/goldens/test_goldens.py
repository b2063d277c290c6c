import os
from pathlib import Path

import pytest

import converter
from converter.cli.main import run
from tests.cli.runner import results
from tests.goldens.update import FOLDER, goldens, inputs, present
from tests.policy import POLICY
from tools.build_fixtures import fixtures
from tools.fixture_defects import BROKEN, Case

INPUTS = inputs()
FOLDERS = sorted({path.parent for path in INPUTS})
CLEAN = [path for path in INPUTS if path.stem.endswith(("-clean", "-mvp"))]


def name(path: Path) -> str:
    return path.relative_to(FOLDER).with_suffix("").as_posix()


@pytest.mark.parametrize("path", INPUTS, ids=name)
def test_golden(path: Path) -> None:
    for golden, words in goldens(path).items():
        assert golden.is_file(), f"{golden.name} is missing: python -m tests.goldens.update"
        assert golden.read_bytes().decode() == words


def test_every_golden_has_an_input() -> None:
    wanted = {golden for path in INPUTS for golden in goldens(path)}
    assert sorted(path.name for path in present() - wanted) == []


def test_inputs_are_what_the_tool_writes() -> None:
    made = fixtures()
    assert sorted(made) == sorted(path.relative_to(FOLDER).as_posix() for path in INPUTS)
    assert [key for key, data in made.items() if (FOLDER / key).read_bytes() != data] == []


@pytest.mark.parametrize("path", CLEAN, ids=name)
def test_clean_documents_have_no_errors(path: Path) -> None:
    assert [str(one.message) for one in converter.check(path).errors] == []


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.path.removesuffix(".xml"))
def test_broken_documents_lead_to_their_findings(case: Case) -> None:
    found = {one.id for one in converter.convert(FOLDER / case.path).findings}
    assert set(case.expected) <= found
    assert case.expected or not found - {"DOC028", "SUB026", *POLICY}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_command_writes_the_goldens(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    names = sorted(os.listdir())
    with pytest.raises(SystemExit):
        run([*(item for item in names if item.endswith(".xml")), "--out", str(tmp_path), "--quiet"])
    wanted = {item: (folder / item).read_bytes() for item in names if item.endswith(".json")}
    written = {name.replace("-qpp.", ".qpp.").replace("-error.", ".error."): name for name in results(tmp_path)}
    assert {item: (tmp_path / name).read_bytes() for item, name in written.items()} == wanted
