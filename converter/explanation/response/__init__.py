"""Explaining an answer of CMS: what each of its messages means, which rule it is, and where in the file it points."""

import os
from pathlib import Path

from converter.door import CatalogFolders, is_content, known_year
from converter.door import Source as Input
from converter.errors import UsageError
from converter.explanation.lookup import catalog_of
from converter.explanation.response.answer import Answer
from converter.explanation.response.explained import ExplainedAnswer
from converter.explanation.response.groups import grouped
from converter.explanation.response.read_answer import read_answer
from converter.explanation.response.submitted import Source, Submitted
from converter.explanation.response.values import Values
from converter.explanation.response.writer import Writer
from converter.facts.catalog import Catalog
from converter.facts.files import data_folders, years
from converter.findings.mask import Mask, masked_text
from converter.source.inputs import read_file, read_stream
from converter.source.limits import DEFAULT_LIMITS

__all__ = ["explain_response"]


def explain_response(
    response: Input,
    *,
    source: Input | None = None,
    year: int | None = None,
    catalog: CatalogFolders = None,
    show_ids: bool = False,
) -> ExplainedAnswer:
    """Explain an answer of CMS, message by message.

    Args:
        response: the answer, as path, bytes, binary file or its text itself: JSON of the submission API or of the
            upload page in any of its shapes, or a text with messages in it, such as an e-mail.
        source: the file that was sent (QRDA III, or QPP JSON), to show the places in it and what this tool finds there.
        year: performance year whose measures are meant; None for that of the source, or else for the latest with
            identifiers.
        catalog: folder or folders with catalogs that add or replace years.
        show_ids: do not mask what may be a TIN or NPI.

    Returns:
        What the answer says, as data and in words (`str()`), for a terminal of 100 columns. The first line says what
        kind of answer it is and how many messages it has.

    Raises:
        UsageError: a file is not there, is a folder or is closed, or the year is not known; `AnswerError`, which is
            one, where the response is no answer of CMS, or is damaged before its first message.
        SourceError: a file cannot be read.
        DataFileError: a catalog folder is missing or one of its files does not have the right shape.
    """
    folders = data_folders(catalog)
    if year is not None:
        catalog_of(folders, year)
    answer = read_answer(_bytes_of(response))
    submitted: Submitted = Submitted(answer.submission)
    if source is not None:
        known_year(year, folders)
        submitted = Source(_bytes_of(source), year=year, catalog=catalog)
    found = submitted.year if submitted.year in years(folders, "catalog") else None
    chosen = catalog_of(folders, year or found)
    return _explained(answer, submitted, chosen, Mask(submitted.secrets, show_ids), assumed=not (year or found))


def _explained(answer: Answer, submitted: Submitted, catalog: Catalog, mask: Mask, *, assumed: bool) -> ExplainedAnswer:
    groups = grouped(answer.messages, submitted, catalog)
    written = Writer(answer, submitted, catalog, mask, assumed=assumed).write(groups)
    return Values(catalog, mask).answer(answer, groups, written)


def _bytes_of(item: Input) -> bytes:
    if isinstance(item, bytes | bytearray | memoryview):
        return bytes(item)
    if isinstance(item, str) and is_content(item):
        return item.encode("utf-8", "replace")
    if isinstance(item, str | os.PathLike):
        path = Path(item)
        if path.is_dir():
            raise UsageError(f"{masked_text(str(path))} is a folder, not a file.")
        if not path.is_file():
            raise UsageError(f"There is no file {masked_text(str(path))}.")
        return read_file(path, DEFAULT_LIMITS)
    if not hasattr(item, "read"):
        raise UsageError(f"An answer or a source is a path, bytes or a binary file, not {type(item).__name__}.")
    if getattr(item, "closed", False):
        raise UsageError("The file is closed; it is read while it is open.")
    return read_stream(item, DEFAULT_LIMITS)
