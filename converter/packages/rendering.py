"""The text of a data file: one record on each line, so that a difference between two versions can be read."""

import json
from collections.abc import Mapping
from typing import Any

_LINE_WIDTH = 100


def rendered(document: Mapping[str, Any]) -> str:
    """Return the text of a data file: a short member on its line, a long one with one row per line."""
    parts = []
    for key, value in document.items():
        text = _compact(value)
        if len(text) > _LINE_WIDTH and isinstance(value, dict):
            rows = [f"{_compact(name)}:{_compact(row)}" for name, row in value.items()]
            text = "{\n" + ",\n".join(rows) + "\n}"
        elif len(text) > _LINE_WIDTH and isinstance(value, list):
            text = "[\n" + ",\n".join(_compact(row) for row in value) + "\n]"
        parts.append(f"{_compact(key)}:{text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
