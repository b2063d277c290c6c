"""The improvement activities category: points by weight until 2024, by number from 2025 on."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from converter.facts.policies import PATHWAY
from converter.facts.scoring_rules import ScoringRules, doubt, uncertain
from converter.language.english import count_of
from converter.parsers.qpp_json.subject import MeasurementSubject, SetSubject
from converter.resolve.submission_context import SubmissionContext
from converter.rules.submission.activities import performed_in
from converter.rules.submission.judged import full_credit
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
    performed = performed_in(list(sets))
    known = [one for one in performed if one.facts is not None]
    items = tuple(ItemScore(one.measure_id or "?", (one.facts or {}).get("title"), credit.of(one), credit.full,
                            weight=(one.facts or {}).get("weight")) for one in known)  # fmt: skip
    bonuses = tuple(_without_activities(context, program, profile, rules, credit))
    total = sum((one.points or Decimal(0) for one in items), Decimal(0)) + sum(one for _, one in bonuses)
    points = min(total, credit.full)
    row = rules.row("activitiesApm")
    in_apm = any(name == "APM participant" for name, _ in bonuses)
    return CategoryScore(
        category="ia",
        value=rounded(points / credit.full * 100, 4),
        points=points,
        possible=credit.full,
        items=items,
        bonuses=bonuses,
        notes=tuple(_notes(credit, items, bonuses, total, len(performed) - len(known))),
        doubts=(doubt(row),) if row is not None and in_apm and uncertain(row) else (),
        methods=methods,
    )


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
    if not items and not bonuses:
        yield "There is no activity that counts."
        return
    unit = "points" if credit.weights else "activities"
    numbers = [plain(one.points or Decimal(0)) for one in items] + [plain(one) for _, one in bonuses]
    over = f", at most {plain(credit.full)}" if total > credit.full else ""
    kind = "Points" if credit.weights else "Activities"
    yield f"{kind}: {' + '.join(numbers) or '0'} = {plain(total)}{over} of {plain(credit.full)} {unit}."
    if credit.lowered:
        yield (
            "Points of activities are doubled for this practice or program."
            if credit.weights
            else f"{count_of(int(credit.full), 'activity')} is enough for this practice or program."
        )
    if strangers:
        yield f"{count_of(strangers, 'activity')} of another year {'is' if strangers == 1 else 'are'} left out."
