"""Rules about promoting interoperability measures."""

from collections.abc import Iterator

from converter.findings import kinds
from converter.findings.finding import MeasureLabel
from converter.language.english import answered, count_of, instead_of_one, listed
from converter.model.document import PiCount, PiMeasure, Section
from converter.model.numbers import whole_number
from converter.rules.context import Aspect, Context, Words
from converter.rules.document.elsewhere import ids_given

ANSWERS = frozenset("YyNn")
"""Codes that answer a yes/no entry; the official converter reads them in any case."""

_COUNTS, _ANSWER = "numerator and denominator", "yes/no answer"


def measure_ids(context: Context) -> None:
    """A measure has one id (12, 16)."""
    for _, entry in _entries(context):
        if len(_ids(entry)) != 1:
            kind = kinds.PI_PROPORTION_ID if entry.proportion else kinds.PI_PERFORMED_ID
            given = ids_given(context, entry.ids, "measure id")
            context.report(kind, entry.node, count=len(_ids(entry)), given=given.words, related=given.places)


def inside_section(context: Context) -> None:
    """A measure with numerator and denominator stands in the promoting interoperability section (15)."""
    for section, entry in _entries(context):
        if entry.proportion and section.category != "pi":
            cause = kinds.IA_SECTION_OTHER_ENTRY.id if section.category == "ia" else None
            context.report(kinds.PI_OUTSIDE_SECTION, entry.node, measure=_label(entry), caused_by=cause)


def count_pairs(context: Context) -> None:
    """A proportion has one numerator and one denominator (17, 18)."""
    for _, entry in _entries(context):
        if not entry.proportion:
            continue
        numerators, denominators = len(entry.numerators), len(entry.denominators)
        # The official converter has a code for none at all and another one for a wrong number.
        if not numerators and not denominators:
            context.report(
                kinds.PI_NO_COUNTS,
                entry.node,
                measure=_label(entry),
                remedy=_remedy(
                    context,
                    entry,
                    "Export the measure with both counts; if they are there, they are missing their templateId.",
                ),
                caused_by=_cause(context, entry),
            )
        elif numerators != 1 or denominators != 1:
            context.report(
                kinds.PI_COUNT_PAIR,
                entry.node,
                measure=_label(entry),
                numerator_count=numerators,
                denominator_count=denominators,
                numerators=count_of(numerators, "numerator"),
                denominators=count_of(denominators, "denominator"),
                remedy=_remedy(context, entry, "Give the measure exactly one numerator and one denominator."),
                caused_by=_cause(context, entry),
            )


def counts(context: Context) -> None:
    """A numerator or denominator has one count, a whole number of 0 or more (39, 42, 41)."""
    for _, entry in _entries(context):
        for part, items in (("numerator", entry.numerators), ("denominator", entry.denominators)):
            for item in items:
                _check_count(context, entry, part, item)


def _check_count(context: Context, entry: PiMeasure, part: str, item: PiCount) -> None:
    label = _label(entry)
    if len(item.counts) != 1:
        cause = context.cause(item.node, Aspect.PART, "aggregate_count")
        usual = f"Give the {part} exactly one count; if one is there, it is missing its templateId."
        if not entry.proportion:
            usual = f"Remove the {part}, because the measure is reported with a {_ANSWER}."
        remedy = _remedy(context, entry, usual)
        given = instead_of_one(len(item.counts), "count")
        words: Words = {"role": part, "count": len(item.counts), "given": given, "remedy": remedy}
        context.report(kinds.PI_COUNT_NUMBER, item.node, measure=label, caused_by=cause, **words)
    for count in item.counts:
        number = whole_number(count.text)
        if count.text is None or (number is not None and number < 0):
            problem = f"is {count.text}, but a count cannot be negative" if count.text else "has no number"
            words = {"problem": problem, "remedy": _remedy(context, entry, "Write the number of cases, 0 or more.")}
            context.report(kinds.PI_COUNT_INVALID, count.node, measure=label, role=part, found=count.text, **words)
        elif number is None:
            words = {"remedy": _remedy(context, entry, "Write the number of cases in digits only, such as 42.")}
            context.report(kinds.PI_COUNT_NOT_WHOLE, count.node, measure=label, role=part, found=count.text, **words)


