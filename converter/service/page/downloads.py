"""Downloads of one file: what is offered, and what it is made of."""

from pathlib import PurePosixPath
from typing import NamedTuple

from converter.errors import UsageError
from converter.explanation.response.explained import ExplainedAnswer
from converter.findings.mask import masked_text
from converter.result import Conversion, Result
from converter.scoring.door import can_be_scored
from converter.service.page.files import read
from converter.service.work import Wanted
from converter.source.inputs import Input


class Form(NamedTuple):
    """A form that a result can be downloaded in: name in the address, what it is called, end of the name, type."""

    name: str
    title: str
    ending: str
    media: str


FORMS = (
    Form("qpp-json", "QPP JSON", "-qpp.json", "application/json"),
    Form("error-json", "Error report (JSON)", "-error.json", "application/json"),
    Form("html", "Report (HTML)", "-report.html", "text/html"),
    Form("csv", "Findings (CSV)", "-findings.csv", "text/csv"),
    Form("score", "Points (HTML)", "-points.html", "text/html"),
)
_BY_NAME = {one.name: one for one in FORMS}
_BOM = "\ufeff"
"""Tells Excel that a CSV is UTF-8."""


class Download(NamedTuple):
    """A file to be saved."""

    name: str
    media: str
    text: str


def offered(result: Result) -> tuple[Form, ...]:
    """Return the forms that a result can be downloaded in."""
    left_out = set() if _has_submission(result) else {"qpp-json"}
    left_out |= set() if result.blocking else {"error-json"}
    left_out |= set() if can_be_scored(result) else {"score"}
    return tuple(one for one in FORMS if one.name not in left_out)


def download(file: Input, wanted: Wanted, form: str) -> Download:
    """Return a file to be saved. QPP JSON has the identifiers, as CMS needs them; the others only if they are shown.

    Raises:
        UsageError: there is no such form, the file has nothing for it, or the year is not known.
    """
    if form not in _BY_NAME:
        raise UsageError(f"There is no download {form!r}; there are {', '.join(_BY_NAME)}.")
    chosen, result = _BY_NAME[form], read(file, wanted)
    if isinstance(result, ExplainedAnswer) or chosen not in offered(result):
        raise UsageError(f"This file has no {chosen.title} to download; its result says why.")
    stem = PurePosixPath(file.name.replace("\\", "/")).stem or "file"
    name = f"{stem if wanted.show_ids else masked_text(stem)}{chosen.ending}"
    return Download(name, chosen.media, _text(result, wanted, form))


def _text(result: Result, wanted: Wanted, form: str) -> str:
    from converter.door import render

    if form == "qpp-json":
        return result.to_json(indent=2) + "\n"
    if form == "score":
        from converter.scoring.door import scores_of
        from converter.scoring.roster import Roster
        from converter.scoring.shown import show

        return show(scores_of([result], Roster(), wanted.folders, show_ids=wanted.show_ids), "html",
                    show_ids=wanted.show_ids)  # fmt: skip
    text = render(result, form, show_ids=wanted.show_ids)
    return _BOM + text if form == "csv" else text


def _has_submission(result: Result) -> bool:
    return isinstance(result, Conversion) and result.report().submission is not None
