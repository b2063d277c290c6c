"""The account: what no parser took is named, and blocks where data would be lost with it. Runs first, as it explains.

Whatever the official converter does not recognise it leaves out without a word; here every part is read, named by a
finding, or listed in the inventory with the reason why nothing is lost.
"""

from collections.abc import Iterator, Mapping

from converter.findings import kinds
from converter.findings.finding import Kind
from converter.language.english import count_of, listed, small
from converter.language.near import differ_little
from converter.language.terms import CATEGORY_NAMES, ENTRY_NAMES
from converter.model.document import (
    Activity,
    Count,
    Node,
    Performed,
    Period,
    PiCount,
    PiMeasure,
    Population,
    QualityMeasure,
    Rate,
    Section,
    Unread,
)
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Aspect, Context

CATEGORY_OF_SECTION: Mapping[str, str] = {"quality_section": "quality", "pi_section": "pi", "ia_section": "ia"}
"""Type of a section -> its category."""

_NAMES: Mapping[str, tuple[str, str]] = {
    **{one: ("section", f"the {CATEGORY_NAMES[category]} section") for one, category in CATEGORY_OF_SECTION.items()},
    "quality_measure": ("organizer", ENTRY_NAMES["quality"]),
    "ia_measure": ("organizer", ENTRY_NAMES["ia"]),
    "pi_numerator_denominator": ("organizer", ENTRY_NAMES["pi"]),
    "pi_measure_performed": ("organizer", ENTRY_NAMES["pi"]),
    "pi_numerator": ("observation", f"the numerator of {ENTRY_NAMES['pi']}"),
    "pi_denominator": ("observation", f"the denominator of {ENTRY_NAMES['pi']}"),
    "measure_performed": ("observation", "a yes/no answer"),
    "population": ("observation", "a population"),
    "performance_rate": ("observation", "a performance rate"),
    "aggregate_count": ("observation", "a count"),
    "reporting_parameters": ("act", "the performance period"),
}
"""Type of a part -> its element, and how findings name it."""

ELEMENT_OF: Mapping[str, str] = {
    **{name: element for name, (element, _) in _NAMES.items()},
    "document": "ClinicalDocument",
    "supplemental": "observation",
    "reporting_stratum": "observation",
}
"""Type of a part -> name of its element."""

_CATEGORY_OF = {"pi_numerator_denominator": "pi_measure", "pi_measure_performed": "pi_measure"}
_OWNERS: Mapping[type, str] = {
    QualityMeasure: ENTRY_NAMES["quality"],
    PiMeasure: ENTRY_NAMES["pi"],
    Activity: ENTRY_NAMES["ia"],
    Performed: "a yes/no answer",
    Rate: "a performance rate",
    Period: "a performance period",
    Count: "another count",
}
_LONGEST = 60


def parts_read(context: Context) -> None:
    """Each part that holds data carries the template by which it is read."""
    for unread in context.resolved.document.unread:
        if unread.twofold:
            _explain(context, unread, kinds.TWO_TEMPLATES)  # rule out_of_place reports it
        elif unread.type in _NAMES:
            _report_untyped(context, unread)
        elif unread.type == "foreign":
            _report_foreign(context, unread.node, unread.detail)
        elif not unread.reason:
            name = context.tree.place(unread.node).path.rpartition("/")[2].partition("[")[0]
            held = _held(unread) or (f"the value {unread.detail}" if unread.detail else "a reference to a measure")
            context.report(kinds.PART_NOT_UNDERSTOOD, unread.node, found=unread.detail or None, element=name, held=held)


def _report_untyped(context: Context, unread: Unread) -> None:
    profile = context.resolved.profile
    root = next(root for root, (name, rank) in profile.types.items() if name == unread.type and rank == 0)
    extension = profile.extensions.get(root)
    what, detail = _NAMES[unread.type]
    held = _held(unread) if what in ("section", "organizer") else ""
    template = f'root="{root}"' + (f' extension="{extension}"' if extension else "")
    lacks, remedy = _wrong_template(context, unread, root, template)
    beside = _beside(context, unread.parent) if unread.type == "aggregate_count" else ""
    if beside:
        remedy = "Find out which of the counts is right, and remove the other; the one that stays needs "
        remedy += f"<templateId {template}/>."
    context.report(
        kinds.TEMPLATE_MISSING_BY_SHAPE if unread.needed else kinds.OPTIONAL_TEMPLATE_MISSING,
        unread.node,
        found=unread.detail or None,
        element=what,
        root=root,
        extension=extension,
        detail=detail + _called(unread) + beside + (f" with {held}" if held else ""),
        lacks=lacks,
        template=template,
        remedy=_inside_as_well(unread, remedy),
        caused_by=context.cause(context.resolved.document.node, Aspect.KIND),
    )
    _explain(context, unread, kinds.TEMPLATE_MISSING_BY_SHAPE)


def _beside(context: Context, node: Node) -> str:
    """Which population, with which count, a second count is inside of; empty where there is no such population."""
    for item in context.resolved.measures:
        for population in item.entry.populations:
            if population.node is node and population.counts:
                counts = listed([one.text or "without a value" for one in population.counts])
                return f" next to the count {counts} of {_named(item, population)}"
    return ""


def _named(item: ResolvedMeasure, population: Population) -> str:
    role = population.codes[0] if population.codes else "a"
    return f"the {role} population of {item.label or 'a measure'}"


