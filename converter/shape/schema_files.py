"""The files of the JSON Schemas of QPP JSON: which one a year has, and whether an own one is one."""

import re
from pathlib import Path
from typing import Any

from converter.errors import DataFileError
from converter.facts.files import Folders, is_there, load_json, shipped_folder, year_files

_FOLDER = "qpp"
_COMMON = "common.schema.json"
_ID = re.compile(r"urn:qrda2qpp:qpp:(\d{4})")


def schema_of(folders: Folders, year: int) -> tuple[int, Path]:
    """Year and path of the schema that a year has: its own, or that of the year before."""
    files = year_files(folders, _FOLDER)
    found = max((one for one in files if one <= year), default=min(files))
    return found, files[found]


def common_schema(folders: Folders) -> Path:
    """Path of what the schemas of all years share."""
    return next(path for one in folders if is_there(path := one / _FOLDER / _COMMON))


def load_schema(path: Path) -> dict[str, Any]:
    """Load a schema; one that is not shipped is checked.

    Raises:
        DataFileError: it cannot be read, is no schema, has no `$id`, or is of another year than its name says.
    """
    from jsonschema import Draft202012Validator, SchemaError

    schema = load_json(path)
    if path.parent.parent == shipped_folder():
        return schema
    try:
        Draft202012Validator.check_schema(schema)
    except (SchemaError, RecursionError) as error:
        raise DataFileError(f"The data file {path} is not a JSON Schema.") from error
    named = schema.get("$id")
    if not isinstance(named, str):
        raise DataFileError(f"The data file {path} has no $id.")
    year = _ID.fullmatch(named)
    if year and year[1] != path.name.partition(".")[0]:
        raise DataFileError(f"The data file {path} is of {year[1]}, not of the year of its name.")
    return schema
