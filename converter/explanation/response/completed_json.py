"""JSON that is broken: what stands before the break, with the brackets that are open there closed."""

import json
import re
from dataclasses import dataclass
from typing import Any

from converter.explanation.response.answer import CUT

_BLANKS = re.compile(r"[ \t\r\n]*+")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]:,]|[^\s"{}\[\]:,]++', re.DOTALL)
_CLOSING = {"{": "}", "[": "]"}
_PROSE = frozenset({'"message"', '"errorText"', '"error_description"', '"detail"'})
"""Members whose value is worth showing even if it breaks off: it is a sentence."""
_HALF_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:u[0-9a-fA-F]{0,3})?$")
_ENDED = '"{}[]:,'
"""What tokens begin with that are whole where the text ends: of a number, digits may be missing."""


@dataclass(slots=True)
class _Walk:
    """Where a walk over the tokens is.

    Attributes:
        opened: the brackets that are open, innermost first, each with those around it.
        last: the last token; `key` for the name of a member.
        key: the name of the last member.
        kept: up to where the text can be kept.
        closing: the brackets that were open there.
    """

    opened: tuple[str, Any] | None = None
    last: str = ""
    key: str = ""
    kept: int = 0
    closing: tuple[str, Any] | None = None

    def take(self, token: str, end: int) -> None:
        """Take the next token of well-formed JSON."""
        if token in ",:":
            self.last = token
            return
        if token in "{[":
            self.opened = (_CLOSING[token], self.opened)
        elif token in "}]":
            self.opened = self.opened[1] if self.opened else None
        elif self.in_object and self.last != ":":
            self.last, self.key = "key", token
            return
        self.last, self.kept, self.closing = token, end, self.opened

    @property
    def in_object(self) -> bool:
        """Whether the innermost bracket is that of an object."""
        return bool(self.opened and self.opened[0] == "}")


def completed_json(text: str, end: int) -> Any:
    """Return what JSON says before its break; None where that is nothing.

    Args:
        text: the text.
        end: where the parser stopped; what stands before is well-formed as far as it goes.
    """
    walk, at = _Walk(), _after_blanks(text, 0)
    while at < end and (match := _TOKEN.match(text, at, end)):
        if match.end() == len(text) and match[0][0] not in _ENDED:
            break
        walk.take(match[0], match.end())
        at = _after_blanks(text, match.end())
    kept, closing = text[: walk.kept], walk.closing
    if text.startswith('"', at) and walk.last == ":" and walk.key in _PROSE:
        said = text if at == end else text[:end]
        kept, closing = _HALF_ESCAPE.sub(r"\1", said) + CUT + '"', walk.opened
    try:
        return json.loads(kept + _closed(closing), strict=False)
    except (ValueError, RecursionError):
        return None


def _after_blanks(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return match.end() if match else at


def _closed(opened: tuple[str, Any] | None) -> str:
    closing = []
    while opened:
        bracket, opened = opened
        closing.append(bracket)
    return "".join(closing)
