"""Measure runs over many files, and print them as the tables of docs/performance.md.

    python -m tests.benchmarks.many [--files N] [--small N] [--rounds N] [TABLE ...]

TABLE is `jobs`, `sizes`, `findings`, `memory` or `engines`; all of them without one. Each run is the command itself,
`qrda2qpp convert FOLDER --out DIR`, over documents that are made here:

- jobs: files of 20 to 200 KB with 1, 2 and 4 jobs; the best of some rounds, in which the numbers of jobs take turns;
- sizes: files of 10 KB to 20 MB, about as many bytes of each;
- findings: files without errors, with one, and with many;
- memory: peak of the first process, and of the largest of the others, by the number of small files;
- engines: processes against `--engine dask`, where that is there.

`user + sys` is the processor time of all processes together: it tells what more jobs cost, also on a busy machine.
The modules are compiled first, as those of an installed package are.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.documents import TIN, catalog, document

YEAR = 2025
ROOT = Path(__file__).resolve().parent.parent.parent
_SMALLEST, _LARGEST = 20_000, 200_000
_KINDS = 12
"""How many different documents are the pattern of the others."""
_SIZES = (10_000, 100_000, 1_000_000, 20_000_000)
_BYTES = 40_000_000
"""How many bytes of each size."""

# A process has at least the peak of the one that it was started from, so this small one is put between. It asks for
# the peak of its child again and again: that of the whole tree would be that of the largest process of it.
_MEASURE = """
import json, resource, subprocess, sys, threading, time
def peak(pid):
    try:
        with open(f"/proc/{pid}/status") as status:
            return next((int(line.split()[1]) for line in status if line.startswith("VmHWM")), 0)
    except OSError:
        return 0
begin, first = time.perf_counter(), 0
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
while child.poll() is None:
    first = max(first, peak(child.pid))
    time.sleep(0.01)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([time.perf_counter() - begin, used.ru_utime + used.ru_stime, first / 1024, used.ru_maxrss / 1024]))
