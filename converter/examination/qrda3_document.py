"""All rules asked of a document, and of its submission, be it whole or only what can be assembled of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from converter.assemble.assembled import Assembled
from converter.assemble.assembly import assemble, assemble_partly
from converter.examination.left_out import left_out
from converter.examination.written import check_written
from converter.facts.files import Folders
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.finding import Severity, Stage
from converter.parsers.qrda3.header import header_ids
from converter.resolve.edition import OF_NO_EDITION
from converter.resolve.resolved import Resolved
from converter.resolve.submission_context import SubmissionContext
from converter.rules.context import Aspect, Context, run
from converter.rules.document import CONVERT, CONVERTED
from converter.rules.submission import SUBMISSION
from converter.source.xml.tree import XmlTree

if TYPE_CHECKING:
    from converter.facts.practice_sites import PracticeSites

_BLOCKING = (Stage.XML, Stage.CONVERT, Stage.TOOL)


def examine(
    resolved: Resolved, tree: XmlTree, findings: Collector, folders: Folders
) -> tuple[Assembled | None, SubmissionContext | None]:
    """Ask all rules, and assemble the submission.

    Returns:
        The submission, None where something blocked; and what the submission rules looked at, which then lacks what
        has errors and is not written. Both None where a rule has failed: what it would have found may be missing.
    """
    context = _context(resolved, tree, findings)
    run(CONVERT, context)
    if resolved.practice:
        _examine_practice_site(resolved.practice, context, tree)
    if _has_errors(findings, (Stage.TOOL,)):
        return None, None
    whole = not _has_errors(findings, _BLOCKING)
    lost = None if whole else left_out(context)
    assembled = assemble_partly(resolved, lost.program, lost.entries) if lost else assemble(resolved)
    after = replace(context, assembled=assembled)
    run(CONVERTED, after)
    examined = check_written(SUBMISSION, after, assembled, folders, lost.categories if lost else None)
    if resolved.practice:
        _let_follow(findings)
    return (None if _has_errors(findings, _BLOCKING) else assembled), examined


def _examine_practice_site(practice: PracticeSites, context: Context, tree: XmlTree) -> None:
    """Ask what programs of practice sites ask; they have ended, so that only their documents load it."""
    from converter.parsers.qrda3.practice_site import site_header
    from converter.rules.document.practice_sites import rules_of

    run(rules_of(practice), replace(context, find_site=lambda: site_header(tree.root)))


def _let_follow(findings: Collector) -> None:
    """What the submission rules say again of a practice site follows from what its program asks for."""
    given = {one.kind for one in findings}
    for kind, again in (
        (kinds.SITE_PERIOD_START, kinds.PERIOD_NOT_FULL_YEAR),
        (kinds.SITE_PERIOD_END, kinds.PERIOD_NOT_FULL_YEAR),
        (kinds.CPC_PLUS_WITH_PI, kinds.PI_NOT_FROM_APM),
        (kinds.PCF_WITH_PI, kinds.PI_NOT_FROM_APM),
        (kinds.SITE_LATER_RELEASES, kinds.PROGRAM_NOT_OF_YEAR),
    ):
        if kind in given:
            findings.let_follow(kind, lambda one, again=again: one.kind is again)  # type: ignore[misc]


def _context(resolved: Resolved, tree: XmlTree, findings: Collector) -> Context:
    """The document under examination; what is wrong with its edition explains more than one finding."""
    context = Context(resolved, tree, findings, find_ids=lambda: header_ids(tree.root))
    document = resolved.document
    for one in findings:
        if one.kind in OF_NO_EDITION:
            context.explain(one.kind, document.node, Aspect.EDITION)
        if one.kind is kinds.TEMPLATE_MISSING and not document.sections:
            context.explain(one.kind, document.node, Aspect.KIND)  # it is a document of another kind altogether
    return context


def _has_errors(findings: Collector, stages: tuple[Stage, ...]) -> bool:
    return any(one.severity is Severity.ERROR and one.stage in stages for one in findings)
