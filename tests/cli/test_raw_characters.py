"""Control characters, and those that turn the reading order: no line of the command has them raw."""

import json
import re
import zipfile
from pathlib import Path

import pytest

from tests.cli.runner import Result, process, qrda2qpp
from tests.documents import document
from tests.fuzz.hostile import raw

VALUES = (
    "\x1b]0;pwned\x07",
    "\x1b[2J\x1b[1;1H",
    "\x9b31m",
    "\u202etxt.exe",
    "\u2066\u2069",
    "\u200f\u061c",
    "a\nb: accepted",
    "\r\x7f",
)
REPORTS = ("text", "html", "markdown", "json", "csv", "sarif", "error-json")
_COLOUR = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def assert_safe(done: Result, form: str = "text") -> None:
    assert raw(done.text, form) == "", done.text
    assert raw(done.stderr) == "", done.stderr


def archive(value: str) -> Path:
    """An archive with members of a hostile name: one that converts and one that does not."""
    path = Path("a.zip")
    with zipfile.ZipFile(path, "w") as target:
        target.writestr(f"{value}.xml", document(2025).bytes())
        target.writestr(f"bad {value}.xml", document(2025).bytes()[:3000])
        target.writestr(f"worse {value}.json", json.dumps({"programName": value, value: value}))
    return path


@pytest.mark.every(3)
@pytest.mark.parametrize("value", VALUES)
def test_names_in_archives(value: str) -> None:
    path = archive(value)
    for form in REPORTS:
        assert_safe(qrda2qpp("check", path, "--report", form), form)
    assert_safe(qrda2qpp("check", path, "--brief"))
    done = qrda2qpp(path, "--out", "out")
    assert done.code == 1
    assert_safe(done)
    (line,) = [one for one in done.stderr.splitlines() if "not converted" in one or "refused" in one][:1]
    assert line.startswith("a.zip/bad ")


@pytest.mark.every(3)
@pytest.mark.parametrize("value", VALUES)
def test_names_of_files_and_folders(value: str) -> None:
    Path(f"d{value}").mkdir()
    for name in (f"d{value}/b{value}.xml", f"a{value}.xml"):
        Path(name).write_bytes(document(2025).bytes()[:3000])
    for words in (
        ["check", f"a{value}.xml"],
        [f"a{value}.xml"],
        [f"d{value}", "--out", f"out{value}"],
        ["check", f"d{value}", f"a{value}.xml", "--brief"],
        [f"a{value}.xml", "-o", f"a{value}.xml"],
        ["check", f"a{value}.xml", "--report", f"html=d{value}"],
        ["check", f"a{value}.xml", "--catalog", f"d{value}"],
        ["check", f"a{value}.xml", "--xsd", f"a{value}.xml"],
        ["explain", "--response", f"a{value}.xml"],
        ["explain", "--response", f"a{value}.xml", "--source", f"d{value}"],
        ["demo", f"a{value}.xml"],
    ):
        assert_safe(qrda2qpp(*words))


@pytest.mark.every(3)
@pytest.mark.parametrize("value", VALUES)
def test_words_of_the_command_line(value: str) -> None:
    Path("a.xml").write_bytes(document(2025).bytes())
    for words in (
        [value],
        [f"{value}.xml"],
        [f"*{value}"],
        ["check", value],
        ["check", "a.xml", "--year", value],
        ["check", "a.xml", "--report", value],
        ["check", "a.xml", "--report", f"{value}=x"],
        ["check", "a.xml", "--color", value],
        ["check", "a.xml", "--catalog", value],
        ["check", "a.xml", "--xsd", value],
        ["check", "a.xml", f"--{value}"],
        ["check", "a.xml", "--max-size", value],
        ["a.xml", "-o", f"{value}/x/{value}"],
        ["explain", value],
        ["explain", f"GUID002 {value}"],
        ["explain", f'"{value}" is not a measure {value}'],
        ["explain", "--response", value],
        ["measures", value],
        ["measures", "--year", value],
        ["help", value],
        ["completion", value],
        ["demo", f"a.xml/{value}"],
    ):
        assert_safe(qrda2qpp(*words))


@pytest.mark.every(3)
@pytest.mark.parametrize("value", VALUES)
def test_what_a_person_reads_in_colour(value: str) -> None:
    done = qrda2qpp("check", archive(value), "--color", "always")
    assert raw(_COLOUR.sub("", done.text)) == ""
    assert _COLOUR.search(done.text)


@pytest.mark.every(3)
@pytest.mark.parametrize("value", VALUES)
def test_an_answer_of_cms(value: str) -> None:
    details = [{"message": f"{value} is not known", "path": f"$.{value}", "value": value}]
    answer = {"error": {"type": value, "message": value, "details": details}}
    for text in (json.dumps(answer), json.dumps(answer, ensure_ascii=False), f"SV - {value}\n\nCT - {value}"):
        Path("answer.json").write_text(text, encoding="utf-8")
        assert_safe(qrda2qpp("explain", "--response", "answer.json"))


def test_a_catalog_folder() -> None:
    Path("c/catalog").mkdir(parents=True)
    Path("c/catalog/a\x1b[2J\u202e.json").write_text("{}", encoding="utf-8")
    Path("a.xml").write_bytes(document(2025).bytes())
    done = qrda2qpp("a.xml", "--catalog", "c", "-o", "r.json")
    assert r"a\x1b[2J\u202e.json" in done.stderr
    assert_safe(done)


def test_the_escapes_can_be_read() -> None:
    done = qrda2qpp("\x1b[2J\u202e.xml")
    assert done.code == 2
    assert r"No file matches \x1b[2J\u202e.xml." in done.stderr


def test_a_process_of_its_own(tmp_path: Path) -> None:
    path = archive("\x1b[2J\u202e")
    done = process("check", path, folder=tmp_path)
    assert done.code == 1
    assert_safe(done)
