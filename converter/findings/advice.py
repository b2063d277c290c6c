"""The page of each kind of finding, and the advice on it: read from `pages/` when somebody asks, and only once."""

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_CASE = re.compile(r"<!-- case:.*?-->\n*", re.DOTALL)
_ADVICE = re.compile(r"^\*\*Practice\.\*\*(.+?)^\*\*Vendor\.\*\*(.+?)^## ", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")


class Advice(NamedTuple):
    """What to do about a kind of finding, for each of those who may do it; code stands in backticks.

    Attributes:
        practice: for those who use the EHR.
        vendor: for those who make it.
    """

    practice: str
    vendor: str


@cache
def page(id: str) -> str:
    """Return the page of a kind of finding, such as `GUID002`, in Markdown."""
    path = files("converter.findings").joinpath("pages", f"{id}.md")
    return _CASE.sub("", path.read_text(encoding="utf-8"))


@cache
def advice(id: str) -> Advice:
    """Return the advice on the page of a kind of finding, without the links in it."""
    found = _ADVICE.search(page(id))
    assert found, f"the page of {id} has advice for practice and vendor"
    return Advice(*(" ".join(_LINK.sub(r"\1", words).split()) for words in found.groups()))
