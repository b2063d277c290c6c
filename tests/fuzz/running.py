"""What all fuzzers share: how many examples are made, by how many processes, and what is printed of them."""

import argparse
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, TypeAlias

Examine: TypeAlias = Callable[[int, int], str | None]
"""Makes the example of a seed and a number, and says what is wrong with what became of it; None where nothing is."""
_TOLD = 20
_LONG = 600


class Part(NamedTuple):
    """What one process has to do: numbers from `first` on in steps of `step`."""

    examine: Examine
    seed: int
    first: int
    step: int
    documents: int | None
    seconds: float | None


class Figures(NamedTuple):
    """How many examples were made, and what was wrong with which."""

    documents: int
    breaches: list[tuple[int, str]]


def examined(examine: Examine, seed: int, number: int) -> str | None:
    """Make one example; whatever is raised is wrong, and said with where it was raised."""
    try:
        return examine(seed, number)
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)[-3:]
        where = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames))
        return f"raised {type(error).__name__} in {where}: {error}"


def run(part: Part) -> Figures:
    """Make the examples of one process, until there are enough or time is up."""
    end = None if part.seconds is None else time.monotonic() + part.seconds
    number, made, found = part.first, 0, []
    while number < part.documents if end is None and part.documents is not None else time.monotonic() < (end or 0):
        if wrong := examined(part.examine, part.seed, number):
            found.append((number, wrong))
        made, number = made + 1, number + part.step
    return Figures(made, found)


def main(module: str, what: str, examine: Examine, documents: int = 2_000) -> int:
    """Run a fuzzer as a command, and return its exit code: 1 where something was wrong.

    Args:
        module: its name, such as `tests.fuzz.zips`, for the words that say how to make an example again.
        what: what its examples are, in the plural.
        examine: makes and examines one example.
        documents: how many it makes unless it is asked otherwise.
    """
    parser = argparse.ArgumentParser(prog=f"python -m {module}")
    parser.add_argument("--documents", type=int, default=documents, help=f"how many {what}")
    parser.add_argument("--seconds", type=float, help="how long, in place of how many")
    parser.add_argument("--seed", type=int, default=1, help="another one makes others")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="make this one again")
    given = parser.parse_args()
    begin = time.monotonic()
    if given.only is not None:
        wrong = examined(examine, given.seed, given.only)
        figures = [Figures(1, [(given.only, wrong)] if wrong else [])]
    else:
        parts = [
            Part(examine, given.seed, first, given.jobs, given.documents, given.seconds) for first in range(given.jobs)
        ]
        figures = [run(parts[0])] if given.jobs == 1 else _in_processes(parts)
    breaches = sorted(breach for one in figures for breach in one.breaches)
    for number, wrong in breaches[:_TOLD]:
        sys.stdout.write(f"python -m {module} --seed {given.seed} --only {number}: {wrong[:_LONG]}\n")
    count, seconds = sum(one.documents for one in figures), time.monotonic() - begin
    rate = count / max(seconds, 0.001)
    sys.stdout.write(f"{module}: {count:,} {what} in {seconds:.0f} s, {rate:,.0f} a second: {len(breaches)} breaches\n")
    return 1 if breaches else 0


def _in_processes(parts: list[Part]) -> list[Figures]:
    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
        return list(pool.map(run, parts))
