"""What the command takes as sources, and the limits of what it reads."""

import io
import json
import os
import struct
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.runner import Result, process, qrda2qpp, results
from tests.complete import complete_document
from tests.documents import document

CLEAN = complete_document(2025).bytes()
OTHER = document(2024, "MIPS_INDIV").bytes()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, data: bytes = CLEAN) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def archive(name: str, members: Mapping[str, bytes]) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for member, data in members.items():
            target.writestr(member, data)
    return path


def problem(*arguments: str | Path) -> tuple[Result, list[dict[str, Any]]]:
    """Convert into `out` and return what stands in its one error file."""
    result = qrda2qpp(*arguments, "--out", "out", "--report", "error-json=report.json")
    errors = json.loads(Path("report.json").read_bytes())["errors"]
    return result, [detail for error in errors for detail in error["details"]]


# -- standard input


def test_standard_input_goes_to_standard_output() -> None:
    result = qrda2qpp(stdin=CLEAN)
    assert (result.code, result.stderr) == (0, "")
    assert result.json["performanceYear"] == 2025
    assert result.stdout.endswith(b"}\n")


def test_a_dash_is_standard_input() -> None:
    assert qrda2qpp("convert", "-", stdin=CLEAN).stdout == qrda2qpp(stdin=CLEAN).stdout


def test_standard_input_into_a_folder_is_named_stdin() -> None:
    assert qrda2qpp("-", "--out", "out", stdin=CLEAN).code == 0
    assert results() == ["stdin-qpp.json"]


def test_empty_standard_input_is_an_empty_file() -> None:
    result = qrda2qpp(stdin=b"")
    assert (result.code, result.stdout) == (1, b"")
    assert "XML001" in result.stderr


def test_pipe_of_a_process() -> None:
    result = process(stdin=CLEAN)
    assert (result.code, result.stderr) == (0, "")
    assert result.stdout == qrda2qpp(stdin=CLEAN).stdout


def test_json_is_utf8_with_plain_line_ends_whatever_the_console_thinks() -> None:
    doc = document(2025, "MIPS_APMENTITY")
    doc.performers[0].organization_ids[-1].extension = "Ä0417"
    result = process(stdin=doc.bytes(), PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONLEGACYWINDOWSSTDIO="1")
    assert result.code == 0
    assert result.json["entityId"] == "Ä0417"
    assert b"\r" not in result.stdout


