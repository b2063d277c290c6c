"""The improvement activities category: points by weight until 2024, by number from 2025 on."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from converter.facts.policies import PATHWAY
from converter.facts.scoring_rules import ScoringRules, doubt, uncertain
from converter.language.english import count_of, listed
from converter.parsers.qpp_json.subject import MeasurementSubject, SetSubject
from converter.resolve.submission_context import SubmissionContext
from converter.rules.submission.activities import performed_in
from converter.rules.submission.judged import full_credit
from converter.rules.submission.sets import period_length
from converter.scoring.arithmetic import plain, rounded
from converter.scoring.profile import Profile
from converter.scoring.values import CategoryScore, ItemScore


class _Credit:
    """How many points activities have, and how many give full credit."""

    def __init__(self, context: SubmissionContext, program: str, profile: Profile) -> None:
        row = context.rules.activities or {}
        reduced = program in context.catalog.pathways and PATHWAY in row.get("reducedPrograms", ())
        self.weights = row.get("weights")
        self.lowered = reduced or profile.special_status
        # With weights the points of an activity are doubled, as CMS writes it; without, fewer activities are enough.
        self.factor = row["wanted"] // row["reduced"] if row and self.weights and self.lowered else 1
        self.full = Decimal(row["reduced" if self.lowered and not self.weights else "wanted"]) if row else Decimal(0)
        self.homes = frozenset(row.get("full", ()))

    def of(self, item: MeasurementSubject) -> Decimal:
        """Points of an activity that was performed."""
        if item.measure_id in self.homes:
            return self.full
        if self.weights is None:
            return Decimal(1)
        return Decimal(self.weights.get((item.facts or {}).get("weight"), 0) * self.factor)


def activities(
    context: SubmissionContext, sets: Sequence[SetSubject], program: str, profile: Profile, rules: ScoringRules
) -> CategoryScore:
    """Return the improvement activities category; also where there are no sets, because some get credit without."""
    methods = tuple(dict.fromkeys(one.method or "?" for one in sets))
    if context.rules.activities is None:
        return CategoryScore("ia", None, None, None, unknown=(f"The rules of {rules.year} are not known.",))
    credit = _Credit(context, program, profile)
    counted, nothing = _performed(context, sets, program)
    known = [one for one in counted if one.facts is not None]
    items = [_item(one, credit.of(one), credit.full) for one in known]
    items += [_item(one, None, None, why) for one, why in nothing]
    bonuses = tuple(_without_activities(context, program, profile, rules, credit))
    total = sum((one.points or Decimal(0) for one in items), Decimal(0)) + sum(one for _, one in bonuses)
    points = min(total, credit.full)
    row = rules.row("activitiesApm")
    in_apm = any(name == "APM participant" for name, _ in bonuses)
    notes = [*_notes(credit, items, bonuses, total, len(counted) - len(known)), *_earning_nothing(nothing)]
    return CategoryScore(
        category="ia",
        value=rounded(points / credit.full * 100, 4),
        points=points,
        possible=credit.full,
        items=tuple(items),
        bonuses=bonuses,
        notes=tuple(notes),
        doubts=(doubt(row),) if row is not None and in_apm and uncertain(row) else (),
        methods=methods,
    )


def _item(one: MeasurementSubject, points: Decimal | None, most: Decimal | None, why: str = "") -> ItemScore:
    facts = one.facts or {}
    name, title, weight = one.measure_id or "?", facts.get("title"), facts.get("weight")
    reason = (f"It earns nothing: {why}.",) if why else ()
    return ItemScore(name, title, points, most, weight=weight, why=reason, answer=True if why else None)


def _performed(
    context: SubmissionContext, sets: Sequence[SetSubject], program: str
) -> tuple[list[MeasurementSubject], list[tuple[MeasurementSubject, str]]]:
    """The activities that were performed: those that count, and those that do not, each with the reason."""
    counted: list[MeasurementSubject] = []
    nothing: dict[str, tuple[MeasurementSubject, str]] = {}
    long = []
    for part in sets:
        length = period_length(context, part)
        if length is None or length[0] >= length[1]:
            long.append(part)
            continue
        why = f"the performance period has {max(length[0], 0)} days; {length[1]} are required"
        nothing |= {one.measure_id or "?": (one, why) for one in performed_in([part])}
    for one in performed_in(long):
        nothing.pop(one.measure_id or "?", None)
        programs = (one.facts or {}).get("allowedPrograms")
        if programs is None or program in programs:
            counted.append(one)
        else:
            nothing[one.measure_id or "?"] = one, "not one of the activities of this program"
    return counted, list(nothing.values())


def _earning_nothing(nothing: Sequence[tuple[MeasurementSubject, str]]) -> Iterator[str]:
    for why in dict.fromkeys(why for _, why in nothing):
        names = [one.measure_id or "?" for one, other in nothing if other == why]
        yield f"{listed(names)} {'earns' if len(names) == 1 else 'earn'} nothing: {why}."


def _without_activities(
    context: SubmissionContext, program: str, profile: Profile, rules: ScoringRules, credit: _Credit
) -> Iterator[tuple[str, Decimal]]:
    """Points without an activity."""
    row = rules.row("activitiesApm")
    if full_credit(context, "ia", program):
        yield "full credit under this program", credit.full
    elif profile.ia_pcmh:
        yield "patient-centered medical home", credit.full
    elif row is not None and (profile.apm_participant or context.subject.entity_type == "apm"):
        yield "APM participant", rounded(credit.full * row["percent"] / 100, 4)


def _notes(
    credit: _Credit, items: Sequence[ItemScore], bonuses: Sequence[tuple[str, Decimal]], total: Decimal, strangers: int
) -> Iterator[str]:
    numbers = [plain(one.points) for one in items if one.points is not None] + [plain(one) for _, one in bonuses]
    if not numbers:
        yield "There is no activity that counts."
        return
    unit = "points" if credit.weights else "activities"
    over = f", at most {plain(credit.full)}" if total > credit.full else ""
    kind = "Points" if credit.weights else "Activities"
    yield f"{kind}: {' + '.join(numbers)} = {plain(total)}{over} of {plain(credit.full)} {unit}."
    if credit.lowered:
        yield (
            "Points of activities are doubled for this practice or program."
            if credit.weights
            else f"{count_of(int(credit.full), 'activity')} is enough for this practice or program."
        )
    if strangers:
        yield f"{count_of(strangers, 'activity')} of another year {'is' if strangers == 1 else 'are'} left out."
