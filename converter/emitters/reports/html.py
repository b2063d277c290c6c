"""HTML report: one page that needs nothing else, for a person in a browser, on a phone or on paper."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from jinja2 import Environment, Template

from converter.emitters.reports.formats import Emission
from converter.emitters.reports.html_document import DocumentView, document_view
from converter.emitters.reports.html_templates import environment
from converter.emitters.reports.report import Report
from converter.emitters.reports.spool import Spool
from converter.language.terms import ROLE_NAMES
from converter.language.visible import visible_lines
from converter.model.verdict import Verdict, VerdictKind

_SCRIPTS = ("copying.js", "report.js")


@dataclass(frozen=True, slots=True)
class IndexRow:
    """What is kept of a document until the page is written: its row in the index, and the number of its text."""

    number: int
    anchor: str
    name: str
    verdict: Verdict
    clean: bool
    errors: int
    warnings: int
    first: tuple[str, str] | None
    year: str
    program: str

    @property
    def rank(self) -> int:
        """The place of its verdict among the kinds, the worst first."""
        return list(VerdictKind).index(self.verdict.kind)


class Html(Emission):
    """The report of one or several documents as one HTML page, the worst of them first."""

    def __init__(self, show_ids: bool = False) -> None:
        self._show_ids, self._version = show_ids, ""
        self._environment = environment()
        self._template = self._environment.get_template("document.html.j2")
        self._rows: list[IndexRow] = []
        self._measures: set[str] = set()
        self._texts = Spool()
        self._first: DocumentView | None = None
        """The first document, which looks otherwise where it is the only one."""

    def add(self, report: Report) -> None:
        """Write about one more document."""
        view = document_view(len(self._rows) + 1, report, self._show_ids)
        if not self._rows:
            self._first = view
        else:
            text = _text(self._template, view, alone=False)
            self._write_first(alone=False)
            self._texts.add(text)
        self._rows.append(_row(view))
        self._measures.update([view.measures] if view.measures else ())
        self._version = self._version or view.version

    def _write_first(self, alone: bool) -> None:
        if self._first is not None:
            self._texts.add(_text(self._template, self._first, alone))
            self._first = None

    def pieces(self) -> Iterator[str]:
        """Yield the page, piece by piece."""
        self._write_first(alone=True)
        script = _script(self._environment)
        index = sorted(self._rows, key=lambda one: (one.rank, -one.errors))
        page = self._environment.get_template("report.html.j2").generate(
            documents=self._rows,
            index=index,
            texts=self._texts,
            kinds=Counter(one.verdict.kind for one in index),
            measures=sorted(self._measures),
            version=self._version,
            masked=not self._show_ids,
            script=script,
            script_digest=b64encode(sha256(script.encode()).digest()).decode(),
        )
        yield from map(visible_lines, page)
        yield "\n"

    def close(self) -> None:
        """Remove what was kept for it."""
        self._texts.close()


def _text(template: Template, view: DocumentView, alone: bool) -> str:
    return template.render(document=view, alone=alone, role_names=ROLE_NAMES)


def _row(view: DocumentView) -> IndexRow:
    first = view.groups[0].first if view.groups else None
    return IndexRow(
        number=int(view.anchor[1:]) - 1,
        anchor=view.anchor,
        name=view.name,
        verdict=view.verdict,
        clean=view.clean,
        errors=view.errors,
        warnings=view.warnings,
        first=(first.id, first.slug) if first else None,
        year=view.facts.get("performance year", ""),
        program=view.facts.get("program", ""),
    )


def _script(environment: Environment) -> str:
    """The script of the page, which its policy names by a digest so that no other one runs."""
    assert environment.loader is not None
    parts = [environment.loader.get_source(environment, name)[0] for name in _SCRIPTS]
    return "\n".join(parts).replace("\r\n", "\n")
