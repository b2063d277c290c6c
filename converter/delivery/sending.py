"""Carries out a plan: one set after the other, each looked at right before it is sent, and all read back at the end.

A call that changes something and that brought no clear answer is followed by reading what is stored. Only if nothing
has changed is it made again. A call without a clear answer may be carried out later, so that reading proves only that
something is done, never that it is not.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum

from converter.delivery import calls
from converter.delivery.answers import Answer, Failure, Trouble
from converter.delivery.client import Client
from converter.delivery.comparing import Comparison, compare
from converter.delivery.plan import Plan, PlannedSet, Step, own_set
from converter.delivery.reading import read_held
from converter.delivery.set_values import Held, HeldSet
from converter.errors import ConverterError

_TRIES = 3
_PAUSE = 2.0
_READING_BACK = "find again what was answered"
_LOOK = frozenset({Trouble.DUPLICATE, Trouble.NOT_FOUND, Trouble.TOKEN})
"""Failures after which it is looked what is stored, besides those after which that is not known."""


class Outcome(Enum):
    """What became of a set. The value is how receipts name it."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"
    ANSWERED = "answered, not read back"
    DIFFERENT = "stored with other values"
    REFUSED = "refused"
    CHANGED = "changed by somebody else"
    NOT_SENT = "not sent"
    UNKNOWN = "not known"


DONE = frozenset({Outcome.STORED, Outcome.UNCHANGED, Outcome.WITHDRAWN})
_OPEN = frozenset({Outcome.ANSWERED, Outcome.UNKNOWN})
_NOTHING_STORED = frozenset({Outcome.REFUSED, Outcome.CHANGED, Outcome.NOT_SENT})


@dataclass(frozen=True, slots=True)
class SetResult:
    """What became of one set.

    Attributes:
        planned: what was planned.
        outcome: what became of it.
        held: the set as it was read back, or None.
        failure: the call that failed, or None.
        status: status code of the call that changed it, or None.
        request_id: what CMS calls that call, or None.
        comparison: what was read back against what was sent, or None.
        tried: whether the call that changes it was made.
        given_id: id that the set has in the answer of that call, or None.
        given_submitter: id of the submitter in that answer, or None.
        remark: what the user should know besides, in a sentence; empty if nothing.
    """

    planned: PlannedSet
    outcome: Outcome = Outcome.NOT_SENT
    held: HeldSet | None = None
    failure: Failure | None = None
    status: int | None = None
    request_id: str | None = None
    comparison: Comparison | None = None
    tried: bool = False
    given_id: str | None = None
    given_submitter: str | None = None
    remark: str = ""


