"""Answers of CMS as values: what kind of answer it is, and the messages in it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from converter.findings.kinds import TABLE

NO_MESSAGE = "(no message)"
CUT = " [...]"
"""What follows the words of a message that breaks off."""
_DIGITS = 9
_LONGEST_PATH = 5_000


@dataclass(frozen=True, slots=True)
class Said:
    """One message of an answer.

    Attributes:
        message: the words, as given.
        code: error code, or None.
        path: where it points, as given: a JSON path of the submission or an XPath of the document; or None.
        label: the place in words, as the conversion service gives it, or None.
        line: line in the document, or None.
        column: column in the document, or None.
        value: the value that was refused, or None.
        type: kind of error, such as `InvalidValue`, or None.
        warning: whether it is a remark that refuses nothing.
        finding: id of the finding, where the answer is a report of this tool, or None.
        fix: what to do, where the answer is a report of this tool, or None.
    """

    message: str
    code: int | None = None
    path: str | None = None
    label: str | None = None
    line: int | None = None
    column: int | None = None
    value: str | None = None
    type: str | None = None
    warning: bool = False
    finding: str | None = None
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of CMS.

    Attributes:
        kind: what kind of answer it is, in words.
        messages: what it says.
        title: the message that stands over the others, or None.
        notes: what is to be known of this kind of answer, in sentences.
        submission: the submission that it carries, as JSON, or None.
        lines: what it holds beside messages, as lines of a table: the parts of a score.
    """

    kind: str
    messages: tuple[Said, ...] = ()
    title: str | None = None
    notes: tuple[str, ...] = ()
    submission: Mapping[str, Any] | None = None
    lines: tuple[str, ...] = ()


def words(value: object) -> str | None:
    """Return a value as words: text as it is, other values as JSON; None for none or an empty text."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "(a value nested too deeply to show)"


def whole(value: object) -> int | None:
    """Return a whole number of some size, also one that is written as text; None for all else."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdecimal() and len(value) <= _DIGITS:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None


def objects(value: object) -> list[Mapping[str, Any]]:
    """Return the objects of a list; an object that stands alone is a list of one."""
    if isinstance(value, Mapping):
        return [value]
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def part(value: object, name: str) -> Mapping[str, Any]:
    """Return a member that is an object; an empty one where there is none."""
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def said(details: Iterable[Mapping[str, Any]], *, warning: bool = False) -> Iterator[Said]:
    """Yield the messages of a list of details, in any of the shapes that they have had."""
    for one in details:
        location = part(one, "location")
        texts: Sequence[object] = (
            one["message"] if isinstance(one.get("message"), list) else [one.get("message") or one.get("errorText")]
        )
        for text in texts:
            message = words(text)
            finding = words(one.get("id"))
            known = finding if finding in TABLE else None
            yield Said(
                message=message or NO_MESSAGE,
                code=whole(one.get("errorCode")),
                path=(words(one.get("path")) or words(location.get("path")) or "")[:_LONGEST_PATH] or None,
                label=words(location.get("location")),
                line=whole(location.get("line")),
                column=whole(location.get("column")),
                value=words(one.get("value")),
                type=words(one.get("type")),
                warning=warning,
                finding=known,
                fix=words(one.get("fix")) if known else None,
            )
