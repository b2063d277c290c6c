"""The stages, by name and in order: from the bytes of an input to its result."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from converter.account.document_reading import DocumentReading, TreeReading
from converter.account.reading import NothingRead, Reading
from converter.deadline import OutOfTimeError, look, within
from converter.errors import ArchiveError, ConverterError, SourceError, TooLargeError, UsageError
from converter.examination.qrda3_document import examine
from converter.facts.catalog import load_catalog
from converter.facts.files import Folders
from converter.facts.profiles import Profile, load_editions, load_profile
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.failures import report_failure
from converter.findings.finding import Severity, Stage
from converter.model.document import Document
from converter.parsers.qrda3.header import document_templates
from converter.parsers.qrda3.kind import is_qrda3
from converter.parsers.qrda3.walk import parse
from converter.resolve.edition import find_year, template_years
from converter.resolve.measures import resolve
from converter.result import ALWAYS_BLOCKING, STRICTLY_BLOCKING, Conversion, Result, SubmissionCheck
from converter.source.inputs import reason
from converter.source.limits import DEFAULT_LIMITS, Limits
from converter.source.sniff import looks_like_json
from converter.source.xml.parse import parse_xml
from converter.source.xml.tree import XmlTree

if TYPE_CHECKING:
    from converter.structure import Structure


class Options(NamedTuple):
    """How inputs are converted.

    Attributes:
        year: performance year that they are said to be of; None to find it from the document.
        strict: whether what CMS would reject blocks as well.
        submissions: whether a QPP JSON file is checked as it is, in place of being refused.
        limits: sizes beyond which an input is refused.
        structure: the schema with which the structure of a document is compared; None where it is not.
        guide: whose implementation guide a document is compared with: `cms` or `hl7`; None for nobody's.
        strict_guide: whether what that guide requires blocks as well.
    """

    year: int | None = None
    strict: bool = False
    submissions: bool = False
    limits: Limits = DEFAULT_LIMITS
    structure: "Structure | None" = None
    guide: str | None = None
    strict_guide: bool = False

    @property
    def blocking(self) -> frozenset[Stage]:
        """Stages whose errors block."""
        stages = STRICTLY_BLOCKING if self.strict else ALWAYS_BLOCKING
        return stages | {Stage.GUIDE} if self.strict_guide else stages


DEFAULT_OPTIONS = Options()
_NO_MEMORY = "to read it takes more memory than there is"


def convert_source(
    name: str, read: Callable[[], bytes], folders: Folders, options: Options = DEFAULT_OPTIONS
) -> Result:
    """Read and convert one input; that it cannot be read is a finding. Arguments as for `convert_bytes`."""
    try:
        data = read()
    except UsageError:
        raise
    except SourceError as error:
        return _unread(name, error, options)
    except Exception as error:  # whatever reading has raised is a matter of this input
        return _unread(name, SourceError(reason(error)), options)
    return convert_bytes(data, name, folders, options)


def _unread(name: str, error: SourceError, options: Options) -> Conversion:
    """The result of an input that could not be read."""
    findings = Collector()
    if isinstance(error, TooLargeError):
        findings.add(kinds.FILE_TOO_LARGE, limit=int(str(error)))
    else:
        kind = kinds.ZIP_LIMIT if isinstance(error, ArchiveError) else kinds.FILE_UNREADABLE
        findings.add(kind, problem=error, fix=error.remedy or kind.fix)
    return Conversion(name, findings, options.blocking)


def convert_bytes(data: bytes, name: str, folders: Folders, options: Options = DEFAULT_OPTIONS) -> Result:
    """Convert one input.

    Args:
        data: its bytes.
        name: name of the source, for reports.
        folders: where the data files are looked for.
        options: how it is converted.

    Returns:
        The result. Whatever is wrong with the input is a finding; nothing is raised for it.

    Raises:
        DataFileError: a data file is missing or does not have the right shape.
    """
    reader = next(one for one in READERS if one.takes(data, options))
    findings = Collector()
    reading: Reading = NothingRead()
    try:
        with within(options.limits.seconds):
            for reached in reader.stages(data, folders, options, findings):
                look()
                reading = reached
            if options.limits.seconds is not None:
                return _complete(reader.result(name, findings, options.blocking, data, reading))
    except OutOfTimeError:
        return took_too_long(name, options, reader.result)
    except ConverterError:
        raise
    except MemoryError:
        findings.add(kinds.XML_LIMIT, problem=_NO_MEMORY)
    except Exception as error:
        report_failure(findings, f"reading of {reader.name}", error)
    return reader.result(name, findings, options.blocking, data, reading)


def _document_stages(data: bytes, folders: Folders, options: Options, findings: Collector) -> Iterator[Reading]:
    """Read a QRDA III document, find its year - or the one that it is taken for - and ask all rules of it."""
    tree = parse_xml(data, options.limits, findings)
    if tree is None:
        return
    yield TreeReading(tree)
    if not is_qrda3(tree, findings):
        return
    editions = load_editions(folders)
    profile = load_profile(folders, max(template_years(document_templates(tree.root), editions) or editions.known))
    document = _parse(tree, profile)
    year = find_year(document, editions, options.year, tree, findings)
    if year is not None:
        of_year = load_profile(folders, year)
        if of_year.types != profile.types:
            document = _parse(tree, of_year)
        resolved = resolve(document, of_year, load_catalog(folders, year))
        yield DocumentReading(tree, resolved)
        reading = DocumentReading(tree, resolved, *examine(resolved, tree, findings, folders))
        yield reading
    if options.structure:
        from converter.examination.repeated import not_repeated
        from converter.structure import examine_structure

        for finding in list(not_repeated(examine_structure(tree, options.structure), findings)):
            findings.keep(finding)
    if options.guide:
        from converter.examination.guide import examine_guide

        asserted = options.year is not None
        failed = examine_guide(tree, findings, folders, year, asserted=asserted, whose=options.guide)
        if year is not None:
            yield reading.failing(failed)


def _parse(tree: XmlTree, profile: Profile) -> Document:
    return parse(tree.root, profile.types, profile.identifiers["qualityMeasureGuid"], profile.not_submitted)


def _json_stages(data: bytes, folders: Folders, options: Options, findings: Collector) -> Iterator[Reading]:
    """Read a QPP JSON file, and ask the submission rules of each submission of it."""
    from converter.account.json_reading import JsonReading
    from converter.examination.qpp_json_file import examine_file
    from converter.source.json.json_tree import parse_json

    tree = parse_json(data, options.limits, findings)
    if tree is None:
        return
    yield JsonReading(tree, [])
    yield JsonReading(tree, examine_file(tree.data, findings, tree.place, folders, options.year))


def _complete(result: Result) -> Result:
    """Work out all that findings say, which is otherwise done when they are asked for."""
    result.findings  # noqa: B018
    return result


def took_too_long(name: str, options: Options, kind: type[Result] = Conversion) -> Result:
    """Return the result of an input whose time was over."""
    findings = Collector()
    findings.add(kinds.FILE_TOOK_TOO_LONG, seconds=options.limits.seconds)
    return kind(name, findings, options.blocking)


def is_settled(result: Result) -> bool:
    """Whether the same bytes give the same result again: no want of time or memory and no failure of the tool made it.

    What could not be read is not settled either.
    """
    return bool(result.size) and not any(
        (one.stage is Stage.TOOL and one.severity is Severity.ERROR)
        or one.kind in (kinds.FILE_TOOK_TOO_LONG, kinds.PROCESS_ENDED)
        or (one.kind is kinds.XML_LIMIT and _NO_MEMORY in one.message)
        for one in result.findings
    )


class Reader(NamedTuple):
    """A kind of input.

    Attributes:
        name: its name.
        takes: tells whether bytes are of this kind.
        stages: goes through them, and yields after each stage what a result can be asked by then.
        result: makes the result.
    """

    name: str
    takes: Callable[[bytes, Options], bool]
    stages: Callable[[bytes, Folders, Options, Collector], Iterator[Reading]]
    result: type[Result]


def _is_submission(data: bytes, options: Options) -> bool:
    return options.submissions and looks_like_json(data)


def _is_any(_data: bytes, _options: Options) -> bool:
    """What is no document of QRDA III is told by its stages."""
    return True


READERS = (
    Reader("QPP JSON", _is_submission, _json_stages, SubmissionCheck),
    Reader("QRDA III", _is_any, _document_stages, Conversion),
)
"""The kinds of input. The first that takes an input reads it."""
