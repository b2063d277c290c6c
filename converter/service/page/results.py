"""What the page shows of one file: a document with its verdict, or an answer of CMS explained."""

import json
from typing import NamedTuple

from converter.emitters.reports.html_document import document_view
from converter.explanation.response.explained import ExplainedAnswer
from converter.findings.mask import Mask
from converter.result import Conversion, Result
from converter.service.page.downloads import offered
from converter.service.page.files import read, shown_name
from converter.service.page.numbers import Numbers
from converter.service.page.rendering import rendered, safe
from converter.service.work import Wanted
from converter.source.inputs import Input


class Shown(NamedTuple):
    """What is shown of a file.

    Attributes:
        title: title of a page that shows it.
        html: the part of a page.
    """

    title: str
    html: str


def shown(file: Input, wanted: Wanted, sent: Input | None = None) -> Shown:
    """Return what the page shows of a file; `sent` is the file that an answer of CMS is about.

    Raises:
        UsageError: the year is not known.
    """
    found = read(file, wanted, sent)
    if isinstance(found, ExplainedAnswer):
        name = shown_name(file, wanted)
        html = rendered("answer.html.j2", answer=found, name=name, sent=sent is not None, masked=not wanted.show_ids)
        return Shown(f"{name}: answer of CMS", html)
    return _document(found, wanted)


def _points(result: Result, wanted: Wanted) -> str:
    """What the data is worth, as a part of the page; empty where it cannot be scored."""
    from converter.scoring.door import can_be_scored, scores_of
    from converter.scoring.roster import Roster
    from converter.scoring.shown.html import score_section

    if not can_be_scored(result):
        return safe("")
    scores = scores_of([result], Roster(), wanted.folders, show_ids=wanted.show_ids)
    return safe(score_section(scores, show_ids=wanted.show_ids) if scores.scores else "")


def _document(result: Result, wanted: Wanted) -> Shown:
    report = result.report()
    document = document_view(1, report, wanted.show_ids)
    written = json.loads(result.to_json()) if isinstance(result, Conversion) and report.submission else None
    html = rendered(
        "result.html.j2",
        document=document,
        numbers=Numbers(result, written, Mask(report.secrets, wanted.show_ids)),
        downloads=offered(result),
        masked=not wanted.show_ids,
        identified=bool(report.secrets),
        points=_points(result, wanted),
    )
    return Shown(f"{document.name}: {document.verdict.sentence}", html)
