"""Carries out a plan: one set after the other, each looked at right before it is sent, and all read back at the end.

A call that changes something and that brought no clear answer is followed by reading what is stored. Only if nothing
has changed is it made again.
"""

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

_TRIES = 3
_PAUSE = 2.0
_LOOK = frozenset({Trouble.DUPLICATE, Trouble.NOT_FOUND, Trouble.TOKEN})
"""Failures after which it is looked what is stored, besides those after which that is not known."""


class Outcome(Enum):
    """What became of a set. The value is how receipts name it."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"
    DIFFERENT = "stored with other values"
    REFUSED = "refused"
    CHANGED = "changed by somebody else"
    NOT_SENT = "not sent"
    UNKNOWN = "not known"


DONE = frozenset({Outcome.STORED, Outcome.UNCHANGED, Outcome.WITHDRAWN})
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
    """

    planned: PlannedSet
    outcome: Outcome = Outcome.NOT_SENT
    held: HeldSet | None = None
    failure: Failure | None = None
    status: int | None = None
    request_id: str | None = None
    comparison: Comparison | None = None
    tried: bool = False


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
        self.results = [SetResult(one) for one in self.plan.sets]

    def run(self) -> None:
        """Send what the plan says, and compare what CMS has stored with it."""
        for number, planned in enumerate(self.plan.sets):
            if planned.step is Step.UNCHANGED:
                self._set(number, SetResult(planned, Outcome.UNCHANGED, planned.held))
                continue
            result = self._sent(number, planned)
            self._set(number, result)
            if result.failure is not None and result.failure.ends and result.outcome not in DONE:
                break
        self._read_back()

    def _sent(self, number: int, planned: PlannedSet) -> SetResult:
        """Send one set; what comes back as stored is still to be compared."""
        before = self._now(planned)
        if isinstance(before, Failure):
            return SetResult(planned, Outcome.NOT_SENT, failure=before)
        if (already := _already(planned, before)) is not None:
            return already
        result = SetResult(planned, Outcome.UNKNOWN)
        for attempt in range(_TRIES):
            if attempt:
                self.client.clock.sleep(_PAUSE * 2 ** (attempt - 1))
            self._set(number, SetResult(planned, Outcome.UNKNOWN))
            found = self.client.do(self._call(planned))
            if isinstance(found, Answer):
                return SetResult(planned, _aim(planned), status=found.status, request_id=found.request_id, tried=True)
            result = self._after_failure(planned, found)
            if result.outcome is not Outcome.NOT_SENT or not self._may_repeat(found, attempt):
                return result
        # A call without an answer may still be carried out; what is read back at the end decides.
        unsure = result.failure is not None and result.failure.unsure
        return replace(result, outcome=Outcome.UNKNOWN) if unsure else result

    def _after_failure(self, planned: PlannedSet, failure: Failure) -> SetResult:
        """Find out what is stored after a call that failed; `NOT_SENT` if nothing has changed."""
        failed = SetResult(planned, failure=failure, status=failure.status, request_id=failure.request_id, tried=True)
        if not (
            failure.unsure or failure.trouble in _LOOK or (failure.trouble is Trouble.TOO_MANY and self.client.waits)
        ):
            return replace(failed, outcome=_refused(failure))
        after = self._now(planned)
        if isinstance(after, Failure):
            return replace(failed, outcome=Outcome.UNKNOWN if failure.unsure else _refused(failure))
        if failure.trouble is Trouble.TOKEN:  # it is good for reading
            failed = replace(failed, failure=replace(failure, trouble=Trouble.NOT_ALLOWED))
        already = _already(planned, after)
        if already is None:
            return replace(failed, outcome=_refused(failure))
        unlike = already.outcome is Outcome.CHANGED and failure.unsure
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
            if result.outcome in DONE or result.outcome is Outcome.UNKNOWN:
                self._set(number, self._verified(result, held))
            elif result.tried and isinstance(held, Held):
                self._set(number, self._looked_again(result, held))

    def _verified(self, result: SetResult, held: Held | Failure) -> SetResult:
        if isinstance(held, Failure):
            return replace(result, outcome=Outcome.UNKNOWN, failure=result.failure or held)
        planned, found = result.planned, own_set(held, result.planned.key, self.submitter)
        if planned.wanted is None:
            gone = found is None or (planned.held is not None and found.id != planned.held.id)
            return replace(result, outcome=Outcome.WITHDRAWN if gone else Outcome.NOT_SENT, held=found)
        if found is None:
            never = result.outcome is Outcome.UNKNOWN and planned.held is None
            return replace(result, outcome=Outcome.NOT_SENT if never else Outcome.CHANGED, held=None)
        comparison = compare(found.members, planned.wanted.members)
        kept = Outcome.UNCHANGED if result.outcome is Outcome.UNCHANGED else Outcome.STORED
        outcome = kept if comparison.same else _unlike(result, found)
        return replace(result, outcome=outcome, held=found, comparison=comparison)

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


def _aim(planned: PlannedSet) -> Outcome:
    return Outcome.WITHDRAWN if planned.wanted is None else Outcome.STORED


def _refused(failure: Failure) -> Outcome:
    answered = (Trouble.REFUSED, Trouble.DUPLICATE, Trouble.NOT_FOUND)
    return Outcome.REFUSED if failure.trouble in answered else Outcome.NOT_SENT


def _unlike(result: SetResult, found: HeldSet) -> Outcome:
    """What became of a set if what is stored is not what was sent."""
    before = result.planned.held
    untouched = before is not None and _same_state(before, found)
    if result.outcome is Outcome.UNKNOWN and untouched:
        return Outcome.NOT_SENT
    return Outcome.CHANGED if result.outcome is Outcome.UNCHANGED else Outcome.DIFFERENT


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
