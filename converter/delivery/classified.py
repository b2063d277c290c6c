"""What kind of failure an answer of CMS is, by its status and by the type of error that it names."""

import re
from collections.abc import Mapping
from types import EllipsisType
from typing import Any

from converter.delivery.answers import Trouble

_CLOSED = re.compile(r"\bclosed\b|submission (?:window|period)", re.IGNORECASE)
_FORBIDDEN = re.compile(r"\bcannot\b|not (?:allowed|permitted|authorized to)", re.IGNORECASE)
_LONGEST = 500
_BY_STATUS = {404: Trouble.NOT_FOUND, 408: Trouble.TIMED_OUT, 409: Trouble.DUPLICATE, 429: Trouble.TOO_MANY}


def trouble_of(status: int, data: "Mapping[str, Any] | EllipsisType | Any") -> Trouble | None:
    """Return what kind of failure an answer is; None if it refuses nothing.

    Args:
        status: its status code.
        data: its JSON; None if it is empty, `...` if it is not JSON.
    """
    if status >= 500:
        return Trouble.SERVER
    if status == 403 and data is ...:  # a firewall refuses with a page, the API with JSON
        return Trouble.NOT_JSON
    if status in (401, 403):
        return _unauthorized(status, words_of(data if isinstance(data, Mapping) else None))
    if status in (404, 408, 429):
        return _BY_STATUS[status]
    if data is ... or 300 <= status < 400 or status < 200:
        return Trouble.NOT_JSON
    if status < 300 and not isinstance(data, Mapping | None):
        return Trouble.UNREADABLE
    error = data.get("error") if isinstance(data, Mapping) else None
    if error is None and status < 300:
        return None
    kind = error.get("type") if isinstance(error, Mapping) else None
    return Trouble.DUPLICATE if kind == "DuplicateEntryError" else _BY_STATUS.get(status, Trouble.REFUSED)


def _unauthorized(status: int, said: str) -> Trouble:
    # CMS documents one sentence of a 401; how it words that a year is closed is not documented.
    if _CLOSED.search(said):
        return Trouble.CLOSED
    return Trouble.NOT_ALLOWED if status == 403 or _FORBIDDEN.search(said) else Trouble.TOKEN


def words_of(body: Mapping[str, Any] | None) -> str:
    """Return what an answer says went wrong, in one line; empty if it says nothing."""
    if body is None:
        return ""
    error = body.get("error")
    if isinstance(error, Mapping):
        parts = [error.get("message"), *(one.get("message") for one in _details(error))]
    else:
        parts = [body.get("error_description"), body.get("message"), error]
    said = dict.fromkeys(str(one) for one in parts if one)
    return " ".join("; ".join(said).split())[:_LONGEST]


def _details(error: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = error.get("details")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []
