"""The stages of a conversion, by name and in order."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from converter.assemble.submission import assemble, assemble_partly
from converter.errors import ArchiveError, ConverterError, SourceError, TooLargeError, UsageError
from converter.examination.left_out import left_out
from converter.examination.written import check_written
from converter.facts.catalog import load_catalog
from converter.facts.files import Folders, data_folders, years
from converter.facts.profiles import Profile, load_editions, load_profile
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.failures import report_failure
from converter.findings.finding import Severity, Stage
from converter.model.document import Document
from converter.parsers.qrda3.header import document_templates, header_ids
from converter.parsers.qrda3.walk import parse
from converter.resolve.edition import OF_NO_EDITION, find_year, template_years
from converter.resolve.measures import resolve
from converter.resolve.resolved import Resolved
from converter.result import ALWAYS_BLOCKING, STRICTLY_BLOCKING, Conversion, Examined
from converter.rules.context import Aspect, Context, run
from converter.rules.document import CONVERT, CONVERTED
from converter.rules.submission import SUBMISSION
from converter.source.inputs import read_file, read_stream, shown
from converter.source.limits import DEFAULT_LIMITS, Limits
from converter.source.sniff import kind_of_root, looks_like_json
from converter.source.xml.parse import parse_xml
from converter.source.xml.tree import XmlTree, give_namespace, local_name

Source: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO
CatalogFolders: TypeAlias = str | Path | Iterable[str | Path] | None


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are converted.

    Attributes:
        year: performance year that they are said to be of; None to find it from the document.
        strict: whether what CMS would reject blocks as well.
        submissions: whether a QPP JSON file is checked as it is, in place of being refused.
        limits: sizes beyond which a document is refused.
    """

    year: int | None = None
    strict: bool = False
    submissions: bool = False
    limits: Limits = DEFAULT_LIMITS

    @property
    def blocking(self) -> frozenset[Stage]:
        """Stages whose errors block."""
        return STRICTLY_BLOCKING if self.strict else ALWAYS_BLOCKING


DEFAULT_OPTIONS = Options()


def convert(
    source: Source, *, year: int | None = None, catalog: CatalogFolders = None, limits: Limits = DEFAULT_LIMITS
) -> Conversion:
    """Convert one QRDA III document to QPP JSON.

    Args:
        source: path, bytes or binary file of one document.
        year: performance year that the document is said to be of; None to find it from the document.
        catalog: folder or folders with catalogs and profiles that add or replace years.
        limits: sizes beyond which the document is refused.

    Returns:
        The conversion: `ok`, `submission`, `to_json()`, `findings`. It is blocked by errors of stage `xml` and
        `convert`. Whatever is wrong with the document is a finding; nothing is raised for it.

    Raises:
        UsageError: the source does not exist, or the year is not known.
        DataFileError: a catalog folder is missing or one of its files does not have the right shape.
    """
    return _convert(source, catalog, Options(year=year, limits=limits))


def check(
    source: Source,
    *,
    year: int | None = None,
    catalog: CatalogFolders = None,
    limits: Limits = DEFAULT_LIMITS,
    xsd: str | os.PathLike[str] | None = None,
) -> Conversion:
    """Convert one document like `convert`, blocked also by what CMS would reject (errors of stage `submission`).

    A QPP JSON file is taken as well: a submission, a measurement set by itself, or a list of submissions. The structure
    of a document is checked too, which gives warnings of stage `guide`. `xsd` is the file of another schema than our
    own, such as the one of CDA.

    Raises:
        UsageError: the source or the schema does not exist, the schema cannot be used, or the year is not known.
        DataFileError: a catalog folder is missing or one of its files does not have the right shape.
    """
    from converter.structure import load_structure

    structure = load_structure(xsd)
    options = Options(year=year, strict=True, submissions=True, limits=limits)
    return _convert(source, catalog, options).check_structure(structure)


def _convert(source: Source, catalog: CatalogFolders, options: Options) -> Conversion:
    folders, limits = data_folders(catalog), options.limits
    known_year(options.year, folders)
    if isinstance(source, bytes | bytearray | memoryview):
        return convert_bytes(bytes(source), "bytes", folders, options)
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        if not path.is_file():
            raise UsageError(f"There is no file {path}.")
        return convert_source(shown(path), lambda: read_file(path, limits), folders, options)
    if not hasattr(source, "read"):
        raise UsageError(f"A document is a path, bytes or a binary file, not {type(source).__name__}.")
    name = str(getattr(source, "name", "stream"))
    return convert_source(name, lambda: read_stream(source, limits), folders, options)


