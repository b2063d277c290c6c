"""Rules about each measurement: that the measure exists, may be reported so, and once (SV-040, SV-054 to SV-078)."""

import re
from collections.abc import Iterator, Mapping, Sequence

from converter.findings import kinds
from converter.language.english import count_of, listed, span, times
from converter.language.near import difference, near_code, near_name
from converter.language.terms import CATEGORY_NAMES, ENTITY_NAMES, ENTRY_NAMES
from converter.parsers.qpp_json.subject import EHR, REGISTRY, MeasurementSubject, SetSubject
from converter.resolve.submission_context import SubmissionContext

_SEPARATORS = re.compile(r"[^0-9A-Z]+")
_FEW = 4
_METHODS = {EHR: "EHR (electronicHealthRecord)", REGISTRY: "registry"}
_NOT_SENT = ("cahps", "costScore")
_SHAPES: Mapping[str, str] = {
    "boolean": "yes or no",
    "proportion": "a numerator and a denominator",
    "singlePerformanceRate": "the counts of one rate",
    "registrySinglePerformanceRate": "the counts of one rate",
    "multiPerformanceRate": "the counts of several strata",
    "registryMultiPerformanceRate": "the counts of several strata",
    "nonProportion": "a numerator, a denominator and a number of observations",
}
"""Metric type of the measures data -> the value that such a measure has, in words."""


def known(context: SubmissionContext) -> None:
    """The measure is one of the year (SV-054)."""
    for one, item in _measurements(context):
        # A category that does not exist is told by the schema, cost by rule categories.
        if item.measure_id is None or item.facts is not None or one.category not in ENTRY_NAMES:
            continue
        years = context.years_with(item.measure_id)
        near = None if years else _meant(item.measure_id, one.category, context)
        note = f"; it is close to {near}{difference(item.measure_id, near)}" if near else ""
        context.report(
            kinds.MEASURE_UNKNOWN,
            f"{item.pointer}/measureId",
            found=item.measure_id,
            accepted_years=years,
            meant=near,
            note=f"; it exists in {span(years)}" if years else note or _of_other_year(item.measure_id, context),
            wanted=f"The id of {ENTRY_NAMES[one.category]} of {context.year}",
            remedy=f"Remove it: it cannot be reported in {context.year}." if years else
            f"Correct the id{f' to {near}, if that is what is meant' if near else ''}, or remove it.",
        )  # fmt: skip


def _meant(measure_id: str, category: str, context: SubmissionContext) -> str | None:
    """The measure that is meant by another spelling of its id, a number without its zeros, or a CMS id."""
    rows = context.catalog.entries(category)
    if category != "quality":
        return near_code(measure_id, (row["measureId"] for row in rows))
    word = measure_id.upper()
    for row in rows:
        cms_id = row.get("eMeasureId", "").upper()
        if row["measureId"] == word.zfill(3) or (cms_id and word in (cms_id, cms_id.partition("V")[0])):
            return str(row["measureId"])
    return None


def _of_other_year(measure_id: str, context: SubmissionContext) -> str:
    """Say that the id with its right separators is one of other years."""
    code = _SEPARATORS.sub("_", measure_id.upper()).strip("_")
    years = context.years_with(code)
    return f"; {code} exists in {span(years)}" if years else ""


def categories(context: SubmissionContext) -> None:
    """The measure is of the category of its set, and one that others than CMS may send (SV-055, SV-077)."""
    for one in context.subject.sets:
        if one.category == "cost":
            context.report(kinds.NOT_FROM_THIRD_PARTIES, f"{one.pointer}/category", what="Cost data", verb="is")
    for one, item in _measurements(context):
        scored = isinstance(item.value, Mapping) and "score" in item.value
        # Cost data is refused as a whole, above.
        if one.category == "cost" or (item.facts is None and not scored):
            continue
        if scored or item.metric_type in _NOT_SENT:
            context.report(
                kinds.NOT_FROM_THIRD_PARTIES, item.pointer, what=f"Values of {item.label}", verb="are",
                measure=item.label,
            )  # fmt: skip
        elif item.category != one.category and one.category in ENTRY_NAMES:
            own = CATEGORY_NAMES[item.category or ""]
            context.report(
                kinds.MEASURE_OF_OTHER_CATEGORY,
                f"{item.pointer}/measureId",
                measure=item.label,
                own_category=own,
                category=one.name,
            )


