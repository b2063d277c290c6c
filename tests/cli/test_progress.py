"""What is said of how far a run is: on a terminal, elsewhere, and where nothing may be said."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from converter.cli import progress
from converter.cli.main import run
from converter.cli.progress import Progress
from tests.cli.runner import ROOT, Stream, qrda2qpp
from tests.complete import complete_document

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
FILES = 12
NAME = "bad\x1b[2Jname"
"""A name that would clear the screen."""
WORDS = re.compile(r"\d+ of 12 files(, \d+ a (second|minute))?(, \d+ refused)?(, (less than|about) .* left)?")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    Path("in").mkdir()
    data = complete_document(2025).bytes()
    for number in range(FILES):
        name = f"{number:02}" if number % 3 else f"{number:02}{NAME if sys.platform != 'win32' else ''}"
        Path(f"in/{name}.xml").write_bytes(data if number % 3 else b"<no>document</no>")
    return tmp_path


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def lines(total: int, seconds: float, bad: int = 0, **how: Any) -> list[str]:
    """What is said without a terminal of a run of so many files, each of which takes so long."""
    clock, err = Clock(), Stream()
    run: Any = type("Run", (), {"quiet": False, "color": "auto", **how})
    with patch.object(sys, "stderr", err), Progress(total, run, clock) as said:
        for number in range(total):
            clock.now += seconds
            said.add(number >= bad)
    return err.content.getvalue().decode().splitlines()


def test_plain_lines_come_now_and_then() -> None:
    assert lines(20_000, 1 / 85, 12)[:2] == [
        "2,550 of 20,000 files, 85 a second, 12 refused, about 3 minutes left",
        "5,101 of 20,000 files, 85 a second, 12 refused, about 3 minutes left",
    ]
    assert len(lines(20_000, 1 / 85)) == 7


def test_slow_runs_have_a_rate_too() -> None:
    said = lines(1000, 40)
    assert said[0] == "1 of 1,000 files, 2 a minute, about 11 hours left"
    assert lines(100, 2)[0] == "15 of 100 files, 30 a minute, about 3 minutes left"
    assert lines(20, 2) == ["15 of 20 files, 30 a minute, less than a minute left"]


@pytest.mark.parametrize(
    ("total", "seconds", "how"),
    [(1, 100, {}), (20, 1, {}), (20_000, 1, {"quiet": True})],
    ids=["one", "short", "quiet"],
)
def test_where_nothing_is_said(total: int, seconds: float, how: dict[str, Any]) -> None:
    assert lines(total, seconds, **how) == []


def test_a_short_run_loads_no_rich() -> None:
    program = (
        "import sys\nfrom converter.cli.main import run\ntry: run(['in', '--out', 'out', '--jobs', '1'])\nfinally: "
    )
    program += "print(sorted(name for name in sys.modules if name.split('.')[0] == 'rich'))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert (done.returncode, done.stdout.strip()) == (1, b"[]")


# -- on a terminal


class Screen:
    """What a terminal shows of what it gets, as far as a bar needs one."""

    def __init__(self, width: int) -> None:
        self.width, self.rows, self.row, self.column = width, [""], 0, 0
        self.seen: list[list[str]] = []

    def take(self, text: str) -> "Screen":
        for piece in re.findall(r"\x1b\[[?\d;]*[A-Za-z]|[\r\n]|[^\x1b\r\n]|\x1b", text):
            if piece == "\r":
                self.seen.append(list(self.rows))
                self.column = 0
            elif piece == "\n":
                self._down()
            elif piece.startswith("\x1b["):
                self._control(piece)
            else:
                assert piece.isprintable(), f"{piece!r} reached the terminal"
                self._put(piece)
        return self

    def _down(self) -> None:
        self.row += 1
        self.rows += [""] * (self.row + 1 - len(self.rows))

    def _put(self, sign: str) -> None:
        if self.column == self.width:
            self._down()
            self.column = 0
        line = self.rows[self.row].ljust(self.column)
        self.rows[self.row] = line[: self.column] + sign + line[self.column + 1 :]
        self.column += 1

    def _control(self, piece: str) -> None:
        if piece.endswith("A"):
            self.row -= int(piece[2:-1])
        elif piece.endswith("K"):
            assert piece == "\x1b[2K"
            self.rows[self.row] = ""
        else:
            assert piece.endswith("m") or piece in ("\x1b[?25l", "\x1b[?25h"), f"{piece!r} reached the terminal"

    @property
    def shown(self) -> list[str]:
        return [row.rstrip() for row in self.rows]


def on_terminal(*arguments: str) -> tuple[int, bytes, str]:
    """Run the command with standard error on a terminal of 100 columns; what it writes there is the last."""
    import fcntl
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    out, parts = Stream(), []

    def read() -> None:
        try:
            while part := os.read(master, 65536):
                parts.append(part)
        except OSError:  # the other end is closed
            pass

    reader = threading.Thread(target=read)
    reader.start()
    with os.fdopen(slave, "w", encoding="utf-8") as err, patch.multiple(sys, stderr=err, stdout=out, stdin=Stream()):
        with pytest.raises(SystemExit) as ended:
            run([*arguments])
        assert sys.stderr.buffer.fileno() == err.fileno(), "what stood for standard error is taken back"
    reader.join(10)
    os.close(master)
    assert isinstance(ended.value.code, int)
    return ended.value.code, out.content.getvalue(), b"".join(parts).decode()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_BEFORE_BAR", 0)
    monkeypatch.setattr(progress, "_BETWEEN_BARS", 0)


@ON_POSIX
@pytest.mark.usefixtures("at_once")
def test_the_bar_tears_no_line() -> None:
    plain = qrda2qpp("in", "--out", "out")
    code, out, raw = on_terminal("in", "--out", "two")
    screen = Screen(100).take(raw)
    assert (code, out) == (plain.code, b"") == (1, plain.stdout)
    said = plain.stderr.replace("into out", "into two").splitlines()
    assert [row for row in screen.shown if row] == said
    assert NAME not in raw and r"bad\x1b[2Jname" in raw
    bars = {row for rows in screen.seen for row in rows if " of 12 files" in row}
    assert len(bars) >= FILES - 2
    assert all(WORDS.match(row) for row in bars)
    assert raw.count("\x1b[?25l") == raw.count("\x1b[?25h") > 0


@ON_POSIX
@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    ("options", "environment"), [(("--quiet",), {}), ((), {"TERM": "dumb"})], ids=["quiet", "dumb terminal"]
)
def test_no_bar(options: tuple[str, ...], environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    _, _, raw = on_terminal("in", "--out", "out", *options)
    assert "\x1b" not in raw and " of 12 files" not in raw
    assert bool(raw) is not bool(options)


@ON_POSIX
@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(("options", "colored"), [((), True), (("--color", "never"), False)])
def test_color(options: tuple[str, ...], colored: bool) -> None:
    _, _, raw = on_terminal("in", "--out", "out", *options)
    assert bool(re.search(r"\x1b\[[\d;]*[39]\d[\d;]*m", raw)) is colored
    assert " of 12 files" in raw


@ON_POSIX
@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("where", ["converter.cli.work.Work.result", "converter.cli.summary.Tally.add"])
def test_an_interrupt_takes_the_bar_away(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is at work when it comes."""
    count = iter(range(FILES))
    module, _, method = where.rpartition(".")
    kept = _named(module)
    original = getattr(kept, method)

    def interrupted(*arguments: Any) -> Any:
        if next(count) == 5:
            raise KeyboardInterrupt
        return original(*arguments)

    monkeypatch.setattr(kept, method, interrupted)
    code, _, raw = on_terminal("in", "--out", "out")
    shown = [row for row in Screen(100).take(raw).shown if row]
    assert code == 130
    assert shown[-1] == "Interrupted." and not any(" of 12 files" in row for row in shown)
    assert raw.count("\x1b[?25l") == raw.count("\x1b[?25h") > 0


