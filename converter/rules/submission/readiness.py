"""The readiness of a submission: what is there of each category, and what is missing to be scored."""

from converter.model.readiness import CategoryReadiness
from converter.rules.submission.context import SubmissionContext
from converter.rules.submission.promoting_interoperability import requirements
from converter.rules.submission.scoring import case_count, quality_measures
from converter.rules.submission.sets import cehrt_missing, period_length
from converter.rules.submission.subject import MeasurementSubject, SetSubject
from converter.rules.words import count_of, listed

_CATEGORIES = ("quality", "pi", "ia")
_SAME = {"aci": "pi"}


def readiness(context: SubmissionContext) -> tuple[CategoryReadiness, ...]:
    """Return the readiness of a submission, a row for each category and program; a category that is not there too."""
    rows = []
    for category in _CATEGORIES:
        sets = [one for one in context.subject.sets if _SAME.get(one.category or "", one.category) == category]
        if not sets and "measurementSets" in context.subject.members:  # not so in a measurement set by itself
            lacking = "the category is not in this file" if context.complete(category) else _not_judged(context)
            rows.append(CategoryReadiness(category, None, None, "nothing", (lacking,)))
        programs = dict.fromkeys(one.program for one in sets)
        rows += [_row(context, category, [one for one in sets if one.program == program]) for program in programs]
    return tuple(rows)


def _row(context: SubmissionContext, category: str, sets: list[SetSubject]) -> CategoryReadiness:
    items = {item.measure_id or item.pointer: item for one in sets for item in one.measurements}
    present, lacking = _CONTENTS[category](context, sets, list(items.values()))
    first = sets[0]
    if not context.complete(category):
        return CategoryReadiness(first.category or category, first.program, None, present, (_not_judged(context),))
    lacking += [f"a program that {context.year} has"] if not context.program(first.program) else []
    lacking += ["the CMS EHR certification id"] if any(cehrt_missing(context, one) for one in sets) else []
    lacking += list(dict.fromkeys(words for one in sets if (words := _period(context, one))))
    period = f"{first.start} to {first.end}" if first.start and first.end else None
    return CategoryReadiness(first.category or category, first.program, period, present, tuple(lacking))


def _not_judged(context: SubmissionContext) -> str:
    """Why it is not said what a category with errors lacks."""
    why = "parts of this category have errors" if context.subject.entity_type else "the program is not known"
    return f"not judged: {why}"


def _period(context: SubmissionContext, one: SetSubject) -> str:
    found = period_length(context, one)
    if found is None or found[0] >= found[1]:
        return ""
    return f"a period of {found[1]} days (it has {max(found[0], 0)})"


def _quality(
    context: SubmissionContext, sets: list[SetSubject], items: list[MeasurementSubject]
) -> tuple[str, list[str]]:
    minimum = context.rules.case_minimum
    counts = {item.measure_id or "?": case_count(item) for item in items}
    few = {name: number for name, number in counts.items() if number is not None and number < minimum}
    present = count_of(len(items), "quality measure")
    if items:
        present += f", {len(items) - len(few)} with {minimum} cases or more"
    lacking = []
    for one in quality_measures(context):
        if one.program != sets[0].program:
            continue
        if one.wanted is not None and len(one.items) < one.wanted:
            more = one.wanted - len(one.items)
            lacking.append(f"{count_of(more, 'more quality measure')} ({one.wanted} are asked for)")
        if one.outcome_needed and one.items and not one.outcome:
            lacking.append("an outcome or high-priority measure")
        if one.missing:
            lacking.append(f"measures {listed(one.missing)}" if len(one.missing) > 1 else f"measure {one.missing[0]}")
    if few:
        lacking.append(f"{minimum} cases: " + ", ".join(f"{name} has {number}" for name, number in few.items()))
    return present, lacking


def _promoting_interoperability(
    context: SubmissionContext, sets: list[SetSubject], items: list[MeasurementSubject]
) -> tuple[str, list[str]]:
    found = list(requirements(context))
    met = [one for one in found if one.met]
    present = count_of(len(items), "measure")
    if found:
        present += f", {len(met)} of {len(found)} requirements met"
    return present, [
        f"{one.words_with_title}{', with yes or at least one case' if one.given else ''}"
        for one in found
        if not one.met
    ]


def _activities(
    context: SubmissionContext, sets: list[SetSubject], items: list[MeasurementSubject]
) -> tuple[str, list[str]]:
    performed = [item for item in items if item.value is True]
    present = f"{count_of(len(items), 'activity', 'activities')}, {len(performed)} performed"
    return present, [] if performed else ["an activity that is answered with yes"]


_CONTENTS = {"quality": _quality, "pi": _promoting_interoperability, "ia": _activities}