def _explain(context: Context, unread: Unread, kind: Kind) -> None:
    """Let a part that is not read be the cause of what is missing."""
    for explained in {unread.type, unread.detail, _CATEGORY_OF.get(unread.type, "")} if unread.needed else ():
        context.explain(kind, unread.parent, Aspect.PART, explained)


def _called(unread: Unread) -> str:
    """What a part says that it is: its role, number or id; of a section its title."""
    called = unread.detail or (f'"{unread.title[:_LONGEST].strip()}"' if unread.title else "")
    return f" ({called})" if called else ""


def _wrong_template(context: Context, unread: Unread, root: str, template: str) -> tuple[str, str]:
    """What is wrong with the templates of a part, and what to write."""
    types, published = context.resolved.profile.types, context.resolved.profile.extensions
    written = f"Have the vendor write <templateId {template}/> in place of"
    given = [one.root or "" for one in unread.templates]
    for one in given:
        if one in types:
            return f"it has the template of another kind of part ({one})", f"{written} the one that it has."
        if one.strip() == root:
            return f'its templateId contains spaces ("{one}")', f"{written} the one with spaces."
    for one in given:
        if one.strip() not in published and differ_little(one.strip(), root):
            return f"its templateId is misspelled ({one})", f"{written} the misspelled one."
    return (
        "it is not marked as such with its CMS templateId",
        f"Have the vendor add <templateId {template}/> as its first element.",
    )


def _inside_as_well(unread: Unread, remedy: str) -> str:
    """What to do: where the templates of parts inside of it are missing too, to export again comes first."""
    if not unread.untyped:
        return remedy
    parts = "1 part inside of it is" if unread.untyped == 1 else f"{unread.untyped} parts inside of it are"
    return (
        f"Export the report again with the option for CMS (QPP), because {parts} missing the CMS templateId as well. "
        f"To correct this part alone: {small(remedy)}"
    )


def _held(unread: Unread) -> str:
    """What is inside of a part, in words; empty where nothing is counted."""
    numbers = {"measure": unread.measures, "count": unread.counts, "yes/no answer": unread.answers}
    if unread.type in ("ia_section", "ia_measure"):
        numbers = {"activity": unread.measures, **{key: n for key, n in numbers.items() if key != "measure"}}
    return listed([count_of(number, name) for name, number in numbers.items() if number])


def _report_foreign(context: Context, node: Node, declared: str) -> None:
    name = context.tree.place(node).path.rpartition("/")[2].partition("[")[0]
    context.report(
        kinds.PART_IN_ANOTHER_NAMESPACE,
        node,
        found=declared or None,
        element=name,
        namespace=f"the namespace {declared}" if declared else "no namespace",
        declaration=f'xmlns="{declared}"',
    )


def _namespace(node: Node) -> str:
    return str(node.tag)[1:].rpartition("}")[0]


def counts_in_place(context: Context) -> None:
    """Each aggregate count stands directly inside of what it counts."""
    for count in context.resolved.document.odd_counts:
        if count.odd.lost:
            _report_misplaced(context, count)
    for part in _counted(context) if context.resolved.document.odd_counts else ():
        # A count of something else that is the only one would be taken for that of the part.
        if len(part.counts) == 1 and _of_something_else(part.counts[0]):
            _report_misplaced(context, part.counts[0])


def _of_something_else(count: Count) -> bool:
    return count.odd.before is not None or bool(count.odd.inside and count.odd.inside.reason)


def _counted(context: Context) -> Iterator[Population | PiCount]:
    """All populations, numerators and denominators."""
    for section in context.resolved.document.sections:
        for entry in section.entries:
            if isinstance(entry, QualityMeasure):
                yield from entry.populations
            elif isinstance(entry, PiMeasure):
                yield from (*entry.numerators, *entry.denominators)


def _report_misplaced(context: Context, count: Count) -> None:
    value = f" of {count.text}" if count.text else ""
    where, remedy = _misplaced(context, count)
    context.report(kinds.COUNT_OUT_OF_PLACE, count.node, found=count.text, value=value, where=where, remedy=remedy)


def _misplaced(context: Context, count: Count) -> tuple[str, str]:
    if count.odd.before is not None:
        beside = _beside(context, count.odd.before)
        where = f"comes before the templateId of the element around it{f',{beside}' if beside else ''}"
        first = "Move the templateId to the start of the element that the count is in"
        return where, f"{first}, and keep only the count that is right." if beside else f"{first}."
    move = "Move the count into the population, numerator or denominator that it belongs to, or remove it."
    if count.odd.inside:
        return "is in a separate element inside the population", move
    if isinstance(count.owner, Section):
        return f"is directly in the {CATEGORY_NAMES[count.owner.category]} section", move
    owner = _OWNERS.get(type(count.owner))
    return (f"is directly in {owner}" if owner else "is outside of every section"), move


def single_values(context: Context) -> None:
    """An aggregate count that is submitted has one value; it and an answer have none in another namespace."""
    for value in context.resolved.document.foreign_values:
        _report_foreign(context, value, _namespace(value))
    for count in context.resolved.document.odd_counts:
        if count.odd.foreign is not None and count.owner is None:
            _report_foreign(context, count.odd.foreign, _namespace(count.odd.foreign))
        if count.odd.more and count.owner is None:
            values = listed(
                [f'"{one}"' if one is not None else "one without a value" for one in (count.text, *count.odd.more)]
            )
            number = len(count.odd.more) + 1
            context.report(kinds.COUNT_SEVERAL_VALUES, count.node, found=values, values=values, count=number)


RULES = (parts_read, counts_in_place, single_values)
