"""A store whose every request fails as its test says, and the contents of the one in memory."""

from typing import Any

import fsspec
from fsspec.implementations.memory import MemoryFileSystem

SECRET = "AKIAS3CR3T"


class FailingStore(MemoryFileSystem):  # type: ignore[misc]  # fsspec has no types
    """Objects of memory; what is asked of those named in `failures` raises."""

    protocol = "failing"
    failures: dict[str, Exception] = {}  # noqa: RUF012  # set by each test

    asked: list[str] = []  # noqa: RUF012
    """What was asked of it."""

    def _look(self, what: str) -> None:
        self.asked.append(what)
        if what in self.failures:
            raise self.failures[what]

    @classmethod
    def _strip_protocol(cls, path: str) -> Any:
        return super()._strip_protocol(path.removeprefix("failing://"))

    def info(self, path: str, **more: Any) -> Any:
        self._look("info")
        return super().info(path, **more)

    def ls(self, path: str, detail: bool = True, **more: Any) -> Any:
        self._look(f"ls {path.rpartition('/')[2]}")
        self._look("ls")
        return super().ls(path, detail=detail, **more)

    def cat_file(self, path: str, **more: Any) -> Any:
        self._look(f"read {path.rpartition('/')[2]}")
        self._look("read")
        return super().cat_file(path, **more)

    def _open(self, path: str, mode: str = "rb", **more: Any) -> Any:
        if mode == "rb":
            self._look("read")
        return super()._open(path, mode, **more)

    def pipe_file(self, path: str, value: bytes, **more: Any) -> Any:
        self._look("write")
        return super().pipe_file(path, value, **more)

    def rm_file(self, path: str) -> None:
        self._look("remove")
        super().rm_file(path)


def register() -> None:
    """Make `failing://` known."""
    fsspec.register_implementation("failing", FailingStore, clobber=True)


def clear() -> None:
    """Empty the stores in memory, and let nothing fail."""
    FailingStore.failures = {}
    FailingStore.asked.clear()
    MemoryFileSystem.store.clear()
    MemoryFileSystem.pseudo_dirs[:] = [""]


def fill(objects: dict[str, bytes]) -> None:
    """Put objects into memory."""
    for path, data in objects.items():
        fsspec.filesystem("memory").pipe_file(f"/{path}", data)


def contents(folder: str) -> dict[str, bytes]:
    """Return what is below a folder in memory: path -> bytes."""
    store = fsspec.filesystem("memory")
    return {path.removeprefix(f"/{folder}/"): store.cat_file(path) for path in store.find(f"/{folder}")}
