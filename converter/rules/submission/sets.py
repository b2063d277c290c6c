"""Rules about measurement sets: program, certified EHR, performance period, and each set once (SV-022 to SV-051)."""

import re
from collections.abc import Iterator
from datetime import date

from converter.facts.policies import PATHWAY, Row
from converter.findings import kinds
from converter.findings.finding import MeasureLabel
from converter.language.english import capital, count_of, listed, span
from converter.language.near import near_name
from converter.language.terms import CATEGORY_NAMES, ENTITY_NAMES
from converter.parsers.qpp_json.subject import SetSubject
from converter.resolve.submission_context import SubmissionContext

_CEHRT, _CEHRT_LENGTH = "cehrtId", 15
_LIKE_A_DATE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
"""What the schema takes for a date: other texts are told there."""


def methods(context: SubmissionContext) -> None:
    """The submission method is one of those that files may have (SV-021, SV-037)."""
    accepted = [name for name, row in context.rules.methods.items() if row.get("accepted")]
    for one in context.subject.sets:
        if one.method is None or one.method in accepted:
            continue
        row = context.rules.methods.get(one.method, {})
        instead = row.get("instead") or f"{listed(accepted, 'or')}, depending on where the data came from"
        context.report(
            kinds.METHOD_NOT_ACCEPTED,
            f"{one.pointer}/submissionMethod",
            found=one.method,
            meant=row.get("instead"),
            why=f": {row['why']}" if row else "",
            remedy=f"Write {instead}; if neither is true, remove the measurement set."
            if "instead" not in row else f"Write {instead}.",
        )  # fmt: skip


def programs(context: SubmissionContext) -> None:
    """The program is one of the year, or a MIPS Value Pathway of it (SV-033)."""
    names = [name for name in context.rules.programs if name != PATHWAY]
    pathways = list(context.catalog.pathways)
    for one in context.subject.sets:
        if one.program is None or context.program(one.program):
            continue
        years = context.years_with(one.program)
        near = near_name(one.program, [*names, *pathways])
        note = f"; it exists in {span(years)}" if years else f"; it is close to {near}" if near else ""
        wanted = listed(names, "or")
        context.report(
            kinds.PROGRAM_NOT_OF_YEAR,
            f"{one.pointer}/programName",
            found=one.program,
            programs=tuple(names),
            pathways=tuple(pathways),
            accepted_years=years,
            meant=None if years else near,
            note=note,
            wanted=f"{wanted}, or a {context.year} pathway: {', '.join(pathways)}" if pathways else wanted,
            remedy="Correct the name; MIPS Value Pathways change from year to year, so look up the one for "
            f"{context.year}." if pathways else "Correct the name, or the performance year.",
        )  # fmt: skip


def program_entities(context: SubmissionContext) -> None:
    """The program is open to the entity type (SV-016, SV-041 to SV-051)."""
    entity, seen = context.subject.entity_type, set()
    if entity is None or entity not in ENTITY_NAMES:
        return  # the schema tells
    for one in context.subject.sets:
        row = context.program(one.program)
        # A program that is not open is told once, not for each of its sets.
        if row is None or one.program in seen or entity in row.get("entityTypes", (entity,)):
            continue
        seen.add(one.program)
        who, under = ENTITY_NAMES[entity], context.catalog.program_words(one.program)
        wanted = f"{capital(under)} from {listed([ENTITY_NAMES[each] for each in row['entityTypes']], 'or')}"
        words = {
            "entity": who, "entity_type": entity, "entity_types": tuple(row["entityTypes"]), "program": one.program
        }  # fmt: skip
        if row["certain"]:
            context.report(kinds.PROGRAM_ENTITY, f"{one.pointer}/programName", wanted=wanted, under=under, **words)
        else:
            context.report(
                kinds.PROGRAM_ENTITY_UNSURE,
                f"{one.pointer}/programName",
                **words,
                problem=f"is registered for one MIPS Value Pathway and does not report under {under}"
                if entity == "subgroup"
                else f"is not expected to report under {under}",
                wanted="The MIPS Value Pathway that the subgroup is registered for" if entity == "subgroup" else wanted,
                remedy="Report under the MIPS Value Pathway that the subgroup is registered for."
                if entity == "subgroup"
                else "Check that this is the right program.",
            )


