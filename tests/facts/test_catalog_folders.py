"""Catalog folders of others: what is wrong in them is named, and never a failure of this tool."""

import json
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import converter
from converter.facts.files import data_folders, shipped_folder
from tests.cli.runner import qrda2qpp
from tests.complete import complete_document
from tests.documents import SCHEMAS

CLEAN = complete_document(2025).bytes()
SUBMISSION = converter.convert(CLEAN).to_json().encode()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Make a folder with a catalog, a profile and the schemas of 2025, as they are shipped."""
    for name in ("catalog/2025.json", "profiles/2025.json", "qpp/2025.schema.json", "qpp/common.schema.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((SCHEMAS / name).read_bytes())
    return tmp_path


def refused(folder: Path, name: str) -> str:
    """Expect an error that names the file, from the library and from the command; return its text."""
    with pytest.raises(converter.DataFileError) as caught:
        converter.check(SUBMISSION if name.startswith("qpp") else CLEAN, catalog=folder)
    assert str(folder / name) in str(caught.value)
    assert len(str(caught.value)) < 1000
    source = folder / "source.xml"
    source.write_bytes(SUBMISSION if name.startswith("qpp") else CLEAN)
    result = qrda2qpp("check", source, "--catalog", folder)
    assert (result.code, result.stdout) == (2, b"")
    assert str(folder / name) in result.stderr
    return str(caught.value)


def changed(path: Path, change: Callable[[Any], object]) -> None:
    data = json.loads(path.read_bytes())
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def test_an_own_folder_changes_nothing_where_it_is_as_shipped(own: Path) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        result = converter.check(CLEAN, catalog=own)
    assert told == []
    assert [one.id for one in result.findings] == [one.id for one in converter.check(CLEAN).findings]


@pytest.mark.every(7)
@pytest.mark.parametrize(
    "name",
    [
        "profiles/2025 (copy).json",
        "profiles/2025~.json",
        "catalog/2025.old.json",
        "catalog/20255.json",
        "catalog/²⁰²⁵.json",
        "catalog/notes.json",
        "qpp/2025.json",
        "qpp/2025 (copy).schema.json",
    ],
)
@pytest.mark.parametrize("command", ["convert", "check", "years", "measures", "explain"])
def test_a_file_whose_name_is_no_year_is_left_out_with_a_warning(name: str, command: str, own: Path) -> None:
    (own / name).write_text("{}")
    source = own / "a.xml"
    source.write_bytes(CLEAN)
    arguments = {"years": (), "measures": ("236",), "explain": ("236",)}.get(command, (source,))
    result = qrda2qpp(command, *arguments, "--catalog", own)
    assert result.code == 0
    assert f"Warning: The data file {own / name} is left out" in result.stderr
    assert result.stdout == qrda2qpp(command, *arguments).stdout


def test_the_library_warns(own: Path) -> None:
    (own / "catalog" / "2025 (copy).json").write_text("{}")
    with pytest.warns(converter.DataFileWarning, match=r"2025 \(copy\)\.json is left out"):
        assert converter.convert(CLEAN, catalog=own).ok


def test_quiet_says_nothing_of_it(own: Path) -> None:
    (own / "catalog" / "2025~.json").write_text("{}")
    result = qrda2qpp("-q", "--catalog", own, stdin=CLEAN)
    assert (result.code, result.stderr) == (0, "")


@pytest.mark.parametrize("name", ["catalog/2025.json", "profiles/2025.json"])
def test_a_year_that_is_not_that_of_the_name(name: str, own: Path) -> None:
    changed(own / name, lambda data: data.update(performanceYear=2024))
    assert "is of 2024, not of the year of its name" in refused(own, name)


@pytest.mark.every(4)
@pytest.mark.parametrize("name", ["catalog/2025.json", "profiles/2025.json", "qpp/2025.schema.json"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b'{"performanceYear": 2025',
        b"\xff\xfe\x00",
        b'{"a": ' * 100_000,
        b"[" * 5000 + b"]" * 5000,
        b'{"a": ' + b"[" * 900 + b"]" * 900 + b"}",
        b"9" * 5000,
    ],
)
def test_a_damaged_file(name: str, content: bytes, own: Path) -> None:
    (own / name).write_bytes(content)
    refused(own, name)


@pytest.mark.parametrize("name", ["catalog/2025.json", "profiles/2025.json", "qpp/2025.schema.json"])
def test_a_file_of_another_shape(name: str, own: Path) -> None:
    (own / name).write_text(json.dumps({"performanceYear": "x" * 10_000, "measures": 1}))
    refused(own, name)


@pytest.mark.parametrize("name", ["catalog/2025.json", "profiles/2025.json", "qpp/2025.schema.json"])
def test_a_huge_file(name: str, own: Path) -> None:
    with (own / name).open("ab") as file:
        file.truncate(200 * 1024 * 1024)  # takes no room on the disk
    assert "100 MB" in refused(own, name)


@pytest.mark.parametrize("name", ["catalog/2025.json", "profiles/2025.json", "qpp/2025.schema.json"])
def test_a_file_that_cannot_be_read(name: str, own: Path) -> None:
    (own / name).unlink()
    try:
        os.symlink("nowhere.json", own / name)
    except OSError:
        pytest.skip("links are not allowed here")
    refused(own, name)


def test_a_folder_that_cannot_be_listed(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = os.scandir

    def refuse(path: Any) -> Any:
        if Path(path) == own / "profiles":
            raise PermissionError(13, "Permission denied")
        return usual(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(converter.DataFileError, match="profiles cannot be read: Permission denied"):
        converter.convert(CLEAN, catalog=own)


SCHEMA = "qpp/2025.schema.json"


@pytest.mark.every(4)
@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(type="nothing"),
        lambda data: data.update(properties=[]),
        lambda data: data.pop("$id"),
        lambda data: data.update({"$id": 5}),
        lambda data: data.update({"$id": "urn:qrda2qpp:qpp:2024"}),
        lambda data: data.update({"$ref": "#/$defs/nothing"}),
        lambda data: data.update({"$ref": "urn:nobody"}),
        lambda data: data.update({"$ref": "#"}),
        lambda data: data["properties"].update(programName={"pattern": "("}, performanceYear={"$ref": "#/nothing"}),
    ],
)
def test_an_own_schema_of_another_shape(change: Callable[[Any], object], own: Path) -> None:
    changed(own / SCHEMA, change)
    refused(own, SCHEMA)


@pytest.mark.parametrize("change", [lambda data: data.pop("$defs"), lambda data: data.update({"$defs": {"count": {}}})])
def test_an_own_common_schema_of_another_shape(change: Callable[[Any], object], own: Path) -> None:
    changed(own / "qpp" / "common.schema.json", change)
    with pytest.raises(converter.DataFileError, match="qpp"):
        converter.check(SUBMISSION, catalog=own)


def test_the_shipped_folder_may_be_named() -> None:
    """It is looked in anyway; what it holds beside the years is nothing that was left out."""
    assert data_folders([shipped_folder()]) == data_folders() == (shipped_folder(),)
