"""The stages of a conversion, by name and in order."""

from converter.assemble.assembled import Assembled
from converter.assemble.submission import assemble
from converter.catalog.catalog import load_catalog
from converter.conversion import ALWAYS_BLOCKING, STRICTLY_BLOCKING, Conversion
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.finding import Severity
from converter.parsers.header import document_templates
from converter.parsers.walk import parse
from converter.profiles.profile import load_editions, load_profile
from converter.resolve.measures import resolve
from converter.resolve.resolved import Resolved
from converter.resources import Folders
from converter.rules import CONVERT, SUBMISSION, Context, run
from converter.rules.context import report_failure
from converter.rules.edition import find_year, template_years
from converter.source.limits import DEFAULT_LIMITS, Limits
from converter.source.parse import parse_xml
from converter.source.sniff import kind_of_root
from converter.source.tree import XmlTree, local_name


def convert_bytes(  # noqa: PLR0913 - the options of a conversion
    data: bytes,
    name: str,
    folders: Folders,
    *,
    year: int | None = None,
    strict: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Conversion:
    """Convert one document.

    Args:
        data: the bytes of the document.
        name: name of the source, for reports.
        folders: where the data files are looked for.
        year: performance year that the document is said to be of; None to find it from the document.
        strict: whether what CMS would reject blocks as well.
        limits: sizes beyond which the document is refused.

    Returns:
        The conversion. Whatever is wrong with the document is a finding; nothing is raised for it.
    """
    findings = Collector()
    blocking = STRICTLY_BLOCKING if strict else ALWAYS_BLOCKING
    tree = resolved = assembled = None
    try:
        tree = parse_xml(data, limits, findings)
        if tree:
            resolved = _understand(tree, folders, year, findings)
        if tree and resolved:
            assembled = _examine(Context(resolved, tree, findings))
    except Exception as error:
        report_failure(findings, "pipeline", error)
        assembled = None
    return Conversion(name, findings, blocking, tree, resolved, assembled)


def _understand(tree: XmlTree, folders: Folders, asserted: int | None, findings: Collector) -> Resolved | None:
    root = tree.root
    templates = document_templates(root)
    namespace = str(root.tag)[1:].partition("}")[0] if str(root.tag).startswith("{") else ""
    other = kind_of_root(local_name(root), namespace, {one.root or "" for one in templates})
    if other:
        findings.add(kinds.NOT_QRDA_III, tree.place(root), what=other[0], remedy=other[1])
        return None
    editions = load_editions(folders)
    years = template_years(templates, editions) or tuple(year for of in editions.years.values() for year in of)
    document = parse(root, load_profile(folders, max(years)).types)
    year = find_year(document, editions, asserted, tree, findings)
    return resolve(document, load_profile(folders, year), load_catalog(folders, year)) if year else None


def _examine(context: Context) -> Assembled | None:
    run(CONVERT, context)
    if _blocked(context.findings):
        return None
    context.assembled = assemble(context.resolved)
    run(SUBMISSION, context)
    return None if _blocked(context.findings) else context.assembled


def _blocked(findings: Collector) -> bool:
    return any(one.severity is Severity.ERROR and one.stage in ALWAYS_BLOCKING for one in findings)
