"""The files that are looked at: an upload, or the documents of an archive; and what each of them is."""

from pathlib import PurePosixPath

from converter.account.across_files import Batch
from converter.door import check_options, known_year
from converter.errors import AnswerError, SourceError, UsageError
from converter.explanation.response import explain_response
from converter.explanation.response.explained import ExplainedAnswer
from converter.findings.mask import masked_text
from converter.pipeline import Options, convert_source
from converter.result import Result
from converter.service.work import Wanted
from converter.source.archives import Held, archive_members
from converter.source.inputs import Input
from converter.source.limits import Limits
from converter.source.sniff import is_archive
from converter.structure import load_structure

_ENDINGS = (".xml", ".json")
_BLANKS = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
_HEAD = 4096


def held(name: str, data: bytes) -> Input:
    """Return a file that is in memory; it can travel to another process."""
    return Input(name, PurePosixPath("file"), data.__bytes__, None, len(data))


def files_in(name: str, data: bytes, limits: Limits) -> list[Input]:
    """Return the documents of an archive, or the file itself where it is none.

    An archive that cannot be listed is one file that cannot be read.
    """
    if not is_archive(data):
        return [held(name, data)]
    return list(archive_members(Held(name, data), PurePosixPath(), limits, _ENDINGS))


def options(wanted: Wanted) -> Options:
    """Return how documents are checked: as thoroughly as can be, whatever becomes of them."""
    return check_options(wanted.year, wanted.limits, load_structure(None), wanted.guide)


def read(file: Input, wanted: Wanted, sent: Input | None = None) -> Result | ExplainedAnswer:
    """Check a document, or explain an answer of CMS, whichever it is; `sent` is the file that was answered.

    Raises:
        UsageError: the year is not known.
    """
    known_year(wanted.year, wanted.folders)
    try:
        data = file.read()
    except SourceError:
        data = b""  # the check says why
    if data and not data[:_HEAD].lstrip(_BLANKS).startswith((b"<", b"PK")):
        try:
            return _explained(data, wanted, sent)
        except AnswerError:
            pass  # QPP JSON, or what is neither: the check says what it is
    result = convert_source(file.name, file.read, wanted.folders, options(wanted))
    return result.compared(Batch())  # QPP JSON may have several submissions


def shown_name(file: Input, wanted: Wanted) -> str:
    """Return the name of a file as it is shown."""
    return file.name if wanted.show_ids else masked_text(file.name)


def _explained(data: bytes, wanted: Wanted, sent: Input | None) -> ExplainedAnswer:
    source = sent.read() if sent else None
    # The last folder is the one that is shipped, which is looked in at any rate.
    how = {"year": wanted.year, "catalog": wanted.folders[:-1], "show_ids": wanted.show_ids}
    try:
        return explain_response(data, source=source, **how)  # type: ignore[arg-type]
    except AnswerError:
        raise
    except UsageError:
        if source is None:
            raise
        return explain_response(data, **how)  # type: ignore[arg-type]