"""


class Run(NamedTuple):
    """What a run took.

    Attributes:
        seconds: from its start to its end.
        processor: user and system time of all its processes, in seconds.
        first: peak memory of its first process, in MB; 0 where this cannot be told.
        largest: that of the largest of all its processes, in MB.
    """

    seconds: float
    processor: float
    first: float
    largest: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=", ".join(TABLES))
    parser.add_argument("--files", type=int, default=2000, help="files of the tables but that of memory (default 2000)")
    parser.add_argument("--small", type=int, default=20_000, help="most files of the table of memory (default 20000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each run (default 3)")
    options = parser.parse_args()
    if unknown := set(options.tables) - TABLES.keys():
        parser.error(f"there is no table {', '.join(sorted(unknown))}")
    if sys.platform == "win32":
        parser.error("the figures of processes are those that Unix keeps")
    print(f"Python {sys.version.split()[0]} on {sys.platform}, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        environment(Path(folder))
        for name, table in TABLES.items():
            if not options.tables or name in options.tables:
                print()
                table(Path(folder), options)


# -- documents


@cache
def measures() -> tuple[str, ...]:
    """Quality measures of which a document has no finding that would keep it from being accepted."""
    import converter

    ids = [row["measureId"] for row in catalog(YEAR)["measures"]]
    return tuple(one for one in ids if not converter.check(document(YEAR, measures=[one]).bytes()).errors)


def of_size(size: int) -> bytes:
    """A document without errors of about a size: as many measures as that takes, with supplemental data or not."""
    known = measures()
    if size < _SMALLEST:
        return document(YEAR, measures=known[:1], pi=False, ia=False).bytes()
    supplemental = size > 200_000
    each = 50_000 if supplemental else 6_000
    number = max(1, size // each // 2)
    while True:
        data = document(YEAR, measures=known[:number], supplemental=supplemental).bytes()
        if len(data) >= size or number > len(known):
            return data if len(data) >= size else _padded(data, size)
        number += max(1, (size - len(data)) // each // 2)


def _padded(data: bytes, size: int) -> bytes:
    """A document with its sections' text made longer: a measure stands in it once, so that their number has an end."""
    row = b"<tr><td>What was counted, as people read it</td><td>of the year</td></tr>"
    rows = row * (1 + (size - len(data)) // len(row))
    at = data.index(b"</text>")
    return data[:at] + b"<table><tbody>" + rows + b"</tbody></table>" + data[at:]


def with_errors(number: int) -> bytes:
    """A document of about 86 KB with a count that is no number in so many measures."""
    doc = document(YEAR, measures=measures()[:8])
    for one in measures()[:number]:
        doc.measure(one).population("NUMER").count = "x"
    return doc.bytes()


def write(folder: Path, number: int, kinds: Sequence[bytes]) -> Path:
    """Write files into a new folder, each of another practice; return the folder."""
    folder.mkdir()
    for one in range(number):
        data = kinds[one % len(kinds)].replace(TIN.encode(), b"%09d" % (100_000_000 + one))
        (folder / f"exported-{YEAR}-practice-{one:06}.xml").write_bytes(data)
    return folder


def mixed() -> list[bytes]:
    """Documents of 20 to 200 KB."""
    step = (_LARGEST - _SMALLEST) // (_KINDS - 1)
    return [of_size(_SMALLEST + step * number) for number in range(_KINDS)]


# -- runs


def environment(folder: Path) -> None:
    """Let the runs be compiled once, also where a checkout is not."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    source = write(folder / "warm", 2, [of_size(_SMALLEST)])
    _run(source, "--jobs", "1")


def _run(source: Path, *options: str) -> Run:
    import json

    out = source.with_name(f"{source.name}-out")
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "converter", "convert", str(source), "--out", str(out), *options]
    done = subprocess.run([sys.executable, "-c", _MEASURE, *command], stdout=subprocess.PIPE, check=True, cwd=ROOT)
    written = sum(1 for one in out.rglob("*.json"))
    given = sum(1 for one in source.iterdir())
    if written != given:
        raise SystemExit(f"Of {given} files {written} were dealt with: {' '.join(command)}")
    run = Run(*json.loads(done.stdout))
    return run if sys.platform != "darwin" else run._replace(largest=run.largest / 1024)


def _best(rounds: int, source: Path, choices: Mapping[str, Sequence[str]]) -> dict[str, Run]:
    """The best of some rounds, in which the choices take turns."""
    found: dict[str, Run] = {}
    for _ in range(rounds):
        for name, options in choices.items():
            run = _run(source, *options)
            best = found.get(name, run)
            found[name] = Run(
                min(best.seconds, run.seconds),
                min(best.processor, run.processor),
                max(best.first, run.first),
                max(best.largest, run.largest),
            )
    return found


def _size(folder: Path) -> float:
    return sum(one.stat().st_size for one in folder.iterdir()) / 1e6


def _head(*columns: str) -> None:
    print(f"| {' | '.join(columns)} |\n|---{'|--:' * (len(columns) - 1)}|")


def _row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


# -- tables


def by_jobs(folder: Path, options: argparse.Namespace) -> None:
    """Files of 20 to 200 KB by the number of jobs."""
    source = write(folder / "mixed", options.files, mixed())
    what = f"{options.files:,} files, {_size(source):.0f} MB"
    _head(what, "seconds", "times as fast", "files a second", "user + sys")
    choices = {f"{jobs} job{'s' * (jobs > 1)}": ("--jobs", str(jobs)) for jobs in (1, 2, 4)}
    found = _best(options.rounds, source, choices)
    one = found["1 job"].seconds
    for name, run in found.items():
        fast = one / run.seconds
        _row(name, f"{run.seconds:.2f}", f"{fast:.2f}", f"{options.files / run.seconds:.0f}", f"{run.processor:.2f} s")
    shutil.rmtree(source)


def by_size(folder: Path, options: argparse.Namespace) -> None:
    """Files of 10 KB to 20 MB."""
    _head("files of", "files", "1 job", "2 jobs", "MB a second, 1 job", "largest process")
    for size in _SIZES:
        number = min(options.files, max(2, _BYTES // size))
        source = write(folder / str(size), number, [of_size(size)])
        one, two = _best(options.rounds, source, {jobs: ("--jobs", jobs) for jobs in "12"}).values()
        rate = f"{_size(source) / one.seconds:.0f}"
        words = f"{size / 1e6:g} MB" if size >= 1e6 else f"{size // 1000} KB"
        _row(words, f"{number:,}", f"{one.seconds:.2f} s", f"{two.seconds:.2f} s", rate, f"{one.largest:.0f} MB")
        shutil.rmtree(source)


def by_findings(folder: Path, options: argparse.Namespace) -> None:
    """Files without errors, with one, and with one in each of eight measures."""
    _head("errors of a file", "1 job", "2 jobs", "ms a file, 1 job", "user + sys, 1 job")
    for number in (0, 1, 8):
        source = write(folder / f"errors{number}", options.files, [with_errors(number)])
        one, two = _best(options.rounds, source, {jobs: ("--jobs", jobs) for jobs in "12"}).values()
        each = f"{one.seconds / options.files * 1000:.1f}"
        _row(str(number), f"{one.seconds:.2f} s", f"{two.seconds:.2f} s", each, f"{one.processor:.2f} s")
        shutil.rmtree(source)


def by_memory(folder: Path, options: argparse.Namespace) -> None:
    """Peak memory by the number of small files."""
    few = max(options.small // 20, 1)
    _head("peak memory", f"{few:,} files", f"{options.small:,} files", "more")
    data = document(YEAR, measures=measures()[:1], pi=False, ia=False).bytes()
    sources = [write(folder / f"small{number}", number, [data]) for number in (few, options.small)]
    for jobs in "12":
        runs = [_run(one, "--jobs", jobs) for one in sources]
        _memory("first process" if jobs == "2" else "the one process", jobs, [run.first or run.largest for run in runs])
        if jobs == "2":
            _memory("largest process", jobs, [run.largest for run in runs])
    for one in sources:
        shutil.rmtree(one)


def _memory(name: str, jobs: str, peaks: list[float]) -> None:
    few, many = peaks
    _row(f"{name}, {jobs} job{'s' * (jobs > '1')}", f"{few:.0f} MB", f"{many:.0f} MB", f"{many - few:.0f} MB")


def by_engine(folder: Path, options: argparse.Namespace) -> None:
    """Processes against Dask on the same machine."""
    source = write(folder / "engines", options.files, mixed())
    _head(f"{options.files:,} files, 2 jobs", "seconds", "user + sys")
    for name, words in {"processes": (), "`--engine dask`": ("--engine", "dask")}.items():
        if why := next(_missing(words), None):
            print(f"| {name} | left out: {why} | |")
            continue
        run = _best(options.rounds, source, {name: ("--jobs", "2", *words)})[name]
        _row(name, f"{run.seconds:.2f}", f"{run.processor:.2f} s")
    shutil.rmtree(source)


def _missing(words: Sequence[str]) -> Iterator[str]:
    """Why options cannot be used here."""
    from importlib.util import find_spec

    from converter.cli.convert import command

    if words and words[0] not in {option for parameter in command.params for option in parameter.opts}:
        yield f"the command has no {words[0]}"
    elif words and find_spec("distributed") is None:
        yield 'it takes pip install "qrda2qpp[cluster]"'


TABLES = {"jobs": by_jobs, "sizes": by_size, "findings": by_findings, "memory": by_memory, "engines": by_engine}


if __name__ == "__main__":
    main()
