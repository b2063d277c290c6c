"""Rules about the document as a whole: its sections, and what stands out of place."""

from collections.abc import Mapping, Sequence

from converter.findings import kinds
from converter.findings.finding import Kind
from converter.language.english import listed
from converter.language.terms import ENTRY_NAMES
from converter.model.document import Section, Stray
from converter.rules.context import Aspect, Context
from converter.rules.document.elsewhere import entity_elsewhere
from converter.rules.document.sections import ENTRY_OF_CATEGORY, SHAPE_OF_CATEGORY, cause_of_others
from converter.rules.document.unread_parts import ELEMENT_OF

_REPEATED = {
    "quality": kinds.QUALITY_SECTION_REPEATED,
    "pi": kinds.PI_SECTION_REPEATED,
    "ia": kinds.IA_SECTION_REPEATED,
}


def sections_present(context: Context) -> None:
    """At least one section of a known category (23)."""
    if not context.resolved.document.sections:
        lacking = any(one.kind is kinds.TEMPLATE_MISSING_BY_SHAPE for one in context.findings)
        cause = kinds.TEMPLATE_MISSING_BY_SHAPE.id if lacking else None
        context.report(kinds.NO_SECTION, caused_by=context.cause(context.resolved.document.node, Aspect.KIND) or cause)


def sections_once(context: Context) -> None:
    """No category has two sections (26, 27)."""
    for category, kind in _REPEATED.items():
        found = [section for section in context.resolved.document.sections if section.category == category]
        if len(found) > 1:
            related = tuple(context.tree.place(section.node) for section in found)
            cause = next((one for section in found if (one := cause_of_others(section))), None)
            context.report(kind, count=len(found), related=related, caused_by=cause)
            _explain_repeated(context, kind, found)


def _explain_repeated(context: Context, kind: Kind, found: Sequence[Section]) -> None:
    """What one of several sections of a category has, the others do not lack once they are combined."""
    own = ENTRY_OF_CATEGORY[found[0].category]
    parts = [
        ("reporting_parameters", any(section.periods for section in found)),
        (SHAPE_OF_CATEGORY[found[0].category], any(type(one) is own for section in found for one in section.entries)),
    ]
    for section in found:
        for part, given in parts:
            # What has a cause already keeps it.
            if given and not context.cause(section.node, Aspect.PART, part) and not cause_of_others(section):
                context.explain(kind, section.node, Aspect.PART, part)


def virtual_group_id(context: Context) -> None:
    """A virtual group gives its id (78)."""
    identity = context.resolved.identity
    root = context.resolved.profile.identifiers.get("virtualGroup")
    if root and identity.program and identity.program.entity_type == "virtualGroup" and identity.entity is None:
        seen = entity_elsewhere(context, "virtualGroup")
        words = {"root": root, "seen": seen.words}
        context.report(kinds.VIRTUAL_GROUP_ID_MISSING, fix=seen.remedy, related=seen.places, **words)


_KINDS: Mapping[str, tuple[str, str]] = {
    "quality_section": ("a quality section", "structuredBody/component"),
    "pi_section": ("a promoting interoperability section", "structuredBody/component"),
    "ia_section": ("an improvement activities section", "structuredBody/component"),
    "quality_measure": (ENTRY_NAMES["quality"], "the quality section"),
    "population": ("a population", "a measure of the quality section"),
    "performance_rate": ("a performance rate", "a measure of the quality section"),
    "pi_numerator_denominator": (
        f"{ENTRY_NAMES['pi']} with numerator and denominator",
        "the promoting interoperability section",
    ),
    "pi_measure_performed": ("a promoting interoperability yes/no measure", "the promoting interoperability section"),
    "pi_numerator": ("a numerator", ENTRY_NAMES["pi"]),
    "pi_denominator": ("a denominator", ENTRY_NAMES["pi"]),
    "ia_measure": (ENTRY_NAMES["ia"], "the improvement activities section"),
    "measure_performed": ("a yes/no answer", f"{ENTRY_NAMES['pi']} or {ENTRY_NAMES['ia']}"),
    "reporting_parameters": ("a performance period", "a section, as an act"),
    "supplemental": ("supplemental data", "a population, as an observation"),
    "reporting_stratum": ("a reporting stratum", "a population, as an observation"),
}
"""Type of an element -> how findings name it, and where it belongs."""

_OTHER_KINDS = {
    "document": "a document",
    "aggregate_count": "a count",
}


def out_of_place(context: Context) -> None:
    """Nothing that carries data stands where it would be lost, and no element is of two kinds at once."""
    for stray in context.resolved.document.strays:
        if stray.roots:
            names, remedy = _two_kinds(context, stray)
            context.report(kinds.TWO_TEMPLATES, stray.node, kinds=names, roots=tuple(stray.roots), remedy=remedy)
        elif stray.kind in _KINDS:
            what, expected = _KINDS[stray.kind]
            cause = kinds.TEMPLATE_MISSING_BY_SHAPE.id if stray.inside and not stray.inside.reason else None
            context.report(kinds.OUT_OF_PLACE, stray.node, what=what, expected=expected, caused_by=cause)


def _two_kinds(context: Context, stray: Stray) -> tuple[str, str]:
    """How the two kinds of an element are called, and which templateId to remove, where its name tells."""
    found = list(zip(stray.kind.split(" and "), stray.roots, strict=True))
    called = {kind: _KINDS.get(kind, (_OTHER_KINDS.get(kind, kind),))[0] for kind, _ in found}
    name = context.tree.place(stray.node).path.rpartition("/")[2].partition("[")[0]
    wrong = [(kind, root) for kind, root in found if ELEMENT_OF[kind] != name]
    if len(wrong) == 1:
        kind, root = wrong[0]
        remedy = f"Remove the templateId {root}: it is for {called[kind]}, and this element ({name}) cannot be one."
    else:
        owners = listed([f"{root} is for {called[kind]}" for kind, root in found])
        remedy = f"Remove the templateId that does not belong to this element: {owners}."
    return " and ".join(called.values()), remedy


RULES = (sections_present, sections_once, virtual_group_id, out_of_place)
