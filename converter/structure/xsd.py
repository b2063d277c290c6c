"""The schema that documents are checked against: our own, or one that a user gives."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from converter.errors import UsageError
from converter.facts.files import shipped_folder

_OWN = Path("qrda", "qrda3.xsd")


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """A schema, ready to check documents.

    Attributes:
        path: its file.
        own: whether it is the one that comes with this package.
        compiled: what lxml has made of it.
        lock: held while a document is checked, because a compiled schema keeps the errors of one document at a time.
    """

    path: Path
    own: bool
    compiled: etree.XMLSchema
    lock: Lock

    def __reduce__(self) -> tuple[Callable[[Path | None], "Structure"], tuple[Path | None]]:
        """Travel as a path: another process compiles the schema once for itself."""
        return load_structure, (None if self.own else self.path,)


def load_structure(path: str | os.PathLike[str] | None = None) -> Structure:
    """Load a schema; it is compiled once for as long as its file does not change.

    Args:
        path: file of the schema, which may include and import others beside it; None for our own.

    Raises:
        UsageError: there is no such file, it is not XML, or it is not a schema that can be used.
        DataFileError: the installation lacks its data files.
    """
    own = path is None
    file = shipped_folder() / _OWN if path is None else Path(path).absolute()
    try:
        changed = file.stat().st_mtime_ns
    except (OSError, ValueError) as error:
        raise UsageError(f"There is no schema file {file}.") from error
    return _load(file, changed, own)


# `changed` is asked for by the cache only: a schema that was edited is compiled anew.
@lru_cache(maxsize=8)
def _load(file: Path, _changed: int, own: bool) -> Structure:
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    refused = _LocalOnly()
    parser.resolvers.add(refused)
    try:
        compiled = etree.XMLSchema(etree.parse(str(file), parser))
    except OSError as error:
        raise UsageError(
            f"The schema file {file} cannot be read: {error.strerror or 'no file, or no access'}."
        ) from error
    except etree.XMLSyntaxError as error:
        raise UsageError(f"The schema file {file} is not well-formed XML (line {error.lineno}).") from error
    except etree.LxmlError as error:
        where = f" It asks for {refused.asked}, but nothing is read from the network." if refused.asked else ""
        raise UsageError(f"The file {file} is not an XML schema that can be used: {_first(error)}.{where}") from error
    return Structure(file, own, compiled, Lock())


class _LocalOnly(etree.Resolver):
    """Gives an empty document for whatever would have to be fetched, and remembers what that was."""

    def __init__(self) -> None:
        self.asked = ""

    def resolve(self, system_url: str, _public_id: str, context: Any = None) -> Any:
        """Answer libxml2; None leaves it to read a local file."""
        if system_url and urlsplit(system_url).scheme in ("http", "https", "ftp"):
            self.asked = self.asked or system_url
            return self.resolve_empty(context)  # type: ignore[attr-defined]  # the stubs know too little of resolvers
        return None


def _first(error: etree.LxmlError) -> str:
    """First line of what libxml2 says about a schema."""
    entries = list(getattr(error, "error_log", ()))
    text = str(entries[0].message if entries else error)
    return text.strip().rstrip(".") or type(error).__name__