def test_report_on_a_console_that_lacks_letters_is_still_printed() -> None:
    doc = document(2025, "Müller’s program")
    result = process(stdin=doc.bytes(), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (result.code, result.stdout) == (1, b"")
    assert "DOC007" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1", "windows-1252"])
def test_documents_in_other_encodings(encoding: str) -> None:
    assert qrda2qpp(stdin=complete_document(2025).bytes(encoding)).stdout == qrda2qpp(stdin=CLEAN).stdout


# -- files, folders, patterns


@pytest.mark.parametrize("name", ["plain.xml", "with blanks.xml", "Übung ☃.xml", "UPPER.XML", "no-ending", "a.b.c.xml"])
def test_name_of_a_result(name: str) -> None:
    write(name)
    assert qrda2qpp(name, "--out", "out").code == 0
    assert results() == [name.removesuffix(".xml").removesuffix(".XML") + "-qpp.json"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="every file name is Unicode here")
@pytest.mark.parametrize("data", [CLEAN, b"no document"])
def test_a_name_that_is_not_unicode(data: bytes) -> None:
    write("in/" + os.fsdecode(b"a\xff.xml"), data)
    write("in/b.xml")
    result = qrda2qpp("in", "--out", "out", "--report", "error-json=report.json")
    assert result.code == (0 if data == CLEAN else 1)
    assert len(results()) == 2
    assert len(json.loads(Path("report.json").read_bytes())["errors"]) == 2


def test_a_file_named_like_an_ending_only() -> None:
    write("dots/.xml")
    assert qrda2qpp("dots/.xml", "--out", "out").code == 0
    assert len(results()) == 1


def test_several_files_need_a_folder() -> None:
    write("a.xml")
    write("b.xml")
    result = qrda2qpp("a.xml", "b.xml")
    assert (result.code, result.stdout) == (2, b"")
    assert "--out" in result.stderr


@pytest.mark.parametrize("source", ["folder", "folder.zip"])
def test_a_folder_or_zip_needs_a_folder_even_for_one_document(source: str) -> None:
    write("folder/a.xml")
    archive("folder.zip", {"a.xml": CLEAN})
    result = qrda2qpp(source)
    assert (result.code, result.stdout) == (2, b"")


def test_several_files_into_a_folder() -> None:
    write("a.xml")
    write("b.xml", OTHER)
    result = qrda2qpp("a.xml", "b.xml", "--out", "out")
    assert (result.code, result.stdout) == (0, b"")
    assert results() == ["a-qpp.json", "b-qpp.json"]
    assert "2 of 2" in result.stderr


def test_a_folder_is_read_with_all_below_it_and_mirrored() -> None:
    for name in ("in/a.xml", "in/deep/b.XML", "in/deep/er/c.xml", "in/readme.txt"):
        write(name)
    archive("in/deep/d.zip", {"x.xml": CLEAN})
    assert qrda2qpp("in", "--out", "out").code == 0
    assert results() == ["a-qpp.json", "deep/b-qpp.json", "deep/d/x-qpp.json", "deep/er/c-qpp.json"]


def test_a_folder_whose_name_ends_in_xml_is_a_folder() -> None:
    write("reports.xml/a.xml")
    assert qrda2qpp("reports.xml", "--out", "out").code == 0
    assert results() == ["a-qpp.json"]


def test_a_zip_becomes_a_folder() -> None:
    archive("Q1 2025.zip", {"a.xml": CLEAN, "deep/b.xml": OTHER, "__MACOSX/._a.xml": b"x", "notes.txt": b"x"})
    assert qrda2qpp("Q1 2025.zip", "--out", "out").code == 0
    assert results() == ["Q1 2025/a-qpp.json", "Q1 2025/deep/b-qpp.json"]


EVIL = dict.fromkeys(
    ("../../a.xml", "/etc/b.xml", "..\\..\\c.xml", "C:/d.xml", "deep/../../e.xml", "//qrda2qpp-outside/f.xml"), CLEAN
)


def test_a_zip_cannot_write_outside_of_its_folder() -> None:
    archive("evil.zip", EVIL)
    qrda2qpp("evil.zip", "--out", "deep/er/out")
    written = list(Path().rglob("*.json"))
    assert written
    assert all(path.is_relative_to("deep/er/out/evil") for path in written)


def test_no_document_of_a_zip_is_passed_over_for_its_path() -> None:
    archive("evil.zip", EVIL)
    qrda2qpp("evil.zip", "--out", "out")
    assert len(results()) == len(EVIL)


def test_a_pattern() -> None:
    for name in ("2025-a.xml", "2025-b.xml", "2024-c.xml", "in/2025-d.xml"):
        write(name)
    assert qrda2qpp("2025-*.xml", "--out", "out").code == 0
    assert results() == ["2025-a-qpp.json", "2025-b-qpp.json"]
    assert qrda2qpp("**/2025-d.xml", "--out", "out2").code == 0
    assert results("out2") == ["2025-d-qpp.json"]


def test_a_path_that_exists_is_taken_literally_before_it_is_a_pattern() -> None:
    write("a[1].xml")
    write("a1.xml", b"not this one")
    assert qrda2qpp("a[1].xml", "--out", "out").code == 0
    assert results() == ["a[1]-qpp.json"]


def test_a_pattern_that_matches_one_file_goes_to_standard_output() -> None:
    write("a1.xml")
    assert qrda2qpp("a?.xml").stdout == qrda2qpp("a1.xml").stdout


@pytest.mark.parametrize("source", ["missing.xml", "missing/", "*.nothing", "empty"])
def test_nothing_to_convert(source: str) -> None:
    Path("empty").mkdir()
    result = qrda2qpp(source, "--out", "out")
    assert (result.code, result.stdout) == (2, b"")
    assert source.rstrip("/") in result.stderr
    assert not Path("out").exists()


def test_a_missing_source_is_found_before_anything_is_written() -> None:
    write("a.xml")
    assert qrda2qpp("a.xml", "missing.xml", "--out", "out").code == 2
    assert not Path("out").exists()


def test_a_file_that_cannot_be_read_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.xml")
    write("b.xml")
    usual = Path.open

    def refuse(self: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if self.name == "a.xml":
            raise PermissionError(13, "Permission denied")
        return usual(self, mode, *rest, **more)

    monkeypatch.setattr(Path, "open", refuse)
    result, details = problem("a.xml", "b.xml")
    assert result.code == 1
    assert [detail["id"] for detail in details] == ["XML009"]
    assert results() == ["a-error.json", "b-qpp.json"]


def test_a_link_that_leads_nowhere_is_a_finding() -> None:
    try:
        os.symlink("gone.xml", "link.xml")
    except OSError:
        pytest.skip("links are not allowed here")
    result, details = problem("link.xml")
    assert result.code == 1
    assert [detail["id"] for detail in details] == ["XML009"]


def test_a_document_that_is_no_xml_is_a_finding() -> None:
    write("a.xml", b"%PDF-1.7 and so on")
    result, details = problem("a.xml")
    assert result.code == 1
    assert [detail["id"] for detail in details] == ["XML006"]


# -- limits


def test_a_depth_beyond_what_the_parser_bears_is_wrong_usage() -> None:
    assert qrda2qpp("--max-depth", "2001", stdin=CLEAN).code == 2
    assert qrda2qpp("--max-depth", "2000", stdin=CLEAN).code == 0


def test_max_elements() -> None:
    many = CLEAN.replace(b"<structuredBody>", b"<structuredBody>" + b"<br/>" * 30_000)
    result = qrda2qpp("--max-elements", "25000", stdin=many)
    assert (result.code, result.stdout) == (1, b"")
    assert "XML013" in result.stderr and "more than 25,000 elements" in result.stderr


def test_max_size() -> None:
    write("big.xml", CLEAN + b"<!--" + b"x" * 1024 * 1024 + b"-->")
    assert qrda2qpp("big.xml").code == 0
    result = qrda2qpp("big.xml", "--max-size", "1")
    assert (result.code, result.stdout) == (1, b"")
    assert "XML007" in result.stderr


def test_max_size_of_standard_input() -> None:
    result = qrda2qpp("--max-size", "1", stdin=CLEAN + b" " * 1024 * 1024)
    assert (result.code, result.stdout) == (1, b"")
    assert "XML007" in result.stderr


def nested(depth: int) -> bytes:
    return CLEAN.replace(b"</ClinicalDocument>", b"<b>" * depth + b"</b>" * depth + b"</ClinicalDocument>")


def test_max_depth() -> None:
    assert qrda2qpp(stdin=nested(30)).code == 0
    result = qrda2qpp("--max-depth", "25", stdin=nested(30))
    assert (result.code, result.stdout) == (1, b"")
    assert "XML008" in result.stderr
    assert qrda2qpp("--max-depth", "500", stdin=nested(400)).code == 0


@pytest.mark.parametrize("depth", [300, 100_000])
def test_depth_beyond_what_the_parser_takes_is_a_finding(depth: int) -> None:
    result = qrda2qpp(stdin=nested(depth))
    assert (result.code, result.stdout) == (1, b"")
    assert "XML008" in result.stderr


@pytest.mark.parametrize(
    "option", ["--max-size", "--max-depth", "--max-elements", "--max-members", "--max-ratio", "--max-total"]
)
def test_a_limit_is_a_positive_number(option: str) -> None:
    assert qrda2qpp(option, "0", stdin=CLEAN).code == 2


def test_zip_with_too_many_members() -> None:
    archive("many.zip", {f"{number}.xml": CLEAN for number in range(4)})
    result, details = problem("many.zip", "--max-members", "3")
    assert result.code == 1
    assert [detail["id"] for detail in details] == ["XML010"]
    assert "4 members" in details[0]["message"]
    assert qrda2qpp("many.zip", "--out", "out", "--max-members", "4").code == 0


def test_zip_with_too_much_in_all() -> None:
    filled = CLEAN + b"<!--" + os.urandom(400_000).hex().encode() + b"-->"
    archive("large.zip", {"a.xml": filled, "b.xml": filled})
    result, details = problem("large.zip", "--max-total", "1")
    assert result.code == 1
    assert [detail["id"] for detail in details] == ["XML010"]
    assert qrda2qpp("large.zip", "--out", "out", "--max-total", "2").code == 0


def test_zip_member_that_unpacks_too_far() -> None:
    archive("bomb.zip", {"bomb.xml": CLEAN + b" " * 3_000_000, "good.xml": CLEAN})
    result, details = problem("bomb.zip")
    assert result.code == 1
    assert [detail["id"] for detail in details] == ["XML010"]
    assert results() == ["bomb/bomb-error.json", "bomb/good-qpp.json"]
    assert qrda2qpp("bomb.zip", "--out", "out", "--max-ratio", "10000").code == 0


def test_zip_member_that_lies_about_its_size() -> None:
    path = archive("liar.zip", {"a.xml": CLEAN})
    data = path.read_bytes()
    size = struct.pack("<L", len(CLEAN))
    assert size in data
    path.write_bytes(data.replace(size, struct.pack("<L", 100)))
    result, details = problem("liar.zip")
    assert result.code == 1
    assert len(details) == 1


def test_zip_in_a_zip_is_not_opened() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as target:
        target.writestr("a.xml", CLEAN)
    archive("outer.zip", {"inner.zip": inner.getvalue(), "b.xml": CLEAN})
    result, details = problem("outer.zip")
    assert result.code == 1
    assert [detail["id"] for detail in details] == ["XML010"]
    assert "outer/b-qpp.json" in results()


def test_encrypted_zip_member() -> None:
    path = archive("secret.zip", {"a.xml": CLEAN})
    data = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    path.write_bytes(data)
    result, details = problem("secret.zip")
    assert result.code == 1
    assert [detail["id"] for detail in details] == ["XML010"]
    assert "encrypted" in details[0]["message"]


@pytest.mark.parametrize("keep", [0, 4, 30, -30])
def test_damaged_zip(keep: int) -> None:
    path = archive("cut.zip", {"a.xml": CLEAN})
    path.write_bytes(path.read_bytes()[:keep])
    result, details = problem("cut.zip")
    assert result.code == 1
    assert [detail["id"] for detail in details] == ["XML010"]
    assert results() == ["cut-error.json"]


@pytest.mark.parametrize("place", [60, 200, 400, 800, 1200])
def test_zip_with_a_damaged_member(place: int) -> None:
    path = archive("worn.zip", {"a.xml": CLEAN, "b.xml": CLEAN})
    data = bytearray(path.read_bytes())
    data[place] ^= 0xFF
    path.write_bytes(data)
    result, details = problem("worn.zip")
    assert result.code == 1
    assert [detail["id"] for detail in details] == ["XML010"]
    assert results() == ["worn/a-error.json", "worn/b-qpp.json"]


def test_zip_that_is_cut_off_before_a_zip_at_its_end() -> None:
    """What ends it then is the directory of the zip inside of it, which is not its own."""
    inner = archive("inner.zip", {"last.xml": CLEAN}).read_bytes()
    with zipfile.ZipFile("in.zip", "w") as whole:  # stored as they are
        whole.writestr("first.xml", CLEAN)
        whole.writestr("inner.zip", inner)
    Path("in.zip").write_bytes(Path("in.zip").read_bytes()[:-100])
    result, details = problem("in.zip")
    assert result.code == 1
    assert "the list of its contents leaves out the first file" in json.dumps(details)
    assert results() == ["in-error.json"]


def test_zip_without_documents() -> None:
    archive("other.zip", {"notes.txt": b"x"})
    result, details = problem("other.zip")
    assert result.code == 1
    assert [detail["id"] for detail in details] == ["XML010"]
