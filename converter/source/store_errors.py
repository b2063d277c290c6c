"""What goes wrong in an object store, in plain words.

What the libraries say of it is not repeated: it may hold secrets.
"""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from converter.errors import ConverterError, SourceError
from converter.source.inputs import reason


class Why(NamedTuple):
    """Why a store does not do what it is asked, and what to do."""

    words: str
    remedy: str


class StoreError(OSError):
    """A store does not do what it is asked. `strerror` says why in plain words, without names and secrets.

    Attributes:
        why: the same, and what to do.
        absent: whether there is nothing at the address.
    """

    def __init__(self, why: Why) -> None:
        super().__init__(errno.EIO, why.words)
        self.why = why
        self.absent = why in (_NOT_THERE, _NO_BUCKET)

    def __reduce__(self) -> tuple[type["StoreError"], tuple[Why]]:
        return type(self), (self.why,)

    def as_source_error(self) -> SourceError:
        """Return the same for a document that is read."""
        return SourceError(self.why.words, self.why.remedy)


_ADDRESS = "Check the address, and whether the file is still there."
_NOT_THERE = Why("there is nothing at this address", _ADDRESS)
_NO_BUCKET = Why("there is no such bucket", "Check the name of the bucket.")
_NOT_VALID = Why("the address is not valid", "Check the address, above all the name of the bucket or server.")
_DENIED = Why("access is denied", "Ask those who run the store for the right to list, read and write there.")
_CREDENTIALS = Why("the credentials are not accepted", "Check the access key and its secret, and whether they expired.")
_NO_CREDENTIALS = Why("there are no credentials for it", "Set the credentials, as docs/scale.md shows.")
_UNREACHABLE = Why("the server cannot be reached", "Check the network and the address of the server, then run again.")
_BUSY = Why("the server is too busy, or has failed", "Run again later, with fewer --jobs if it happens often.")
_NO_WRITING = Why("nothing can be written there", "Name a folder or an object store.")
NO_PARTS = Why("the server gives no parts of a file", "Download the archive, and give the path of the copy.")

_BY_NAME = {
    "NoSuchBucket": _NO_BUCKET,
    **dict.fromkeys(("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken"), _CREDENTIALS),
    **dict.fromkeys(("TokenRefreshRequired", "RequestTimeTooSkewed", "AuthenticationException", "401"), _CREDENTIALS),
    **dict.fromkeys(("NoCredentialsError", "PartialCredentialsError", "ProfileNotFound"), _NO_CREDENTIALS),
    **dict.fromkeys(("CredentialRetrievalError", "TokenRetrievalError", "DefaultCredentialsError"), _NO_CREDENTIALS),
    **dict.fromkeys(("PermissionError", "403"), _DENIED),
    **dict.fromkeys(("FileNotFoundError", "404", "410"), _NOT_THERE),
    **dict.fromkeys(("InvalidBucketName", "ParamValidationError", "InvalidURL"), _NOT_VALID),
    **dict.fromkeys(("IsADirectoryError", "NotADirectoryError"), _NOT_VALID),
    **dict.fromkeys(("SlowDown", "ServiceUnavailable", "InternalError", "429", "500", "502", "503", "504"), _BUSY),
    **dict.fromkeys(("ConnectionError", "ClientConnectionError", "HTTPClientError", "TimeoutError"), _UNREACHABLE),
    **dict.fromkeys(("gaierror", "ServerDisconnectedError", "FSTimeoutError"), _UNREACHABLE),
    **dict.fromkeys(("NotImplementedError", "UnsupportedOperation"), _NO_WRITING),
}
"""Name of an error of a store, status of a server, or name of a class of errors -> what it means."""
_EMPTY = ("InvalidRange", "416")
"""What a store says when the first bytes of an empty object are asked for."""


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what the libraries raise into a `StoreError`."""
    try:
        yield
    except (ConverterError, StoreError):
        raise
    except Exception as error:
        raise StoreError(_why(error)) from None


def is_empty(error: Exception) -> bool:
    """Whether a store says that an object is empty, of which the first bytes were asked for."""
    return any(name in _EMPTY for name in _names(error))


def _why(error: Exception) -> Why:
    names = _names(error)
    for name in names:
        if name in _BY_NAME:
            return _BY_NAME[name]
    if isinstance(error, MemoryError):
        return Why(reason(error), "Convert the file on a machine with more memory.")
    return Why(f"the store failed ({names[0]})", "Check the address and the credentials, then run again.")


def _names(error: BaseException) -> list[str]:
    """Names by which an error is known: those that the store gave it, then those of its class and of its cause's."""
    given: list[str] = []
    kinds: list[str] = []
    # What fsspec says of a server that is not reached is that there is no such file.
    for one in filter(None, (error.__cause__, error)):
        response, status = getattr(one, "response", None), getattr(one, "status", None)
        if isinstance(response, dict):
            given.append(str(response.get("Error", {}).get("Code")))
        if isinstance(status, int):
            given.append(str(status))
        kinds += [kind.__name__ for kind in type(one).__mro__]
    return [*(name for name in given if re.fullmatch(r"[A-Za-z0-9]{3,40}", name)), *kinds]
