"""The door for other programs: convert and check one input, and render results."""

import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias, cast

from converter.emitters.reports.formats import FORMATS, emitter
from converter.errors import UsageError
from converter.facts.files import Folders, data_folders, years
from converter.findings.mask import masked_text
from converter.language.english import listed
from converter.pipeline import Options, convert_bytes, convert_source
from converter.result import Conversion, Result, SubmissionCheck
from converter.source.inputs import read_file, read_stream, shown
from converter.source.limits import DEFAULT_LIMITS, Limits
from converter.source.url import Url, is_url, place_of

if TYPE_CHECKING:
    from converter.emitters.reports.report import Report
    from converter.structure import Structure

Source: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO
NO_GUIDE = "none"
GUIDES = ("cms", "hl7", NO_GUIDE)
"""Whose implementation guide a document is compared with: that of CMS, the one of HL7 that it is based on, or none."""

CatalogFolders: TypeAlias = str | Path | Iterable[str | Path] | None


def convert(
    source: Source,
    *,
    year: int | None = None,
    catalog: CatalogFolders = None,
    limits: Limits = DEFAULT_LIMITS,
    name: str | None = None,
) -> Conversion:
    """Convert one QRDA III document to QPP JSON.

    Args:
        source: path, URL, bytes or binary file of one document.
        year: performance year that the document is said to be of; None to find it from the document.
        catalog: folder or folders with catalogs and profiles that add or replace years.
        limits: sizes beyond which the document is refused.
        name: name of the source in findings and reports; None for that of the path or file.

    Returns:
        The conversion: `ok`, `submission`, `to_json()`, `findings`. It is blocked by errors of stage `xml` and
        `convert`. Whatever is wrong with the document is a finding; nothing is raised for it.

    Raises:
        UsageError: the source does not exist or is no document at all (a folder, a zip archive, a closed file), or the
            year is not known.
        DataFileError: a catalog folder is missing or one of its files does not have the right shape.
    """
    return cast(Conversion, read(source, catalog, Options(year=year, limits=limits), name))


def check(  # noqa: PLR0913 - options of a call
    source: Source,
    *,
    year: int | None = None,
    catalog: CatalogFolders = None,
    limits: Limits = DEFAULT_LIMITS,
    name: str | None = None,
    xsd: str | os.PathLike[str] | None = None,
    guide: str = "cms",
    strict_guide: bool = False,
) -> Conversion | SubmissionCheck:
    """Convert one document like `convert`, blocked also by what CMS would reject (errors of stage `submission`).

    A QPP JSON file is taken as well: a submission, a measurement set by itself, or a list of submissions. The structure
    of a document is checked too, which gives warnings of stage `guide`. `xsd` is the file of another schema than our
    own, such as the one of CDA.

    A document is compared with the implementation guide of its year as well: that of CMS, with `guide="hl7"` the one of
    HL7 that it is based on, or none. What fails is a warning of stage `guide`, and in `assertions`; with `strict_guide`
    what the guide requires blocks, too.

    Raises:
        UsageError: as for `convert`; the schema does not exist or cannot be used; or the guide is not one of those.
        DataFileError: a catalog folder is missing or one of its files does not have the right shape.
    """
    from converter.structure import load_structure

    options = check_options(year, limits, load_structure(xsd), guide, strict_guide)
    return cast(Conversion | SubmissionCheck, read(source, catalog, options, name))


def check_options(
    year: int | None, limits: Limits, structure: "Structure", guide: str, strict_guide: bool = False
) -> Options:
    """Return how inputs are checked.

    Raises:
        UsageError: the guide is none of those that there are.
    """
    if guide not in GUIDES:
        raise UsageError(f"There is no guide {guide!r}; choose {listed(GUIDES, 'or')}.")
    if strict_guide and guide == NO_GUIDE:
        raise UsageError("A guide that is not checked cannot block; choose cms or hl7.")
    return Options(
        year=year,
        strict=True,
        submissions=True,
        limits=limits,
        structure=structure,
        guide=None if guide == NO_GUIDE else guide,
        strict_guide=strict_guide,
    )


def render(results: Result | Iterable[Result], form: str = "text", *, show_ids: bool = False) -> str:
    """Return the report of one or several results.

    Args:
        results: a result, or several of them.
        form: text, html, markdown, json, csv, sarif or error-json.
        show_ids: whether TIN and NPI are shown; otherwise all but their last four characters are masked.

    Raises:
        UsageError: there is no such format.
    """
    if form not in FORMATS:
        raise UsageError(f"There is no report format {form!r}; there are {', '.join(FORMATS)}.")
    ones: object = [results] if isinstance(results, Result) else results
    if isinstance(ones, str) or not isinstance(ones, Iterable):
        raise UsageError(f"A report is made of a result or of several, not of {type(results).__name__}.")
    return emitter(form)((_report(one) for one in ones), show_ids)


