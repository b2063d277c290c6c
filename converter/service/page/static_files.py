"""Files that the page is made of beside its html: style sheets, scripts and the icon."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

_OWN = "converter.service.page"
_SHARED = ("report.css", "copying.js")
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class StaticFile(NamedTuple):
    """A file as it is sent: its bytes, its type, and a tag that changes with its content."""

    data: bytes
    media: str
    tag: str


@cache
def static_files() -> Mapping[str, StaticFile]:
    """Return the files by their names; the html report shares some of them."""
    found = [*files(_OWN).joinpath("static").iterdir()]
    found += [files("converter.emitters.reports").joinpath("templates", name) for name in _SHARED]
    points = files("converter.scoring").joinpath("templates", "score.css").read_bytes()
    made = {}
    for one in found:
        ending = one.name[one.name.rindex(".") :]
        if ending in _TYPES:
            data = one.read_bytes() + (points if one.name == "page.css" else b"")
            made[one.name] = StaticFile(data, _TYPES[ending], f'"{sha256(data).hexdigest()[:16]}"')
    return made
