"""Rules about the document as a whole: program, sections, what stands out of place."""

from collections.abc import Mapping

from converter.findings import kinds
from converter.model.document import Identifier
from converter.profiles.profile import Program
from converter.rules.context import Context
from converter.rules.words import close_matches

_NEAR = 0.75
"""How alike a program name must be to be named as the one that was meant."""

_NOT_CONVERTED = {
    "cpcPlus": "Comprehensive Primary Care Plus",
    "pcf": "Primary Care First",
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
        cause = context.cause(context.resolved.document, "kind")
        context.report(kinds.RECIPIENT_MISSING, root=root, example="MIPS_GROUP", caused_by=cause)
    elif len(recipients) > 1:
        names = ", ".join(item.extension or "" for item in recipients)
        related = tuple(context.tree.place(item.node, "extension") for item in recipients)
        context.report(kinds.RECIPIENT_REPEATED, found=names, count=len(recipients), root=root, related=related)
    else:
        _check_program(context, recipients[0])


def _check_program(context: Context, recipient: Identifier) -> None:
    name, related = recipient.extension or "", (context.tree.place(recipient.node, "extension"),)
    programs = context.resolved.profile.programs
    program = programs.get(name.upper())
    accepted = ", ".join(sorted(key for key, item in programs.items() if item.accepted and not _foreign(item)))
    if program is None:
        near = close_matches(name.upper().strip(), accepted.split(", "), _NEAR)
        context.report(
            kinds.PROGRAM_UNKNOWN,
            found=f'"{name}"',
            expected=accepted,
            near=f", but it is nearly {near[0]}" if near else "",
            near_fix=f", such as {near[0]}" if near else "",
            related=related,
        )
    elif not program.accepted:
        context.report(
            kinds.PROGRAM_NOT_ACCEPTED,
            found=name,
            expected=accepted,
            note=_note(program, context.year),
            related=related,
        )
    elif _foreign(program):
        found = f"{_NOT_CONVERTED[program.family]} ({program.name})"
        context.report(kinds.PROGRAM_NOT_CONVERTED, found=found, related=related)


def _foreign(program: Program) -> bool:
    return program.family in _NOT_CONVERTED


def _note(program: Program, year: int) -> str:
    if program.years:
        verb = "was" if program.years[-1] < year else "is"
        return f"; it {verb} accepted for {_spans(program.years)}"
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
        lacking = any(one.kind is kinds.TEMPLATE_MISSING_BY_SHAPE for one in context.findings)
        cause = kinds.TEMPLATE_MISSING_BY_SHAPE.id if lacking else None
        context.report(kinds.NO_SECTION, caused_by=context.cause(context.resolved.document, "kind") or cause)


def sections_once(context: Context) -> None:
    """No category has two sections (26, 27)."""
    for category, kind in _REPEATED.items():
        found = [section for section in context.resolved.document.sections if section.category == category]
        if len(found) > 1:
            related = tuple(context.tree.place(section.node) for section in found)
            context.report(kind, count=len(found), related=related)


def virtual_group_id(context: Context) -> None:
    """A virtual group gives its id (78)."""
    identity = context.resolved.identity
    root = context.resolved.profile.identifiers.get("virtualGroup")
    if root and identity.program and identity.program.entity_type == "virtualGroup" and identity.entity is None:
        context.report(kinds.VIRTUAL_GROUP_ID_MISSING, root=root)


_KINDS: Mapping[str, tuple[str, str]] = {
    "quality_section": ("a quality section", "structuredBody/component"),
    "pi_section": ("a promoting interoperability section", "structuredBody/component"),
    "ia_section": ("an improvement activities section", "structuredBody/component"),
    "quality_measure": ("a quality measure", "the quality section"),
    "population": ("a population", "a measure of the quality section"),
    "performance_rate": ("a performance rate", "a measure of the quality section"),
    "pi_numerator_denominator": (
        "a promoting interoperability measure with numerator and denominator",
        "the promoting interoperability section",
    ),
    "pi_measure_performed": ("a promoting interoperability yes/no measure", "the promoting interoperability section"),
    "pi_numerator": ("a numerator", "a promoting interoperability measure"),
    "pi_denominator": ("a denominator", "a promoting interoperability measure"),
    "ia_measure": ("an improvement activity", "the improvement activities section"),
    "measure_performed": ("a yes/no answer", "a promoting interoperability measure or an improvement activity"),
}
"""Type of an element -> how findings name it, and where it belongs."""

_OTHER_KINDS = {
    "document": "a document",
    "reporting_parameters": "a reporting parameters act",
    "aggregate_count": "an aggregate count",
    "supplemental": "supplemental data",
    "reporting_stratum": "a reporting stratum",
}


def out_of_place(context: Context) -> None:
    """Nothing that carries data stands where it would be lost, and no element is of two kinds at once."""
    for stray in context.resolved.document.strays:
        if " and " in stray.kind:
            names = " and ".join(_KINDS.get(one, (_OTHER_KINDS.get(one, one),))[0] for one in stray.kind.split(" and "))
            context.report(kinds.TWO_TEMPLATES, stray.node, kinds=names)
        elif stray.kind in _KINDS:
            what, expected = _KINDS[stray.kind]
            cause = kinds.TEMPLATE_MISSING_BY_SHAPE.id if stray.inside and not stray.inside.reason else None
            context.report(kinds.OUT_OF_PLACE, stray.node, what=what, expected=expected, caused_by=cause)


RULES = (program_name, sections_present, sections_once, virtual_group_id, out_of_place)
