"""The submission rules asked of a document, in the year that is written.

`performanceYear` is the year of the first section, whatever the year of the document; CMS takes the submission for it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from converter.assemble.assembled import Assembled
from converter.examination.converted import context_of
from converter.facts.files import Folders, years
from converter.findings import kinds
from converter.findings.collector import Collector, follow_on
from converter.findings.finding import Finding
from converter.language.english import span
from converter.parsers.qpp_json.parts import Part
from converter.resolve.submission_context import SubmissionContext, SubmissionRule
from converter.rules.context import Context, Words, run

Rules: TypeAlias = Iterable[SubmissionRule]


def check_written(
    rules: Rules, context: Context, assembled: Assembled, folders: Folders, incomplete: frozenset[str] | None = None
) -> SubmissionContext:
    """Ask the submission rules, and return what they looked at.

    Args:
        rules: the submission rules.
        context: the document under examination.
        assembled: its submission.
        folders: where the data files are looked for.
        incomplete: categories of which a part was left out; None where the submission is whole.
    """
    year = _written_year(context, assembled, years(folders, "catalog"))
    asked = context_of(context, assembled, folders, year or context.year, incomplete or frozenset())
    if year is None:
        start = asked.find_place("/performanceYear")
        for finding in _asked(rules, asked, None):
            context.findings.keep(
                follow_on(finding, kinds.WRITTEN_YEAR_UNKNOWN.id) if finding.place == start else finding
            )
        return asked
    if year == context.year:
        run(rules, asked)
        return asked
    own = context_of(context, assembled, folders, context.year, incomplete or frozenset())
    for finding in _of_other_year(rules, asked, own, folders if incomplete is None else None):
        context.findings.keep(finding)
    return asked


def _written_year(context: Context, assembled: Assembled, known: tuple[int, ...]) -> int | None:
    """The year that is written; None where CMS takes nothing for it. One that is not the document's is reported."""
    year: int = assembled.members.get("performanceYear", context.year)
    if year == context.year:
        return year
    node, attribute = assembled.locate_nearest("/performanceYear")
    if year in known:
        period = assembled.sets[0].section.periods[0].node
        context.report(
            kinds.YEAR_FROM_FIRST_SECTION, period, found=str(year), other_year=year, fix=_of_all_sections(context, year)
        )
        context.findings.let_follow(
            kinds.YEAR_FROM_FIRST_SECTION,
            lambda one: one.kind is kinds.SECTION_OF_ANOTHER_YEAR and one.data["other_year"] == year,
        )
        return year
    words: Words = {"found": str(year), "other_year": year, "known": span(known), "known_years": known}
    context.report(kinds.WRITTEN_YEAR_UNKNOWN, node, attribute, **words)
    return None


def _of_all_sections(context: Context, year: int) -> str:
    """What to do where all sections are of a year that is not the document's; empty where only some are."""
    others = [one for one in context.findings if one.kind is kinds.SECTION_OF_ANOTHER_YEAR]
    if len(others) != len(context.resolved.document.sections) - 1 or any(
        one.data["other_year"] != year for one in others
    ):
        return ""
    return f"For {year} data, export the document again as a {year} report; otherwise, correct the performance periods."


def _of_other_year(
    rules: Rules, asked: SubmissionContext, own: SubmissionContext, folders: Folders | None
) -> Iterator[Finding]:
    """What the year that is written has against a submission; what that of the document has not, follows from it.

    Args:
        rules: the submission rules.
        asked: the submission in the year that is written.
        own: the same in the year of the document.
        folders: where the schemas are looked for; None where the shape is not compared, because parts are missing.
    """
    told = {(one.id, one.place and one.place.key) for one in _asked(rules, own, None)}
    for finding in _asked(rules, asked, folders):
        same = (finding.id, finding.place and finding.place.key) in told
        yield finding if same else follow_on(finding, kinds.YEAR_FROM_FIRST_SECTION.id)


def _asked(rules: Rules, context: SubmissionContext, folders: Folders | None) -> Collector:
    findings = Collector()
    alone = replace(context, findings=findings)
    run(rules, alone)
    if folders:
        from converter.shape.schema import shape

        part = Part("", alone.subject.members, alone=False)
        run((lambda one: shape(one, part, folders),), alone)
    return findings
