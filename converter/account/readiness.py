"""The readiness of a submission: what is there of each category, what is missing to be scored, what was not checked."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from converter.language.english import count_of, listed, shortened
from converter.model.readiness import CategoryReadiness
from converter.parsers.qpp_json.subject import MeasurementSubject, SetSubject
from converter.resolve.submission_context import SubmissionContext
from converter.rules.submission.activities import activities, performed_in
from converter.rules.submission.completeness import incomplete, reporting
from converter.rules.submission.judged import CATEGORIES, by_program, full_credit, judged, refused, sets_of
from converter.rules.submission.requirements import requirements
from converter.rules.submission.scoring import case_count, quality_measures
from converter.rules.submission.sets import cehrt_missing, period_length


@dataclass(slots=True)
class _Content:
    """What is there of a category under one program, what is missing, and what was not checked, in words."""

    present: str
    lacking: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)


def readiness(context: SubmissionContext) -> tuple[CategoryReadiness, ...]:
    """Return the readiness of a submission, a row for each category and program; a category that is not there too."""
    rows = []
    for category in CATEGORIES:
        sets = sets_of(context, category)
        if not sets and "measurementSets" in context.subject.members:  # not so in a measurement set by itself
            rows.append(_absent(context, category))
        rows += [_row(context, category, ones) for ones in by_program(sets).values()]
    return tuple(rows)


def _absent(context: SubmissionContext, category: str) -> CategoryReadiness:
    """The row of a category that is not there: it is missing, unless nobody wants it."""
    if not context.complete(category):
        return CategoryReadiness(category, None, None, "nothing", (), (_not_judged(context),))
    programs = list(dict.fromkeys(one.program for one in context.subject.sets))
    row = refused(context, category)
    why = row["why"] if row else ""
    if not why and programs and all(full_credit(context, category, one) for one in programs):
        why = f"{_programs(context, programs)} gives full credit for it without data"
    if not why and programs and all(_not_taken(context, category, one) for one in programs):
        why = f"{_programs(context, programs)} does not accept it"
    if why:
        return CategoryReadiness(category, None, None, f"nothing, and nothing is required: {why}", ())
    return CategoryReadiness(category, None, None, "nothing", ("the category is not in this file",))


def _programs(context: SubmissionContext, programs: list[str | None]) -> str:
    return listed([context.catalog.program_words(one) for one in programs])


def _not_taken(context: SubmissionContext, category: str, program: str | None) -> bool:
    wanted = (context.program(program) or {}).get("categories")
    return wanted is not None and category not in wanted


def _row(context: SubmissionContext, category: str, sets: list[SetSubject]) -> CategoryReadiness:
    content = _CONTENTS[category](context, sets)
    first, program, row = sets[0], context.program(sets[0].program), refused(context, category)
    if not context.complete(category):
        unjudged = (_not_judged(context),)
        return CategoryReadiness(first.category or category, first.program, None, content.present, (), unjudged)
    if row:
        content.lacking.append(f"data from others: {row['why']}")
    elif program is None:
        content.lacking.append(f"a program of {context.year}")
    elif program.get("ownRules"):
        content.unchecked.append(f"what {context.catalog.program_words(first.program)} requires")
    content.lacking += ["the CMS EHR certification id"] if any(cehrt_missing(context, one) for one in sets) else []
    content.lacking += list(dict.fromkeys(words for one in sets if (words := _period(context, one))))
    if context.rules.periods.get(first.category or "") is None:
        content.unchecked.append("the length of the performance period")
    period = f"{first.start} to {first.end}" if first.start and first.end else None
    lacking, unchecked = tuple(content.lacking), tuple(content.unchecked)
    return CategoryReadiness(first.category or category, first.program, period, content.present, lacking, unchecked)


def _not_judged(context: SubmissionContext) -> str:
    """That it is not said what is missing in a category with errors, and why."""
    why = "the document does not name one program that this tool checks"
    if context.subject.entity_type:
        why = "parts of this category have errors"
    return f"what is missing, because {why}"


def _period(context: SubmissionContext, one: SetSubject) -> str:
    found = period_length(context, one)
    if found is None or found[0] >= found[1]:
        return ""
    return f"a performance period of {found[1]} days (it has {max(found[0], 0)})"


def _items(sets: list[SetSubject]) -> list[MeasurementSubject]:
    return list({item.measure_id or item.pointer: item for one in sets for item in one.measurements}.values())


def _quality(context: SubmissionContext, sets: list[SetSubject]) -> _Content:
    items, minimum = _items(sets), context.rules.case_minimum
    counts = {item.measure_id or "?": case_count(item) for item in items}
    few = {name: number for name, number in counts.items() if number is not None and number < minimum}
    content = _Content(count_of(len(items), "quality measure"))
    if items:
        content.present += f", {len(items) - len(few)} with {minimum} cases or more"
    content.lacking += _missing_measures(context, sets)
    if few:
        named = [f"{_named(context, name)} has {number}" for name, number in few.items()]
        content.lacking.append(f"{minimum} cases: {shortened(named)}")
    _completeness(context, items, content)
    return content


def _missing_measures(context: SubmissionContext, sets: list[SetSubject]) -> Iterator[str]:
    for one in quality_measures(context):
        if one.program != sets[0].program:
            continue
        if one.wanted is not None and len(one.items) < one.wanted:
            more = one.wanted - len(one.items)
            yield f"{count_of(more, 'more quality measure')} ({one.wanted} are required)"
        if one.outcome_needed and one.items and not one.outcome:
            yield "an outcome or high-priority measure"
        if one.missing:
            yield shortened(context.catalog.words_of(one.missing))


def _completeness(context: SubmissionContext, items: list[MeasurementSubject], content: _Content) -> None:
    """Data completeness, as far as the counts tell it; reports say that those of a document do not."""
    row = context.rules.completeness
    if row is None:
        content.unchecked.append("data completeness")
        return
    pointers = {item.pointer for item in items}
    low = [(item, found) for item, found in incomplete(context) if item.pointer in pointers]
    if low:
        rates = [f"{_named(context, item.measure_id)} reports {found.words}" for item, found in low]
        content.lacking.append(f"{row['percent']}% of the eligible cases: {shortened(rates)}")
    silent = [_named(context, item.measure_id) for item in items if not context.converted and _silent(item)]
    if silent:
        content.unchecked.append(f"data completeness of {shortened(silent)}, because the counts do not show it")


def _named(context: SubmissionContext, measure_id: str | None) -> str:
    """How a quality measure is named: by its title, as far as it is known."""
    return context.catalog.words_of([measure_id])[0] if measure_id else "a measure without id"


def _silent(item: MeasurementSubject) -> bool:
    return reporting(item) is None and any(one.eligible for one in item.counts)


def _promoting_interoperability(context: SubmissionContext, sets: list[SetSubject]) -> _Content:
    content = _Content(count_of(len(_items(sets)), "measure"))
    if sets[0] not in judged(context, "pi"):
        return content
    found = list(requirements(context))
    if found:
        content.present += f", {sum(one.met for one in found)} of {len(found)} requirements met"
    else:
        content.unchecked.append("which measures are required for a score")
    content.lacking += [
        f"{one.words_with_title}{', with yes or at least one case' if one.given else ''}"
        for one in found
        if not one.met
    ]
    return content


def _activities(context: SubmissionContext, sets: list[SetSubject]) -> _Content:
    items, performed = _items(sets), performed_in(sets)
    content = _Content(f"{count_of(len(items), 'activity')}, {len(performed)} performed")
    if full_credit(context, "ia", sets[0].program):
        program = context.catalog.program_words(sets[0].program)
        content.present += f"; none are needed, because {program} gives full credit without data"
        return content
    found = next((one for one in activities(context) if one.first is sets[0]), None)
    if found and found.weighted:
        content.present += f", {found.unit(found.found)}"
    if not performed:
        content.lacking.append("an activity answered with yes")
    elif found and found.missing:
        content.lacking.append(f"{found.unit(found.missing, 'more')} ({found.all_words})")
    if found is None and sets[0] in judged(context, "ia"):
        unknown = [one.measure_id or "?" for one in performed if one.facts is None]
        why = f"count, because {context.year} does not have {listed(unknown)}" if unknown else "are required"
        content.unchecked.append(f"how many activities {why}")
    return content


_CONTENTS = {"quality": _quality, "pi": _promoting_interoperability, "ia": _activities}
