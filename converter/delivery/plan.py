"""The plan: what would change at CMS, worked out from what is stored and what is to be sent and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from converter.delivery.answers import Failure, Trouble
from converter.delivery.comparing import Comparison, Fate, compare
from converter.delivery.set_values import Held, HeldSet, SetKey, Wanted, WantedSet, unknown_members

_PLANNING = "compare the file with what is stored"


class Step(Enum):
    """What is to be done with a set. The value is how receipts name it."""

    NEW = "new"
    REPLACES = "replaces"
    UNCHANGED = "unchanged"
    WITHDRAW = "withdraw"
    NONE = "not planned"


@dataclass(frozen=True, slots=True)
class PlannedSet:
    """What is to be done with one set.

    Attributes:
        step: what.
        key: which one.
        wanted: the set of the file; None for one that is only deleted.
        held: the set that is stored, or None.
        comparison: what changes.
    """

    step: Step
    key: SetKey
    wanted: WantedSet | None
    held: HeldSet | None
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change.

    Attributes:
        wanted: the submission of the file.
        submission_id: id of the submission that is stored, or None.
        sets: what is to be done with each set, in the order of the file.
        staying: our other sets that are stored; they stay as they are.
        foreign: sets of other submitters in the categories of the file; they stay, and CMS may score them instead.
        unknown: members in CMS' answer that this tool does not recognize.
    """

    wanted: Wanted
    submission_id: str | None
    sets: tuple[PlannedSet, ...]
    staying: tuple[HeldSet, ...] = ()
    foreign: tuple[HeldSet, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def removes(self) -> tuple[tuple[SetKey, str], ...]:
        """The measures that would disappear from a set that is replaced."""
        replaced = (one for one in self.sets if one.step is Step.REPLACES)
        return tuple((one.key, gone.measure_id) for one in replaced for gone in one.comparison.of(Fate.GONE))

    @property
    def changes(self) -> bool:
        """Whether anything is to be sent."""
        return any(one.step is not Step.UNCHANGED for one in self.sets)


def plan_to_send(wanted: Wanted, held: Held, submitter: str | None = None) -> Plan | Failure:
    """Return the plan for sending a submission.

    Args:
        wanted: what is to be sent.
        held: what is stored.
        submitter: id of ours as CMS gives it; None if every set that we can see is ours.

    Returns:
        The plan, or a failure if it is not certain which of the stored sets is ours.
    """
    own = _own(held, submitter)
    if isinstance(own, Failure):
        return own
    ours = _by_key(own)
    if isinstance(ours, Failure):
        return ours
    sets = tuple(_planned(one, ours.get(one.key)) for one in wanted.sets)
    return _plan(wanted, held, own, sets)


def no_plan(wanted: Wanted) -> Plan:
    """Return what stands in for a plan when CMS refused the submission before one was made."""
    nothing = Comparison((), ())
    return Plan(wanted, None, tuple(PlannedSet(Step.NONE, one.key, one, None, nothing) for one in wanted.sets))


def plan_to_withdraw(
    wanted: Wanted, held: Held, submitter: str | None = None, *, every: bool = False
) -> Plan | Failure:
    """Return the plan for deleting our sets that a file has, or every one of ours for its identity."""
    own = _own(held, submitter)
    if isinstance(own, Failure):
        return own
    keys = {one.key for one in wanted.sets}
    sets = tuple(
        PlannedSet(Step.WITHDRAW, one.key, None, one, compare(one.members, {}))
        for one in own
        if every or one.key in keys
    )
    return _plan(wanted, held, own, sets)


def _plan(wanted: Wanted, held: Held, own: tuple[HeldSet, ...], sets: tuple[PlannedSet, ...]) -> Plan:
    used = {one.held.id for one in sets if one.held}
    categories = {one.key.category for one in sets}
    others = (one for one in held.sets if one not in own)
    return Plan(
        wanted,
        held.submission_id,
        sets,
        staying=tuple(one for one in own if one.id not in used),
        foreign=tuple(one for one in others if one.key.category in categories),
        unknown=tuple(sorted({name for one in held.sets for name in unknown_members(one.members)})),
    )


def _planned(one: WantedSet, held: HeldSet | None) -> PlannedSet:
    comparison = compare(held.members if held else {}, one.members)
    step = Step.NEW if held is None else Step.UNCHANGED if comparison.same else Step.REPLACES
    return PlannedSet(step, one.key, one, held, comparison)


def _own(held: Held, submitter: str | None) -> tuple[HeldSet, ...] | Failure:
    if submitter is not None:
        return tuple(one for one in held.sets if one.submitter == submitter)
    if len({one.submitter for one in held.sets}) > 1:
        words = "The stored sets are of several submitters. Say with --submitter which one you are."
        return Failure(_PLANNING, Trouble.AMBIGUOUS, said=words)
    return held.sets


def _by_key(own: Iterable[HeldSet]) -> dict[SetKey, HeldSet] | Failure:
    found: dict[SetKey, HeldSet] = {}
    for one in own:
        if one.key in found:
            return Failure(
                _PLANNING, Trouble.AMBIGUOUS, said=f"CMS has two sets of yours with the same key: {one.key}."
            )
        found[one.key] = one
    return found


def own_set(held: Held, key: SetKey, submitter: str | None) -> HeldSet | None:
    """Return our set with a key, or None."""
    ours = (one for one in held.sets if submitter is None or one.submitter == submitter)
    return next((one for one in ours if one.key == key), None)
