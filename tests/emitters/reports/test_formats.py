"""What all report formats keep to, whatever stands in the document."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import converter
from converter.emitters.reports.formats import FORMATS, emitter
from tests.cli.runner import qrda2qpp
from tests.documents import NPI, TIN, Doc, Id, document

ROOT = Path(__file__).resolve().parents[3]
HOSTILE = "<b>&\"'|`*_[x](y)@a\u009b"


def made(form: str, doc: Doc | bytes, show_ids: bool = False) -> str:
    data = doc if isinstance(doc, bytes) else doc.bytes()
    return emitter(form)([converter.check(data).report()], show_ids)


def hostile() -> Doc:
    doc = document(2025, "MIPS_GROUP", measures=("236", "001"))
    doc.program = HOSTILE
    doc.measure("236").guid = HOSTILE
    doc.measure("001").population("NUMER").count = HOSTILE
    doc.ia.entries[0].ids[0].extension = HOSTILE
    doc.pi_measures[1].answers[0].code = HOSTILE
    return doc


def everywhere(secret: str) -> list[Doc]:
    """Documents that have a TIN or NPI where something else belongs."""
    docs = [document(2025, "MIPS_INDIV", measures=("236", "001")) for _ in range(9)]
    docs[0].measure("236").guid = secret
    docs[0].measure("001").guid = secret
    docs[1].program = secret
    docs[2].measure("236").population("NUMER").count = f"{secret} "
    docs[3].measure("236").population("NUMER").ids = [Id(secret)]
    docs[4].measure("236").rates[0].value = secret
    docs[5].ia.entries[0].ids[0].extension = secret
    docs[5].pi_measures[1].answers[0].code = secret
    docs[6].quality.period.start = secret
    docs[7].performers[0].organization_ids[0].extension = f"{TIN[:2]}-{TIN[2:]}"
    docs[8].pi_measures[0].numerators[0].count = f"{secret}x"
    return docs


@pytest.mark.every(5)
@pytest.mark.parametrize("secret", [TIN, NPI])
@pytest.mark.parametrize("form", FORMATS)
def test_no_secret_is_told_wherever_it_stands(form: str, secret: str) -> None:
    for doc in everywhere(secret):
        for indent in (2, None):
            words = made(form, doc.bytes(indent=indent))
            for one in (TIN, NPI, f"{TIN[:2]}-{TIN[2:]}"):
                assert one not in words


def test_a_submission_is_never_masked() -> None:
    assert TIN in converter.convert(document(2025, "MIPS_INDIV").bytes()).to_json()


@pytest.mark.every(4)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("data", [b"", b"<a", b"<a/>", b"PK\x03\x04", document(2025).bytes()[:4000]])
def test_files_that_are_no_document(form: str, data: bytes) -> None:
    assert made(form, data)


@pytest.mark.every(3)
@pytest.mark.parametrize("form", FORMATS)
def test_a_large_group_is_told(form: str) -> None:
    doc = document(2025, measures=("236", "001", "134"), supplemental=True)
    for population in (one for measure in doc.measures for one in measure.populations):
        for detail in population.details:
            detail.counts[0].value = "many"
    words = made(form, doc)
    number = sum(1 for one in converter.check(doc.bytes()).findings if one.id == "POP008")
    assert number > 100
    if form in ("text", "markdown"):
        assert f"{number - 1} more times" in words
        assert f"... and {number - 21} more" in words
    elif form == "html":
        assert f"{number} places" in words
    else:
        assert words.count("POP008") >= number


def test_text_tells_in_a_line_what_is_different() -> None:
    doc = document(2025, "MIPS_GROUP", measures=("236", "001", "134"), pi=False, ia=False)
    for number, measure in enumerate(doc.measures):
        measure.population("DENOM").count = f"1{number}.5"
    lines = made("text", doc).splitlines()
    start = lines.index("  The same 2 more times:")
    assert re.fullmatch(r"    line \d+  CMS122v13 \(measure 001\)  11\.5", lines[start + 1])
    assert re.fullmatch(r"    line \d+  CMS2v14 \(measure 134\)    12\.5", lines[start + 2])


def test_text_has_no_control_characters() -> None:
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", made("text", hostile()))


def test_html_is_escaped() -> None:
    words = made("html", hostile())
    assert "<b>" not in words
    assert "&lt;b&gt;" in words


def test_markdown_is_escaped() -> None:
    words = made("markdown", hostile())
    fenced = re.compile(r"^(`{3,})xml\n.*?^\1$", re.DOTALL | re.MULTILINE)
    outside = re.sub(r"(`+).+?\1", "", fenced.sub("", words))
    assert "<b>" not in outside
    assert "\\<b\\>" in outside
    tables = [line for line in outside.splitlines() if line.startswith("|")]
    columns = {len(re.findall(r"(?<!\\)\|", line)) for line in tables}
    assert columns <= {4, 5, 6, 10}


def test_markdown_fences_are_longer_than_what_is_in_them() -> None:
    doc = document(2025, "MIPS_GROUP", measures=("236",), pi=False, ia=False)
    doc.measure("236").title = "````"
    doc.measure("236").guid = "2c928085-806c-39a2-0180-7092fa9b0145"
    lines = made("markdown", doc).splitlines()
    assert any("<text>````</text>" in line for line in lines[lines.index("`````xml") : lines.index("`````")])


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_csv_cells_are_no_formulas(start: str) -> None:
    doc = document(2025)
    doc.measure("236").population("NUMER").count = f"{start}1+2"
    rows = list(csv.DictReader(io.StringIO(made("csv", doc), newline="")))
    assert [row["found"] for row in rows if row["id"] in ("POP008", "POP009")] == [f"'{start}1+2"]
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_sarif_names_files_as_uris() -> None:
    for name, uri in (
        ("a b (1).xml", "a%20b%20%281%29.xml"),
        ("C:\\exports\\a.xml", "file:///C:/exports/a.xml"),
        ("/exports/a.xml", "file:///exports/a.xml"),
        ("all.zip/a.xml", "all.zip/a.xml"),
        ("Müsli.xml", "M%C3%BCsli.xml"),
    ):
        conversion = converter.check(b"")
        conversion.name = name
        content: Any = json.loads(emitter("sarif")([conversion.report()]))
        assert content["runs"][0]["artifacts"][0]["location"]["uri"] == uri


@pytest.mark.parametrize("form", FORMATS)
def test_names_of_files_that_are_no_text(form: str) -> None:
    conversion = converter.check(b"")
    conversion.name = "a\udcff.xml"
    assert "a?.xml" in emitter(form)([conversion.report()], True).replace("%3F", "?").encode().decode()


def test_an_unknown_format_is_answered_with_the_formats() -> None:
    result = qrda2qpp("--report", "xlsx", stdin=document(2025).bytes())
    assert result.code == 2
    assert all(name in result.stderr for name in FORMATS)


@pytest.mark.every(3)
@pytest.mark.parametrize("form", FORMATS)
def test_the_command_writes_every_format(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.xml").write_bytes(hostile().bytes())
    report = converter.check("a.xml").report()
    wanted = emitter(form)([report]).encode()
    assert qrda2qpp("check", "a.xml", "--report", form).stdout == wanted
    assert qrda2qpp("check", "a.xml", "--report", f"{form}=out/report").stdout == b""
    assert Path("out/report").read_bytes() == wanted


def test_a_plain_conversion_loads_nothing_of_the_reports(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(document(2026).bytes())  # with a warning, so that the text report is shown
    code = (
        "import sys\nfrom converter.cli.main import run\n"
        f"try:\n    run([{str(path)!r}])\nexcept SystemExit:\n    pass\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    assert not {"jinja2", "rich", "jsonschema"} & set(done.stderr.decode().split())
