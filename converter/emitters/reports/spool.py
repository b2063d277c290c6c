"""Pieces of a report that wait until its head is known: in memory while they are few, then in a temporary file."""

from collections.abc import Iterator
from typing import IO

_in_memory: float = 1024 * 1024
"""Bytes that are kept in memory."""


def keep_in_memory() -> None:
    """Let this process write no temporary files for reports."""
    global _in_memory  # noqa: PLW0603 - a matter of the process
    _in_memory = float("inf")


class Spool:
    """Texts that are kept in order. The temporary file has no name that others could open, and goes with the spool."""

    __slots__ = ("_ends", "_file", "_held", "_size")

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._ends: list[int] = [0]
        self._size = 0
        self._file: IO[bytes] | None = None

    def add(self, text: str) -> None:
        """Keep a text.

        Raises:
            OSError: it cannot be written to the temporary file.
        """
        data = text.encode("utf-8", "surrogatepass")
        self._held.append(data)
        self._ends.append(self._ends[-1] + len(data))
        self._size += len(data)
        if self._size > _in_memory:
            self._write()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        """Return a text by its number.

        Raises:
            OSError: it cannot be read from the temporary file.
        """
        if self._file is None:
            data = self._held[number]
        else:
            self._write()
            self._file.seek(self._ends[number])
            data = self._file.read(self._ends[number + 1] - self._ends[number])
        return data.decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))

    def close(self) -> None:
        """Let everything go."""
        if self._file is not None:
            self._file.close()

    def _write(self) -> None:
        if self._file is None:
            import tempfile  # takes a while to load, and few reports need it

            self._file = tempfile.TemporaryFile(prefix="qrda2qpp-")  # noqa: SIM115  # until the spool is closed
        held, self._held, self._size = self._held, [], 0
        self._file.seek(0, 2)
        self._file.writelines(held)
