"""Rules about promoting interoperability measures together: what excludes what, what is required (SV-080 to SV-088)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from converter.findings import kinds
from converter.findings.finding import MeasureLabel
from converter.profiles.submission_rules import Row
from converter.rules.submission.context import SubmissionContext
from converter.rules.submission.subject import MeasurementSubject, SetSubject, whole
from converter.rules.words import listed

Reported = Mapping[str, MeasurementSubject]

_NAMED = 5
"""How many missing measures a sentence names."""


def exclusions(context: SubmissionContext) -> None:
    """A measure and its exclusion are not reported together (SV-080, SV-087)."""
    if not context.rules.pi_exclusions:
        return
    for reported in _sets(context):
        for item in reported.values():
            others = [reported[one] for one in (item.facts or {}).get("exclusion", ()) if one in reported]
            _report_pair(context, item, others, sure=True)


def substitutes(context: SubmissionContext) -> None:
    """Of measures that stand for each other one is reported (SV-081 to SV-085, SV-087)."""
    if not context.rules.pi_substitutes:
        return
    for reported in _sets(context):
        left = {
            one: {other for other in (item.facts or {}).get("substitutes", ()) if other in reported}
            for one, item in reported.items()
        }
        while any(left.values()):
            lead = max(reversed(left), key=lambda one: len(left[one]))
            others = [reported[one] for one in reported if one in left[lead]]
            _report_pair(context, reported[lead], others, sure=False)
            left = {one: rest - {lead} for one, rest in left.items() if one != lead}


def _report_pair(
    context: SubmissionContext, item: MeasurementSubject, others: list[MeasurementSubject], *, sure: bool
) -> None:
    """Report measures that exclude another; with an answer of no it is not known whether that counts."""
    denied = [one for one in others if item.value is False or one.value is False]
    for group in (denied, [one for one in others if one not in denied]):
        if not group:
            continue
        words = {"measure": item.label, "others": _names(group), "related": [one.pointer for one in group]}
        if group is denied:
            no = [one for one in (item, *group) if one.value is False]
            are = "is" if len(no) == 1 else "are"
            context.report(kinds.PI_TOGETHER_WITH_NO, item.pointer, denied=_names(no), are=are, **words)
        else:
            context.report(kinds.PI_WITH_EXCLUSION if sure else kinds.PI_ALTERNATIVES, item.pointer, **words)


def unusual(context: SubmissionContext) -> None:
    """An exchange option is not reported with exclusions from the measures that it replaces (SV-083)."""
    for reported in _sets(context):
        for row in context.rules.pi_unusual:
            found = [one for one in row["with"] if one in reported and reported[one].value is not False]
            for one in row["measures"]:
                if found and one in reported and reported[one].value is not False:
                    context.report(
                        kinds.PI_EXCLUSIONS_WITH_EXCHANGE,
                        reported[one].pointer,
                        measure=reported[one].label,
                        others=listed(found),
                        exclusions="an exclusion" if len(found) == 1 else "exclusions",
                        related=[reported[other].pointer for other in found],
                    )


def engagement(context: SubmissionContext) -> None:
    """A registry measure that is answered with yes says how far the practice is (SV-086)."""
    for reported in _sets(context) if context.complete("pi") else ():
        for item in reported.values():
            options = (item.facts or {}).get("preprod", ())
            given = [one for one in options if one in reported and reported[one].value is not False]
            if options and item.value is True and len(given) != 1:
                context.report(
                    kinds.PI_ENGAGEMENT,
                    item.pointer,
                    measure=item.label,
                    problem="both levels of active engagement are given" if given
                    else "no level of active engagement is given",
                    options=listed(options, "and"),
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that promoting interoperability data needs to be scored, and what there is of it.

    Attributes:
        names: the measure and those that stand for it, as far as the year has them.
        title: title of the measure.
        given: those of them that are reported.
        met: whether one of them counts.
    """

    names: tuple[str, ...]
    title: str
    given: tuple[MeasurementSubject, ...]
    met: bool

    @property
    def words(self) -> str:
        """The measure with what may stand for it, such as `PI_EP_1 (or PI_LVPP_1)`."""
        return self.names[0] + self._others

    @property
    def words_with_title(self) -> str:
        """The same with the title, such as `PI_EP_1 e-Prescribing (or PI_LVPP_1)`."""
        return f"{self.names[0]} {self.title}{self._others}"

    @property
    def _others(self) -> str:
        others = self.names[1:]
        if len(others) > _NAMED:
            return f" (or one of {len(others)} others of its kind)"
        return f" (or {listed(others, 'or')})" if others else ""


