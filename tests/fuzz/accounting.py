"""The long run of the accounting property.

    python -m tests.fuzz.accounting --documents 200000 --seed 1 --jobs 2 --keep out
    python -m tests.fuzz.accounting --seconds 60 --jobs 2 --quiet
    python -m tests.fuzz.accounting --seed 1 --only 4711 --keep out

Prints how many documents were converted and blocked, how many counts, answers and numbers were looked at, and how many
breaches of each kind there are, with the numbers of some documents. `--only` makes one of them again and tells all
about it; `--keep` writes the documents; `--quiet` prints one line where there is no breach. Set `QRDA2QPP_CORPUS` to
change documents of the corpus too. An interrupt ends the run early, with the figures so far; while it runs, standard
error tells how far it is. Exit code 1 where there was a breach.
"""

import argparse
import json
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

import converter
from converter.emitters.reports.formats import emitter
from tests.fuzz.account import Account, Problem, account
from tests.fuzz.documents import bases, changed

Job: TypeAlias = tuple[int, int, int, bool]
Example: TypeAlias = tuple[int, bool, int, str, str]
"""How many changes, whether it is of the corpus, its number, how it was made, and what is wrong."""
_CHUNK = 100
_UNTIL_TIME_IS_UP = 10_000_000
_EXAMPLES = 5
_TELL_EVERY = 60
"""Seconds between two lines that tell how far a run is."""
_TOLD = 20
"""Every so many documents go into reports as well, which takes many times as long."""


@dataclass
class Figures:
    """What was found: figures, ways of accounting, and breaches by kind and by what they look like."""

    numbers: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    shapes: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[Example]] = field(default_factory=dict)

    def add(self, index: int, made: Account, base: str, done: list[str]) -> None:
        """Take in one document."""
        self.numbers["documents"] += 1
        self.numbers["blocked" if made.blocked else "converted"] += 1
        self.numbers["numbers compared"] += made.numbers
        self.numbers["counts looked for"] += made.counts
        self.numbers["answers looked for"] += made.answers
        self.ways.update(made.by)
        self.numbers["documents with a breach"] += bool(made.problems)
        for one in made.problems:
            key = one.kind, one.where
            self.kinds[one.kind] += 1
            self.shapes[key] += 1
            example = len(done), ".zip/" in base, index, f"{base}: {'; '.join(done)}", one.words
            self._take(key, [example])

    def merge(self, other: "Figures") -> None:
        """Take in what another process found."""
        self.numbers += other.numbers
        self.ways += other.ways
        self.kinds += other.kinds
        self.shapes += other.shapes
        for key, found in other.examples.items():
            self._take(key, found)

    def _take(self, key: tuple[str, str], found: list[Example]) -> None:
        """Keep the plainest examples: few changes, of a document of our own."""
        self.examples[key] = sorted({*self.examples.get(key, ()), *found})[:_EXAMPLES]


def examined(data: bytes, told: bool = False) -> Account:
    """Convert a document and compare it; whatever is raised is a breach, also where all is `told` in reports."""
    try:
        result = converter.convert(data)
        if told:
            reports = [converter.check(data).report(), result.report()]
            emitter("error-json")(reports)
            emitter("text")(reports, True)
        return account(result, data)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"
        return Account(problems=[Problem("raised", where, str(error))])


def _run(job: Job) -> Figures:
    seed, start, end, corpus = job
    figures = Figures()
    for index in range(start, end):
        data, base, done = changed(seed, index, corpus)
        figures.add(index, examined(data, index % _TOLD == 0), base, done)
    return figures


def _figures(seed: int, first: int, documents: int, jobs: int, corpus: bool) -> Iterator[Figures]:
    end = first + documents
    chunks = [(seed, start, min(start + _CHUNK, end), corpus) for start in range(first, end, _CHUNK)]
    if jobs == 1:
        yield from map(_run, chunks)
        return
    with get_context("spawn").Pool(jobs, _leave_interrupts_to_the_parent) as pool:
        yield from pool.imap(_run, chunks)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _until(parts: Iterator[Figures], seconds: float | None) -> Iterator[Figures]:
    """Figures as they come, until time is up or the run is interrupted."""
    interrupted: list[bool] = []
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: interrupted.append(True))
    end = None if seconds is None else time.monotonic() + seconds
    for part in parts:
        yield part
        if interrupted or (end is not None and time.monotonic() > end):
            return


