"""A file that a request brings, apart from what reads requests: the processes that convert need nothing of HTTP."""

from typing import NamedTuple


class Upload(NamedTuple):
    """A file of a request.

    Attributes:
        field: name of the field that it is in.
        name: name of the file, without folders and without control characters; `upload` where it has none.
        data: its bytes.
    """

    field: str
    name: str
    data: bytes
