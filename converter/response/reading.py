"""Reading an answer of CMS from the bytes of a file.

Answers come from the submission API, from the conversion service behind the upload page (in the shapes of three eras),
from the system around both, and as messages that somebody has pasted into a text file. Reports of this tool are read as
well, because they look like those of the conversion service.
"""

import json
from typing import Any

from converter.emitters.mask import masked_name
from converter.errors import AnswerError
from converter.findings import kinds
from converter.messages import recognise
from converter.response.answer import Answer, Said
from converter.response.shapes import SHAPES
from converter.source.sniff import kind_of_bytes
from converter.source.tree import python_encoding

_EXPECTED = (
    "Expected is what CMS answered: the JSON of the submission API or of the upload page, or a text file with its "
    "messages, one to a line."
)
_READ = ("JSON", "plain text", "a table (CSV)")
_SURE = 12
"""How much of the wording of a converter's message makes a line of a text file one."""
_NAMED = 5


def read_answer(data: bytes) -> Answer:
    """Read an answer of CMS from its bytes.

    Raises:
        AnswerError: it is none, or it is damaged.
    """
    text = _text_of(data)
    if not text.strip():
        raise AnswerError(f"The file is empty. {_EXPECTED}")
    what = _kind(data, text)
    if what not in _READ:
        raise AnswerError(f"The file is {what}, not an answer of CMS. {_EXPECTED}")
    if text.lstrip()[0] not in "{[":
        return _pasted(text, what)
    document = _parsed(text)
    if isinstance(document, list):
        document = {"details": document}
    for shape in SHAPES:
        found = shape(document)
        if found:
            return found
    raise AnswerError(_other_json(document))


def _text_of(data: bytes) -> str:
    codec = python_encoding(data[:4].ljust(4, b" "), "utf-8")
    text = data.decode(codec, errors="replace")
    if "\N{REPLACEMENT CHARACTER}" in text and codec == "utf-8":
        text = data.decode("cp1252", errors="replace")
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        problem = f"line {error.lineno}, column {error.colno}"
        cut = not text[error.pos :].strip() or error.msg.startswith("Unterminated string")
        kind = kinds.JSON_TRUNCATED if cut else kinds.JSON_NOT_WELL_FORMED
    except (RecursionError, ValueError) as error:
        problem, kind = f"it cannot be read ({type(error).__name__})", kinds.JSON_NOT_WELL_FORMED
    raise AnswerError(f"{kind.message.format(problem=problem)} {kind.fix}")


def _kind(data: bytes, text: str) -> str:
    """Return what a file is: by its own bytes, or by its text where it is written in another encoding."""
    found = kind_of_bytes(data)
    if found is None or found[0] in _READ:
        found = kind_of_bytes(text.encode("utf-8", "replace"))
    return found[0] if found else "an XML document (the document that was sent belongs to --source)"


def _pasted(text: str, what: str) -> Answer:
    """Take each line as a message, if one of them is known."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not any(_is_message(line) for line in lines):
        raise AnswerError(f"The file is {what}, and none of its lines is a message of CMS that is known. {_EXPECTED}")
    return Answer("These are pasted messages of CMS", tuple(Said(line) for line in lines))


def _is_message(line: str) -> bool:
    message = recognise(line)
    return message.row is not None or message.score >= _SURE or (message.side is not None and not message.score)


def _other_json(document: Any) -> str:
    if not isinstance(document, dict):
        return f"The file is JSON, but no object. {_EXPECTED}"
    if "measurementSets" in document or "measurements" in document:
        return f"The file is a QPP submission, not an answer to one: `qrda2qpp check` checks it. {_EXPECTED}"
    names = masked_name(", ".join(f'"{name[:40]}"' for name in list(document)[:_NAMED]))
    holds = f"it has {names}" if names else "it is empty"
    return f"The file is JSON that is no answer of CMS: {holds}. {_EXPECTED}"
