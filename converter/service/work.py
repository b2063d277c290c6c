"""What the processes of the pool do: bytes and words in, the bytes of an answer out. No tree travels."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import PurePosixPath
from time import monotonic
from typing import NamedTuple

from converter.facts.files import Folders
from converter.pipeline import Options, convert_bytes, convert_source
from converter.result import Result
from converter.service.uploads import Upload
from converter.source.limits import Limits
from converter.source.sniff import is_archive

_ENDINGS = {False: (".xml",), True: (".xml", ".json")}


class Wanted(NamedTuple):
    """How documents are dealt with.

    Attributes:
        folders: where the data files are looked for.
        limits: sizes and time beyond which they are refused; the time is that of all documents of a request.
        check: whether QPP JSON is taken, and the structure of QRDA III compared with its schema.
        strict: whether what CMS would reject blocks.
        year: performance year that they are said to be of, or None.
        show_ids: whether identifiers are shown.
    """

    folders: Folders
    limits: Limits
    check: bool = False
    strict: bool = False
    year: int | None = None
    show_ids: bool = False


class Answer(NamedTuple):
    """An answer, ready to be sent.

    Attributes:
        status: its HTTP status.
        body: its bytes.
        passed: number of documents in which nothing blocked.
        blocked: number of the others.
    """

    status: int
    body: bytes
    passed: int
    blocked: int


def prepare() -> None:
    """Load what every request needs, and keep reports in memory."""
    for module in ("emitters.reports.report_json", "emitters.reports.error_json", "structure", "explanation.lookup"):
        import_module(f"converter.{module}")
    from converter.emitters.reports.spool import keep_in_memory

    keep_in_memory()


def results(uploads: Sequence[Upload], wanted: Wanted) -> Iterator[Result]:
    """Yield what becomes of each document, in the order of the files and of the names in an archive.

    What does not fit into the time of the request is a result that says so.
    """
    end = monotonic() + (wanted.limits.seconds or 0)
    structure = None
    if wanted.check:
        from converter.structure import load_structure

        structure = load_structure(None)
    for upload in uploads:
        options = Options(wanted.year, wanted.strict, wanted.check, wanted.limits, structure)
        if not is_archive(upload.data):
            yield convert_bytes(upload.data, upload.name, wanted.folders, _until(options, end))
            continue
        from converter.source.archives import Held, archive_members

        for item in archive_members(
            Held(upload.name, upload.data), PurePosixPath(), wanted.limits, _ENDINGS[wanted.check]
        ):
            yield convert_source(item.name, item.read, wanted.folders, _until(options, end))


def _until(options: Options, end: float) -> Options:
    return options._replace(limits=options.limits._replace(seconds=max(0.001, end - monotonic())))
