"""What is done with each input of a run, in this process or in another one."""

import json
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from converter.cli.output import remove_file, write_file
from converter.cli.overwrites import ERRORS, RESULT, result_path
from converter.emitters.reports.formats import emitter
from converter.facts.files import Folders, folders_here
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.finding import Kind, Severity, Stage
from converter.language.visible import visible_json
from converter.pipeline import Options, convert_source, is_settled
from converter.result import ALWAYS_BLOCKING, Conversion, Result
from converter.source.inputs import Input
from converter.source.url import PathOrUrl

if TYPE_CHECKING:  # one file of which nobody asks more than its JSON needs none of these
    from collections.abc import Mapping

    from converter.account.across_files import Trace
    from converter.batch.record import Record
    from converter.findings.place import Place

EXIT_OK, EXIT_BLOCKED, EXIT_INTERNAL = 0, 1, 3
NO_PLACES: "Mapping[str, Place | None]" = {}


class Done(NamedTuple):
    """What became of an input.

    Attributes:
        code: exit code that it asks for.
        result: the result; None where nobody asks for more than the record.
        record: what is kept of it; None where nobody asks for it.
        name: its name as other files' findings give it.
        traces: what other files of the run may have to do with it.
        places: places of the pointers of the traces; none where no result is wanted.
        seconds: how long it took.
        content: SHA-256 of its bytes; empty where they might give another result another time.
        written: SHA-256 of its result in the folder of results; empty where none is there.
    """

    code: int
    result: Result | None
    record: "Record | None"
    name: str = ""
    traces: "tuple[Trace, ...]" = ()
    places: "Mapping[str, Place | None]" = NO_PLACES
    seconds: float = 0.0
    content: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """How each input is dealt with. It travels to other processes.

    Attributes:
        folders: where the data files are.
        options: how documents are converted.
        show_ids: whether identifiers are shown in records and error files.
        out: folder of the results, or its URL; None where none are written.
        verify: whether each result is compared with its schema.
        kept: whether results are wanted, for reports.
        recorded: whether records are wanted, for what is said of the run.
        compared: whether the files of the run are compared with each other.
    """

    folders: Folders
    options: Options
    show_ids: bool = False
    out: PathOrUrl | None = None
    verify: bool = False
    kept: bool = True
    recorded: bool = True
    compared: bool = False

    def __call__(self, item: Input) -> Done:
        """Deal with an input, of which nothing is kept but what can travel."""
        done = replace(self, folders=folders_here(self.folders)).here(item)
        if done.result is None or not self.kept:
            return done._replace(result=None)
        result = done.result
        places = {pointer: result.trace_place(pointer) for one in done.traces for pointer in one.pointers}
        return done._replace(result=result.detach(), places=places)

    def here(self, item: Input) -> Done:
        """Deal with an input in this process; the result still holds its document."""
        begin = time.perf_counter()
        result, written = self.written(self.result(item), item)
        traces = result.traces() if self.compared else ()
        content = result.sha256 if written and is_settled(result) else ""
        return self.done(result)._replace(
            name=result.masked_name if traces else "",
            traces=traces,
            seconds=time.perf_counter() - begin,
            content=content,
            written=written,
        )

    def done(self, result: Result) -> Done:
        """Return what became of an input in this process."""
        if not self.recorded:
            return Done(exit_code(result), result, None)
        from converter.batch.record import record

        return Done(exit_code(result), result, record(result, self.show_ids))

    def result(self, item: Input) -> Result:
        """Convert an input, and write nothing."""
        result = convert_source(item.name, item.read, self.folders, self.options)
        if self.verify and isinstance(result, Conversion):
            result = verified(result, self.folders)
        return result

    def written(self, result: Result, item: Input) -> tuple[Result, str]:
        """Write what became of an input; return its result, or one that says that it could not be written.

        With it comes the SHA-256 of what was written; it is empty where nothing was.
        """
        if self.out is not None and isinstance(result, Conversion):
            try:
                return result, self._write(result, item, self.out)
            except OSError as error:
                return failed(item, kinds.OUTPUT_UNWRITABLE, problem=error.strerror or type(error).__name__), ""
        return result, ""

    def _write(self, conversion: Conversion, item: Input, out: PathOrUrl) -> str:
        import hashlib  # one file of which nobody asks more than its JSON does not need it

        good, bad = result_path(out, item.output, RESULT), result_path(out, item.output, ERRORS)
        # The counterpart first: whenever the run is ended, there are never both.
        if conversion.ok:
            content = conversion.to_json(indent=2) + "\n"
            remove_file(bad)
            write_file(good, [content])
        else:
            remove_file(good)
            content = emitter("error-json")([conversion.report()], self.show_ids)
            write_file(bad, [content])
        return hashlib.sha256(content.encode("utf-8")).hexdigest()


def exit_code(result: Result) -> int:
    """Return the exit code of one result."""
    if result.ok:
        return EXIT_OK
    broken = any(one.stage is Stage.TOOL and one.severity is Severity.ERROR for one in result.findings)
    return EXIT_INTERNAL if broken else EXIT_BLOCKED


def failed(item: Input, kind: Kind, **words: str) -> Conversion:
    """Return the result of an input of which there is nothing but one finding."""
    findings = Collector()
    findings.add(kind, None, **words)  # type: ignore[arg-type]  # the words of a sentence
    return Conversion(item.name, findings, ALWAYS_BLOCKING)


def verified(conversion: Conversion, folders: Folders) -> Conversion:
    """Compare the JSON with the schema of its year, and with what is written of it as a typed submission."""
    from converter.shape.schema import malformed

    if not conversion.ok or conversion.year is None:
        return conversion
    written, submission = conversion.to_json(), conversion.submission
    problem = malformed(json.loads(written), folders, conversion.year)
    typed = None if submission is None else visible_json(submission.model_dump_json(exclude_none=True))
    if problem is None and typed != written:
        problem = "the JSON reads back differently"
    if problem is None:
        return conversion
    findings = Collector()
    findings.add(kinds.CHECK_FAILED, step="verify", problem=problem)
    return Conversion(conversion.name, findings, ALWAYS_BLOCKING)
