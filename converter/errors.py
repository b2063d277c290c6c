"""Exceptions: for misuse and a broken environment only. What is wrong with a document is a finding, never an exception.

ConverterError
├── UsageError          a call that cannot be meant: an unknown year, no submission to write, nothing to convert
│   └── AnswerError     a file that was said to be an answer of CMS and is none
├── BlockedError        what `raise_for_findings` raises: something in a document blocked
├── DataFileError       a catalog or profile file that is missing or does not have the right shape
└── SourceError         input that could not be opened or read
    ├── TooLargeError   a document beyond the limit of its size
    └── ArchiveError    a zip archive that is damaged or beyond its limits
"""

from typing import Any


class ConverterError(Exception):
    """Base of all exceptions that this package raises on purpose."""


class UsageError(ConverterError):
    """The call cannot be meant: an unknown year, a source that does not exist, no submission to write."""


class AnswerError(UsageError):
    """A file that was said to be an answer of CMS is none, or is damaged. The text says what it is and what to do."""


class DataFileError(ConverterError):
    """A catalog or profile file is missing or does not have the right shape."""


class DataFileWarning(UserWarning):
    """A file of a catalog folder is left out, because its name is not that of a year."""


class SourceError(ConverterError):
    """Input could not be opened or read (no permission, a read error). The text says why, without the path.

    Attributes:
        remedy: what to do; None where that follows from the kind of error.
    """

    def __init__(self, text: str, remedy: str | None = None) -> None:
        super().__init__(text)
        self.remedy = remedy

    def __reduce__(self) -> tuple[type["SourceError"], tuple[str, str | None]]:
        return type(self), (str(self), self.remedy)


class TooLargeError(SourceError):
    """A document is larger than the limit. The text is the limit in megabytes."""


class ArchiveError(SourceError):
    """A zip archive is damaged, encrypted or beyond its limits."""


class BlockedError(ConverterError):
    """Something in a document blocked; raised only by `raise_for_findings`.

    Attributes:
        findings: the findings that blocked.
    """

    def __init__(self, words: str, findings: tuple[Any, ...]) -> None:
        first = f"; the first: {findings[0].id} {findings[0].message}" if findings else ""
        super().__init__(words + first)
        self.words = words
        self.findings = findings

    def __reduce__(self) -> tuple[type["BlockedError"], tuple[str, tuple[Any, ...]]]:
        return type(self), (self.words, self.findings)
