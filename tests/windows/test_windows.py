"""What Windows does differently, as far as it can be had elsewhere: processes, consoles, paths, names, line ends."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
import threading
import zipfile
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import click
import pytest

import converter
from converter.cli.report_choices import report_choices
from converter.emitters.reports.formats import FORMATS, emitter
from converter.source.inputs import expand
from converter.source.limits import DEFAULT_LIMITS
from tests.cli.runner import process, qrda2qpp
from tests.documents import SCHEMAS, document
from tests.windows.conversions import json_of, verdict_of

FIXTURES = SCHEMAS.parent / "fixtures"
GOOD = FIXTURES / "2025" / "MIPS_APMENTITY-clean.xml"
FULL_OF_ERRORS = sorted((FIXTURES / "2025").glob("*.error.json"))


# -- processes that begin with nothing (spawn)


def test_a_spawned_process_converts(tmp_path: Path) -> None:
    paths = [tmp_path / "a b.xml", tmp_path / "c.xml"]
    paths[0].write_bytes(document(2025).bytes())
    paths[1].write_bytes(document(2024, measures=("236", "134")).bytes())
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(json_of, paths) == [converter.convert(path).to_json() for path in paths]
        assert pool.map(verdict_of, paths) == [verdict_of(path) for path in paths]


# -- consoles that lack letters

COMMANDS = [
    ("explain", "GUID002"),
    ("explain", "236", "--year", "2025"),
    ("explain", "PI_HIE_5"),
    ("measures", "depression"),
    ("years",),
    ("--help",),
    ("convert", "--help"),
]


@pytest.mark.every(3)
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_words_on_a_console_of_windows(words: tuple[str, ...]) -> None:
    plain = process(*words)
    result = process(*words, PYTHONIOENCODING="cp1252")
    assert (result.code, result.stderr) == (0, plain.stderr)
    assert len(result.stdout.decode("cp1252").splitlines()) == len(plain.stdout.decode().splitlines())


@pytest.mark.every(5)
@pytest.mark.parametrize("form", FORMATS)
def test_reports_on_a_console_of_windows(form: str, tmp_path: Path) -> None:
    path = tmp_path / "Übergröße.xml"
    path.write_text(document(2025).xml().replace('code="DENOM"', 'code="DEN→東"'), "utf-8")
    plain = process("check", path, "--report", form)
    result = process("check", path, "--report", form, PYTHONIOENCODING="cp1252")
    assert plain.code == result.code == 1
    assert result.stdout == plain.stdout  # a report is UTF-8, whatever the console


def test_the_report_beside_a_conversion_on_a_console_of_windows(tmp_path: Path) -> None:
    path = tmp_path / "Łódź.xml"
    path.write_text(document(2025).xml().replace('code="DENOM"', 'code="DEN→M"'), "utf-8")
    result = process(path, PYTHONIOENCODING="cp1252")
    assert (result.code, result.stdout) == (1, b"")
    assert "not converted" in result.stderr and "DEN?M" in result.stderr


# -- drive letters


@pytest.mark.parametrize(
    ("value", "file"),
    [
        (r"json=C:\reports\a.json", r"C:\reports\a.json"),
        (r"sarif=\\server\share\a=b.sarif", r"\\server\share\a=b.sarif"),
        ("html=D:a.html", "D:a.html"),
        ("text", None),
    ],
)
def test_a_report_into_a_file_of_a_drive(value: str, file: str | None) -> None:
    parameter = click.Option(["--report"])
    ((form, path),) = report_choices(click.Context(click.Command("convert")), parameter, (value,))
    assert form == value.partition("=")[0]
    assert (None if path is None else str(path)) == file
    if file is not None:
        assert PureWindowsPath(str(path)).drive in ("C:", r"\\server\share", "D:")


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        (r"C:\exports\a b.xml", "file:///C:/exports/a%20b.xml"),
        (r"exports\2025\a.xml", "exports/2025/a.xml"),
        (r"C:\exports.zip/sub\a.xml", "file:///C:/exports.zip/sub/a.xml"),
    ],
)
def test_a_file_of_a_drive_in_a_report(name: str, uri: str) -> None:
    result = converter.check(document(2025).xml().replace('code="DENOM"', 'code="X"').encode())
    report = dataclasses.replace(result.report(), name=name)
    assert f'"uri": "{uri}"' in emitter("sarif")([report], False)
    assert name.replace("\\", "\\\\") in emitter("json")([report], False)


# -- names of devices, and what Windows drops


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("member", "output"),
    [
        ("CON.xml", "CON"),  # becomes CON-qpp.json, which is no device
        ("con.2025.xml", "_con.2025"),
        ("NUL/a.xml", "_NUL/a"),
        ("nul.d/a.xml", "_nul.d/a"),
        ("aux /a.xml", "_aux_/a"),
        ("com1/lpt9.x.xml", "_com1/_lpt9.x"),
        ("COM¹/a.xml", "_COM¹/a"),
        ("console/comma/a.xml", "console/comma/a"),
        ("com10/a.xml", "com10/a"),
        ("a./b /c.xml", "a_/b_/c"),
        ("C:\\exports\\a.xml", "C_/exports/a"),
        ("\\\\server\\share\\a.xml", "server/share/a"),
        ("//server/share/a.xml", "server/share/a"),
        ("..\\..\\a.xml", "a"),
        ('a<b>|"?*.xml', "a_b_____"),
    ],
)
def test_members_of_archives_get_names_that_windows_can_write(member: str, output: str, tmp_path: Path) -> None:
    path = tmp_path / "files.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(member), b"<a/>")
    (found,) = expand([str(path)], DEFAULT_LIMITS)
    assert found.output == PurePosixPath("files", output)
    written = [*found.output.parts[:-1], f"{found.output.name}-qpp.json"]
    assert not any(is_reserved(part) for part in written)


def is_reserved(part: str) -> bool:
    """Say whether Windows would not write a name; the library knows it in two ways, by version."""
    known = getattr(os.path, "isreserved", None)
    return bool(known(part)) if known and os.name == "nt" else part[-1] in ". " or PureWindowsPath(part).is_reserved()


def test_members_that_would_become_one_name_are_all_told(tmp_path: Path) -> None:
    path = tmp_path / "files.zip"
    data = document(2025).bytes()
    with zipfile.ZipFile(path, "w") as archive:
        for member in ("NUL/a.xml", "_nul/A.xml"):
            archive.writestr(member, data)
    result = qrda2qpp(path, "--out", tmp_path / "out")
    assert result.code == 1
    assert "1 of 2 converted" in result.stderr
    assert [found.name for found in (tmp_path / "out" / "files").iterdir()] == ["_NUL"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_what_is_no_file_is_written_to_and_stays(tmp_path: Path) -> None:
    """So it is with `-o NUL` of Windows and `-o /dev/null`: a result never takes the place of a device."""
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    result = qrda2qpp("-o", pipe, stdin=document(2025).bytes())
    reader.join(timeout=30)
    assert result.code == 0
    assert read == [(converter.convert(document(2025).bytes()).to_json(indent=2) + "\n").encode()]
    assert qrda2qpp("-o", pipe, stdin=b"<a/>").code == 1
    assert pipe.is_fifo()


# -- line ends


def places(data: bytes) -> list[Any]:
    result = converter.check(data)
    return [(one.id, one.message, one.place and (one.place.line, one.place.column)) for one in result.findings]


@pytest.mark.parametrize("path", FULL_OF_ERRORS, ids=lambda path: path.name)
def test_line_ends_of_windows_change_no_place(path: Path) -> None:
    data = path.with_name(path.name.replace(".error.json", ".xml")).read_bytes()
    assert b"\r" not in data
    found = places(data)
    assert found
    assert places(data.replace(b"\n", b"\r\n")) == found


def test_line_ends_of_windows_change_no_place_in_json() -> None:
    data = converter.convert(GOOD).to_json(indent=2).replace('"category"', '"categories"').encode()
    found = places(data)
    assert [place for _, _, place in found if place and place[0] > 1]
    assert places(data.replace(b"\n", b"\r\n")) == found


@pytest.mark.long
def test_line_ends_of_windows_change_no_json() -> None:
    data = GOOD.read_bytes()
    assert converter.convert(data.replace(b"\n", b"\r\n")).to_json() == converter.convert(data).to_json()
