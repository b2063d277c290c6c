"""What tests of `--resume` share: sources of all kinds, runs over them, and what became of them."""

import csv
import zipfile
from pathlib import Path

import pytest

from converter.batch import portions
from converter.cli import work
from converter.cli.overwrites import STATE
from converter.source.inputs import Input
from tests.cli.runner import Result, qrda2qpp, results
from tests.complete import complete_document
from tests.documents import TIN, document

KEPT = Path("out", STATE)
CLEAN = complete_document(2025).bytes()


def wrong() -> bytes:
    doc = document(2025, measures=("236", "134"))
    doc.measure("236").guid = "00000000-0000-0000-0000-000000000000"
    return doc.bytes()


@pytest.fixture(name="folder")
def make_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files good and bad, one submission three times, in folders and an archive; one cannot be read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(portions, "_WORTH_BYTES", 1)
    Path("in/deep").mkdir(parents=True)
    Path("in/clean.xml").write_bytes(CLEAN)
    Path(f"in/deep/clean-{TIN}.xml").write_bytes(CLEAN)
    Path("in/few.xml").write_bytes(document(2025, "MIPS_INDIV").bytes())
    Path("in/wrong.xml").write_bytes(wrong())
    Path("in/half.xml").write_bytes(CLEAN[:5000])
    with zipfile.ZipFile("in/more.zip", "w") as archive:
        archive.writestr("of/again.xml", CLEAN)
        archive.writestr("of/wrong.xml", wrong())
    return tmp_path


ALL = 7


@pytest.fixture(name="dealt_with")
def note_inputs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the inputs that are converted in this process, from here on."""
    names: list[str] = []
    usual = work.Work.result

    def noted(self: work.Work, item: Input) -> object:
        names.append(Path(item.name).name)
        return usual(self, item)

    monkeypatch.setattr(work.Work, "result", noted)
    return names


def converted(*options: str, out: str = "out") -> Result:
    return qrda2qpp("in", "--out", out, "--summary", "summary.csv", "--jobs", "1", *options)


def everything(out: str = "out") -> tuple[dict[str, bytes], list[dict[str, str]]]:
    """All results, and the rows of the summary without the seconds."""
    rows = list(csv.DictReader(Path("summary.csv").read_text(encoding="utf-8").splitlines()))
    files = {name: Path(out, name).read_bytes() for name in results(out)}
    return files, [{name: cell for name, cell in row.items() if name != "seconds"} for row in rows]


def said_before(said: Result) -> tuple[str, int]:
    """What was said without the line about the earlier run, and the number in it."""
    lines = said.stderr.splitlines(keepends=True)
    (line,) = [one for one in lines if "were done by an earlier run" in one]
    number, _, rest = line.partition(" ")
    assert rest == f"of {ALL} were done by an earlier run and have not changed.\n"
    lines.remove(line)
    return "".join(lines), int(number)
