"""Rules about promoting interoperability measures."""

from collections.abc import Iterator

from converter.findings import kinds
from converter.findings.finding import MeasureLabel
from converter.language.english import answered, count_of
from converter.model.document import PiCount, PiMeasure, Section
from converter.model.numbers import whole_number
from converter.rules.context import Context, Words
from converter.rules.document.elsewhere import ids_given

ANSWERS = frozenset("YyNn")
"""Codes that answer a yes/no entry; the official converter reads them in any case."""


def measure_ids(context: Context) -> None:
    """A measure has one id (12, 16)."""
    for _, entry in _entries(context):
        if len(_ids(entry)) != 1:
            kind = kinds.PI_PROPORTION_ID if entry.proportion else kinds.PI_PERFORMED_ID
            given = ids_given(context, entry.ids, "measure id")
            context.report(kind, entry.node, given=given.words, related=given.places)


def inside_section(context: Context) -> None:
    """A measure with numerator and denominator stands in the promoting interoperability section (15)."""
    for section, entry in _entries(context):
        if entry.proportion and section.category != "pi":
            context.report(kinds.PI_OUTSIDE_SECTION, entry.node, measure=_label(entry))


def count_pairs(context: Context) -> None:
    """A proportion has one numerator and one denominator (17, 18)."""
    for _, entry in _entries(context):
        if not entry.proportion:
            continue
        numerators, denominators = len(entry.numerators), len(entry.denominators)
        # The official converter has a code for none at all and another one for a wrong number.
        if not numerators and not denominators:
            context.report(kinds.PI_NO_COUNTS, entry.node, measure=_label(entry), caused_by=_cause(context, entry))
        elif numerators != 1 or denominators != 1:
            context.report(
                kinds.PI_COUNT_PAIR,
                entry.node,
                measure=_label(entry),
                numerators=count_of(numerators, "numerator"),
                denominators=count_of(denominators, "denominator"),
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
        cause = context.cause(item.node, "aggregate_count")
        given = count_of(len(item.counts), "aggregate count")
        context.report(kinds.PI_COUNT_NUMBER, item.node, measure=label, part=part, given=given, caused_by=cause)
    for count in item.counts:
        number = whole_number(count.text)
        if count.text is None or (number is not None and number < 0):
            problem = f"is {count.text}, but a count cannot be negative" if count.text else "has no number"
            context.report(
                kinds.PI_COUNT_INVALID, count.node, measure=label, part=part, found=count.text, problem=problem
            )
        elif number is None:
            context.report(kinds.PI_COUNT_NOT_WHOLE, count.node, measure=label, part=part, found=count.text)


def answers(context: Context) -> None:
    """A measure without counts is answered once, with Y or N (11, 51)."""
    for _, entry in _entries(context):
        if entry.proportion:
            continue
        label = _label(entry)
        if len(entry.performed) != 1:
            cause = context.cause(entry.node, "measure_performed")
            words: Words = {"answered": answered(len(entry.performed)), "caused_by": cause}
            context.report(kinds.PI_PERFORMED_COUNT, entry.node, measure=label, **words)
        for performed in entry.performed:
            if len(performed.codes) != 1 or performed.codes[0] not in ANSWERS:
                found = ", ".join(f'"{code}"' for code in performed.codes)
                answer = found or "missing"
                context.report(kinds.PI_ANSWER, performed.node, measure=label, found=found or None, answer=answer)


def of_one_kind(context: Context) -> None:
    """A measure has either counts or an answer: what the other kind would hold is not submitted."""
    for _, entry in _entries(context):
        others = entry.performed if entry.proportion else [*entry.numerators, *entry.denominators]
        if not others:
            continue
        kind = kinds.PI_ANSWER_NOT_TAKEN if entry.proportion else kinds.PI_COUNTS_NOT_TAKEN
        noun = "yes/no answer" if entry.proportion else "count"
        words: Words = {"given": count_of(len(others), noun), "is_": "is" if len(others) == 1 else "are"}
        context.report(kind, others[0].node, measure=_label(entry), **words)


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
                        others=", ".join(others),
                        related=tuple(
                            context.tree.place(one.node) for one in entries if {measure, *others} & {*_ids(one)}
                        ),
                    )


def _cause(context: Context, entry: PiMeasure) -> str | None:
    return context.cause(entry.node, "pi_numerator") or context.cause(entry.node, "pi_denominator")


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