def programs(context: SubmissionContext) -> None:
    """The measure may be reported under the program of its set (SV-040)."""
    for one, item in _measurements(context):
        row = context.program(one.program)
        if item.facts is None or item.category is None or row is None:
            continue
        if not context.catalog.restricted(item.category):
            continue
        allowed = item.facts.get("allowedPrograms", ())
        if one.program not in allowed and row["name"] not in allowed:
            where, under = _open_to(context, allowed), context.catalog.program_words(one.program)
            context.report(
                kinds.MEASURE_NOT_IN_PROGRAM,
                f"{item.pointer}/measureId",
                measure=item.label,
                program=one.program,
                under=under,
                programs=tuple(allowed),
                # No measure of the category can be reported under that program.
                caused_by=kinds.SET_NOT_OF_PROGRAM.id if one.category not in row.get("categories", (one.category,)) else
                None,
                allowed=f"A measure that can be reported under {under}; this one is for {where or 'no program'}",
                remedy=f"Remove it, or report it under {where}." if allowed else "Remove it.",
            )  # fmt: skip
        else:
            _check_registration(context, one, item)


def _open_to(context: SubmissionContext, allowed: Sequence[str]) -> str:
    """The programs of a measure in words; more than a few MIPS Value Pathways are not named."""
    words, known = context.catalog.program_words, context.catalog.pathways
    programs = [words(name) for name in allowed if name not in known]
    pathways = [words(name) for name in allowed if name in known]
    many = f"one of {len(pathways)} MIPS Value Pathways"
    return listed([*programs, *(pathways if len(pathways) <= _FEW else [many])], "or")


def _check_registration(context: SubmissionContext, one: SetSubject, item: MeasurementSubject) -> None:
    """A measure of a MIPS Value Pathway is open to entities that may register so."""
    types = item.facts.get("allowedRegistrationTypes") if item.facts else None
    entity = context.subject.entity_type
    open_to = (context.program(one.program) or {}).get("entityTypes", ())
    if types and one.program in context.catalog.pathways and entity and entity in open_to and entity not in types:
        context.report(
            kinds.MEASURE_REGISTRATION,
            f"{item.pointer}/measureId",
            measure=item.label,
            entity=ENTITY_NAMES[entity],
            entity_type=entity,
            program=one.program,
            under=context.catalog.program_words(one.program),
            wanted=f"A measure that is open to {ENTITY_NAMES[entity]}",
        )


def methods(context: SubmissionContext) -> None:
    """The measure is collected by the submission method of its set, and scored (SV-058, SV-078)."""
    for one, item in _measurements(context):
        if item.facts is None or one.category != "quality" or one.method not in _METHODS:
            continue
        collected = item.facts.get("submissionMethods")
        if item.metric_type in _NOT_SENT:
            continue
        words = {"measure": item.label, "method": _METHODS[one.method], "submission_method": one.method}
        if collected and one.method not in collected:
            wanted = f"A measurement set by {listed(collected, 'or')}"
            words |= {"submission_methods": tuple(collected), "wanted": wanted}
            context.report(kinds.MEASURE_NOT_BY_METHOD, f"{item.pointer}/measureId", **words)
        elif one.method in item.facts.get("clinicalGuidelineChanged", ()):
            context.report(kinds.MEASURE_SUPPRESSED, f"{item.pointer}/measureId", **words)


def once(context: SubmissionContext) -> None:
    """Each measure stands once in its set (SV-057)."""
    for one in context.subject.sets:
        found: dict[str, list[MeasurementSubject]] = {}
        for item in one.measurements:
            if item.measure_id is not None:
                found.setdefault(item.measure_id, []).append(item)
        for items in found.values():
            if len(items) > 1:
                same = all(other.value == items[0].value for other in items)
                context.report(
                    kinds.MEASURE_REPEATED,
                    items[1].pointer,
                    measure=items[0].label,
                    count=len(items),
                    same_value=same,
                    times=times(len(items)),
                    values="each time with the same value" if same else "with different values",
                    related=[other.pointer for other in items if other is not items[1]],
                )


def shapes(context: SubmissionContext) -> None:
    """The value is of the kind that the measure has (SV-056, SV-070)."""
    for one, item in _measurements(context):
        wanted = _SHAPES.get(item.metric_type or "")
        given = _shape(item.value)
        if wanted is None or given is None or one.category not in ENTRY_NAMES:
            continue
        if given != wanted:
            context.report(
                kinds.VALUE_SHAPE,
                item.pointer,
                measure=item.label,
                metric_type=item.metric_type,
                given=given,
                wanted=wanted,
                remedy=f"Report it with {wanted}{_as_answer(context, wanted)}.",
            )
        else:
            _check_members(context, item)


def _as_answer(context: SubmissionContext, wanted: str) -> str:
    return f" ({' or '.join(context.answers)})" if wanted == _SHAPES["boolean"] else ""


def _shape(value: object) -> str | None:
    """What a value is, in words of `_SHAPES`; None for what the schema refuses anyway."""
    if isinstance(value, bool):
        return _SHAPES["boolean"]
    if not isinstance(value, Mapping):
        return None
    if "strata" in value:
        return _SHAPES["multiPerformanceRate"]
    if "performanceMet" in value or "eligiblePopulation" in value:
        return _SHAPES["singlePerformanceRate"]
    if "numerator" in value and "denominator" in value:
        return _SHAPES["nonProportion" if "isEndToEndReported" in value else "proportion"]
    return None