def requirements(context: SubmissionContext) -> Iterator[Requirement]:
    """What promoting interoperability data needs to be scored; nothing where the submission has no such data."""
    sets = context.subject.of_category("pi")
    if not sets:
        return
    reported = {item.measure_id: item for one in sets for item in one.measurements if item.measure_id}
    for row in context.rules.pi_requirements:
        facts = {one: found for one in row["oneOf"] if (found := context.catalog.entry(one)[1]) is not None}
        names = tuple(facts)
        given = tuple(reported[one] for one in names if one in reported)
        if names:
            yield Requirement(names, facts[names[0]]["title"], given, any(_counts(one, row) for one in given))


def _counts(item: MeasurementSubject, row: Row) -> bool:
    if isinstance(item.value, Mapping):
        return whole(item.value.get("numerator")) != 0
    return item.value is not False or bool(row.get("answered"))


def required(context: SubmissionContext) -> None:
    """The data can be scored: nothing that is required is missing, answered with no, or without a case (SV-088)."""
    if not context.complete("pi"):
        return
    missing: list[Requirement] = []
    for one in requirements(context):
        if one.met:
            continue
        if not one.given or (one.given[0].measure_id != one.names[0] and one.given[0].value is False):
            missing.append(one)  # an exclusion that is answered with no excludes nothing
            continue
        item, others = one.given[0], [name for name in one.names if name != one.given[0].measure_id]
        counted = isinstance(item.value, Mapping)
        otherwise = f"otherwise see whether {listed(others, 'or')} holds" if others else "without it nothing is scored"
        words = {
            "measure": item.label,
            "remedy": f"Correct the {'count' if counted else 'answer'} if it is wrong; {otherwise}.",
        }
        if isinstance(item.value, Mapping):
            denominator = item.value.get("denominator")
            pointer = f"{item.pointer}/value/numerator"
            context.report(kinds.PI_NUMERATOR_ZERO, pointer, denominator=denominator, **words)
        else:
            context.report(kinds.PI_DENIED, item.pointer, **words)
    if missing:
        pointer = context.subject.of_category("pi")[0].pointer
        context.report(
            kinds.PI_INCOMPLETE,
            pointer,
            missing=_shortened([one.names[0] for one in missing]),
            wanted="; ".join(one.words for one in missing),
        )


def _shortened(names: list[str]) -> str:
    """Return names as a list, of many the first ones only."""
    return listed(names if len(names) <= _NAMED + 1 else [*names[:_NAMED], f"{len(names) - _NAMED} more"])


def same_values(context: SubmissionContext) -> None:
    """A measure that is in several sets has one value (policy: otherwise the category scores 0)."""
    found: dict[str, list[MeasurementSubject]] = {}
    for reported in _sets(context):
        for measure_id, item in reported.items():
            found.setdefault(measure_id, []).append(item)
    for items in found.values():
        if any(one.value != items[0].value for one in items):
            label = MeasureLabel(items[0].measure_id, None, items[0].label.title)
            context.report(kinds.PI_VALUES_DIFFER, items[1].pointer, measure=label, related=[items[0].pointer])


def _sets(context: SubmissionContext) -> Iterator[Reported]:
    """The measures of each set, by id; of one that stands twice, the first."""
    for one in context.subject.sets:
        if one.category in ("pi", "aci"):
            yield _by_id(one)


def _by_id(one: SetSubject) -> Reported:
    found: dict[str, MeasurementSubject] = {}
    for item in one.measurements:
        if item.measure_id:
            found.setdefault(item.measure_id, item)
    return found


def _names(items: Iterable[MeasurementSubject]) -> str:
    return listed([one.measure_id or "" for one in items])


RULES = (exclusions, substitutes, unusual, engagement, required, same_values)
