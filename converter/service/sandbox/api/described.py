"""How the OpenAPI document describes bodies and answers of the API."""

from typing import Any

JSON = "application/json"
_OBJECT = {"type": "object"}
_WORDS = {
    400: "The body is not JSON, or a parameter is not what it should be.",
    401: "No token, one that is not known or expired, one for another practice, or a closed year.",
    403: "A page of another site sent it.",
    404: "There is nothing of that id that the caller may see.",
    406: "Another version was asked for.",
    408: "The request did not arrive in time.",
    409: "It exists already.",
    413: "The request is too large.",
    415: "The request is not JSON.",
    421: "It was called by another name than that of this machine.",
    422: "The rules refuse what was sent.",
    429: "Too many calls.",
    501: "The rules that a score needs are not known.",
    503: "The sandbox is busy.",
    507: "The sandbox is full.",
}


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the errors that a call may answer with, beside those of all."""
    return {
        status: {"description": _WORDS[status], "content": {JSON: {"schema": _OBJECT}}}
        for status in (400, 403, 408, 421, 429, 503, *statuses)
    }


def body(**properties: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a body of JSON."""
    schema = {"type": "object", "properties": properties}
    return {"requestBody": {"required": True, "content": {JSON: {"schema": schema}}}}


def form(*fields: str) -> dict[str, Any]:
    """Return the description of a body that is a form."""
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in fields}}
    return {"requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": schema}}}}
