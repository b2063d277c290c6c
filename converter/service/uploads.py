"""What a request brings: the files and fields of a form, read piece by piece and kept in memory only."""

import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote_to_bytes

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from converter.language.visible import visible
from converter.service.problems import Problem
from converter.service.upload import Upload

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FIELD = "file"
"""The field of a form in which the files are."""
_MOST_PARTS = 1000
_LONGEST_NAME = 200
_ENCODED_NAME = re.compile(rb";\s*filename\*=utf-8'[\w-]*'([^;\s\"]*)", re.IGNORECASE)
_BROKEN = "The form cannot be read: {}. Send it as multipart/form-data, for example with curl -F file=@export.xml."


@dataclass(slots=True)
class Form:
    """The files and fields of a request, in the order in which they came."""

    files: list[Upload] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


async def read_form(request: Request) -> Form:
    """Read a form, as multipart/form-data or as application/x-www-form-urlencoded.

    Raises:
        Problem: 415 for another type of content, 400 for what cannot be read.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind == b"multipart/form-data":
        return await _multipart(request, options.get(b"boundary", b""))
    if kind == b"application/x-www-form-urlencoded":
        body = await read_body(request)
        try:
            pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_PARTS)
        except ValueError as error:
            raise Problem(400, _BROKEN.format("it is not encoded as it says")) from error
        return Form(fields=dict(pairs))
    raise Problem(415, "Send the file as multipart/form-data, for example with curl -F file=@export.xml.")


async def read_body(request: Request) -> bytes:
    """Read the whole body of a request; its size is limited by the middleware."""
    held = BytesIO()
    async for piece in request.stream():
        held.write(piece)
    return held.getvalue()


def file_name(name: str) -> str:
    """Return the name of a file as it may be shown: without folders, in one line, and not too long."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return visible(last)[:_LONGEST_NAME] or "upload"


def no_file(form: Form, address: str) -> Problem:
    """Return the problem of a form that has no file in the field `file`, with what may have been meant."""
    words = f"There is no file in the field `{FIELD}`."
    if form.files:
        words += " The file is in another field."
    elif FIELD in form.fields:
        words += " It holds text; with curl, put an @ before the name of the file."
    return Problem(400, f"{words} Try: curl -F {FIELD}=@export.xml {address}")


async def _multipart(request: Request, boundary: bytes) -> Form:
    if not boundary:
        raise Problem(400, _BROKEN.format("its Content-Type names no boundary"))
    reader = _Reader()
    try:
        parser = MultipartParser(boundary, reader.callbacks())
        async for piece in request.stream():
            parser.write(piece)
        parser.finalize()
    except FormParserError as error:
        raise Problem(400, _BROKEN.format("it is damaged")) from error
    if not reader.ended:
        raise Problem(400, _BROKEN.format("it ends before its last boundary"))
    return reader.form


class _Reader:
    """Takes what the parser finds."""

    def __init__(self) -> None:
        self.form = Form()
        self.ended = False
        self._parts = 0
        self._header = self._value = b""
        self._headers: dict[bytes, bytes] = {}
        self._held = BytesIO()

    def callbacks(self) -> "MultipartCallbacks":
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._name,
            "on_header_value": self._text,
            "on_header_end": self._header_end,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._last,
        }

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise Problem(413, f"A form may have {_MOST_PARTS:,} parts, and this one has more. Send fewer at a time.")
        self._headers, self._held = {}, BytesIO()

    def _name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _text(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._header.lower()] = self._value
        self._header = self._value = b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._held.write(memoryview(data)[start:end])

    def _end(self) -> None:
        header = self._headers.get(b"content-disposition", b"")
        _, options = parse_options_header(header)
        if b"name" not in options:
            raise Problem(400, _BROKEN.format("a part of it has no name"))
        name, data = _decoded(options[b"name"]), self._held.getvalue()
        self._held = BytesIO()
        file = options.get(b"filename", _encoded_name(header))
        if file is not None:
            self.form.files.append(Upload(name, file_name(_decoded(file)), data))
        else:
            self.form.fields[name] = _decoded(data)

    def _last(self) -> None:
        self.ended = True


def _encoded_name(header: bytes) -> bytes | None:
    """Return the name of a file as RFC 5987 writes it; None where there is none.

    The standard of forms forbids that, and common clients do it for names that are not ASCII.
    """
    found = _ENCODED_NAME.search(header)
    return unquote_to_bytes(found[1]) if found else None


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")
