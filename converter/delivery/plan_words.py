"""A plan in words, to be read before anything is sent."""

from collections.abc import Callable, Iterator

from converter.delivery.calls import Identity
from converter.delivery.comparing import Difference, Fate, MeasureChange
from converter.delivery.plan import Plan, PlannedSet, Step
from converter.delivery.set_values import HeldSet
from converter.delivery.target import Target
from converter.findings.mask import Mask, masked
from converter.language.english import listed, number_of
from converter.language.visible import visible

Named = Callable[[str], str]
_HEAD = {
    Step.NEW: "new",
    Step.REPLACES: "replaces what is stored",
    Step.UNCHANGED: "unchanged, is not sent",
    Step.WITHDRAW: "is deleted",
    Step.NONE: "not planned",
}


def plan_words(plan: Plan, name: str, target: Target, named: Named, *, show_ids: bool = False) -> list[str]:
    """Return a plan as lines.

    Args:
        plan: the plan.
        name: name of the file.
        target: where it is sent.
        named: returns a measure id with its title.
        show_ids: whether TIN and NPI are shown.
    """
    mask = Mask([one for one in (plan.wanted.identity.tin, plan.wanted.identity.npi) if one], show_ids)
    return [visible(mask.foreign(line)) for line in _lines(plan, name, target, named)]


def identity_words(identity: Identity, *, show_ids: bool = False) -> str:
    """Return whose submission it is: `group, TIN *****7263, 2025`."""
    numbers = (("TIN", identity.tin), ("NPI", identity.npi))
    shown = [f"{what} {one if show_ids else masked(one)}" for what, one in numbers if one]
    entity = [f"entity {identity.entity_id}"] if identity.entity_id else []
    return ", ".join([identity.entity_type, *shown, *entity, str(identity.year)])


def _lines(plan: Plan, name: str, target: Target, named: Named) -> Iterator[str]:
    yield f"Plan for {name}"
    yield f"  To: {target.name}" + (f" ({target.base})" if target.name != target.base else "")
    yield f"  For: {identity_words(plan.wanted.identity, show_ids=True)}"
    yield f"  Stored there: {_stored(plan)}"
    for number, one in enumerate(plan.sets, 1):
        yield ""
        yield f"{number}. {one.key}: {_HEAD[one.step]}"
        yield from _set(one, named)
    yield from _others(plan)
    if not plan.sets:
        yield "Nothing of this file is stored, so there is nothing to delete."
    if plan.removes:
        yield ""
        yield f"{number_of(len(plan.removes), 'measure')} would disappear. That needs --allow-removal."


def _stored(plan: Plan) -> str:
    if plan.submission_id is None:
        return "nothing yet"
    used = sum(1 for one in plan.sets if one.held)
    return f"submission {plan.submission_id} with {number_of(used + len(plan.staying), 'measurement set')} of yours"


def _set(one: PlannedSet, named: Named) -> Iterator[str]:
    for difference in one.comparison.members if one.step is Step.REPLACES else ():
        yield f"   changes      {_difference(difference)}"
    for change in one.comparison.measures:
        if change.fate is Fate.SAME:
            continue
        if change.fate is Fate.CHANGED:
            yield f"   changes      {named(change.measure_id)}"
            yield from (f"                  {_difference(part)}" for part in change.differences)
        elif change.fate is Fate.NEW:
            yield f"   new          {named(change.measure_id)}: {_values(change)}"
        else:
            yield f"   disappears   {named(change.measure_id)}: {_values(change)}"
    same = len(one.comparison.of(Fate.SAME))
    if same and one.step is Step.REPLACES:
        yield f"   unchanged    {number_of(same, 'measure')}"


def _difference(one: Difference) -> str:
    return f"{one.member}: {_shown(one.old)} -> {_shown(one.new)}"


def _values(change: MeasureChange) -> str:
    new = change.fate is Fate.NEW
    return ", ".join(f"{one.member} {_shown(one.new if new else one.old)}" for one in change.differences)


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _others(plan: Plan) -> Iterator[str]:
    if plan.staying:
        yield ""
        yield "Your other sets stay as they are: " + "; ".join(str(one.key) for one in plan.staying)
    if plan.foreign:
        yield ""
        yield "Another submitter has sent the same category:"
        yield from (f"   {_foreign(one)}" for one in plan.foreign)
        yield "   It stays as it is, and CMS may score it in place of yours."
    if plan.unknown:
        yield ""
        yield f"The answer of CMS has members that this tool does not recognize: {listed(plan.unknown)}"


def _foreign(one: HeldSet) -> str:
    who = " ".join(word for word in (one.submitter_type, one.submitter) if word) or "not named"
    return f"{one.key}, {number_of(len(one.members.get('measurements') or ()), 'measure')}, by {who}"
