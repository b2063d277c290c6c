"""Reading an answer of CMS from the bytes of a file.

Answers come from the submission API, from the conversion service behind the upload page (in the shapes of three eras),
from the system around both, and as messages that somebody has pasted into a text file. Reports of this tool are read as
well, because they look like those of the conversion service. What breaks off is read as far as it goes.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from converter.errors import AnswerError
from converter.explanation.response.answer import NO_MESSAGE, Answer
from converter.explanation.response.answer_shapes import SHAPES
from converter.explanation.response.completed_json import completed_json
from converter.explanation.response.pasted import json_in, pasted
from converter.findings import kinds
from converter.findings.finding import Kind
from converter.findings.mask import masked_text
from converter.source.sniff import kind_of_bytes
from converter.source.xml.encodings import python_encoding

_EXPECTED = "Pass CMS' answer: the JSON of the submission API or the upload page, or a text file with its messages."
_READ = ("JSON", "plain text", "a table (CSV)")
_NAMED = 5
_AS_FAR = "What comes before that is explained; the whole answer may say more."


def read_answer(data: bytes) -> Answer:
    """Read an answer of CMS from its bytes.

    Raises:
        AnswerError: it is none, or it is damaged before its first message.
    """
    text = _text_of(data)
    if not text.strip():
        raise AnswerError(f"The file is empty. {_EXPECTED}")
    what = _kind(data, text)
    if what not in _READ:
        raise AnswerError(f"The file is {what}, not an answer of CMS. {_EXPECTED}")
    if text.lstrip()[0] in "{[":
        return _of_json(text)
    found = _first_answer(text) or pasted(text)
    if found is None:
        raise AnswerError(f"The file is {what}, and none of its lines is a known message of CMS. {_EXPECTED}")
    return found


def _text_of(data: bytes) -> str:
    codec = python_encoding(data[:4].ljust(4, b" "), "utf-8") or "utf-8"
    text = data.decode(codec, errors="replace")
    if "\N{REPLACEMENT CHARACTER}" in text and codec == "utf-8":
        text = data.decode("cp1252", errors="replace")
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")


def _of_json(text: str) -> Answer:
    try:
        document = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        return _broken(text, error)
    except (RecursionError, ValueError) as error:
        problem = f"it cannot be read ({type(error).__name__})"
        raise AnswerError(_damage(kinds.JSON_NOT_WELL_FORMED, problem)) from None
    found = _shaped(document)
    if found is None:
        raise AnswerError(_other_json(document))
    return found


def _broken(text: str, error: json.JSONDecodeError) -> Answer:
    """Read an answer whose JSON is broken as far as it goes, or as text that only begins like JSON."""
    cut = not text[error.pos :].strip() or error.msg.startswith("Unterminated string")
    kind = kinds.JSON_TRUNCATED if cut else kinds.JSON_NOT_WELL_FORMED
    problem = f"line {error.lineno}, column {error.colno}"
    found = _shaped(completed_json(text, error.pos))
    read = tuple(one for one in found.messages if one.message != NO_MESSAGE or one.code is not None) if found else ()
    if found and (read or found.lines):
        note = f"{kind.message.format(problem=problem)} {_AS_FAR}"
        return replace(found, messages=read, notes=(note, *found.notes))
    other = pasted(text)
    if other:
        return other
    said = f" Before that it says: {masked_text(found.title)}." if found and found.title else ""
    raise AnswerError(_damage(kind, problem) + said)


def _damage(kind: Kind, problem: str) -> str:
    return f"{kind.message.format(problem=problem)} {kind.fix}"


def _first_answer(text: str) -> Answer | None:
    """Return the first answer in JSON that stands in a text, such as in an e-mail."""
    return next((found for document in json_in(text) if (found := _shaped(document))), None)


def _shaped(document: Any) -> Answer | None:
    if isinstance(document, list):
        document = {"details": document}
    if not isinstance(document, Mapping):
        return None
    return next((found for shape in SHAPES if (found := shape(document))), None)


def _kind(data: bytes, text: str) -> str:
    """Return what a file is: by its own bytes, or by its text where it is written in another encoding."""
    found = kind_of_bytes(data)
    if found is None or found[0] in _READ:
        found = kind_of_bytes(text.encode("utf-8", "replace"))
    return found[0] if found else "an XML document (use --source for the document that was sent)"


def _other_json(document: Any) -> str:
    if isinstance(document, list):
        return f"The file is JSON but not an answer of CMS: it is a list without messages. {_EXPECTED}"
    if not isinstance(document, dict):
        return f"The file is JSON but not an object. {_EXPECTED}"
    if "measurementSets" in document or "measurements" in document:
        return f"The file is a QPP submission, not an answer to one: `qrda2qpp check` checks it. {_EXPECTED}"
    names = masked_text(", ".join(f'"{name[:40]}"' for name in list(document)[:_NAMED]))
    holds = f"it has {names}" if names else "it is empty"
    return f"The file is JSON but not an answer of CMS: {holds}. {_EXPECTED}"
