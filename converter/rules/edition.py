"""Which edition a document is of: its kind, its document template, its performance year (official code 5)."""

from collections.abc import Sequence

from converter.catalog.guids import years_of
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.model.document import Document, Identifier
from converter.profiles.profile import Editions
from converter.resolve.year import performance_year
from converter.rules.context import Tree


def template_years(document_templates: Sequence[Identifier], editions: Editions) -> tuple[int, ...]:
    """Years of a document's templates, ascending; empty where none of them belongs to a year."""
    given = [item.extension or "" for item in document_templates if item.root == editions.root]
    return tuple(sorted({year for extension in given for year in editions.years.get(extension, ())}))


def find_year(
    document: Document, editions: Editions, asserted: int | None, tree: Tree, findings: Collector
) -> int | None:
    """Return the performance year; None, with a finding, where the document is of no edition or of the wrong one.

    Args:
        document: the document as written.
        editions: the published editions.
        asserted: the year that the caller says it is, or None to find it from the document.
        tree: tells places.
        findings: takes what is wrong.
    """
    years = template_years(document.templates, editions)
    if not years:
        _report_no_edition(document, editions, asserted, tree, findings)
        return None
    if asserted is None:
        year = performance_year(years, document, years_of)
        wanted = _dated(document) or max(years)
        reason = f"its dates and measures are not of that year; most dates are of {wanted}"
        remedy = f"Export it again with the settings of {wanted}, so that template, dates and measures agree."
    else:
        year = asserted if asserted in years else None
        wanted = asserted
        reason = f"it was sent for {asserted}"
        remedy = f"Convert it as a document of {_or(years)}, or export it again with the settings of {asserted}."
    if year is None:
        extensions = [extension for extension, of in editions.years.items() if wanted in of]
        findings.add(
            kinds.TEMPLATE_OF_ANOTHER_YEAR,
            tree.place(document.node),
            found=_extensions(document, editions.root),
            years=_or(years),
            year=wanted,
            reason=reason,
            remedy=remedy,
            expected=" or ".join(extensions) or "(none is published)",
        )
    return year


def _report_no_edition(
    document: Document, editions: Editions, asserted: int | None, tree: Tree, findings: Collector
) -> None:
    given = [item for item in document.templates if item.root == editions.root]
    if given:
        extension = given[0].extension
        years = editions.superseded.get(extension or "", ())
        note = f"; it was published for {years[0]} and replaced before reporting began" if years else ""
        findings.add(
            kinds.TEMPLATE_UNKNOWN,
            tree.place(given[0].node),
            found=extension,
            extension=f'The extension "{extension}" of the document template'
            if extension is not None
            else "The document template, which has no extension,",
            expected=", ".join(f"{key} ({', '.join(map(str, of))})" for key, of in editions.years.items()),
            note=note,
        )
        return
    latest = max(year for of in editions.years.values() for year in of)
    year = asserted or _dated(document) or latest
    extension = next((key for key, of in editions.years.items() if year in of), "")
    place = tree.place(document.node)
    findings.add(kinds.TEMPLATE_MISSING, place, root=editions.root, extension=extension, year=year)


def _or(years: Sequence[int]) -> str:
    return " or ".join(str(one) for one in years)


def _dated(document: Document) -> int | None:
    texts = [date.text for act in document.periods for date in act.starts]
    years = [int(text[:4]) for text in texts if text and text[:4].isdecimal()]
    return max(set(years), key=years.count) if years else None


def _extensions(document: Document, root: str) -> str:
    return ", ".join(item.extension or "(none)" for item in document.templates if item.root == root)
