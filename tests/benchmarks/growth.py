"""Measure how work and memory grow with the input, and print it as the tables of docs/performance.md.

    python -m tests.benchmarks.growth [--times N] [--memory [DOCUMENTS]] [SHAPE ...]

For each shape a document with n of something and one with 4n are converted, checked, and checked with all reports; an
exponent of 1 is growth with the size, of 2 with its square. SHAPE is a word of its name. `--memory` measures instead
the peak of the command over many documents, with each report and with all of them.
"""

import argparse
import gc
import math
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import converter
from converter.emitters.reports.formats import FORMATS
from converter.source.inputs import expand
from converter.source.limits import DEFAULT_LIMITS
from tests.benchmarks.benchmark import peak, with_errors
from tests.growth_shapes import SHAPES

T = TypeVar("T")
_FEWER = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE")
    parser.add_argument("--times", type=int, default=50, help="how many times as many as in the tests (default 50)")
    parser.add_argument("--memory", type=int, nargs="?", const=2000, metavar="DOCUMENTS", help="(default 2000)")
    options = parser.parse_args()
    print(f"Python {sys.version.split()[0]} on {sys.platform}\n")
    if options.memory:
        measure_memory(options.memory)
    else:
        measure_growth(options.times, options.shapes)


def measure_growth(times: int, words: list[str]) -> None:
    print("| 4n of | 4n | `convert` | `check` | with all reports |\n|---|--:|--:|--:|--:|")
    for name, (make, number) in SHAPES.items():
        if not words or any(word in name for word in words):
            few = number * times
            small, large = make(few), make(4 * few)
            cells = [_growth(work, small, large) for work in _WORK]
            print(f"| {name} | {4 * few:,} | {' | '.join(cells)} |", flush=True)
    if not words or any(word in "members of an archive" for word in words):
        _archives(5000)


def _convert(data: bytes) -> None:
    _ = converter.convert(data).ok


def _check(data: bytes) -> None:
    _ = converter.check(data).findings


def _report(data: bytes) -> None:
    result = converter.check(data)
    for form in FORMATS:
        converter.render(result, form)


_WORK = (_convert, _check, _report)


def _archives(members: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.zip") for number in (members, 4 * members)]
        for path, number in zip(paths, (members, 4 * members), strict=True):
            with zipfile.ZipFile(path, "w") as archive:
                for one in range(number):
                    archive.writestr(f"{one}.xml", b"<a/>")

        def read(path: Path) -> None:
            for one in expand([str(path)], DEFAULT_LIMITS):
                one.read()

        cell = _growth(read, *paths)
        print(f"| members of an archive, listed and read | {4 * members:,} | {cell} | | |")


def _growth(work: Callable[[T], object], small: T, large: T) -> str:
    few, many = _seconds(lambda: work(small)), _seconds(lambda: work(large))
    return f"{many:.2f} s ({math.log(many / few, 4):.2f})"


def _seconds(work: Callable[[], object], rounds: int = 2) -> float:
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def measure_memory(documents: int) -> None:
    few = documents // _FEWER
    print(f"| report | {few:,} documents | {documents:,} documents | more |\n|---|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for number in (few, documents):
            source = Path(folder, str(number))
            source.mkdir()
            for one in range(number):
                (source / f"{one}.xml").write_bytes(with_errors(one))
        for name, forms in {"none": (), **{form: (form,) for form in FORMATS}, "all seven": tuple(FORMATS)}.items():
            words = [word for form in forms for word in ("--report", f"{form}={Path(folder, form)}")]
            peaks = [
                peak(sys.executable, "-m", "converter", f"{folder}/{number}", "--out", f"{folder}/out", "-q", *words)
                for number in (few, documents)
            ]
            print(f"| {name} | {peaks[0]:.0f} MB | {peaks[1]:.0f} MB | {peaks[1] - peaks[0]:.0f} MB |", flush=True)


if __name__ == "__main__":
    main()
