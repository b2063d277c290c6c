"""The page of each kind of finding, and the advice on it: read from `pages/` when somebody asks, and only once."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

_PAGES = Path(__file__).with_name("pages")
_CASE = re.compile(r"<!-- case:.*?-->\n*", re.DOTALL)
_ADVICE = re.compile(r"^\*\*Practice\.\*\*(.+?)^\*\*Vendor\.\*\*(.+?)^## ", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_COMMAND = re.compile(
    r"(?P<command>qrda2qpp (?:measures|explain))(?: (?P<measure>\d{3}))?(?P<year> --year \d{4})?(?=`)"
)
_ANY_MEASURE = "MEASURE"


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
    return _CASE.sub("", (_PAGES / f"{id}.md").read_text(encoding="utf-8"))


def advice(id: str, year: int | None = None, measure_id: str | None = None) -> Advice:
    """Return the advice on the page of a kind of finding, without the links in it.

    Args:
        id: the kind of finding, such as `GUID002`.
        year: performance year of the document, for the commands in the advice; None for that of the page's example.
        measure_id: the quality measure that the finding is about, where there is one.
    """
    if year is None:
        return _of_page(id)
    return Advice(*(_COMMAND.sub(lambda match: _command(match, year, measure_id), words) for words in _of_page(id)))


@cache
def _of_page(id: str) -> Advice:
    found = _ADVICE.search(page(id))
    assert found, f"the page of {id} has advice for practice and vendor"
    return Advice(*(" ".join(_LINK.sub(r"\1", words).split()) for words in found.groups()))


def _command(match: re.Match[str], year: int, measure_id: str | None) -> str:
    """A command with the year and measure of a document in place of those of the example."""
    measure = f" {measure_id or _ANY_MEASURE}" if match["measure"] else ""
    return f"{match['command']}{measure}{f' --year {year}' if match['measure'] or match['year'] else ''}"