def answers(context: Context) -> None:
    """A measure without counts is answered once, with Y or N (11, 51)."""
    for _, entry in _entries(context):
        if entry.proportion:
            continue
        label = _label(entry)
        if len(entry.performed) != 1:
            cause = context.cause(entry.node, Aspect.PART, "measure_performed")
            number = len(entry.performed)
            remedy = _remedy(
                context, entry, "Give the measure exactly one answer; if one is there, it is missing its templateId."
            )
            words: Words = {"count": number, "answered": answered(number), "remedy": remedy}
            context.report(kinds.PI_PERFORMED_COUNT, entry.node, measure=label, caused_by=cause, **words)
        for performed in entry.performed:
            if len(performed.codes) != 1 or performed.codes[0] not in ANSWERS:
                found = ", ".join(f'"{code}"' for code in performed.codes)
                answer = found or "missing"
                words = {"answer": answer, "remedy": _remedy(context, entry, "Answer Y for yes or N for no.")}
                context.report(kinds.PI_ANSWER, performed.node, measure=label, found=found or None, **words)


def of_one_kind(context: Context) -> None:
    """A measure has either counts or an answer: what the other kind would hold is not submitted."""
    for _, entry in _entries(context):
        others = entry.performed if entry.proportion else [*entry.numerators, *entry.denominators]
        if not others:
            continue
        kind = kinds.PI_ANSWER_NOT_TAKEN if entry.proportion else kinds.PI_COUNTS_NOT_TAKEN
        noun = "yes/no answer" if entry.proportion else "count"
        number, given = len(others), count_of(len(others), noun)
        words: Words = {"count": number, "given": given, "is_": "is" if number == 1 else "are"}
        words["wanted"] = _COUNTS if _takes_counts(context, entry) else _ANSWER
        if words["wanted"] == (_COUNTS if entry.proportion else _ANSWER):
            words["remedy"] = f"Remove the {_ANSWER if entry.proportion else _COUNTS}."
        else:
            words["remedy"] = _remedy(context, entry, "")
        uncounted = entry.proportion and not entry.numerators and not entry.denominators
        words["caused_by"] = kinds.PI_NO_COUNTS.id if uncounted else None
        context.report(kind, others[0].node, measure=_label(entry), **words)


def _takes_counts(context: Context, entry: PiMeasure) -> bool:
    """Whether a measure has a numerator and denominator: as the catalog says, or else as it is reported."""
    ids = _ids(entry)
    metric = (context.resolved.catalog.entry(ids[0])[1] or {}).get("metricType") if ids else None
    return entry.proportion if metric not in ("boolean", "proportion") else metric == "proportion"


def _remedy(context: Context, entry: PiMeasure, usual: str) -> str:
    """What to do about the value of a measure; of one that is reported with a value of the other kind, to change it."""
    counts = _takes_counts(context, entry)
    if counts == entry.proportion:
        return usual
    other = (
        f"{_COUNTS}, because it is not answered with yes or no" if counts else f"{_ANSWER}, because it has no counts"
    )
    return f"Report this measure with a {other}."


def alternatives(context: Context) -> None:
    """A measure that replaces others is not reported with counts beside them (102).

    It is answered with yes or no, which the official converter does not look at; the submission rules do.
    """
    for section in context.resolved.document.sections:
        entries = [entry for entry in section.entries if isinstance(entry, PiMeasure) and section.category == "pi"]
        ids = {one for entry in entries for one in _ids(entry)}
        for measure, replaced in context.resolved.profile.pi_alternatives.items():
            others = [one for one in replaced if one in ids]
            for entry in entries:
                if others and entry.proportion and measure in _ids(entry):
                    context.report(
                        kinds.PI_RESTRICTED,
                        section.node,
                        measure=MeasureLabel(measure),
                        others=listed(others),
                        remedy=_one_way(context, entry),
                        measure_ids=tuple(others),
                        related=tuple(
                            context.tree.place(one.node) for one in entries if {measure, *others} & {*_ids(one)}
                        ),
                    )


def _one_way(context: Context, entry: PiMeasure) -> str:
    keep = "Keep the option for health information exchange that the practice chose, and remove the others"
    if _takes_counts(context, entry):
        return f"{keep}."
    return f"{keep}; {_ids(entry)[0]} itself is answered with yes or no, so report it with an answer, not with counts."


def _cause(context: Context, entry: PiMeasure) -> str | None:
    parts = ("pi_numerator", "pi_denominator")
    return next((cause for one in parts if (cause := context.cause(entry.node, Aspect.PART, one))), None)


def _entries(context: Context) -> Iterator[tuple[Section, PiMeasure]]:
    return (
        (section, entry)
        for section in context.resolved.document.sections
        for entry in section.entries
        if isinstance(entry, PiMeasure)
    )


def _ids(entry: PiMeasure) -> list[str]:
    return [one.extension for one in entry.ids if one.extension]


def _label(entry: PiMeasure) -> MeasureLabel:
    ids = _ids(entry)
    return MeasureLabel(ids[0] if ids else None)


RULES = (measure_ids, inside_section, count_pairs, counts, answers, of_one_kind, alternatives)
