"""Texts of files that options name, such as a profile, a roster or a token."""

from pathlib import Path

from converter.errors import SourceError, TooLargeError, UsageError
from converter.source.inputs import read_file
from converter.source.limits import DEFAULT_LIMITS


def text_of(path: Path, what: str) -> str:
    """Return the text of a file; `what` says what it is, after the article.

    Raises:
        UsageError: it cannot be read, is larger than any document, or is no text in UTF-8.
    """
    try:
        return read_file(path, DEFAULT_LIMITS).decode("utf-8-sig")
    except TooLargeError as error:
        raise UsageError(f"The {what} is larger than {error} MB.") from error
    except SourceError as error:
        raise UsageError(f"The {what} cannot be read: {error}.") from error
    except ValueError as error:
        raise UsageError(f"The {what} is not a text in UTF-8.") from error
