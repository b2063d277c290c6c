"""Measure what this project promises about speed and memory, and print it beside the bar.

    python tests/benchmarks/benchmark.py [--corpus DIR] [--rounds N] [-v]

Run it from a checkout on a machine that does nothing else, with the Python whose numbers are asked for. It measures

- a conversion (`convert(bytes, year=...).to_json()`) against a bare `lxml.etree.fromstring` of the same bytes, both in
  turn in the same process, the best of N rounds each; the median over the samples that convert (-v lists them all);
- a check of a document of about 160 KB, with its structure, against its conversion;
- a check of the QPP JSON of all measures, against reading that JSON without any check (no bar);
- a cold start of `qrda2qpp FILE` for 230 KB, compiled as an installed package is, against `python -c pass`, the median
  of 21 runs each;
- the peak memory of the command for a document of 1.7 MB;
- the findings of 600 documents that somebody keeps, and a csv report over 400 files against the run without it;
- a document of 1.7 MB in which every GUID, or every count, is wrong, with the error
  report, against its clean conversion.

The first needs the samples with their official results: `cms-samples.zip` in DIR, or in the folder that QRDA2QPP_CORPUS
names; it is left out where there are none. Figures vary by some
percent from run to run. Always exits with 0: this is a measurement, not a test.
"""

import argparse
import gc
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tracemalloc
import uuid
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

GUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
BAR_CONVERSION, BAR_CHECK, BAR_START, BAR_MEMORY, BAR_FINDINGS = 1.6, 1.3, 120, 60, 3.0
BAR_KEPT, BAR_REPORT = 10, 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    corpus = os.environ.get("QRDA2QPP_CORPUS") or "no-corpus"
    parser.add_argument("--corpus", type=Path, default=Path(corpus), help="folder with cms-samples.zip")
    parser.add_argument("--rounds", type=int, default=40, help="rounds of each conversion (default 40)")
    parser.add_argument("-v", "--verbose", action="store_true", help="list every document")
    options = parser.parse_args()
    print(f"Python {sys.version.split()[0]} on {sys.platform}")
    measure_conversions(options.corpus / "cms-samples.zip", options.rounds, options.verbose)
    measure_checks(options.rounds)
    measure_submissions(options.rounds)
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small.xml"), Path(folder, "large.xml")
        small.write_bytes(_of_size(230_000))
        large.write_bytes(_of_size(1_700_000))
        measure_start(small)
        measure_memory(large)
        measure_kept_findings()
        measure_report_of_a_folder(Path(folder))
    measure_findings(_of_size(1_700_000), max(options.rounds // 8, 3))


def show(what: str, figure: str, bar: str, holds: bool) -> None:
    print(f"{what:<58} {figure:>9}   bar {bar:>7}   {'ok' if holds else 'MISSED'}")


# -- documents


def _of_size(size: int) -> bytes:
    """A correct document of at least a size: many measures, with supplemental data."""
    from tests.documents import catalog, document

    measures = [row["measureId"] for row in catalog(2025)["measures"]]
    data = b""
    for number in range(2, len(measures)):
        data = document(2025, measures=measures[:number], supplemental=True).bytes()
        if len(data) >= size:
            break
    return data


def samples(archive: Path) -> Iterator[tuple[str, int, bytes]]:
    """Yield name, year and bytes of every sample that the official converter converts."""
    with zipfile.ZipFile(archive) as content:
        for name in sorted(content.namelist()):
            if name.endswith(".xml"):
                expected = json.loads(content.read(name.removesuffix(".xml") + ".expected.json"))
                if expected["outcome"] == "submission":
                    yield name, int(name.partition("/")[0]), content.read(name)


# -- measurements


def best(rounds: int, *calls: Callable[[], object]) -> list[float]:
    """Time calls in turn and return the best time of each, in seconds."""
    times = [float("inf")] * len(calls)
    for _ in range(rounds):
        for place, call in enumerate(calls):
            start = time.perf_counter()
            call()
            times[place] = min(times[place], time.perf_counter() - start)
    return times


def measure_conversions(archive: Path, rounds: int, verbose: bool) -> None:
    if not archive.is_file():
        print(f"No {archive.name}: conversions are not measured; name its folder with --corpus.")
        return
    from lxml import etree

    import converter

    ratios = []
    for name, year, data in samples(archive):

        def convert(data: bytes = data, year: int = year) -> str:
            return converter.convert(data, year=year).to_json()

        def parse(data: bytes = data) -> object:
            return etree.fromstring(data)

        convert()
        gc.collect()
        bare, whole = best(rounds, parse, convert)
        ratios.append(whole / bare)
        if verbose:
            print(
                f"  {name[:64]:<64} {len(data) // 1024:>5} KB {bare * 1e3:6.2f} {whole * 1e3:6.2f} ms {ratios[-1]:5.2f}"
            )
    figure = median(ratios)
    what = f"conversion / bare parse, median of {len(ratios)} samples"
    show(what, f"{figure:.2f} x", f"{BAR_CONVERSION} x", figure <= BAR_CONVERSION)
    print(f"  from {min(ratios):.2f} to {max(ratios):.2f}")


def command() -> list[str]:
    """The installed script of this Python, or its module where it is not installed."""
    folder = Path(sys.executable).parent
    found = next((path for name in ("qrda2qpp", "qrda2qpp.exe") if (path := folder / name).is_file()), None)
    return [str(found)] if found else [sys.executable, "-m", "converter"]


def measure_checks(rounds: int) -> None:
    import converter
    from tests.documents import catalog, document

    measures = [row["measureId"] for row in catalog(2025)["measures"]]
    for layout, number, indent in (("in one line", 3, None), ("indented", 2, 2)):
        data = document(2025, measures=measures[:number], supplemental=True).bytes(indent=indent)

        def convert(data: bytes = data) -> str:
            return converter.convert(data).to_json()

        def check(data: bytes = data) -> str:
            return converter.check(data).to_json()

        check()
        whole, checked = best(rounds, convert, check)
        what = f"check / convert of {len(data) / 1000:.0f} KB {layout}"
        show(what, f"{checked / whole:.2f} x", f"{BAR_CHECK} x", checked / whole <= BAR_CHECK)


def measure_submissions(rounds: int) -> None:
    import converter
    from tests.documents import catalog, document

    measures = [row["measureId"] for row in catalog(2025)["measures"]]
    data = converter.convert(document(2025, measures=measures).bytes()).to_json(indent=2).encode()

    def read() -> object:
        return json.loads(data)

    def check() -> object:
        return converter.check(data)

    check()
    bare, checked = best(rounds, read, check)
    print(f"{f'check of QPP JSON of {len(data) / 1000:.0f} KB':<58} {checked * 1000:>6.1f} ms")
    print(f"  {checked / bare:.0f} times json.loads; {len(converter.check(data).findings)} findings")


def measure_start(path: Path, runs: int = 21) -> None:
    # An installed package is compiled; a checkout may not be, and some environments forbid to write what is compiled.
    compiled = tempfile.mkdtemp()
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = compiled

    def run(*words: str) -> None:
        subprocess.run(
            words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, cwd=ROOT, env=environment
        )

    def timed(*words: str) -> float:
        start = time.perf_counter()
        run(*words)
        return time.perf_counter() - start

    bare, whole = [], []
    run(*command(), str(path))
    for _ in range(runs):
        bare.append(timed(sys.executable, "-c", "pass"))
        whole.append(timed(*command(), str(path)))
    figure = (median(whole) - median(bare)) * 1000
    what = f"cold start of `{Path(command()[0]).name} FILE` over `python -c pass`"
    show(what, f"{figure:.0f} ms", f"{BAR_START} ms", figure <= BAR_START)
    print(f"  {median(whole) * 1000:.0f} ms less {median(bare) * 1000:.0f} ms")
    shutil.rmtree(compiled, ignore_errors=True)


# A process has at least the peak of the one that it was started from, so a small one is put between.
_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(*words: str) -> float:
    """Peak memory of a command, in MB."""
    call = [sys.executable, "-c", _PEAK, *words]
    peak = int(subprocess.run(call, stdout=subprocess.PIPE, check=True, cwd=ROOT).stdout)
    return peak / 1024 / (1024 if sys.platform == "darwin" else 1)


def measure_memory(path: Path) -> None:
    what = f"peak memory for {path.stat().st_size / 1e6:.2f} MB"
    if sys.platform == "win32":
        print(f"{what}: not measured on Windows")
        return
    figure = peak(*command(), str(path))
    show(what, f"{figure:.0f} MB", f"{BAR_MEMORY} MB", figure <= BAR_MEMORY)


def with_errors(number: int) -> bytes:
    """A document of about 65 KB with a few findings, a different one for each number."""
    from tests.documents import document

    doc = document(2025, measures=("236", "001"), supplemental=True)
    doc.measure("236").guid = f"00000000-1111-2222-3333-{number:012d}"
    doc.measure("001").population("NUMER").count = f"x{number}"
    return doc.bytes()


def measure_kept_findings(documents: int = 600) -> None:
    """How much memory the findings of many documents take that somebody keeps."""
    import converter

    converter.convert(with_errors(0)).findings  # noqa: B018 - so that what is loaded once is not counted
    sizes, kept = 0, []
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(documents):
        data = with_errors(number)
        sizes += len(data)
        kept.append(converter.convert(data).findings)
    del data
    gc.collect()
    figure = (tracemalloc.get_traced_memory()[0] - before) / 1e6
    tracemalloc.stop()
    what = f"findings kept of {documents} documents of {sizes / 1e6:.0f} MB"
    show(what, f"{figure:.1f} MB", f"{BAR_KEPT} MB", figure <= BAR_KEPT)
    print(f"  {sum(map(len, kept))} findings")


def measure_report_of_a_folder(folder: Path, documents: int = 400) -> None:
    """How much more memory a run over a folder takes that writes a report as well."""
    if sys.platform == "win32":
        return
    source = folder / "in"
    source.mkdir()
    for number in range(documents):
        (source / f"{number}.xml").write_bytes(with_errors(number))
    out = ["--out", str(folder / "out"), "--quiet"]
    peaks = [peak(*command(), str(source), *out, *more) for more in ([], ["--report", f"csv={folder / 'report.csv'}"])]
    figure = peaks[1] - peaks[0]
    what = f"csv report over {documents} files, more than without"
    show(what, f"{figure:.0f} MB", f"{BAR_REPORT} MB", figure <= BAR_REPORT)
    print(f"  {peaks[1]:.0f} MB against {peaks[0]:.0f} MB")


def measure_findings(clean: bytes, rounds: int) -> None:
    import converter
    from converter.emitters.reports.formats import emitter

    chance = random.Random(2025)
    guids = GUID.sub(lambda _: str(uuid.UUID(int=chance.getrandbits(128), version=4)), clean.decode()).encode()
    counts = clean.replace(b'<value xsi:type="INT" value="', b'<value xsi:type="INT" value="x')
    for name, broken in (("every GUID", guids), ("every count", counts)):

        def convert() -> str:
            return converter.convert(clean).to_json()

        def find(data: bytes = broken) -> str:
            return emitter("error-json")([converter.convert(data).report()])

        number = len(json.loads(find())["errors"][0]["details"])
        whole, found = best(rounds, convert, find)
        figure = found / whole
        what = f"{name} wrong, {number} findings and report / clean"
        show(what, f"{figure:.2f} x", f"{BAR_FINDINGS} x", figure <= BAR_FINDINGS)
        print(f"  {found * 1000:.0f} ms against {whole * 1000:.0f} ms")


if __name__ == "__main__":
    main()
