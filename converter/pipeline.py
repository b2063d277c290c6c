"""The stages of a conversion, by name and in order."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO, TypeAlias

from converter.assemble.assembled import Assembled
from converter.assemble.submission import assemble
from converter.catalog.catalog import load_catalog
from converter.conversion import ALWAYS_BLOCKING, STRICTLY_BLOCKING, Conversion
from converter.errors import ArchiveError, ConverterError, SourceError, TooLargeError, UsageError
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.finding import Severity
from converter.parsers.header import document_templates
from converter.parsers.shapes import untyped_shapes
from converter.parsers.walk import parse
from converter.profiles.profile import load_editions, load_profile
from converter.resolve.measures import resolve
from converter.resolve.resolved import Resolved
from converter.resources import Folders, data_folders, years
from converter.rules import CONVERT, SUBMISSION, Context, run
from converter.rules.context import report_failure
from converter.rules.edition import find_year, template_years
from converter.source.inputs import read_file, read_stream, shown
from converter.source.limits import DEFAULT_LIMITS, Limits
from converter.source.parse import parse_xml
from converter.source.sniff import kind_of_root
from converter.source.tree import XmlTree, local_name

Source: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO
CatalogFolders: TypeAlias = str | Path | Iterable[str | Path] | None


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
    return _convert(source, year, catalog, strict=False, limits=limits)


def check(
    source: Source,
    *,
    year: int | None = None,
    catalog: CatalogFolders = None,
    limits: Limits = DEFAULT_LIMITS,
    xsd: str | os.PathLike[str] | None = None,
) -> Conversion:
    """Convert one document like `convert`, blocked also by what CMS would reject (errors of stage `submission`).

    Its structure is checked as well, which gives warnings of stage `guide`. `xsd` is the file of another schema than
    our own, such as the one of CDA.

    Raises:
        UsageError: the source or the schema does not exist, the schema cannot be used, or the year is not known.
        DataFileError: a catalog folder is missing or one of its files does not have the right shape.
    """
    from converter.rules.guide import load_structure

    structure = load_structure(xsd)
    return _convert(source, year, catalog, strict=True, limits=limits).check_structure(structure)


def _convert(source: Source, year: int | None, catalog: CatalogFolders, *, strict: bool, limits: Limits) -> Conversion:
    folders = data_folders(catalog)
    known_year(year, folders)
    if isinstance(source, bytes | bytearray | memoryview):
        return convert_bytes(bytes(source), "bytes", folders, year=year, strict=strict, limits=limits)
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        if not path.is_file():
            raise UsageError(f"There is no file {path}.")
        return convert_source(
            shown(path), lambda: read_file(path, limits), folders, year=year, strict=strict, limits=limits
        )
    if not hasattr(source, "read"):
        raise UsageError(f"A document is a path, bytes or a binary file, not {type(source).__name__}.")
    name = str(getattr(source, "name", "stream"))
    return convert_source(name, lambda: read_stream(source, limits), folders, year=year, strict=strict, limits=limits)


def known_year(year: int | None, folders: Folders) -> None:
    """Refuse a year for which there is no profile.

    Raises:
        UsageError: there is none.
    """
    known = years(folders, "profiles")
    if year is not None and year not in known:
        raise UsageError(f"Performance year {year} is not known; known are {known[0]} to {known[-1]}.")


def convert_source(
    name: str,
    read: Callable[[], bytes],
    folders: Folders,
    *,
    year: int | None = None,
    strict: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Conversion:
    """Read and convert one document; that it cannot be read is a finding. Arguments as for `convert_bytes`."""
    try:
        data = read()
    except SourceError as error:
        return unread(name, error, strict)
    return convert_bytes(data, name, folders, year=year, strict=strict, limits=limits)


def unread(name: str, error: SourceError, strict: bool) -> Conversion:
    """Return the conversion of a document that could not be read."""
    findings = Collector()
    if isinstance(error, TooLargeError):
        findings.add(kinds.FILE_TOO_LARGE, limit=error)
    elif isinstance(error, ArchiveError):
        findings.add(kinds.ZIP_LIMIT, problem=error)
    else:
        findings.add(kinds.FILE_UNREADABLE, problem=error)
    return Conversion(name, findings, STRICTLY_BLOCKING if strict else ALWAYS_BLOCKING)


def convert_bytes(
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

    Raises:
        DataFileError: a data file is missing or does not have the right shape.
    """
    findings = Collector()
    blocking = STRICTLY_BLOCKING if strict else ALWAYS_BLOCKING
    tree = resolved = assembled = None
    try:
        tree = parse_xml(data, limits, findings)
        if tree:
            resolved = _understand(tree, folders, year, findings)
        if tree and resolved:
            assembled = _examine(_context(resolved, tree, findings))
    except ConverterError:
        raise
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


def _context(resolved: Resolved, tree: XmlTree, findings: Collector) -> Context:
    types, measure_root = resolved.profile.types, resolved.profile.identifiers["qualityMeasureGuid"]
    return Context(resolved, tree, findings, find_shapes=lambda: untyped_shapes(tree.root, types, measure_root))


def _examine(context: Context) -> Assembled | None:
    run(CONVERT, context)
    if _blocked(context.findings):
        return None
    context.assembled = assemble(context.resolved)
    run(SUBMISSION, context)
    return None if _blocked(context.findings) else context.assembled


def _blocked(findings: Collector) -> bool:
    return any(one.severity is Severity.ERROR and one.stage in ALWAYS_BLOCKING for one in findings)
