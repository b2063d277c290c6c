"""The engine that shares the work on many files, where it is not the processes of this machine."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from converter.batch.portions import portions
from converter.cli.work import Done, Work
from converter.errors import UsageError
from converter.facts.files import Folders
from converter.source.inputs import Input, from_anywhere

if TYPE_CHECKING:
    from converter.batch.cluster import Cluster
    from converter.batch.lost import Lost


_TIMES = 4
"""How many times as large portions are as for processes of this machine, because each of them costs Dask more."""


class DaskEngine:
    """Workers of Dask.

    Args:
        scheduler: address of their scheduler; None for workers on this machine.
    """

    def __init__(self, scheduler: str | None) -> None:
        self._scheduler = scheduler
        self._cluster: Cluster | None = None

    @contextmanager
    def connected(self, work: Work, jobs: int) -> Iterator[None]:
        """Connect to the workers before anything is written; they are let go at the end.

        Raises:
            UsageError: Dask is not installed, the scheduler cannot be reached, or workers would convert otherwise.
        """
        self._cluster = self._connect(work, jobs)
        try:
            yield
        finally:
            self._cluster.close()

    def in_order(
        self, work: Work, inputs: Iterable[Input], jobs: int
    ) -> "Generator[tuple[Input, Done | Lost], None, None]":
        """Let the workers deal with inputs; what became of them comes in the order of the inputs.

        Raises:
            UsageError: that of `connected`, where that was not called.
        """
        cluster = self._cluster or self._connect(work, jobs)
        if isinstance(work.out, Path):
            work = replace(work, out=work.out.absolute())
        every = portions(map(from_anywhere, inputs), _TIMES)
        return cluster.in_order(work, every, work.options.limits.seconds)

    def _connect(self, work: Work, jobs: int) -> "Cluster":
        try:
            from converter.batch.cluster import Cluster
        except ImportError as error:
            raise UsageError(f'Dask cannot be loaded ({error}): pip install "qrda2qpp[cluster]"') from error
        return Cluster(self._scheduler, jobs, _added(work))


def _added(work: Work) -> list[Path]:
    """Folders and files that the workers need beside the data of the package."""
    folders: Folders = work.folders[:-1]
    structure = work.options.structure
    return [*folders, *([structure.path] if structure is not None and not structure.own else [])]
