"""What the command says of its arguments, of folders and of files has no identifier, unless it is to be shown."""

from pathlib import Path

import pytest

from tests.cli.runner import qrda2qpp
from tests.documents import document

NUMBER = "731846259"
NAME = f"of {NUMBER}"
SAID = (
    ("check", f"{NAME}.xml"),
    ("check", f"*{NAME}"),
    ("check", "empty " + NAME),
    ("check", "--from-file", "list.txt"),
    ("check", "--from-file", f"{NAME}.txt"),
    ("check", "good.xml", "--catalog", NAME),
    ("check", "good.xml", "--catalog", "catalog"),
    ("check", "good.xml", "--xsd", f"{NAME}.xsd"),
    ("check", "good.xml", "--year", NUMBER),
    ("check", "good.xml", "--report", NAME),
    ("good.xml", "--out", f"out {NAME}"),
    ("--watch", f"in {NAME}", "--out", "out"),
    ("score", f"{NAME}.xml"),
    ("stored", f"{NAME}.xml"),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.xml").write_bytes(document(2025).bytes())
    Path("list.txt").write_text(f"{NAME}.xml\n", encoding="utf-8")
    Path(f"empty {NAME}").mkdir()
    Path("catalog/catalog").mkdir(parents=True)
    Path(f"catalog/catalog/{NAME}.json").write_text("{}", encoding="utf-8")


@pytest.mark.parametrize("words", SAID, ids=" ".join)
def test_identifiers_are_masked(words: tuple[str, ...]) -> None:
    done = qrda2qpp(*words)
    assert "*****6259" in done.stderr
    assert NUMBER not in done.stderr


@pytest.mark.parametrize("words", SAID, ids=" ".join)
def test_identifiers_are_shown_when_asked_for(words: tuple[str, ...]) -> None:
    assert NUMBER in qrda2qpp(*words, "--show-ids").stderr