def _report(result: object) -> "Report":
    if not isinstance(result, Result):
        raise UsageError(f"A report is made of results, not of {type(result).__name__}.")
    return result.report()


def known_year(year: int | None, folders: Folders) -> None:
    """Refuse a year for which there is no profile.

    Raises:
        UsageError: there is none, or it is no whole number.
    """
    if year is None:
        return
    if not isinstance(year, int) or isinstance(year, bool):
        raise UsageError(f"A performance year is a whole number such as 2025, not {year!r}.")
    known = years(folders, "profiles")
    if year not in known:
        raise UsageError(f"Performance year {year} is not known; known are {known[0]} to {known[-1]}.")


def read(source: Source | Url, catalog: CatalogFolders, options: Options, name: str | None) -> Result:
    """Return the result of one input; arguments and errors as for `check`."""
    _meant(catalog, options, name)
    folders, limits = data_folders(catalog), options.limits
    known_year(options.year, folders)
    if isinstance(source, bytes | bytearray | memoryview):
        return convert_bytes(bytes(source), name or "bytes", folders, options)
    if isinstance(source, str) and is_url(source):
        source = place_of(source)
    if isinstance(source, Url):
        return convert_source(name or str(source), one_document(source, limits), folders, options)
    if isinstance(source, str | os.PathLike):
        path = usable_path(source)
        return convert_source(name or shown(path), lambda: read_file(path, limits), folders, options)
    if not hasattr(source, "read"):
        raise UsageError(f"A document is a path, bytes or a binary file, not {type(source).__name__}.")
    if getattr(source, "closed", False):
        raise UsageError("The file is closed; give one that is open for reading.")
    if hasattr(source, "encoding"):
        raise UsageError("The file is open as text; open it in binary mode ('rb'), so that its encoding can be read.")
    name = name or str(getattr(source, "name", "stream"))
    return convert_source(name, lambda: read_stream(source, limits), folders, options)


def _meant(catalog: CatalogFolders, options: Options, name: str | None) -> None:
    """Refuse arguments of another type.

    Raises:
        UsageError: one of them is.
    """
    if name is not None and not isinstance(name, str):
        raise UsageError(f"The name of a source is a text, not {type(name).__name__}.")
    if not isinstance(options.limits, Limits):
        raise UsageError(f"Limits are a converter.Limits, not {type(options.limits).__name__}.")
    if catalog is not None and not isinstance(catalog, str | Path | Iterable):
        raise UsageError(f"A catalog is a folder or several, not {type(catalog).__name__}.")


def one_document(url: Url, limits: Limits) -> Callable[[], bytes]:
    """Return what reads the document at a URL.

    Raises:
        UsageError: its protocol cannot be used, or it names no document.
    """
    from converter.source.object_store import known_protocol, read_object

    known_protocol(url)
    if url.is_folder or url.suffix.lower() == ".zip":
        what = "a folder" if url.is_folder else "a zip archive"
        raise UsageError(f"{masked_text(str(url))} is {what}; give the URL of one document, or use convert_many.")
    return partial(read_object, url, limits)


_LONGEST_PATH = 4096


def is_content(text: str) -> bool:
    """Whether a text is no path but what would be in a file; a path that exists is one, however it begins."""
    if os.path.exists(text):
        return False
    return len(text) > _LONGEST_PATH or "\n" in text or text.lstrip("\ufeff \t\r").startswith(("<", "{", "["))


def usable_path(source: str | os.PathLike[str]) -> Path:
    """Return the path of one document.

    Raises:
        UsageError: it is not that. What is not a path may be a document with a TIN in it, and is not repeated.
    """
    text = os.fspath(source)
    if is_content(text):
        raise UsageError("This is the text of a document, not its path; give it as bytes, such as text.encode().")
    path, name = Path(source), masked_text(text)
    if not text:
        raise UsageError("The path is empty; give the path of one document.")
    if path.is_dir():
        raise UsageError(f"{name} is a folder; give the path of one document.")
    if not path.exists():
        raise UsageError(f"There is no file {name}.")
    if path.suffix.lower() == ".zip":
        raise UsageError(f"{name} is a zip archive; give one of the documents in it, as bytes or as a binary file.")
    return path
