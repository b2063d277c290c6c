"""All rules asked of a document, and of its submission, be it whole or only what can be assembled of it."""

from dataclasses import replace

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
    if _has_errors(findings, (Stage.TOOL,)):
        return None, None
    whole = not _has_errors(findings, _BLOCKING)
    lost = None if whole else left_out(context)
    assembled = assemble_partly(resolved, lost.program, lost.entries) if lost else assemble(resolved)
    after = replace(context, assembled=assembled)
    run(CONVERTED, after)
    examined = check_written(SUBMISSION, after, assembled, folders, lost.categories if lost else None)
    return (None if _has_errors(findings, _BLOCKING) else assembled), examined


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