def known_year(year: int | None, folders: Folders) -> None:
    """Refuse a year for which there is no profile.

    Raises:
        UsageError: there is none.
    """
    known = years(folders, "profiles")
    if year is not None and year not in known:
        raise UsageError(f"Performance year {year} is not known; known are {known[0]} to {known[-1]}.")


def convert_source(
    name: str, read: Callable[[], bytes], folders: Folders, options: Options = DEFAULT_OPTIONS
) -> Conversion:
    """Read and convert one document; that it cannot be read is a finding. Arguments as for `convert_bytes`."""
    try:
        data = read()
    except SourceError as error:
        return unread(name, error, options)
    return convert_bytes(data, name, folders, options)


def unread(name: str, error: SourceError, options: Options) -> Conversion:
    """Return the conversion of a document that could not be read."""
    findings = Collector()
    if isinstance(error, TooLargeError):
        findings.add(kinds.FILE_TOO_LARGE, limit=int(str(error)))
    elif isinstance(error, ArchiveError):
        findings.add(kinds.ZIP_LIMIT, problem=error)
    else:
        findings.add(kinds.FILE_UNREADABLE, problem=error)
    return Conversion(name, findings, options.blocking)


def convert_bytes(data: bytes, name: str, folders: Folders, options: Options = DEFAULT_OPTIONS) -> Conversion:
    """Convert one document.

    Args:
        data: the bytes of the document.
        name: name of the source, for reports.
        folders: where the data files are looked for.
        options: how it is converted.

    Returns:
        The conversion. Whatever is wrong with the document is a finding; nothing is raised for it.

    Raises:
        DataFileError: a data file is missing or does not have the right shape.
    """
    if options.submissions and looks_like_json(data):
        from converter.submission_check import check_json

        return check_json(data, name, folders, year=options.year, limits=options.limits)
    findings = Collector()
    conversion = Conversion(name, findings, options.blocking)
    try:
        tree = parse_xml(data, options.limits, findings)
        resolved = _understand(tree, folders, options.year, findings) if tree else None
        conversion = Conversion(name, findings, options.blocking, tree, resolved)
        if tree and resolved:
            examined = _examine(_context(resolved, tree, findings), folders)
            conversion = Conversion(name, findings, options.blocking, tree, resolved, examined)
    except ConverterError:
        raise
    except Exception as error:
        report_failure(findings, "pipeline", error)
    return conversion.with_findings(findings)


def _understand(tree: XmlTree, folders: Folders, asserted: int | None, findings: Collector) -> Resolved | None:
    """Read a document, find its year - or the one that it is taken for - and say what it means in it."""
    root = tree.root
    without_namespace = local_name(root) == "ClinicalDocument" and give_namespace(root)
    templates = document_templates(root)
    namespace = str(root.tag)[1:].partition("}")[0] if str(root.tag).startswith("{") else ""
    other = kind_of_root(local_name(root), namespace, {one.root or "" for one in templates})
    if other:
        findings.add(kinds.NOT_QRDA_III, tree.place(root), what=other[0], remedy=other[1])
        return None
    if without_namespace:
        findings.add(kinds.NO_NAMESPACE, tree.place(root))
    editions = load_editions(folders)
    profile = load_profile(folders, max(template_years(templates, editions) or editions.known))
    document = _read(tree, profile)
    year = find_year(document, editions, asserted, tree, findings)
    if year is None:
        return None
    of_year = load_profile(folders, year)
    if of_year.types != profile.types:
        document = _read(tree, of_year)
    return resolve(document, of_year, load_catalog(folders, year))


def _read(tree: XmlTree, profile: Profile) -> Document:
    return parse(tree.root, profile.types, profile.identifiers["qualityMeasureGuid"], profile.not_submitted)


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


def _examine(context: Context, folders: Folders) -> Examined | None:
    """Ask all rules: of the document, and of its submission, be it whole or only what can be assembled of it."""
    run(CONVERT, context)
    if _failed(context.findings):
        return None
    whole = not _blocked(context.findings)
    lost = None if whole else left_out(context)
    context.assembled = assembled = (
        assemble_partly(context.resolved, lost.program, lost.entries) if lost else assemble(context.resolved)
    )
    run(CONVERTED, context)
    submission = check_written(SUBMISSION, context, assembled, folders, lost.categories if lost else None)
    return Examined(assembled, submission, whole and not _blocked(context.findings))


def _failed(findings: Collector) -> bool:
    """Whether a rule has failed: what it would have found may be missing."""
    return any(one.severity is Severity.ERROR and one.stage is Stage.TOOL for one in findings)


def _blocked(findings: Collector) -> bool:
    return any(one.severity is Severity.ERROR and one.stage in ALWAYS_BLOCKING for one in findings)
