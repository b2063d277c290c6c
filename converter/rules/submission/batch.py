"""The same submission in several files of a run: the one sent last replaces the others as a whole (SV-014, SV-095)."""

from collections.abc import Iterable

from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.finding import Finding
from converter.rules.submission.context import SubmissionContext
from converter.rules.submission.subject import Subject

_WHO = {
    "individual": "clinician (NPI and TIN)",
    "group": "group (TIN)",
    "virtualGroup": "virtual group",
    "apm": "APM entity",
    "subgroup": "subgroup",
}


class Batch:
    """Remembers the measurement sets of a run: a few short texts for each, whatever its size."""

    __slots__ = ("_files",)

    def __init__(self) -> None:
        self._files: dict[tuple[object, ...], tuple[str, str]] = {}

    def repeated(self, name: str, contexts: Iterable[SubmissionContext]) -> list[Finding]:
        """Remember the submissions of a file, and return what is said of those that were there before.

        Args:
            name: name of the file as reports show it, without TIN and NPI.
            contexts: its submissions.
        """
        findings = Collector()
        for context in contexts:
            subject = context.subject
            who = _identity(subject)
            for one in subject.sets if who else ():
                key = (context.year, subject.entity_type, who, *one.key)
                file, pointer = self._files.setdefault(key, (name, subject.pointer))
                if (file, pointer) == (name, subject.pointer):
                    continue  # a set that stands twice in one submission has a finding of its own
                findings.add(
                    kinds.IDENTITY_REPEATED,
                    context.find_place(one.pointer),
                    category=one.name,
                    who=_WHO.get(subject.entity_type or "", "entity"),
                    program=one.program,
                    year=context.year,
                    other=file if file != name else "another submission of this file",
                )
        return list(findings)


def _identity(subject: Subject) -> tuple[str, ...]:
    """Who reports; empty where that is not said in full."""
    if subject.entity_type == "individual":
        return (subject.npi, subject.tin) if subject.npi and subject.tin else ()
    one = subject.tin if subject.entity_type == "group" else subject.entity_id
    return (one,) if one else ()
