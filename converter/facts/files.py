"""Data files: where they are, and reading them. The only module beside `source` that touches the file system.

The files stand in `schemas/` of a checkout and in `converter/_schemas/` of an installed wheel. Other folders with the
same layout can be put before them, to add or replace years without a release.
"""

import json
import os
import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from converter.errors import DataFileError, DataFileWarning
from converter.language.english import cut

Folders: TypeAlias = tuple[Path, ...]

CATALOG_VARIABLE = "QRDA2QPP_CATALOG"

_LARGEST = 100 * 1024 * 1024
"""Bytes of a data file; those that come with the package have 2 MB."""
_LONGEST = 300
"""How much is repeated of what is wrong with the shape of a file."""
_ENDINGS = {
    "catalog": ".json",
    "profiles": ".json",
    "guide": ".json",
    "qpp": ".schema.json",
    "benchmarks": ".json",
}
"""Folder of files for a year each -> what follows the year in their names."""
_NOT_CONVERTED_WITH = frozenset({"benchmarks"})
"""Folders that no result of a conversion depends on."""
_COMMON = {"qpp": "common.schema.json", "guide": "table.json"}
"""Folder -> the file of it that is not of a year."""
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)


@lru_cache(maxsize=1)
def shipped_folder() -> Path:
    """Folder of the data files that come with this package.

    Raises:
        DataFileError: the installation lacks them.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_schemas", package.parent / "schemas"):
        if (folder / "catalog").is_dir():
            return folder
    raise DataFileError("The data files of qrda2qpp are missing; install the package again.")


def data_folders(extra: str | Path | Iterable[str | Path] | None = None) -> Folders:
    """Folders to look in, first match wins: those given, those of `QRDA2QPP_CATALOG`, the shipped one last.

    Files in them whose name is not that of a year are left out, with a `DataFileWarning` for each.

    Raises:
        DataFileError: a folder that was named does not exist, or cannot be listed.
    """
    named = [extra] if isinstance(extra, str | Path) else list(extra or ())
    named += [part for part in os.environ.get(CATALOG_VARIABLE, "").split(os.pathsep) if part]
    paths = (Path(item).absolute() for item in named)  # looked up again after a change of folder
    folders = tuple(path for path in paths if path != shipped_folder())
    for folder in folders:
        if not folder.is_dir():
            raise DataFileError(f"The catalog folder {folder} does not exist.")
        _warn_of_names(folder)
    return (*folders, shipped_folder())


def folders_here(folders: Folders) -> Folders:
    """Return the folders that another process looks in for this one, where the package may be elsewhere."""
    return (*folders[:-1], shipped_folder())


def _warn_of_names(folder: Path) -> None:
    for kind, ending in _ENDINGS.items():
        for path in _listed(folder, kind):
            if _year_of(path, kind) is None and path.name != _COMMON.get(kind):
                words = f"The data file {path} is left out: its name is not a year with {ending}."
                warnings.warn(words, DataFileWarning, stacklevel=3)


def _listed(folder: Path, kind: str) -> list[Path]:
    """Visible JSON files of a kind.

    Raises:
        DataFileError: they cannot be listed.
    """
    try:
        with os.scandir(folder / kind) as entries:
            return sorted(Path(one.path) for one in entries if one.name.endswith(".json") and one.name[0] != ".")
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise DataFileError(f"The catalog folder {folder / kind} cannot be read: {error.strerror}") from error


def _year_of(path: Path, kind: str) -> int | None:
    """Year that the name of a file of a kind says; None where it says none."""
    stem = path.name.removesuffix(_ENDINGS[kind])
    return int(stem) if path.name.endswith(_ENDINGS[kind]) and _YEAR.fullmatch(stem) else None


@lru_cache(maxsize=16)
def years(folders: Folders, kind: str) -> tuple[int, ...]:
    """Years for which any of the folders has a file of a kind (`catalog` or `profiles`), ascending.

    Raises:
        DataFileError: a folder cannot be listed.
    """
    return tuple(sorted(year_files(folders, kind)))


@lru_cache(maxsize=16)
def year_files(folders: Folders, kind: str) -> dict[int, Path]:
    """Year -> its file of a kind (`catalog`, `profiles` or `qpp`), from the first folder that has it.

    Raises:
        DataFileError: a folder cannot be listed.
    """
    found = [(_year_of(path, kind), path) for folder in reversed(folders) for path in _listed(folder, kind)]
    return {year: path for year, path in found if year is not None}


def data_digest(folders: Folders) -> str:
    """Digest of the data files in folders, by their names and contents: where it differs, what is said may differ.

    Benchmarks are not among them: only `score` looks at them.

    Raises:
        DataFileError: a folder cannot be listed.
    """
    import hashlib  # no plain conversion needs it

    total = hashlib.sha256()
    kinds = ("", *(kind for kind in _ENDINGS if kind not in _NOT_CONVERTED_WITH))
    for folder in folders:
        for path in (path for kind in kinds for path in _listed(folder, kind)):
            content = hashlib.sha256(_content(path)).hexdigest()
            total.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode("utf-8", "surrogateescape"))
        total.update(b"\n")
    return total.hexdigest()


def _content(path: Path) -> bytes:
    """Content of a file; nothing of one that cannot be loaded as data anyway."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return b""
        with open(path, "rb") as stream:
            return stream.read()
    except OSError:
        return b""


def is_there(path: Path) -> bool:
    """Whether a data file exists, be it readable or not.

    Raises:
        DataFileError: its folder does not tell.
    """
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise DataFileError(f"The data file {path} cannot be read: {error.strerror}") from error
    return True


def is_shipped(folders: Folders, kind: str, year: int) -> bool:
    """Whether the file of a year is the one that comes with this package, and no other folder replaces it."""
    return next(folder for folder in folders if (folder / kind / f"{year}.json").is_file()) == shipped_folder()


def load_year(folders: Folders, kind: str, schema: str, year: int) -> dict[str, Any]:
    """Load `<kind>/<year>.json` from the first folder that has it; files not shipped with the package are checked.

    Raises:
        DataFileError: no folder has the file, it cannot be read, it does not have the shape that `schema` describes, or
            it is of another year than its name says.
    """
    # Asked by name, because to list the folders takes longer than most runs have for it.
    path = next((path for one in folders if is_there(path := one / kind / f"{year}.json")), None)
    if path is None:
        raise DataFileError(f"There is no {kind} file for performance year {year}.")
    data = load_json(path)
    if path.parent.parent != shipped_folder():
        check_shape(data, path, schema)
        if data["performanceYear"] != year:
            raise DataFileError(f"The data file {path} is of {data['performanceYear']}, not of the year of its name.")
    return data


def load_table(folders: Folders, name: str) -> dict[str, Any]:
    """Load `<name>.json`, a table for all years, from the first folder that has it; one that is not shipped is checked.

    Raises:
        DataFileError: it cannot be read, or does not have the shape of `<name>.schema.json`.
    """
    folder = next(one for one in folders if one == folders[-1] or is_there(one / f"{name}.json"))
    path = folder / f"{name}.json"
    data = load_json(path)
    if folder != shipped_folder():
        check_shape(data, path, f"{name}.schema.json")
    return data


def load_json(path: Path) -> dict[str, Any]:
    """Load one JSON file.

    Raises:
        DataFileError: the file cannot be read, is larger than any such file, or is not a JSON object.
    """
    try:
        if (path.stat().st_size if path.is_file() else _LARGEST + 1) > _LARGEST:
            raise DataFileError(f"The data file {path} is not a file of at most {_LARGEST // (1024 * 1024)} MB.")
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise DataFileError(f"The data file {path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise DataFileError(f"The data file {path} cannot be read: {error}") from error
    except RecursionError as error:
        raise DataFileError(f"The data file {path} cannot be read: it is nested too deep") from error
    if not isinstance(data, dict):
        raise DataFileError(f"The data file {path} does not hold a JSON object.")
    return data


def check_shape(data: dict[str, Any], path: Path, schema: str) -> None:
    """Compare the content of a data file with its JSON Schema.

    Raises:
        DataFileError: it does not have that shape.
    """
    import jsonschema

    rules = load_json(shipped_folder() / schema)
    try:
        jsonschema.validate(data, rules)
    except RecursionError as error:
        raise DataFileError(f"The data file {path} does not have the right shape: it is nested too deep") from error
    except jsonschema.ValidationError as error:
        place = "/".join(str(step) for step in error.absolute_path) or "the top level"
        raise DataFileError(
            f"The data file {path} does not have the right shape at {place}: {cut(error.message, _LONGEST)}"
        ) from error
