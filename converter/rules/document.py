"""Rules about the document as a whole: program, sections, what stands out of place."""

from difflib import get_close_matches

from converter.findings import kinds
from converter.profiles.profile import Program
from converter.rules.context import Context

SECTION_NAMES = {
    "quality": "quality",
    "pi": "promoting interoperability",
    "ia": "improvement activities",
}
"""Category of a section -> how findings name it."""

_NEAR = 0.75
"""How alike a program name must be to be named as the one that was meant."""

_NOT_CONVERTED = {
    "cpcPlus": "Comprehensive Primary Care Plus",
    "pcf": "Primary Care First",
    "mcp": "Making Care Primary",
}
_REPEATED = {
    "quality": kinds.QUALITY_SECTION_REPEATED,
    "pi": kinds.PI_SECTION_REPEATED,
    "ia": kinds.IA_SECTION_REPEATED,
}


def program_name(context: Context) -> None:
    """One intended recipient with the name of a program that is accepted in the year (24, 25)."""
    profile = context.resolved.profile
    recipients = [item for item in context.resolved.identity.recipients if item.extension is not None]
    root = profile.identifiers["program"]
    if not recipients:
        context.report(kinds.RECIPIENT_MISSING, root=root, example="MIPS_GROUP")
    elif len(recipients) > 1:
        names = ", ".join(item.extension or "" for item in recipients)
        context.report(kinds.RECIPIENT_REPEATED, found=names, count=len(recipients), root=root)
    else:
        _check_program(context, recipients[0].extension or "")


def _check_program(context: Context, name: str) -> None:
    programs = context.resolved.profile.programs
    program = programs.get(name.upper())
    accepted = ", ".join(sorted(key for key, item in programs.items() if item.accepted and not _foreign(item)))
    if program is None:
        near = get_close_matches(name.upper().strip(), accepted.split(", "), n=1, cutoff=_NEAR)
        context.report(
            kinds.PROGRAM_UNKNOWN,
            found=f'"{name}"',
            expected=accepted,
            near=f", but it is nearly {near[0]}" if near else "",
            near_fix=f", such as {near[0]}" if near else "",
        )
    elif not program.accepted:
        context.report(kinds.PROGRAM_NOT_ACCEPTED, found=name, expected=accepted, note=_note(program))
    elif _foreign(program):
        context.report(kinds.PROGRAM_NOT_CONVERTED, found=f"{_NOT_CONVERTED[program.family]} ({program.name})")


def _foreign(program: Program) -> bool:
    return program.family in _NOT_CONVERTED


def _note(program: Program) -> str:
    if program.years:
        return f"; it was in {_spans(program.years)}"
    return "; the implementation guide names it, but CMS' converter does not take it"


def _spans(years: tuple[int, ...]) -> str:
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in spans)


def sections_present(context: Context) -> None:
    """At least one section of a known category (23)."""
    if not context.resolved.document.sections:
        context.report(kinds.NO_SECTION)


def sections_once(context: Context) -> None:
    """No category has two sections (26, 27)."""
    categories = [section.category for section in context.resolved.document.sections]
    for category, kind in _REPEATED.items():
        count = categories.count(category)
        if count > 1:
            context.report(kind, count=count)


def virtual_group_id(context: Context) -> None:
    """A virtual group gives its id (78)."""
    identity = context.resolved.identity
    if identity.program and identity.program.entity_type == "virtualGroup" and identity.entity is None:
        context.report(kinds.VIRTUAL_GROUP_ID_MISSING, root=context.resolved.profile.identifiers["virtualGroup"])


_PLACE_OF_KIND = {
    "quality_section": "structuredBody/component",
    "pi_section": "structuredBody/component",
    "ia_section": "structuredBody/component",
    "quality_measure": "the quality section",
    "population": "a measure of the quality section",
    "performance_rate": "a measure of the quality section",
    "pi_numerator_denominator": "the promoting interoperability section",
    "pi_measure_performed": "the promoting interoperability section",
    "pi_numerator": "a promoting interoperability measure",
    "pi_denominator": "a promoting interoperability measure",
    "ia_measure": "the improvement activities section",
    "measure_performed": "a promoting interoperability measure or improvement activity",
}


def out_of_place(context: Context) -> None:
    """Nothing that carries data stands where it would be lost, and no element is of two kinds at once."""
    for stray in context.resolved.document.strays:
        if " and " in stray.kind:
            context.report(kinds.TWO_TEMPLATES, stray.node, kinds=stray.kind.replace("_", " "))
        elif stray.kind in _PLACE_OF_KIND:
            expected = _PLACE_OF_KIND[stray.kind]
            context.report(kinds.OUT_OF_PLACE, stray.node, what=stray.kind.replace("_", " "), expected=expected)


RULES = (program_name, sections_present, sections_once, virtual_group_id, out_of_place)