def refused_sets(context: SubmissionContext) -> None:
    """No measurement set is refused from the entity type as a whole, or unusual in its program (SV-039, SV-048)."""
    for one in context.subject.sets:
        if (one.category, context.subject.entity_type) in context.rules.refused_sets:
            context.report(kinds.PI_NOT_FROM_APM, one.pointer)
        row = context.program(one.program) or {}
        wanted = row.get("categories")
        if wanted and one.category and one.category not in wanted:
            names = tuple(CATEGORY_NAMES[each] for each in wanted)
            context.report(
                kinds.SET_NOT_OF_PROGRAM,
                one.pointer,
                program=one.program,
                under=context.catalog.program_words(one.program),
                wanted=listed(names),
                categories=names,
                category=one.name,
            )


def cehrt_missing(context: SubmissionContext, one: SetSubject) -> bool:
    """Whether a set lacks the certified EHR although CMS asks for it."""
    if context.cehrt_given or one.members.get("cehrtId") not in (None, ""):
        return False
    return any(one.category == name and method in (None, one.method) for name, method in context.rules.cehrt_required)


def certified_ehr(context: SubmissionContext) -> None:
    """The set names the certified EHR in the form of the year, where CMS asks for it (SV-029 to SV-031)."""
    rules = context.rules
    missing = [one for one in context.subject.sets if cehrt_missing(context, one)]
    # A document has one such id for all its data, a QPP JSON file one in each set.
    for sets in [missing] if context.converted and missing else [[one] for one in missing]:
        _report_missing(context, sets)
    for one in context.subject.sets:
        if one.cehrt and rules.cehrt_format and not rules.cehrt_format.fullmatch(one.cehrt):
            mixed = next((row for pattern, row in rules.cehrt_mixed if pattern.fullmatch(one.cehrt)), None)
            refused = rules.cehrt_certain or (mixed is not None and mixed["refused"])
            context.report(
                kinds.CEHRT_FORMAT if refused else kinds.CEHRT_FORMAT_UNSURE,
                f"{one.pointer}/cehrtId",
                found=one.cehrt,
                note=_cehrt_note(one.cehrt, mixed),
                shown=rules.cehrt_shown,
            )


def _report_missing(context: SubmissionContext, sets: list[SetSubject]) -> None:
    """Report that sets do not name the certified EHR."""
    others = [name for name in sets[0].members if name != _CEHRT]
    where, seen = context.where["cehrt"], context.where["cehrt"].look()
    # A document has no members that could be misspelt.
    misspelt = not context.converted and near_name(_CEHRT, others)
    context.report(
        kinds.CEHRT_MISSING,
        f"{sets[0].pointer}/cehrtId",
        category=listed(list(dict.fromkeys(one.name for one in sets))),
        seen=seen.words,
        where=where.expected,
        add=where.add,
        fix=seen.remedy,
        related=[one.pointer for one in sets[1:]],
        places=seen.places,
        shown=context.rules.cehrt_shown,
        caused_by=kinds.MEMBER_UNKNOWN.id if misspelt else None,
    )


def _cehrt_note(cehrt: str, mixed: Row | None) -> str:
    if mixed is not None:
        return f"; {mixed['why']}"
    return f"; it has {len(cehrt)} characters instead of {_CEHRT_LENGTH}" if len(cehrt) != _CEHRT_LENGTH else ""


def dates(context: SubmissionContext) -> None:
    """Start and end of the performance period are dates that exist (SV-023)."""
    for one in context.subject.sets:
        for member, found in (("performanceStart", one.start), ("performanceEnd", one.end)):
            text = one.members.get(member)
            if found is None and isinstance(text, str) and _LIKE_A_DATE.fullmatch(text):
                context.report(
                    kinds.MEMBER_VALUE,
                    f"{one.pointer}/{member}",
                    found=text,
                    member=member,
                    problem=f"there is no day {text}",
                    wanted="A date as YYYY-MM-DD",
                )


