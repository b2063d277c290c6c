"""`qrda2qpp score`: formats, options, exit codes, and what bad input gets."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.runner import process, qrda2qpp, too_large
from tests.documents import NPI, TIN, document
from tests.fuzz.hostile import ESCAPES, TURNING, raw
from tests.scoring.examples import EHR, measurement, other_set, quality_set, submission


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    xml = document(2025, "MIPS_INDIV", measures=("236", "226"), ia=False).bytes()
    (tmp_path / "export.xml").write_bytes(xml)
    ones = [quality_set([measurement("236", 80, 20)], 2025, EHR, cehrtId="XX15CABCDEFGHIJ")]
    write(tmp_path / "quality.json", submission(2025, ones))
    write(tmp_path / "activities.json", submission(2025, [other_set("ia", {"IA_BE_6": True}, 2025)]))
    return tmp_path


def write(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data), encoding="utf-8")


def test_text(here: Path) -> None:
    done = qrda2qpp("score", "export.xml")
    assert done.code == 0
    assert done.text.startswith("Points from these files: ")
    assert "This is not a score of CMS, and not a final score." in done.text
    assert "Cost: -- of 30 points" in done.text
    assert TIN not in done.text
    assert NPI not in done.text
    assert TIN in qrda2qpp("score", "export.xml", "--show-ids").text
    assert (here / "export.xml").exists()


@pytest.mark.usefixtures("here")
def test_files_are_put_together() -> None:
    done = qrda2qpp("score", "quality.json", "activities.json", "--format", "json")
    assert done.code == 0
    assert len(done.json["scores"]) == 1
    assert done.json["scores"][0]["sources"] == ["activities.json", "quality.json"]
    names = [one["name"] for one in done.json["scores"][0]["score"]["parts"]]
    assert names == ["quality", "ia", "bonuses"]


@pytest.mark.usefixtures("here")
def test_json_has_the_names_of_cms() -> None:
    data = qrda2qpp("score", "quality.json", "--format", "json").json["scores"][0]
    assert data["taxpayerIdentificationNumber"] == "*****3456"
    measure = data["score"]["parts"][0]["original"]["parts"][0]["parts"][0]
    for name in ("decileScore", "partialPoints", "measureClass", "nextDecile"):
        assert name in measure["metadata"]


@pytest.mark.usefixtures("here")
def test_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(qrda2qpp("score", "quality.json", "--format", "csv").text)))
    assert [row["row"] for row in rows] == ["measure", "category", "category", "category", "category", "total"]
    assert rows[0]["id"] == "236"
    assert rows[0]["TIN"] == "*****3456"


def test_html_by_the_name_of_the_output(here: Path) -> None:
    done = qrda2qpp("score", "export.xml", "-o", "points.html")
    assert (done.code, done.stdout) == (0, b"")
    page = (here / "points.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "<meter" in page
    assert TIN not in page


@pytest.mark.usefixtures("here")
def test_standard_input() -> None:
    assert qrda2qpp("score", stdin=Path("quality.json").read_bytes()).code == 0
    assert qrda2qpp("score", terminal=True).code == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--small-practice"], "You say: small practice."),
        (["--rural", "--hpsa"], "You say: rural, shortage area."),
        (["--non-patient-facing", "--ia-pcmh"], "You say: non-patient-facing, patient-centered medical home."),
        (["--apm-participant"], "APM participant: 1 points."),
        (["--available-measures", "2"], "of 20."),
        (["--reweight", "pi=0"], "Promoting interoperability: weighs nothing"),
        (["--reweight", "quality=70", "--reweight", "pi=0 ia=30 cost=0"], "of 70 points"),
        (["--reweight", "ia=0"], "Points from these files: -- of --"),
        (["--profile", "profile.json"], "You say: small practice"),
        (["--roster", "roster.csv"], "You say: rural"),
        (["--program", "mips"], "traditional MIPS"),
    ],
)
def test_options(here: Path, options: list[str], words: str) -> None:
    write(here / "profile.json", {"smallPractice": True})
    (here / "roster.csv").write_text("tin,rural\n000123456,yes\n", encoding="utf-8")
    done = qrda2qpp("score", "quality.json", *options)
    assert done.code == 0
    assert words in done.text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--reweight", "pi"], "CATEGORY=WEIGHT"),
        (["--reweight", "pi=5"], "all categories"),
        (["--available-measures", "9"], "9"),
        (["--program", "app1"], "No file has data for the program app1"),
        (["--profile", "no.json"], "The profile cannot be read"),
        (["--profile", "wrong.json"], "The profile is not JSON"),
        (["--profile", "denied.json", "--small-practice"], "contradicts itself"),
        (["--roster", "wrong.json"], "A roster has the columns"),
        (["--compare", "wrong.json"], "The answer of CMS is not JSON"),
        (["--profile", "huge"], "The profile is larger than 200 MB"),
        (["--roster", "huge"], "The roster is larger than 200 MB"),
        (["--compare", "huge"], "The answer of CMS is larger than 200 MB"),
        (["--from-file", "huge"], "The list huge is larger than 200 MB"),
        (["--compare", "denied.json"], "this is not a score of CMS"),
        (["--year", "1999"], "1999 is not known"),
        (["--format", "pdf"], "pdf"),
    ],
)
def test_wrong_usage(here: Path, options: list[str], words: str) -> None:
    (here / "wrong.json").write_text("{", encoding="utf-8")
    write(here / "denied.json", {"smallPractice": False})
    if "huge" in options:
        too_large("huge")
    done = qrda2qpp("score", "quality.json", *options)
    assert done.code == 2
    assert words in done.stderr
    assert done.stdout == b""


@pytest.mark.parametrize(
    "read", ["quality.json", "export.xml", "list.txt", "profile.json", "roster.csv", "answer.json"]
)
@pytest.mark.parametrize("linked", [False, True])
def test_what_is_read_is_not_written_over(here: Path, read: str, linked: bool) -> None:
    (here / "list.txt").write_text("export.xml\n", encoding="utf-8")
    (here / "roster.csv").write_text("tin,rural\n000123456,yes\n", encoding="utf-8")
    for name in ("profile.json", "answer.json"):
        write(here / name, {})
    output = here / read
    if linked:
        output = here / "link"
        os.link(here / read, output)
    before = output.read_bytes()
    others = ("--profile", "profile.json", "--roster", "roster.csv", "--compare", "answer.json")
    done = qrda2qpp("score", "quality.json", "--from-file", "list.txt", *others, "-o", output)
    assert (done.code, output.read_bytes()) == (2, before)
    assert "over" in done.stderr


def test_an_output_that_is_a_dash_is_standard_output(here: Path) -> None:
    done = qrda2qpp("score", "quality.json", "-o", "-")
    assert (done.code, (here / "-").exists()) == (0, False)
    assert done.text.startswith("Points from these files: ")


def test_a_file_that_is_not_scored(here: Path) -> None:
    (here / "broken.xml").write_bytes(b"<ClinicalDocument")
    done = qrda2qpp("score", "broken.xml", "quality.json")
    assert done.code == 1
    assert "1 file not scored:" in done.text
    assert "broken.xml: It does not convert" in done.text
    assert "Points from these files: " in done.text
    assert qrda2qpp("score", "broken.xml", "--format", "csv").code == 1


def test_comparing_with_an_answer_of_cms(here: Path) -> None:
    score = qrda2qpp("score", "quality.json", "--format", "json").json["scores"][0]["score"]
    write(here / "answer.json", {"data": {"score": score}})
    same = qrda2qpp("score", "quality.json", "--compare", "answer.json")
    assert (same.code, "0 numbers of CMS' answer differ." in same.text) == (0, True)
    score["value"] = 99
    write(here / "answer.json", score)
    for form in ("text", "html", "csv", "json"):
        other = qrda2qpp("score", "quality.json", "--compare", "answer.json", "--format", form)
        assert other.code == 0
        assert "99" in other.text
    assert "1 number of CMS' answer differs." in qrda2qpp("score", "quality.json", "--compare", "answer.json").text
    assert qrda2qpp("score", "quality.json", "export.xml", "--compare", "answer.json").code == 2


def test_control_characters_never_reach_the_terminal(here: Path) -> None:
    ones = [quality_set([measurement("236", 80, 20), measurement("\x1b[31m", 1, 1)], 2025, EHR)]
    write(here / "evil.json", submission(2025, ones))
    for form in ("text", "html", "csv", "json"):
        assert b"\x1b" not in qrda2qpp("score", "evil.json", "--format", form).stdout


FORMATS = ("text", "html", "csv", "json")


def _files(word: str) -> list[Path]:
    """Files that have a word in place of each text that a score shows."""
    measure = measurement("236", 80, 20)
    sets = [
        quality_set([measure], 2025, EHR, programName=word),
        quality_set([{**measure, "measureId": word}], 2025, EHR),
        quality_set([measure], 2025, EHR, submissionMethod=word),
        other_set("pi", {word: True}, 2025),
        other_set("ia", {word: True}, 2025),
    ]
    every = [submission(2025, [one]) for one in sets]
    every.append({**submission(2025, [quality_set([measure], 2025, EHR)]), "entityType": word})
    for number, data in enumerate(every):
        write(Path(f"s{number}.json"), data)
    return [Path(f"s{number}.json") for number in range(len(every))]


def _answer(word: str) -> Path:
    """A score of CMS that has a word everywhere."""
    measure = {"name": "236", "value": 1, "metadata": {"decileScore": word, "messages": {"a": f"the maximum {word}"}}}
    found = {"name": "quality", "value": word, "original": {"value": word, "parts": [{"parts": [measure]}]}}
    write(Path("answer.json"), {"name": "total", "parts": [found], "metadata": {"pickedProgramName": word}})
    return Path("answer.json")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("identifier", ["731846259", "73-1846259", "1497853246"])
def test_identifiers_in_the_wrong_place_are_masked(identifier: str, form: str) -> None:
    for path in _files(identifier):
        assert identifier not in qrda2qpp("score", path, "--format", form).text
    answer = _answer(identifier)
    assert identifier not in qrda2qpp("score", "quality.json", "--compare", answer, "--format", form).text
    found = qrda2qpp("score", "quality.json", "--compare", answer, "--format", form, "--show-ids").text
    assert identifier in found


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("value", [ESCAPES.replace("\x00", ""), TURNING, "a\nb"])
def test_nothing_of_a_file_is_shown_raw(value: str, form: str) -> None:
    for path in _files(value):
        assert raw(qrda2qpp("score", path, "--format", form).text, form) == ""
    assert raw(qrda2qpp("score", "quality.json", "--compare", _answer(value), "--format", form).text, form) == ""


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("tin,731846259", "1,2"),
        ("tin,rural", "1,731846259"),
        ("tin,reweight", "1,731846259"),
        ("tin,reweight", "1,731846259=0"),
        ("tin,reweight", "1,pi=731846259"),
        ("tin,reweight", "1,pi=731846259;pi=0"),
    ],
)
def test_a_roster_with_shifted_columns_shows_no_identifier(header: str, row: str) -> None:
    Path("roster.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    done = qrda2qpp("score", "quality.json", "--roster", "roster.csv")
    assert done.code == 2
    assert "*****6259" in done.stderr
    assert "731846259" not in done.stderr


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "profile", [{"731846259": 1}, {"reweight": {"731846259": 1}}, {"reweight": {"pi": "731846259"}}]
)
def test_a_profile_shows_no_identifier(profile: dict[str, Any]) -> None:
    write(Path("profile.json"), profile)
    assert "*****6259" in qrda2qpp("score", "quality.json", "--profile", "profile.json").stderr


@pytest.mark.usefixtures("here")
def test_the_name_of_an_output_is_masked() -> None:
    words = ("score", "quality.json", "-o", "export 731846259.txt")
    assert qrda2qpp(*words).stderr == "Written to export *****6259.txt.\n"
    assert qrda2qpp(*words, "--show-ids").stderr == "Written to export 731846259.txt.\n"


@pytest.mark.usefixtures("here")
def test_a_measure_id_that_is_longer_than_a_line() -> None:
    write(
        Path("long.json"),
        submission(2025, [quality_set([{**measurement("236", 80, 20), "measureId": "9" * 200}], 2025)]),
    )
    assert qrda2qpp("score", "long.json").code == 0


@pytest.mark.parametrize("command", ["convert", "check"])
def test_other_commands_load_nothing_of_it(here: Path, command: str) -> None:
    code = (
        "import sys; from converter.cli.main import run\n"
        f"try: run(['{command}', 'export.xml', *(['-o', 'out.json'] if '{command}' == 'convert' else [])])\n"
        "except SystemExit: pass\n"
        "print([one for one in sys.modules if one.startswith(('converter.scoring', 'converter.facts.benchmarks', "
        "'converter.facts.scoring'))], file=sys.stderr)"
    )

    root = Path(__file__).resolve().parents[2]
    paths = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", code], cwd=here, env=paths, capture_output=True, check=False)
    assert done.stderr.decode().strip().splitlines()[-1] == "[]"


def test_as_a_process(here: Path) -> None:
    done = process("score", "quality.json", folder=here)
    assert done.code == 0
    assert done.text.startswith("Points from these files: ")
