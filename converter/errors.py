"""Exceptions: for misuse and a broken environment only. What is wrong with a document is a finding, never an exception.

ConverterError
├── UsageError          an argument that cannot be meant: an unknown year, a zip given to `convert`
├── DataFileError       a catalog or profile file that is missing or does not have the right shape
└── SourceError         input that could not be opened or read
"""


class ConverterError(Exception):
    """Base of all exceptions that this package raises on purpose."""


class UsageError(ConverterError):
    """The call cannot be meant: an unknown year, a source of the wrong kind."""


class DataFileError(ConverterError):
    """A catalog or profile file is missing or does not have the right shape."""


class SourceError(ConverterError):
    """Input could not be opened or read (missing file, no permission, damaged zip)."""