def _check_members(context: SubmissionContext, item: MeasurementSubject) -> None:
    """`numeratorExclusion` stands with measures of registries only, and these say their rate."""
    value = item.value
    if not isinstance(value, Mapping) or item.facts is None:
        return
    of_registry = (item.metric_type or "").startswith(REGISTRY)
    if of_registry and value.get("performanceRate") is None and _rated(value, item):
        context.report(
            kinds.MEMBER_MISSING,
            f"{item.pointer}/value",
            measure=item.label,
            parent=f"The value of {item.label}",
            member="performanceRate",
            shape=": the rate in percent, which a qualified clinical data registry computes for its measure",
        )
    if not of_registry and item.metric_type != "nonProportion":
        strata = value.get("strata")
        inside = [one for one in strata if isinstance(one, Mapping)] if isinstance(strata, list) else []
        for parent in (value, *inside):
            if parent.get("numeratorExclusion") is not None:
                context.report(
                    kinds.MEMBER_NOT_OF_MEASURE,
                    f"{item.pointer}/value",
                    measure=item.label,
                    member="numeratorExclusion",
                    owner="measures of a qualified clinical data registry",
                    remedy="Count the cases in performanceNotMet, and remove the member.",
                )
                break


def _rated(value: Mapping[str, object], item: MeasurementSubject) -> bool:
    """Whether there is a case to compute a rate over; the rate of none is null."""
    counted = [(counts.met or 0) + (counts.not_met or 0) for counts in item.counts]
    return "performanceRate" not in value or not counted or any(counted)


def strata(context: SubmissionContext) -> None:
    """A measure with several strata gives each of them once, by its name (SV-060 to SV-062)."""
    for one, item in _measurements(context):
        names = _strata_names(item)
        several = _SHAPES["multiPerformanceRate"]
        if (
            not names
            or not item.counts
            or (_SHAPES.get(item.metric_type or ""), _shape(item.value)) != (several, several)
        ):
            continue
        for counts in item.counts:
            if counts.stratum is not None and counts.stratum not in names:
                near = near_name(counts.stratum, names)
                context.report(
                    kinds.STRATUM_UNKNOWN,
                    f"{counts.pointer}/stratum",
                    measure=item.label,
                    found=counts.stratum,
                    strata=tuple(names),
                    meant=near,
                    near=f"; it is close to {near}" if near else "",
                    wanted=listed(names, "or"),
                )
        if all(counts.stratum in names for counts in item.counts):
            _check_completeness(context, one, item, names)


def _strata_names(item: MeasurementSubject) -> list[str]:
    facts = item.facts or {}
    names = facts.get("strataNames") or [one.get("name") for one in facts.get("strata", ())]
    return [] if None in names else list(names)


def _check_completeness(
    context: SubmissionContext, one: SetSubject, item: MeasurementSubject, names: list[str]
) -> None:
    given = [counts.stratum for counts in item.counts if counts.stratum in names]
    fixed = context.rules.strata_by_method.get((item.measure_id or "", one.method or ""))
    lacking = [] if fixed else [name for name in names if name not in given]
    repeated = sorted({name for name in given if name and given.count(name) > 1})
    if fixed is not None and len(set(given)) != fixed:
        problem = f"{len(set(given))} {'is' if len(set(given)) == 1 else 'are'} reported"
    elif lacking or repeated:
        named = ((lacking, "missing"), (repeated, "repeated"))
        problem = " and ".join(_of_strata(strata, what) for strata, what in named if strata)
    else:
        return
    certain = fixed is not None or (item.facts or {}).get("isRegistryMeasure")
    method = {"method": _METHODS.get(one.method or "", one.method)} if certain else {}
    context.report(
        kinds.STRATA_INCOMPLETE if certain else kinds.STRATA_INCOMPLETE_UNSURE,
        f"{item.pointer}/value/strata",
        measure=item.label,
        count=count_of(fixed or len(names), "stratum", "strata"),
        strata=tuple(names),
        missing_strata=tuple(lacking),
        repeated_strata=tuple(repeated),
        submission_method=one.method,
        problem=problem,
        wanted=f"{fixed} of {listed(names)}" if fixed else listed(names),
        **method,
    )


def _of_strata(names: list[str], what: str) -> str:
    return f"the stratum {names[0]} is {what}" if len(names) == 1 else f"the strata {listed(names)} are {what}"


def _measurements(context: SubmissionContext) -> Iterator[tuple[SetSubject, MeasurementSubject]]:
    return ((one, item) for one in context.subject.sets for item in one.measurements)


RULES = (known, categories, programs, methods, once, shapes, strata)
