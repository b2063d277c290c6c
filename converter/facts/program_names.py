"""What names of programs mean, from `schemas/program-names.json`; loaded only to explain a name."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from converter.facts.files import load_json, shipped_folder

Row: TypeAlias = Mapping[str, Any]


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    return load_json(shipped_folder() / "program-names.json")


def other_program(name: str) -> Row | None:
    """What a name in capitals is that is no program of the Quality Payment Program; None where it is not known."""
    rows = _table()["others"]
    return next((row for row in rows if name in row["names"] or name.startswith(row.get("prefix", "\0"))), None)


def program_note(name: str, year: int) -> Row | None:
    """Why a name in capitals that the profiles know is not accepted in a year; None where there is no more to say."""
    rows = _table()["notes"]
    return next((row for row in rows if row["name"] == name and row["from"] <= year <= row.get("to", year)), None)


def family_name(family: str) -> str:
    """How a sentence names the program that a family of the profiles stands for; a family without a name by itself."""
    return str(_table()["families"].get(family, family))
