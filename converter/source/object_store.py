"""Object stores and other places that fsspec opens by URL: list, read, write; the one module that imports it."""

import errno
import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import unquote

from converter.errors import TooLargeError, UsageError
from converter.source.inputs import read_stream
from converter.source.limits import MEGABYTE, Limits
from converter.source.store_errors import NO_PARTS, StoreError, Why, in_words, is_empty
from converter.source.url import Url

INSTALL = 'URLs need packages that are not installed; install them with: pip install "qrda2qpp[cluster]"'
_OBJECT_STORES = ("s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "memory")
"""Protocols without folders: all that is below a place is listed at once, and what is written needs no folder."""
_DEEPEST = 40
"""How many folders deep a server is searched: links of one may go in a circle."""
_BLOCK = 5 * MEGABYTE
"""Bytes of an archive that are fetched at once."""
_IN_MEMORY = 32 * MEGABYTE
"""Bytes of an output that are held in memory; more go through a temporary file."""


class Object(NamedTuple):
    """An object that was found, or a folder that could not be listed.

    Attributes:
        url: its URL.
        below: its path below the place that was listed.
        size: its size in bytes; None where the store does not say.
        error: why it could not be listed; None for an object.
    """

    url: Url
    below: str
    size: int | None = None
    error: "StoreError | None" = None


def known_protocol(url: Url) -> None:
    """Refuse a protocol that is not known or whose packages are not installed, and a URL with nothing after it.

    Raises:
        UsageError: it is one.
    """
    if problem := _unusable(url):
        raise UsageError(f"{problem}.")
    if not url.key.partition("://")[2] and url.protocol != "memory":
        raise UsageError(f"{url} names no bucket and no server.")


def _unusable(url: Url) -> str | None:
    try:
        import fsspec

        fsspec.get_filesystem_class(url.protocol)
    except ModuleNotFoundError as error:
        if error.name == "fsspec":
            return INSTALL
        raise
    except ImportError as error:
        if url.is_web or url.key.startswith("s3:"):
            return INSTALL
        # What fsspec says names the package.
        return f"The protocol {url.protocol}:// needs a package that is not installed ({error})"
    except ValueError:
        return f"The protocol {url.protocol}:// of {url} is not known"
    return None


def _opened(url: Url) -> tuple[Any, str]:
    """Return the file system of a URL, and the path in it."""
    if problem := _unusable(url):
        raise StoreError(Why(problem, "Install what is missing."))
    import fsspec

    kind = fsspec.get_filesystem_class(url.protocol)
    return kind(**kind._get_kwargs_from_urls(url.asked)), kind._strip_protocol(url.asked)


def kind_of(url: Url) -> str | None:
    """Return what is at a URL: `file`, `directory`, or None for nothing.

    Raises:
        StoreError: the store does not say.
    """
    try:
        with in_words():
            store, path = _opened(url)
            store.invalidate_cache()
            return "directory" if store.info(path)["type"] == "directory" else "file"
    except StoreError as error:
        if error.absent:
            return None
        raise


def objects_below(url: Url) -> Iterator[Object]:
    """Yield all that is below a place, in no order; nothing where there is no such place.

    Raises:
        StoreError: the store does not list it.
    """
    store = None
    try:
        with in_words():
            store, path = _opened(url.child())
            store.invalidate_cache()
            top = f"{path.rstrip('/')}/"
            found = store.find(path, detail=True).values() if url.protocol in _OBJECT_STORES else _walk(store, path)
            for one in found:
                below = str(one["name"])[len(top) :].strip("/")
                is_page = url.is_web and "?" in below  # a page of links in another order
                if str(one["name"]).startswith(top) and below and one["type"] != "directory" and not is_page:
                    yield Object(url.child(below), _decoded(url, below), one.get("size"), one.get("error"))
    except StoreError as error:
        if not error.absent:
            raise
    finally:
        if store is not None:
            store.invalidate_cache()  # a long listing takes memory


def _decoded(url: Url, below: str) -> str:
    return unquote(below) if url.is_web else below


def _walk(store: Any, path: str) -> Iterator[dict[str, Any]]:
    ahead = [(path, 0)]
    while ahead:
        folder, depth = ahead.pop()
        try:
            with in_words():
                entries = store.ls(folder, detail=True)
        except StoreError as error:
            if folder != path:
                yield {"name": folder, "type": "folder", "error": error}
            elif not error.absent:
                raise
            continue
        for one in entries:
            if one["type"] != "directory":
                yield one
            elif depth < _DEEPEST and one["name"].rstrip("/") != folder.rstrip("/"):
                ahead.append((one["name"], depth + 1))


def objects_matching(url: Url) -> list[Object]:
    """Return the objects that match a pattern, in no order.

    Raises:
        StoreError: the store does not list them.
    """
    with in_words():
        store, path = _opened(url)
        store.invalidate_cache()
        top = url.top
        above = _opened(top)[1].rstrip("/")
        found = store.glob(path, detail=True)
        files = ((str(name)[len(above) :].strip("/"), one) for name, one in found.items() if one["type"] != "directory")
        return [Object(top.child(below), _decoded(url, below), one.get("size")) for below, one in files]


def read_object(url: Url, limits: Limits, size: int | None = None) -> bytes:
    """Read an object, and never more of it than the limit.

    Raises:
        SourceError: it cannot be read, or is larger than the limit.
    """
    most = limits.document_bytes
    if size is not None and size > most:
        raise TooLargeError(str(most // MEGABYTE))
    try:
        with in_words():
            store, path = _opened(url)
            if url.is_web:  # a server may give the whole in place of a part
                with store.open(path, "rb", block_size=0) as stream:
                    return read_stream(stream, limits)
            data: bytes = _first(store, path, most + 1)
    except StoreError as error:
        raise error.as_source_error() from None
    if len(data) > most:
        raise TooLargeError(str(most // MEGABYTE))
    return data


def _first(store: Any, path: str, count: int) -> bytes:
    try:
        return bytes(store.cat_file(path, start=0, end=count))
    except Exception as error:
        if is_empty(error):
            return b""
        raise


class ObjectFile(io.RawIOBase):
    """An object of which parts are read, as an archive needs it.

    Raises:
        SourceError: it, or a part of it, cannot be read.
    """

    def __init__(self, url: Url) -> None:
        super().__init__()
        self._file: Any = None
        with self._telling():
            store, path = _opened(url)
            self._file = store.open(path, "rb", block_size=_BLOCK)
            if not self._file.seekable():
                raise StoreError(NO_PARTS)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            with in_words():
                yield
        except StoreError as error:
            raise error.as_source_error() from None

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be read from any place."""
        return True

    def tell(self) -> int:
        """Return the place that is read next."""
        return int(self._file.tell())

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place; one before the beginning is refused as for a local file."""
        try:
            return int(self._file.seek(offset, whence))
        except ValueError as error:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL)) from error

    def readinto(self, buffer: Any, /) -> int:
        """Read as much as there is place for."""
        with self._telling():
            try:
                data = self._file.read(len(buffer))
            except ValueError:
                raise StoreError(NO_PARTS) from None
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Let the object go."""
        if not self.closed and self._file is not None:
            self._file.close()
        super().close()


def put_object(url: Url, pieces: Iterable[bytes]) -> None:
    """Write an object with one request, so that it is there whole or not at all.

    Raises:
        StoreError: it cannot be written.
    """
    with in_words():
        store, path = _opened(url)
        if url.protocol not in _OBJECT_STORES:
            store.makedirs(store._parent(path), exist_ok=True)
        held = bytearray()
        pieces = iter(pieces)
        for piece in pieces:
            held += piece
            if len(held) > _IN_MEMORY:
                _put_large(store, path, held, pieces)
                return
        store.pipe_file(path, bytes(held))


def _put_large(store: Any, path: str, begin: bytes | bytearray, pieces: Iterable[bytes]) -> None:
    file = tempfile.NamedTemporaryFile(delete=False)  # noqa: SIM115  # Windows opens it again only once it is closed
    try:
        with file:
            file.write(begin)
            file.writelines(pieces)
        store.put_file(file.name, path)
    finally:
        os.unlink(file.name)


def remove_object(url: Url) -> None:
    """Remove an object that an earlier run has left.

    Raises:
        StoreError: it cannot be removed.
    """
    try:
        with in_words():
            store, path = _opened(url)
            store.rm_file(path)
    except StoreError as error:
        if not error.absent:
            raise