@dataclass(slots=True)
class Delivery:
    """Carries out a plan; `results` are complete at any moment, also if `run` is interrupted.

    Attributes:
        client: what makes the calls.
        plan: what is to be done.
        submitter: id of ours; None if every set that we can see is ours.
        note: is called whenever a result has changed and before each call that changes something, so that what is
            known survives the end of the process.
        results: what became of each set of the plan so far.
        submission_id: id of the submission, or None while there is none.
    """

    client: Client
    plan: Plan
    submitter: str | None
    note: Callable[["Delivery"], None]
    results: list[SetResult] = field(default_factory=list)
    submission_id: str | None = None

    def __post_init__(self) -> None:
        self.submission_id = self.plan.submission_id
        self.results = [_planned_result(one) for one in self.plan.sets]

    def run(self) -> None:
        """Send what the plan says, and compare what CMS has stored with it.

        Raises:
            ConverterError: a token cannot be read or kept. What is known of the sets is in `results`.
            OSError: the same for a file, such as the receipt.
        """
        try:
            self._send()
        except (ConverterError, OSError):
            with contextlib.suppress(ConverterError, OSError):
                self._read_back()
            raise
        self._read_back()

    def _send(self) -> None:
        for number, planned in enumerate(self.plan.sets):
            if planned.step is Step.UNCHANGED:
                continue
            result = self._sent(number, planned)
            self._set(number, result)
            if result.failure is not None and result.failure.ends and result.outcome not in DONE:
                break

    def _sent(self, number: int, planned: PlannedSet) -> SetResult:
        """Send one set; what comes back as stored is still to be compared."""
        before = self._now(planned)
        if isinstance(before, Failure):
            return SetResult(planned, Outcome.NOT_SENT, failure=before)
        if (already := _already(planned, before)) is not None:
            return already
        doubt: Failure | None = None
        for attempt in range(_TRIES):
            if attempt:
                self.client.clock.sleep(_PAUSE * 2 ** (attempt - 1))
            found = self._made(number, planned)
            if isinstance(found, Answer):
                return _answered(planned, found)
            if doubt is None and (found.unsure or found.trouble is Trouble.DUPLICATE):
                doubt = found
            result = self._after_failure(planned, found, unsure=doubt is not None and doubt.unsure)
            if result.outcome is not Outcome.NOT_SENT or not self._may_repeat(found, attempt):
                break
        if doubt is not None and result.outcome in (Outcome.NOT_SENT, Outcome.REFUSED):
            return replace(result, outcome=Outcome.UNKNOWN, failure=doubt)
        return result

    def _made(self, number: int, planned: PlannedSet) -> Answer | Failure:
        """Make the call that changes a set; while it is made, it is not known what becomes of the set."""
        before, made = self.results[number], len(self.client.made)
        try:
            self._set(number, SetResult(planned, Outcome.UNKNOWN, tried=True))
            return self.client.do(self._call(planned))
        except (ConverterError, OSError):
            if len(self.client.made) == made:  # it was not sent
                self.results[number] = before
            raise

    def _after_failure(self, planned: PlannedSet, failure: Failure, *, unsure: bool) -> SetResult:
        """Find out what is stored after a call that failed; `NOT_SENT` if nothing has changed.

        Args:
            planned: what was planned.
            failure: what came of the call.
            unsure: whether this call or one before it may have been carried out.
        """
        failed = SetResult(planned, failure=failure, status=failure.status, request_id=failure.request_id, tried=True)
        if not (unsure or failure.trouble in _LOOK or (failure.trouble is Trouble.TOO_MANY and self.client.waits)):
            return replace(failed, outcome=_refused(failure))
        after = self._now(planned)
        if isinstance(after, Failure):
            return replace(failed, outcome=Outcome.UNKNOWN if unsure else _refused(failure))
        if failure.trouble is Trouble.TOKEN:  # it is good for reading
            failed = replace(failed, failure=replace(failure, trouble=Trouble.NOT_ALLOWED))
        already = _already(planned, after)
        if already is None:
            return replace(failed, outcome=_refused(failure))
        unlike = already.outcome is Outcome.CHANGED and unsure
        return replace(failed, outcome=Outcome.UNKNOWN if unlike else already.outcome, held=after)

    def _may_repeat(self, failure: Failure, attempt: int) -> bool:
        """Whether a call that has changed nothing may be made again; after 401 and 429 once."""
        once = failure.trouble is Trouble.TOKEN or (failure.trouble is Trouble.TOO_MANY and self.client.waits)
        return failure.unsure or failure.trouble is Trouble.UNREACHABLE or (once and not attempt)

    def _now(self, planned: PlannedSet) -> HeldSet | Failure | None:
        held = read_held(self.client, self.plan.wanted.identity)
        if isinstance(held, Failure):
            return held
        self.submission_id = held.submission_id or self.submission_id
        return own_set(held, planned.key, self.submitter)

    def _call(self, planned: PlannedSet) -> calls.Call:
        if planned.wanted is None:
            assert planned.held is not None
            return calls.delete_set(planned.held.id)
        if planned.held is None:
            return calls.create_set(self.plan.wanted.identity, planned.wanted.members)
        return calls.replace_set(planned.held.id, planned.wanted.members)

    def _read_back(self) -> None:
        held = read_held(self.client, self.plan.wanted.identity)
        if isinstance(held, Held):
            self.submission_id = held.submission_id or self.submission_id
        for number, result in enumerate(self.results):
            if result.outcome in DONE or result.outcome in _OPEN:
                self.results[number] = self._verified(result, held)
            elif result.tried and isinstance(held, Held):
                self.results[number] = self._looked_again(result, held)
        self.note(self)

    def _verified(self, result: SetResult, held: Held | Failure) -> SetResult:
        if isinstance(held, Failure):
            return replace(result, outcome=Outcome.UNKNOWN, failure=result.failure or held)
        planned, found = result.planned, self._ours(result, held)
        if planned.wanted is None:
            gone = found is None or (planned.held is not None and found.id != planned.held.id)
            return replace(result, outcome=Outcome.WITHDRAWN, held=found) if gone else _not_shown(result, found)
        if found is None:
            return _not_shown(result, None) if result.tried else replace(result, outcome=Outcome.CHANGED, held=None)
        comparison = compare(found.members, planned.wanted.members)
        result = replace(result, held=found, comparison=comparison)
        if comparison.same:
            kept = Outcome.UNCHANGED if result.outcome is Outcome.UNCHANGED else Outcome.STORED
            return replace(result, outcome=kept, remark=self._remark(found))
        if result.outcome is Outcome.UNCHANGED:
            return replace(result, outcome=Outcome.CHANGED)
        if planned.held is not None and _same_state(planned.held, found):
            return _not_shown(result, found)
        return replace(result, outcome=Outcome.DIFFERENT)

    def _ours(self, result: SetResult, held: Held) -> HeldSet | None:
        """Return the set of ours: by its key, or by the id that CMS gave it, whoever is named as its submitter."""
        found = own_set(held, result.planned.key, self.submitter)
        if found is None and result.given_id is not None:
            return next((one for one in held.sets if one.id == result.given_id), None)
        return found

    def _remark(self, found: HeldSet) -> str:
        if self.submitter is None or found.submitter == self.submitter:
            return ""
        who = f"the submitter {found.submitter}" if found.submitter else "no submitter"
        then = f" Use --submitter {found.submitter} from now on." if found.submitter else ""
        return f"CMS keeps it under {who}, not under {self.submitter}.{then}"

    def _looked_again(self, result: SetResult, held: Held) -> SetResult:
        """A call that was refused is still looked after: what is stored counts, not what was answered."""
        found = own_set(held, result.planned.key, self.submitter)
        already = _already(result.planned, found)
        if already is None or already.outcome not in DONE:
            return result
        return replace(result, outcome=already.outcome, held=found)

    def _set(self, number: int, result: SetResult) -> None:
        self.results[number] = result
        self.note(self)


