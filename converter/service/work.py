"""What the processes of the pool do: bytes and words in, the bytes of an answer out. No tree travels."""

import json
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import PurePosixPath
from time import monotonic
from typing import NamedTuple

from converter.door import check_options
from converter.facts.files import Folders
from converter.pipeline import Options, convert_bytes, convert_source
from converter.result import Result
from converter.service.upload import Upload
from converter.source.limits import Limits
from converter.source.sniff import is_archive

_ENDINGS = {False: (".xml",), True: (".xml", ".json")}


class Wanted(NamedTuple):
    """How documents are dealt with.

    Attributes:
        folders: where the data files are looked for.
        limits: sizes and time beyond which they are refused; the time is that of all documents of a request.
        check: whether QPP JSON is taken, and QRDA III compared with its schema and the guide.
        strict: whether what CMS would reject blocks.
        year: performance year that they are said to be of, or None.
        show_ids: whether identifiers are shown.
        guide: the implementation guide that `check` compares with: cms, hl7 or none.
    """

    folders: Folders
    limits: Limits
    check: bool = False
    strict: bool = False
    year: int | None = None
    show_ids: bool = False
    guide: str = "cms"


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
    from converter.service.page.rendering import warm_up

    keep_in_memory()
    warm_up()


def results(uploads: Sequence[Upload], wanted: Wanted) -> Iterator[Result]:
    """Yield what becomes of each document, in the order of the files and of the names in an archive.

    What does not fit into the time of the request is a result that says so.
    """
    end = monotonic() + (wanted.limits.seconds or 0)
    options = Options(wanted.year, wanted.strict, limits=wanted.limits)
    if wanted.check:
        from converter.structure import load_structure

        options = check_options(wanted.year, wanted.limits, load_structure(None), wanted.guide)
    for upload in uploads:
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


def official(uploads: Sequence[Upload], wanted: Wanted, version: int) -> Answer:
    """Convert documents, and answer as the official API does.

    Args:
        uploads: one file: a document, or an archive of them.
        wanted: how they are converted.
        version: 1 for the bare submission, 2 for an object that has the warnings beside it.

    Returns:
        201 with the submission, or a list of them for an archive; 422 with the error JSON where a document was refused.
    """
    from converter.emitters.reports.formats import emitter

    found = list(results(uploads, wanted))
    bad = [one.report() for one in found if not one.ok]
    if bad:
        text = emitter("error-json")(bad, wanted.show_ids)
        return Answer(422, text.encode("utf-8", "replace"), len(found) - len(bad), len(bad))
    texts = [one.to_json(indent=2) if version == 1 else _with_warnings(one, wanted.show_ids) for one in found]
    whole = f"[{','.join(texts)}]" if is_archive(uploads[0].data) else texts[0]
    return Answer(201, f"{whole}\n".encode(), len(found), 0)


def _with_warnings(result: Result, show_ids: bool) -> str:
    from converter.emitters.reports.error_json import details
    from converter.findings.mask import masked_text
    from converter.language.visible import visible_json

    report = result.report()
    name = json.dumps(report.name if show_ids else masked_text(report.name), ensure_ascii=False)
    warnings = json.dumps(list(details(report, report.remarks, show_ids)), ensure_ascii=False, indent=2)
    return visible_json(f'{{"qpp": {result.to_json(indent=2)}, "warnings": {warnings}, "sourceIdentifier": {name}}}')


def documents(uploads: Sequence[Upload], wanted: Wanted, with_qpp: bool) -> Answer:
    """Convert or check documents, and answer with what was found, as our own API does.

    Args:
        uploads: documents and archives.
        wanted: how they are dealt with.
        with_qpp: whether the submissions are in the answer.
    """
    from converter.service import models
    from converter.service.questions import written

    found = list(results(uploads, wanted))
    rows = [one.to_dict(show_ids=wanted.show_ids) | {"ok": one.ok} for one in found]
    if with_qpp:
        ones = [
            row | {"qpp": json.loads(one.to_json()) if one.ok else None} for row, one in zip(rows, found, strict=True)
        ]
        body = written(models.Converted.model_validate({"documents": ones}))
    else:
        body = written(models.Checked.model_validate({"documents": rows}))
    return _answer(found, body)


def report(uploads: Sequence[Upload], wanted: Wanted, form: str) -> Answer:
    """Convert or check documents, and answer with a report on them in one of the formats of the command."""
    from converter.door import render

    found = list(results(uploads, wanted))
    return _answer(found, render(found, form, show_ids=wanted.show_ids).encode("utf-8", "replace"))


def _answer(found: Sequence[Result], body: bytes) -> Answer:
    passed = sum(1 for one in found if one.ok)
    return Answer(200, body, passed, len(found) - passed)