def _named(path: str) -> Any:
    module, _, name = path.rpartition(".")
    return getattr(__import__(module, fromlist=[name]), name)


@pytest.mark.every(3)
@ON_POSIX
@pytest.mark.parametrize("how", ["2>&-", "2>/dev/full", "2>&1 | head -c 1"])
def test_lines_that_cannot_be_said_change_nothing(how: str) -> None:
    program = (
        "import sys, converter.cli.progress as p; p._BETWEEN_LINES = 0\n"
        "from converter.cli.main import run; run(['in', '--out', sys.argv[1]])"
    )

    def results(line: str, out: str) -> tuple[str, dict[str, bytes]]:
        subprocess.run(
            ["/bin/sh", "-c", line, sys.executable, program, out],
            check=False,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        return Path("code").read_text(), {one.name: one.read_bytes() for one in Path(out).glob("*.json")}

    command, _, end = f'{{ "$0" -c "$1" "$2" {how}'.partition("|")
    line = f"{command}; echo $? > code; }}{' |' + end if end else ''}"
    assert results('"$0" -c "$1" "$2"; echo $? > code', "one") == results(line, "two")
    assert Path("code").read_text() == "1\n"


@pytest.fixture(autouse=True)
def _standard_error_is_given_back() -> Iterator[None]:
    before = sys.stderr
    yield
    assert sys.stderr is before
