"""Findings that no document can show: limits, reading and writing, years without final identifiers, this tool."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import converter
from converter.cli.main import main
from converter.examination import qrda3_document as examination
from converter.findings import kinds
from converter.rules.document import CONVERT
from tests.documents import SCHEMAS, document

GOOD = document(2025).xml()


def ids(result: converter.Conversion) -> list[str]:
    return [finding.id for finding in result.findings]


def reported(folder: Path, *arguments: str | Path) -> str:
    """Run the command and return the text report."""
    report = folder / "report-of-run.txt"
    CliRunner().invoke(main, [*map(str, arguments), "--report", f"text={report}"])
    return report.read_text(encoding="utf-8")


def archive(path: Path, **members: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "."), content)
    return path


def test_file_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    path.write_text(GOOD + " " * 1_100_000, encoding="utf-8")
    assert kinds.FILE_TOO_LARGE.id in reported(tmp_path, "check", path, "--max-size", "1")
    assert kinds.FILE_TOO_LARGE.id not in reported(tmp_path, "check", path, "--max-size", "2")


@pytest.mark.parametrize("levels", [150, 230])
def test_too_deep(levels: int) -> None:
    nested = "<section>" * levels + "</section>" * levels
    text = GOOD.replace("<structuredBody>", f"<structuredBody><!-- -->{nested}", 1)
    assert (kinds.XML_TOO_DEEP.id in ids(converter.convert(text.encode()))) is (levels > 200)
    deeper = converter.Limits(depth=levels + 10)
    assert kinds.XML_TOO_DEEP.id not in ids(converter.convert(text.encode(), limits=deeper))


def test_took_too_long(tmp_path: Path) -> None:
    path = tmp_path / "slow.xml"
    path.write_text(GOOD, encoding="utf-8")
    assert kinds.FILE_TOOK_TOO_LONG.id in reported(tmp_path, "check", path, "--timeout", "1e-9")
    assert kinds.FILE_TOOK_TOO_LONG.id not in reported(tmp_path, "check", path, "--timeout", "60")


def test_beyond_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "many.xml"
    path.write_text(GOOD.replace("<structuredBody>", "<structuredBody>" + "<br/>" * 30_000, 1), encoding="utf-8")
    assert kinds.XML_LIMIT.id in reported(tmp_path, "check", path, "--max-elements", "25000")
    assert kinds.XML_LIMIT.id not in reported(tmp_path, "check", path, "--max-elements", "40000")


def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.xml"
    path.write_text(GOOD, encoding="utf-8")
    assert kinds.FILE_UNREADABLE.id not in ids(converter.convert(path))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    result = converter.convert(path)
    assert ids(result) == [kinds.FILE_UNREADABLE.id]
    assert "Permission denied" in result.findings[0].message


def test_zip_with_an_archive_inside(tmp_path: Path) -> None:
    inner = archive(tmp_path / "inner.zip", report__xml=GOOD).read_bytes()
    both = archive(tmp_path / "exports.zip", january__zip=inner, february__xml=GOOD)
    text = reported(tmp_path, both, "--out", tmp_path / "out")
    assert text.count(f"error {kinds.ZIP_LIMIT.id} ") == 1
    assert (tmp_path / "out" / "exports" / "february-qpp.json").is_file()


def test_zip_that_is_damaged_empty_or_a_bomb(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(b"PK\x03\x04 and nothing else")
    empty = archive(tmp_path / "empty.zip", readme__txt="nothing")
    bomb = archive(tmp_path / "bomb.zip", report__xml=b" " * 20_000_000)
    for path in (damaged, empty, bomb):
        assert kinds.ZIP_LIMIT.id in reported(tmp_path, "check", path), path.name
    good = archive(tmp_path / "good.zip", report__xml=GOOD)
    assert kinds.ZIP_LIMIT.id not in reported(tmp_path, "check", good)


def test_name_of_output_taken(tmp_path: Path) -> None:
    paths = [tmp_path / day / "report.xml" for day in ("monday", "tuesday")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(GOOD, encoding="utf-8")
    text = reported(tmp_path, *paths, "--out", tmp_path / "out")
    assert text.count(f"error {kinds.OUTPUT_TAKEN.id} ") == 1
    assert (tmp_path / "out" / "report-qpp.json").is_file()
    assert kinds.OUTPUT_TAKEN.id not in reported(tmp_path, tmp_path, "--out", tmp_path / "kept")


def test_output_not_written(tmp_path: Path) -> None:
    path = tmp_path / "report.xml"
    path.write_text(GOOD, encoding="utf-8")
    (tmp_path / "out" / "report-qpp.json").mkdir(parents=True)
    assert kinds.OUTPUT_UNWRITABLE.id in reported(tmp_path, path, "--out", tmp_path / "out")
    assert kinds.OUTPUT_UNWRITABLE.id not in reported(tmp_path, path, "--out", tmp_path / "other")


def catalog_folder(folder: Path, year: int, identifiers: str) -> Path:
    """Folder with a catalog that is the built-in one, but says something else of its identifiers."""
    facts = json.loads((SCHEMAS / "catalog" / f"{year}.json").read_bytes())
    facts["identifiers"] = identifiers
    facts.setdefault("note", "for a test")
    (folder / "catalog").mkdir()
    (folder / "catalog" / f"{year}.json").write_text(json.dumps(facts), encoding="utf-8")
    return folder


def test_preliminary_identifiers(tmp_path: Path) -> None:
    data = document(2026).bytes()
    assert kinds.PRELIMINARY_IDENTIFIERS.id in ids(converter.convert(data))
    final = catalog_folder(tmp_path, 2026, "final")
    assert kinds.PRELIMINARY_IDENTIFIERS.id not in ids(converter.convert(data, catalog=final))


def test_year_without_identifiers(tmp_path: Path) -> None:
    data = document(2026).bytes()
    result = converter.convert(data, catalog=catalog_folder(tmp_path, 2026, "none"))
    assert kinds.YEAR_WITHOUT_IDENTIFIERS.id in ids(result) and not result.ok
    assert kinds.YEAR_WITHOUT_IDENTIFIERS.id not in ids(converter.convert(data))


def test_a_step_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def quality_counts(_context: object) -> None:
        raise KeyError("a value of the document")

    monkeypatch.setattr(examination, "CONVERT", (*CONVERT, quality_counts))
    data = document(2025, "MIPS_NOBODY").bytes()
    result = converter.convert(data)
    failed = next(finding for finding in result.findings if finding.id == kinds.CHECK_FAILED.id)
    assert "quality_counts" in failed.message and "a value of the document" not in failed.message
    assert not result.ok and kinds.PROGRAM_UNKNOWN.id in ids(result)
    path = tmp_path / "report.xml"
    path.write_text(GOOD, encoding="utf-8")
    assert kinds.CHECK_FAILED.id in reported(tmp_path, path, "--out", tmp_path / "out")
    assert not (tmp_path / "out" / "report-qpp.json").exists()
