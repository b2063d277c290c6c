"""Rules about promoting interoperability measures together: what excludes what, what is required (SV-080 to SV-088)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from converter.facts.policies import basis
from converter.findings import kinds
from converter.findings.finding import MeasureLabel
from converter.language.english import listed, shortened
from converter.language.near import near_code
from converter.parsers.qpp_json.subject import MeasurementSubject, SetSubject
from converter.resolve.submission_context import SubmissionContext
from converter.rules.submission.judged import judged, sets_of
from converter.rules.submission.requirements import Requirement, requirements

Reported = Mapping[str, MeasurementSubject]


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
        # Told at the measure that excludes most of the others: a ring of them is one finding, not one for each pair.
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
        words = {"measure": item.label, "measure_ids": _ids(group), "related": [one.pointer for one in group]}
        if group is denied:
            no = [one for one in (item, *group) if one.value is False]
            are = "is" if len(no) == 1 else "are"
            context.report(kinds.PI_TOGETHER_WITH_NO, item.pointer, denied=_ids(no), are=are, **words)
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
                        measure_ids=tuple(found),
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
                    problem="both levels of active engagement are reported" if given
                    else "no level of active engagement is reported",
                    options=tuple(options),
                )  # fmt: skip


def required(context: SubmissionContext) -> None:
    """The data can be scored: nothing that is required is missing, answered with no, or without a case (SV-088)."""
    sets = judged(context, "pi")
    missing: list[Requirement] = []
    for one in requirements(context):
        if one.met:
            continue
        if one.partly:
            context.report(kinds.PI_SECOND_REGISTRY, one.given[0].pointer, **_second_words(one))
        elif one.wanted > 1 or not one.given or _excludes_nothing(one):
            missing.append(one)
        else:
            _report_worthless(context, one)
    if missing:
        # Nothing is missing on its own where there are no measures, or where each is there under a misspelt id.
        empty = not any(one.measurements for one in sets)
        certain = next((one for one in missing if one.row["sure"] == "policy"), missing[0])
        context.report(
            kinds.PI_INCOMPLETE,
            sets[0].pointer,
            measure_ids=tuple(one.name for one in missing),
            missing=shortened([one.name for one in missing]),
            wanted="; ".join(one.words_with_title for one in missing),
            basis=basis(certain.row),
            caused_by=kinds.PI_WITHOUT_MEASURES.id if empty else _misspelt(sets, missing),
        )


def _misspelt(sets: list[SetSubject], missing: list[Requirement]) -> str | None:
    """The finding that explains what is missing: each of it is there under an id that is nearly its own."""
    unknown = [item.measure_id or "" for one in sets for item in one.measurements if item.facts is None]
    meant = {near_code(one, (name for needed in missing for name in needed.names)) for one in unknown}
    return kinds.MEASURE_UNKNOWN.id if all(meant & {*needed.names} for needed in missing) else None


def _excludes_nothing(one: Requirement) -> bool:
    """Whether all that is given for a measure is an exclusion that is answered with no."""
    return one.given[0].measure_id != one.names[0] and one.given[0].value is False


def _second_words(one: Requirement) -> dict[str, Any]:
    return {
        "measure_ids": _ids(one.counted),
        "counts": "counts" if len(one.counted) == 1 else "count",
        "wanted": one.words,
        "minimum": one.wanted,
        "basis": basis(one.row),
    }


def _report_worthless(context: SubmissionContext, one: Requirement) -> None:
    """Report a required measure that is there but counts for nothing."""
    item, others = one.given[0], [name for name in one.names if name != one.given[0].measure_id]
    counted = isinstance(item.value, Mapping)
    instead = (
        f"otherwise, check whether {listed(others, 'or')} applies" if others else "without it, the category scores 0"
    )
    words = {
        "measure": item.label,
        "remedy": f"Correct the {'count' if counted else 'answer'} if it is wrong; {instead}.",
        "basis": basis(one.row),
    }
    if isinstance(item.value, Mapping):
        denominator = item.value.get("denominator")
        words["of"] = "" if denominator is None else f" (denominator {denominator})"
        context.report(kinds.PI_NUMERATOR_ZERO, f"{item.pointer}/value/numerator", denominator=denominator, **words)
    else:
        context.report(kinds.PI_DENIED, item.pointer, **words)


def without_measures(context: SubmissionContext) -> None:
    """A set holds measures, not only a performance period (any data may give up an approved reweighting)."""
    for one in sets_of(context, "pi") if context.complete("pi") else ():
        if not one.measurements:
            context.report(kinds.PI_WITHOUT_MEASURES, one.pointer, category=one.name)


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
    return (_by_id(one) for one in sets_of(context, "pi"))


def _by_id(one: SetSubject) -> Reported:
    found: dict[str, MeasurementSubject] = {}
    for item in one.measurements:
        if item.measure_id:
            found.setdefault(item.measure_id, item)
    return found


def _ids(items: Iterable[MeasurementSubject]) -> tuple[str, ...]:
    return tuple(one.measure_id or "" for one in items)


RULES = (exclusions, substitutes, unusual, engagement, without_measures, required, same_values)
