"""What a machine converts with: the version of this package and digests of the data, so that all of a run are equal."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from converter import __version__
from converter.errors import DataFileError
from converter.facts.files import data_digest, shipped_folder

_SHOWN = 12
"""Characters of a digest that are shown: enough to tell two apart."""


class Installation(NamedTuple):
    """What a process converts with.

    Attributes:
        version: of this package.
        data: digest of the data that comes with it.
        added: digests of the folders and schema files that a run names, in their order; None for one that is missing.
    """

    version: str
    data: str
    added: tuple[str | None, ...] = ()

    def differs(self, other: "Installation", added: Iterable[Path]) -> str:
        """Say in a few words what another process has that differs from this one; empty where they are equal."""
        if self.version != other.version:
            return f"qrda2qpp {other.version}, not {self.version}"
        if self.data != other.data:
            return f"data files {other.data[:_SHOWN]}, not {self.data[:_SHOWN]}"
        for path, ours, theirs in zip(added, self.added, other.added, strict=False):
            if ours != theirs:
                return f"{path} with other content" if theirs else f"no {path}"
        return ""


def installation(added: Iterable[Path] = ()) -> Installation:
    """Return what this process converts with.

    Args:
        added: folders and files beside the data of the package.
    """
    return Installation(__version__, digest(shipped_folder()) or "", tuple(digest(one) for one in added))


# Data files are loaded once in a process, so what counts is their content when they were first asked for.
@lru_cache(maxsize=64)
def digest(path: Path) -> str | None:
    """Return a digest of the data files in a folder, or of a file; None where they cannot be read."""
    try:
        return data_digest((path,)) if path.is_dir() else sha256(path.read_bytes()).hexdigest()
    except (OSError, DataFileError):
        return None