def exit_code(results: list[SetResult]) -> int:
    """Return 0 if everything is stored and verified, 1 if nothing is, and 4 if a part is or may be."""
    outcomes = {one.outcome for one in results}
    if outcomes <= DONE:
        return 0
    return 1 if outcomes <= _NOTHING_STORED else 4


def _planned_result(planned: PlannedSet) -> SetResult:
    if planned.step is Step.UNCHANGED:
        return SetResult(planned, Outcome.UNCHANGED, planned.held)
    return SetResult(planned)


def _answered(planned: PlannedSet, answer: Answer) -> SetResult:
    given = [answer.part("data", "measurementSet", name) for name in ("id", "submitterId")]
    given_id, submitter = (one if isinstance(one, str) else None for one in given)
    return SetResult(
        planned,
        Outcome.ANSWERED,
        status=answer.status,
        request_id=answer.request_id,
        tried=True,
        given_id=given_id,
        given_submitter=submitter,
    )


def _not_shown(result: SetResult, found: HeldSet | None) -> SetResult:
    """Return that what was read back does not show what a call has done, or may have done."""
    failure = result.failure
    if result.outcome is Outcome.ANSWERED:
        named = [f"the id {result.given_id}"] if result.given_id else []
        named += [f"the submitter {result.given_submitter}"] if result.given_submitter else []
        note = f"In its answer the set has {' and '.join(named)}." if named else ""
        failure = Failure(_READING_BACK, Trouble.NOT_SHOWN, result.status, request_id=result.request_id, note=note)
    return replace(result, outcome=Outcome.UNKNOWN, held=found, failure=failure)


def _refused(failure: Failure) -> Outcome:
    answered = (Trouble.REFUSED, Trouble.DUPLICATE, Trouble.NOT_FOUND)
    return Outcome.REFUSED if failure.trouble in answered else Outcome.NOT_SENT


def _already(planned: PlannedSet, now: HeldSet | None) -> SetResult | None:
    """Return what became of a set if there is nothing left to send; None if all is as it was when it was planned."""
    if planned.wanted is None:
        if now is None:
            return SetResult(planned, Outcome.WITHDRAWN)
    elif now is not None and compare(now.members, planned.wanted.members).same:
        return SetResult(planned, Outcome.STORED, now)
    before = planned.held
    as_planned = now is None if before is None else now is not None and _same_state(before, now)
    return None if as_planned else SetResult(planned, Outcome.CHANGED, now)


def _same_state(before: HeldSet, now: HeldSet) -> bool:
    same = compare(before.members, now.members).same and compare(now.members, before.members).same
    return before.id == now.id and before.updated == now.updated and same
