"""Messages in a text that somebody has pasted, such as an e-mail or a log: only they count, not the words around them.

A message may stand within a line, and be wrapped over several lines. A block of lines without a blank one between them
is looked at whole first; only where that holds a message is each of its lines looked at with those that follow.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from converter.explanation.fingerprints import shipped
from converter.explanation.messages import Message, recognise
from converter.explanation.response.answer import Answer, Said
from converter.language.english import number_of

_QUOTED = re.compile(r"^[ \t]*+(?:>[ \t]?)++", re.MULTILINE)
_BEGINS = re.compile(r"(?<![\w-])(?=(?:CT|SV) ?[-\N{EN DASH}] \S)")
_BRACKET = re.compile(r"^[ \t]*+(?=[{\[])", re.MULTILINE)
_LONGEST_BLOCK, _LONGEST_MESSAGE = 40, 12
"""Lines."""
_MOST_TRIES = 5
_FEWEST_HITS = 5
"""How many runs of words of a message make a line a message that is not sure; fewer stand in any text by chance."""


def pasted(text: str) -> Answer | None:
    """Return the messages in a text; None where it has none."""
    messages: list[str] = []
    left = 0
    for block in _blocks(_QUOTED.sub("", text)):
        found = list(_messages(block))
        messages += (" ".join(block[start:end]) for start, end in found)
        left += len(block) - sum(end - start for start, end in found)
    if not messages:
        return None
    aside = f"Ignored, because they contain no known message: {number_of(left, 'line')}."
    return Answer("Pasted text", tuple(Said(one) for one in messages), notes=(aside,) if left else ())


def json_in(text: str) -> Iterator[Any]:
    """Yield what stands in a text as JSON, where a line begins with a bracket."""
    text = _QUOTED.sub("", text)
    decoder = json.JSONDecoder(strict=False)
    end = 0
    for number, match in enumerate(_BRACKET.finditer(text)):
        if number >= _MOST_TRIES:
            return
        if match.end() < end:
            continue
        try:
            value, end = decoder.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            continue
        yield value


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield the lines that stand together: without a blank line, the begin of a message, or too many in between."""
    block: list[str] = []
    for line in text.splitlines():
        pieces = [piece.strip() for piece in _BEGINS.split(line)]
        for number, piece in enumerate(pieces):
            if block and (number or not piece or len(block) == _LONGEST_BLOCK or _BEGINS.match(piece)):
                yield block
                block = []
            if any(letter.isalnum() for letter in piece):
                block.append(piece)
    if block:
        yield block


def _messages(block: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans of lines of a block that are messages."""
    begins = bool(_BEGINS.match(block[0]))
    wrapped = begins or _counts(recognise(" ".join(block)))
    at = 0
    while at < len(block):
        first = begins and at == 0
        end = _end(block, at) if wrapped and (first or shipped().touches(block[at])) else at + 1
        start = at if first else _start(block, at, end)
        if first or _counts(recognise(" ".join(block[start:end]))):
            yield start, end
            at = end
        else:
            at += 1


def _end(block: Sequence[str], start: int) -> int:
    """Return where the message that begins in a line ends: where more lines make it no surer, or are another one."""
    end, best = start + 1, recognise(block[start])
    for stop in range(start + 2, min(start + _LONGEST_MESSAGE, len(block)) + 1):
        wider, rest = recognise(" ".join(block[start:stop])), recognise(" ".join(block[end:stop]))
        if rest.known and _rank(rest) >= _rank(wider):
            break
        if _rank(wider) > _rank(best):
            end, best = stop, wider
    return end


def _start(block: Sequence[str], start: int, end: int) -> int:
    """Return where the message in some lines begins: without such as add nothing to it."""
    best = _rank(recognise(" ".join(block[start:end])))
    while end - start > 1 and _rank(recognise(" ".join(block[start + 1 : end]))) >= best:
        start += 1
    return start


def _rank(message: Message) -> tuple[bool, float, int]:
    match = message.match
    return message.known, match.share if match else 0.0, match.hits if match else 0


def _counts(message: Message) -> bool:
    """Whether words are a message: one that is known, or that resembles one of the converter's closely enough."""
    return message.known or bool(message.match and message.match.hits >= _FEWEST_HITS)
