"""Outputs that are devices, pipes, links, standard streams, sources or each other: only regular files are replaced."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from converter.cli.overwrites import KEPT
from tests.cli.runner import ROOT, qrda2qpp, results
from tests.complete import complete_document

CLEAN = complete_document(2025).bytes()
BLOCKED = b"<no>document</no>"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.xml").write_bytes(CLEAN)
    Path("bad.xml").write_bytes(BLOCKED)
    return tmp_path


def result() -> bytes:
    return qrda2qpp("a.xml").stdout


def link(name: str, target: str) -> Path:
    try:
        os.symlink(target, name)
    except OSError:
        pytest.skip("links are not allowed here")
    return Path(name)


def device() -> Path:
    """Make a null device of this test's own; never that of the machine."""
    try:
        os.mknod("null", stat.S_IFCHR | 0o666, os.makedev(1, 3))
        Path("null").write_bytes(b"x")
    except (OSError, AttributeError):
        pytest.skip("devices cannot be made here")
    return Path("null")


def read_fifo(name: str) -> tuple[threading.Thread, list[bytes]]:
    os.mkfifo(name)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(Path(name).read_bytes()), daemon=True)
    reader.start()
    return reader, got


def shell(line: str) -> int:
    done = subprocess.run(
        ["/bin/sh", "-c", line.replace("qrda2qpp", f'"{sys.executable}" -m converter')],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert b"Traceback" not in done.stderr
    return done.returncode


# -- devices and pipes


@POSIX
@pytest.mark.parametrize(
    "arguments",
    [
        ("a.xml", "-o", "null"),
        ("bad.xml", "-o", "null"),
        ("check", "a.xml", "--report", "json=null"),
        ("bad.xml", "--report", "json=null"),
    ],
)
def test_a_device_stays_a_device(arguments: tuple[str, ...]) -> None:
    path = device()
    assert qrda2qpp(*arguments).code == ("bad.xml" in arguments)
    assert stat.S_ISCHR(path.lstat().st_mode)


@POSIX
@pytest.mark.parametrize("options", [("-o", "pipe"), ("--report", "json=pipe", "-o", "b.json")])
def test_a_pipe_is_written_to_and_stays(options: tuple[str, ...]) -> None:
    reader, got = read_fifo("pipe")
    assert qrda2qpp("a.xml", *options).code == 0
    reader.join(10)
    assert stat.S_ISFIFO(os.lstat("pipe").st_mode)
    assert got[0] == result() if options[0] == "-o" else b'"tool"' in got[0]


@POSIX
def test_a_pipe_is_not_removed_by_a_document_that_fails() -> None:
    os.mkfifo("pipe")
    assert qrda2qpp("bad.xml", "-o", "pipe").code == 1
    assert stat.S_ISFIFO(os.lstat("pipe").st_mode)


@POSIX
def test_counterparts_that_are_no_files_stay() -> None:
    for name in ("a-error.json", "bad-qpp.json"):
        Path("out").mkdir(exist_ok=True)
        os.mkfifo(f"out/{name}")
    assert qrda2qpp("a.xml", "bad.xml", "--out", "out").code == 1
    assert all(stat.S_ISFIFO(os.lstat(f"out/{name}").st_mode) for name in ("a-error.json", "bad-qpp.json"))


# -- links


@pytest.mark.parametrize("options", [("-o", "link"), ("--report", "json=link", "-o", "b.json")])
@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_followed_and_stays(options: tuple[str, ...], there: bool) -> None:
    path = link("link", "target")
    if there:
        Path("target").write_text("earlier")
    assert qrda2qpp("a.xml", *options).code == 0
    assert path.is_symlink()
    assert Path("target").read_bytes()[:1] == b"{"


def test_a_link_is_not_removed_by_a_document_that_fails() -> None:
    path = link("link", "target")
    Path("target").write_text("earlier")
    failed = qrda2qpp("bad.xml", "-o", "link")
    assert failed.code == 1 and "The output is a link and stays as it was" in failed.stderr
    assert (path.is_symlink(), Path("target").read_text()) == (True, "earlier")


def test_a_link_to_itself_cannot_be_written() -> None:
    path = link("link", "link")
    failed = qrda2qpp("a.xml", "-o", "link")
    assert (failed.code, path.is_symlink()) == (1, True)
    assert "could not be written" in failed.stderr


# -- standard streams


@pytest.mark.every(3)
@POSIX
@pytest.mark.parametrize(
    "line",
    [
        "qrda2qpp a.xml -o - > got",
        "qrda2qpp a.xml -o /dev/stdout > got",
        "qrda2qpp a.xml -o got > got",
        "qrda2qpp a.xml -o /dev/stdout | cat > got",
        "qrda2qpp a.xml -q -o /dev/stderr 2> got",
        "qrda2qpp a.xml -q -o b.json --report json=/dev/stdout > report; cp b.json got",
    ],
)
def test_standard_streams_are_written_straight(line: str) -> None:
    assert shell(line) == 0
    assert Path("got").read_bytes() == result()


@POSIX
def test_a_standard_stream_keeps_what_was_written_before() -> None:
    assert shell("echo first > got; qrda2qpp a.xml -o /dev/stdout >> got") == 0
    assert Path("got").read_bytes() == b"first\n" + result()


def test_a_dash_is_standard_output() -> None:
    assert qrda2qpp("a.xml", "-o", "-").stdout == result()
    report = qrda2qpp("check", "a.xml", "--report", "json").stdout
    assert qrda2qpp("check", "a.xml", "--report", "json=-").stdout == report
    printed = qrda2qpp("a.xml", "--out", "out", "--report", "json=-").stdout
    assert printed.startswith(b"{") and Path("out/a-qpp.json").exists()
    assert not Path("-").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("a.xml", "--report", "json=-"),
        ("a.xml", "-o", "-", "--report", "json=-"),
        ("check", "a.xml", "--report", "json=-", "--report", "csv"),
        ("a.xml", "-o", "-", "--out", "out"),
        ("check", "a.xml", "--report", "html="),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(arguments: tuple[str, ...]) -> None:
    refused = qrda2qpp(*arguments)
    assert (refused.code, refused.stdout) == (2, b"")
    assert {path.name for path in Path().iterdir()} == {"a.xml", "bad.xml"}


# -- sources, results and reports that are each other


@pytest.mark.parametrize(
    "arguments",
    [
        ("a.xml", "--out", "out", "--report", "json=out/a-qpp.json"),
        ("a.xml", "--out", "out", "--report", "json=out/../out/a-error.json"),
        ("a.xml", "-o", "sub/../b.json", "--report", "json=b.json"),
        ("a.xml", "-o", "b.json", "--report", "json=c.json", "--report", "csv=sub/../c.json"),
        ("a.xml", "a-qpp.json", "--out", "."),
        ("check", "a.xml", "--report", "json=sub/../a.xml"),
    ],
)
def test_outputs_that_would_overwrite_each_other_are_refused(arguments: tuple[str, ...]) -> None:
    Path("sub").mkdir()
    Path("a-qpp.json").write_bytes(CLEAN)
    assert qrda2qpp(*arguments).code == 2
    assert {path.name for path in Path().iterdir()} == {"a.xml", "bad.xml", "a-qpp.json", "sub"}
    assert Path("a-qpp.json").read_bytes() == Path("a.xml").read_bytes() == CLEAN


@pytest.mark.parametrize("name", ["link.json", "out/a-qpp.json"])
def test_a_link_to_a_source_or_report_is_seen_through(name: str) -> None:
    Path("out").mkdir()
    link(name, str(Path("a.xml").absolute()))
    options = ("--out", "out") if name.startswith("out") else ("-o", name)
    assert qrda2qpp("a.xml", *options).code == 2
    assert Path("a.xml").read_bytes() == CLEAN


def test_a_result_that_is_a_link_to_the_report_is_refused() -> None:
    Path("out").mkdir()
    link("out/a-qpp.json", str(Path("report.json").absolute()))
    assert qrda2qpp("a.xml", "--out", "out", "--report", "report.json").code == 2
    assert not Path("report.json").exists()


@POSIX
@pytest.mark.parametrize("options", ["-o a.xml", "-q --report json=a.xml", "--out . --report json=./a.xml"])
def test_an_output_that_is_the_standard_input_is_refused(options: str) -> None:
    assert shell(f"qrda2qpp {options} < a.xml > /dev/null") == 2
    assert Path("a.xml").read_bytes() == CLEAN


# -- full disks, and folders that may not be written to


@pytest.mark.every(3)
@POSIX
@pytest.mark.parametrize("options", ["-o out/a.json", "--out out", "-q --report json=out/r.json"])
def test_a_full_disk_leaves_nothing_half_written(options: str) -> None:
    Path("out").mkdir()
    # A process whose files may not grow is told so like one whose disk is full.
    assert shell(f"trap '' XFSZ; ulimit -f 0; qrda2qpp a.xml {options} >/dev/null 2>&1") == 1
    assert results() == [] and set(os.listdir("out")) <= set(KEPT)


@POSIX
def test_a_full_file_system_leaves_nothing_half_written() -> None:
    Path("disk").mkdir()
    if shell("mount -t tmpfs -o size=4k none disk"):
        pytest.skip("no file system can be mounted here")
    try:
        assert shell("qrda2qpp a.xml bad.xml -q --out disk") == 1
        assert not [name for name in results("disk") if name.startswith(".") or Path("disk", name).stat().st_size == 0]
        assert not Path("disk/a-qpp.json").exists()
    finally:
        assert shell("umount disk") == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_a_full_device_is_told_and_costs_no_other_output() -> None:
    failed = qrda2qpp("a.xml", "-o", "/dev/full")
    assert failed.code == 1 and "No space left" in failed.stderr
    failed = qrda2qpp("a.xml", "-o", "b.json", "--report", "json=/dev/full")
    assert failed.code == 1 and "No space left" in failed.stderr
    assert Path("b.json").read_bytes() == result()


# -- temporary files of a run that was killed


def test_temporary_files_of_a_killed_run_are_removed_by_the_next() -> None:
    stale = Path("out/.qrda2qpp-0123456789abcdef")
    stale.parent.mkdir()
    stale.write_bytes(b"half")
    os.utime(stale, (0, 0))
    assert qrda2qpp("a.xml", "--out", "out").code == 0
    assert results() == ["a-qpp.json"]


@POSIX
def test_a_temporary_file_that_is_in_use_stays() -> None:
    import fcntl

    used = Path("out/.qrda2qpp-0123456789abcdef")
    used.parent.mkdir()
    with used.open("wb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        assert qrda2qpp("a.xml", "--out", "out").code == 0
        assert used.exists()