def _say(words: str = "") -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def _tell(figures: Figures, seconds: float, shapes: int = 12) -> None:
    for name, number in figures.numbers.items():
        _say(f"{number:>12,}  {name}")
    _say(f"{figures.numbers['documents'] / seconds:>12,.0f}  documents a second")
    _say("\nAccounted for:")
    for way, number in figures.ways.most_common():
        _say(f"{number:>12,}  {way}")
    _say("\nBreaches:" if figures.kinds else "\nNo breach.")
    for kind, number in figures.kinds.most_common():
        _say(f"{number:>12,}  {kind}")
        shown = [(key, times) for key, times in figures.shapes.most_common() if key[0] == kind]
        for key, times in shown[:shapes]:
            _, _, index, recipe, words = figures.examples[key][0]
            _say(f"{times:>16,}  {key[1]}\n{'':18}{words}\n{'':18}--only {index}: {recipe}")
        if len(shown) > shapes:
            _say(f"{sum(times for _, times in shown[shapes:]):>16,}  in {len(shown) - shapes} other places")


def _tell_so_far(figures: Figures, part: Figures) -> None:
    """Say how far a run is, and what the last part of it has found."""
    made, broken = figures.numbers["documents"], figures.numbers["documents with a breach"]
    sys.stderr.write(f"{made:,} documents, {broken} with a breach\n")
    for key, (example, *_) in part.examples.items():
        sys.stderr.write(f"  {' | '.join(key)}: --only {example[2]}\n")


def _one(seed: int, index: int, corpus: bool, keep: Path | None) -> int:
    data, base, done = changed(seed, index, corpus)
    _say(f"{base} (one of {len(bases(corpus))}): {'; '.join(done)}")
    if keep:
        _keep(keep, seed, index, corpus)
    result = converter.convert(data)
    for finding in result.findings:
        place = finding.place.path if finding.place else ""
        _say(f"  {finding.severity} {finding.id} {place}: {finding.message}")
    made = examined(data)
    _say(f"  {'blocked' if made.blocked else 'converted'}; {made.by}")
    for one in made.problems:
        _say(f"  BREACH {one.kind} | {one.where} | {one.words}")
    return 1 if made.problems else 0


def _keep(keep: Path, seed: int, index: int, corpus: bool) -> None:
    keep.mkdir(parents=True, exist_ok=True)
    data, base, done = changed(seed, index, corpus)
    (keep / f"{seed}-{index}.xml").write_bytes(data)
    recipe = {"seed": seed, "number": index, "base": base, "changes": done}
    (keep / f"{seed}-{index}.json").write_text(json.dumps(recipe, indent=2), encoding="utf-8")


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.accounting")
    parser.add_argument("--documents", type=int, default=2_000, help="how many documents")
    parser.add_argument("--seconds", type=float, help="how long, in place of how many")
    parser.add_argument("--quiet", action="store_true", help="print one line of figures where there is no breach")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first document")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes")
    parser.add_argument("--keep", type=Path, help="folder for documents with a breach and how they were made")
    parser.add_argument("--only", type=int, help="number of the one document to make again")
    parser.add_argument("--shapes", type=int, default=12, help="how many places of each kind of breach are told")
    parser.add_argument("--no-corpus", action="store_true", help="change our own documents only")
    given = parser.parse_args()
    corpus = not given.no_corpus
    if given.only is not None:
        return _one(given.seed, given.only, corpus, given.keep)
    figures, begin = Figures(), time.monotonic()
    documents = given.documents if given.seconds is None else _UNTIL_TIME_IS_UP
    parts = _figures(given.seed, given.first, documents, given.jobs, corpus)
    told = begin
    for part in _until(parts, given.seconds):
        figures.merge(part)
        if part.kinds or time.monotonic() - told > _TELL_EVERY:
            told = time.monotonic()
            _tell_so_far(figures, part)
    seconds = time.monotonic() - begin
    if figures.kinds or not given.quiet:
        _say(f"{len(bases(corpus))} documents to change, seed {given.seed}")
        _tell(figures, seconds, given.shapes)
    made, broken = figures.numbers["documents"], figures.numbers["documents with a breach"]
    rate = made / seconds
    _say(f"tests.fuzz.accounting: {made:,} documents in {seconds:.0f} s, {rate:,.0f} a second: {broken} breaches")
    for found in figures.examples.values() if given.keep else ():
        for _, _, index, _, _ in found:
            _keep(given.keep, given.seed, index, corpus)
    return 1 if figures.kinds else 0


if __name__ == "__main__":
    sys.exit(main())