def periods(context: SubmissionContext) -> None:
    """The performance period is in the year, and as long as its category asks (SV-024 to SV-028)."""
    for one in context.subject.sets:
        if one.start is None or one.end is None:
            continue
        words = {"category": one.name, "start": one.start.isoformat(), "end": one.end.isoformat()}
        if one.end < one.start:
            context.report(kinds.PERIOD_REVERSED, f"{one.pointer}/performanceEnd", **words)
        elif {one.start.year, one.end.year} != {context.year}:
            starts_inside = one.start.year == context.year
            context.report(
                kinds.PERIOD_OUTSIDE_YEAR,
                f"{one.pointer}/{'performanceEnd' if starts_inside else 'performanceStart'}",
                caused_by=None if starts_inside or not context.converted else kinds.SECTION_OF_ANOTHER_YEAR.id,
                **words,
            )
        else:
            _check_length(context, one, words)


def period_length(context: SubmissionContext, one: SetSubject) -> tuple[int, int] | None:
    """Days of the performance period of a set, and how many are wanted; None where nothing is, or it has no dates."""
    period = context.rules.periods.get(one.category or "")
    if period is None or one.start is None or one.end is None:
        return None
    # 366 days in a leap year.
    whole = (date(context.year, 12, 31) - date(context.year, 1, 1)).days + 1
    return (one.end - one.start).days + 1, period.days or whole


def _check_length(context: SubmissionContext, one: SetSubject, words: dict[str, str]) -> None:
    found = period_length(context, one)
    if found is None or found[0] >= found[1]:
        return
    days, wanted = found
    if context.rules.periods[one.category or ""].days is None:
        member = "performanceStart" if one.start and one.start.timetuple().tm_yday > 1 else "performanceEnd"
        context.report(kinds.PERIOD_NOT_FULL_YEAR, f"{one.pointer}/{member}", days=days, wanted=wanted, **words)
    else:
        words["length"] = count_of(days, "day", "days")
        context.report(kinds.PERIOD_TOO_SHORT, f"{one.pointer}/performanceEnd", days=days, wanted=wanted, **words)


def sets_once(context: SubmissionContext) -> None:
    """There is one set for each category, submission method and program (SV-022)."""
    found: dict[tuple[object, ...], list[SetSubject]] = {}
    for one in context.subject.sets:
        found.setdefault(one.key, []).append(one)
    for sets in found.values():
        if len(sets) > 1 and sets[0].category and sets[0].method and context.complete(sets[0].category):
            context.report(
                kinds.SET_REPEATED,
                sets[1].pointer,
                count=len(sets),
                category=sets[0].name,
                submission_method=sets[0].method,
                program=sets[0].program,
                under=f" for {context.catalog.program_words(sets[0].program)}" if sets[0].program else "",
                related=[one.pointer for one in sets if one is not sets[1]],
            )


def own_members(context: SubmissionContext) -> None:
    """Members of one program stand in its sets only, and those that it asks for are there (SV-034, SV-035)."""
    for one in context.subject.sets:
        program = (one.program or "").lower()
        for member, owner in context.rules.own_members.items():
            if one.members.get(member) is not None and program != owner.lower():
                context.report(
                    kinds.MEMBER_OF_OTHER_PROGRAM,
                    f"{one.pointer}/{member}",
                    member=member,
                    owner_program=owner,
                    owner=context.catalog.program_words(owner),
                    program=one.program,
                    under=context.catalog.program_words(one.program),
                )
        wanted = (context.program(one.program) or {}).get("requires")
        if wanted and context.complete(wanted) and one.members.get(wanted) in (None, ""):
            context.report(kinds.PRACTICE_ID_MISSING, f"{one.pointer}/{wanted}")


def required_measures(context: SubmissionContext) -> None:
    """Measures that a program cannot do without are there (SV-047)."""
    for one, measure_id in _required(context):
        if context.complete(one.category) and all(item.measure_id != measure_id for item in one.measurements):
            context.report(
                kinds.MEASURE_REQUIRED,
                f"{one.pointer}/measurements",
                measure=MeasureLabel(measure_id),
                program=one.program,
                under=context.catalog.program_words(one.program),
            )


def _required(context: SubmissionContext) -> Iterator[tuple[SetSubject, str]]:
    for row in context.rules.required_measures:
        wanted = (row["program"], row["category"], row["submissionMethod"])
        for one in context.subject.sets:
            if ((one.program or "").lower(), one.category, one.method) == wanted:
                yield from ((one, measure_id) for measure_id in row["measures"])


RULES = (
    methods,
    programs,
    program_entities,
    refused_sets,
    certified_ehr,
    dates,
    periods,
    sets_once,
    own_members,
    required_measures,
)
