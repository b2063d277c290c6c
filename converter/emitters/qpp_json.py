"""QPP JSON: the submission as CMS takes it, in the member order of the official converter."""

import json
from collections.abc import Mapping
from typing import Any

from converter.language.visible import visible_json


def qpp_json(members: Mapping[str, Any], indent: int | None = None) -> str:
    """Return a submission as JSON text; in one line without blanks, or indented by so many."""
    separators = (",", ":") if indent is None else None
    return visible_json(json.dumps(members, ensure_ascii=False, indent=indent, separators=separators))
