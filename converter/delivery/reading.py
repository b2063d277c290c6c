"""Reads what CMS has stored for an identity."""

from collections.abc import Mapping
from typing import Any

from converter.delivery import calls
from converter.delivery.answers import Answer, Failure, Trouble
from converter.delivery.calls import Identity
from converter.delivery.client import Client
from converter.delivery.set_values import Held, HeldSet, held_set

_MOST = 1000
"""More submissions of one identity than this are not read: it has one."""
_TEXTS = ("submitterId", "submitterType", "practiceId", "measureSet")
"""Members of a set that it is told apart by."""


def read_held(client: Client, identity: Identity) -> Held | Failure:
    """Return what is stored for an identity, with every measurement.

    What CMS answers is compared with what was asked for: a submission of somebody else is never taken for this one.
    """
    found = _pages(client, identity)
    if isinstance(found, Failure):
        return found
    answer, every = found
    ours = [one for one in every if _is_of(one, identity)]
    if len(ours) > 1:
        words = f"CMS has {len(ours)} submissions of this identity, so it is not certain which one is meant."
        return Failure(answer.call, Trouble.AMBIGUOUS, said=words)
    return _held(client, ours[0], identity, answer) if ours else Held()


def _pages(client: Client, identity: Identity) -> tuple[Answer, list[Mapping[str, Any]]] | Failure:
    """Return all submissions that CMS finds, and the last answer."""
    found: list[Mapping[str, Any]] = []
    while True:
        answer = client.do(calls.find_submissions(identity, len(found)))
        if isinstance(answer, Failure):
            return answer
        page, total = answer.part("data", "submissions"), answer.part("data", "totalItems")
        if not isinstance(page, list) or not all(isinstance(one, Mapping) for one in page):
            return _unreadable(answer, "it has no list of submissions")
        found += page
        if not page or not isinstance(total, int) or not len(found) < total <= _MOST:
            return answer, found


def _held(client: Client, submission: Mapping[str, Any], identity: Identity, answer: Answer) -> Held | Failure:
    submission_id = submission.get("id")
    sets = submission.get("measurementSets")
    if submission_id is None and not sets:
        return Held()  # what a registry gets for an identity of which nothing is stored
    if not isinstance(submission_id, str):
        return _unreadable(answer, "a submission has no id")
    if sets is None:
        whole = client.do(calls.read_submission(submission_id))
        if isinstance(whole, Failure):
            return whole
        answer, sets = whole, whole.part("data", "submission", "measurementSets")
    if not isinstance(sets, list):
        return _unreadable(answer, "a submission has no list of measurement sets")
    every: list[HeldSet] = []
    for one in sets:
        held = _held_set(client, one, submission_id, identity, answer)
        if isinstance(held, Failure):
            return held
        every.append(held)
    return Held(submission_id, tuple(every))


def _held_set(
    client: Client, members: Any, submission_id: str, identity: Identity, answer: Answer
) -> HeldSet | Failure:
    if isinstance(members, Mapping) and "measurements" not in members and isinstance(members.get("id"), str):
        whole = client.do(calls.read_set(members["id"]))
        if isinstance(whole, Failure):
            return whole
        answer, members = whole, whole.part("data", "measurementSet")
    if not isinstance(members, Mapping) or not _has_measurements(members):
        return _unreadable(answer, "a measurement set has no list of measurements")
    if odd := [name for name in _TEXTS if not isinstance(members.get(name), str | None)]:
        return _unreadable(answer, f"the {odd[0]} of a measurement set is not text")
    try:
        return held_set(members, submission_id, identity)
    except KeyError as error:
        return _unreadable(answer, f"a measurement set has no {error.args[0]}")


def _has_measurements(members: Mapping[str, Any]) -> bool:
    found = members.get("measurements")
    return isinstance(found, list) and all(isinstance(one, Mapping) for one in found)


def _is_of(submission: Mapping[str, Any], identity: Identity) -> bool:
    asked = {name: value for name, value in identity.members().items() if name != "programName"}
    return all(submission.get(name) in (None, value, str(value)) for name, value in asked.items())


def _unreadable(answer: Answer, what: str) -> Failure:
    said = f"The answer does not have the documented shape: {what}."
    return Failure(answer.call, Trouble.UNREADABLE, answer.status, said, request_id=answer.request_id)
