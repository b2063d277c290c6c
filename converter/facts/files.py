"""Data files: where they are, and reading them. The only module beside `source` that touches the file system.

The files stand in `schemas/` of a checkout and in `converter/_schemas/` of an installed wheel. Other folders with the
same layout can be put before them, to add or replace years without a release.
"""

import json
import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from converter.errors import DataFileError

Folders: TypeAlias = tuple[Path, ...]

CATALOG_VARIABLE = "QRDA2QPP_CATALOG"


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
    """Folders to look in, first match wins: those given, those of `QRDA2QPP_CATALOG`, the shipped one.

    Raises:
        DataFileError: a folder that was named does not exist.
    """
    named = [extra] if isinstance(extra, str | Path) else list(extra or ())
    named += [part for part in os.environ.get(CATALOG_VARIABLE, "").split(os.pathsep) if part]
    folders = tuple(Path(item).absolute() for item in named)  # looked up again after a change of folder
    for folder in folders:
        if not folder.is_dir():
            raise DataFileError(f"The catalog folder {folder} does not exist.")
    return (*folders, shipped_folder())


@lru_cache(maxsize=16)
def years(folders: Folders, kind: str) -> tuple[int, ...]:
    """Years for which any of the folders has a file of a kind (`catalog` or `profiles`), ascending."""
    return tuple(sorted({int(path.stem) for folder in folders for path in folder.glob(f"{kind}/[0-9]*.json")}))


def is_shipped(folders: Folders, kind: str, year: int) -> bool:
    """Whether the file of a year is the one that comes with this package, and no other folder replaces it."""
    return next(folder for folder in folders if (folder / kind / f"{year}.json").is_file()) == shipped_folder()


def load_year(folders: Folders, kind: str, schema: str, year: int) -> dict[str, Any]:
    """Load `<kind>/<year>.json` from the first folder that has it; files not shipped with the package are checked.

    Raises:
        DataFileError: no folder has the file, or it does not have the shape that `schema` describes.
    """
    for folder in folders:
        path = folder / kind / f"{year}.json"
        if path.is_file():
            data = load_json(path)
            if folder != shipped_folder():
                _check_shape(data, path, schema)
            return data
    raise DataFileError(f"There is no {kind} file for performance year {year}.")


def load_table(folders: Folders, name: str) -> dict[str, Any]:
    """Load `<name>.json`, a table for all years, from the first folder that has it; one that is not shipped is checked.

    Raises:
        DataFileError: it cannot be read, or does not have the shape of `<name>.schema.json`.
    """
    folder = next(one for one in folders if one == folders[-1] or (one / f"{name}.json").is_file())
    path = folder / f"{name}.json"
    data = load_json(path)
    if folder != shipped_folder():
        _check_shape(data, path, f"{name}.schema.json")
    return data


def load_json(path: Path) -> dict[str, Any]:
    """Load one JSON file.

    Raises:
        DataFileError: the file cannot be read or is not a JSON object.
    """
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DataFileError(f"The data file {path} cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise DataFileError(f"The data file {path} does not hold a JSON object.")
    return data


def _check_shape(data: dict[str, Any], path: Path, schema: str) -> None:
    import jsonschema

    rules = load_json(shipped_folder() / schema)
    try:
        jsonschema.validate(data, rules)
    except jsonschema.ValidationError as error:
        place = "/".join(str(step) for step in error.absolute_path) or "the top level"
        raise DataFileError(
            f"The data file {path} does not have the right shape at {place}: {error.message}"
        ) from error
