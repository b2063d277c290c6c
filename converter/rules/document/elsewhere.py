"""Identifiers that are missing where they are read, and stand in another place or under another root.

Nothing is taken from there. The finding that misses the identifier says what was seen, and what to move or change.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from converter.findings.place import Place
from converter.language.english import instead_of_one
from converter.language.identifiers import NPI_DIGITS, TIN_DIGITS
from converter.language.terms import CATEGORY_NAMES, ENTITY_NAMES
from converter.model.document import Identifier, Node, Section
from converter.parsers.qrda3.elements import null_flavor
from converter.parsers.qrda3.header import OID, HeaderId
from converter.resolve.submission_context import Seen
from converter.rules.context import Context

_ORGANIZATION = ("documentationOf", "serviceEvent", "performer", "assignedEntity", "representedOrganization")
_IN_ORGANIZATION = "the performer's representedOrganization"
IF_GROUP = "; if the data is for a group, use the program name for groups instead"
"""What to do about an NPI that is missing, where the data is not that of a clinician: the end of a sentence."""

_ANY = re.compile(r" of an? ")
_ENTITIES = ("virtualGroup", "apmEntity", "subgroup")
_OF_ROOT: Mapping[str, str] = {
    "program": "the program name",
    "npi": "the NPI",
    "tin": "the TIN",
    "virtualGroup": f"the id of {ENTITY_NAMES['virtualGroup']}",
    "apmEntity": f"the id of {ENTITY_NAMES['apm']}",
    "subgroup": f"the id of {ENTITY_NAMES['subgroup']}",
    "mvp": "a MIPS Value Pathway",
    "cehrt": "the CMS EHR certification id",
}
"""Name of an identifier -> what its root stands for."""


class _Wanted(NamedTuple):
    """An identifier that is looked for.

    Attributes:
        name: its key in the profile.
        steps: names of the elements in which it belongs.
        where: that place in words.
        holds: what its value is, in words, after `has`.
        looks: whether an id under another root may be it.
    """

    name: str
    steps: tuple[str, ...]
    where: str
    holds: str
    looks: Callable[[HeaderId], bool]

    @property
    def what(self) -> str:
        """How sentences name it."""
        return _ANY.sub(" of the ", _OF_ROOT[self.name])


def period_elsewhere(context: Context, section: Section) -> Seen:
    """Where else the performance period is stated that a section lacks: in its entries, or in another section."""
    document, tree = context.resolved.document, context.tree
    acts = [tree.place(one.node) for one in document.periods]
    if not acts:
        return Seen()
    own = f"{tree.place(section.node).path}/"
    inside = tuple(place for place in acts if place.path.startswith(own))
    if inside:
        where = f"line {inside[0].line}" + (f" and {len(inside) - 1} more" if len(inside) > 1 else "")
        return Seen(
            f" for the whole section; it is inside the entries of the section ({where}), where it is not read",
            f"Move the performance period of line {inside[0].line} into an entry of its own in this section, before "
            "the others.",
            inside,
        )
    others = {id(one): other.category for other in document.sections for one in other.periods}
    category = others.get(id(document.periods[0]))
    around = "a section of its own" if "/section" in acts[0].path else "no section"
    where = f"the {CATEGORY_NAMES[category]} section" if category else around
    return Seen(
        f"; there is one in line {acts[0].line}, in {where}, but CMS reads it in each section",
        f"Give this section a performance period of its own, in an entry like that of line {acts[0].line}; the dates "
        "may differ."
        if category
        else f"Move or copy the entry with the performance period of line {acts[0].line} into this section.",
        (acts[0],),
    )


def ids_given(context: Context, ids: Sequence[Identifier], noun: str) -> Seen:
    """How many ids an entry gives instead of one, in words; where they have no value, what the first says instead."""
    count = sum(1 for one in ids if one.extension)
    if count or not ids:
        return Seen(instead_of_one(count, noun))
    flavor = null_flavor(ids[0])
    place, line = _at(context, ids[0].node, "nullFlavor" if flavor else "extension")
    return Seen(f"{instead_of_one(0, noun)} (the id in {line} {_says(flavor)})", places=(place,))


def tin_elsewhere(context: Context) -> Seen:
    """Where else a TIN stands."""
    return _look(context, _Wanted("tin", _ORGANIZATION, _IN_ORGANIZATION, "9 digits", _of(TIN_DIGITS)))


def npi_elsewhere(context: Context) -> Seen:
    """Where else an NPI stands."""
    wanted = _Wanted("npi", _ORGANIZATION[:-1], "the performer's assignedEntity", "10 digits", _of(NPI_DIGITS))
    seen = _look(context, wanted)
    if not seen.remedy:
        return seen
    return seen._replace(remedy=f"{seen.remedy.removesuffix('.')}{IF_GROUP}.")


def entity_elsewhere(context: Context, name: str) -> Seen:
    """Where else the id of an entity stands; the name is that of its root in the profile."""
    roots = context.resolved.profile.identifiers
    others = {roots.get(one) for one in _ENTITIES} - {None}
    return _look(context, _Wanted(name, _ORGANIZATION, _IN_ORGANIZATION, "a value", lambda one: one.root in others))


def cehrt_elsewhere(context: Context, form: re.Pattern[str] | None) -> Seen:
    """Where else a CMS EHR certification id of a form stands."""
    wanted = _Wanted(
        "cehrt",
        ("participant", "associatedEntity"),
        "a participant's associatedEntity",
        "a value of that form",
        lambda one: bool(form and form.fullmatch(one.value.strip())),
    )
    return _look(context, wanted)


def program_elsewhere(context: Context) -> Seen:
    """Where else the name of a program stands."""
    programs = context.resolved.profile.programs
    wanted = _Wanted(
        "program",
        ("informationRecipient", "intendedRecipient"),
        "informationRecipient/intendedRecipient",
        "the name of a program",
        lambda one: one.value.strip().upper() in programs,
    )
    return _look(context, wanted)


def _of(digits: int) -> Callable[[HeaderId], bool]:
    def looks(one: HeaderId) -> bool:
        return len(one.number) == digits

    return looks


def _look(context: Context, wanted: _Wanted) -> Seen:
    root = context.resolved.profile.identifiers.get(wanted.name)
    ids = context.find_ids() if root else []
    for find, tell in _WAYS:
        found = next((one for one in ids if find(one, wanted, root)), None)
        if found is not None:
            return tell(context, found, wanted)
    return Seen()


def _in_other_place(one: HeaderId, wanted: _Wanted, root: str | None) -> bool:
    return one.root == root and one.steps != wanted.steps and bool((one.extension or "").strip())


def _under_other_root(one: HeaderId, wanted: _Wanted, root: str | None) -> bool:
    return one.root != root and one.steps == wanted.steps and wanted.looks(one)


def _without_value(one: HeaderId, wanted: _Wanted, root: str | None) -> bool:
    return one.root == root and one.steps == wanted.steps


def _in_both_ways(one: HeaderId, wanted: _Wanted, root: str | None) -> bool:
    return one.root != root and one.steps != wanted.steps and wanted.looks(one)


def _tell_place(context: Context, one: HeaderId, wanted: _Wanted) -> Seen:
    place, line = _at(context, one.node, "extension")
    return Seen(
        f"; an id that is marked as {wanted.what} is in {line}, in {'/'.join(one.steps)}, where it is not read",
        f"If the id in {line} is the right one, move or copy it to {wanted.where}.",
        (place,),
    )


def _tell_root(context: Context, one: HeaderId, wanted: _Wanted) -> Seen:
    place, line = _at(context, one.node, "root")
    root = context.resolved.profile.identifiers[wanted.name]
    return Seen(
        f"; the id in {line} has {wanted.holds} {_rooted(context, one)}",
        f'If the id in {line} is {wanted.what}, write it as <id root="{root}" extension="..."/>.',
        (place,),
    )


def _tell_empty(context: Context, one: HeaderId, wanted: _Wanted) -> Seen:
    place, line = _at(context, one.node, "nullFlavor" if one.null_flavor else "extension")
    return Seen(
        f": the id in {line} {_says(one.null_flavor)}",
        f'Replace nullFlavor="{one.null_flavor}" of the id in {line} with {wanted.what}.'
        if one.null_flavor
        else f"Add {wanted.what} to the id in {line}.",
        (place,),
    )


def _tell_both(context: Context, one: HeaderId, wanted: _Wanted) -> Seen:
    place, line = _at(context, one.node, "root")
    root = context.resolved.profile.identifiers[wanted.name]
    return Seen(
        f"; the id in {line}, in {'/'.join(one.steps)}, has {wanted.holds} {_rooted(context, one)}",
        f'If the id in {line} is {wanted.what}, write it as <id root="{root}" extension="..."/> in {wanted.where}.',
        (place,),
    )


_WAYS: tuple[
    tuple[Callable[[HeaderId, _Wanted, str | None], bool], Callable[[Context, HeaderId, _Wanted], Seen]], ...
] = (
    (_in_other_place, _tell_place),
    (_under_other_root, _tell_root),
    (_without_value, _tell_empty),
    (_in_both_ways, _tell_both),
)
"""How an identifier may be seen and how that is told, the surest first."""


def _at(context: Context, node: Node, attribute: str) -> tuple[Place, str]:
    place = context.tree.place(node, attribute)
    return place, f"line {place.line}"


def _says(flavor: str | None) -> str:
    return f'says nullFlavor="{flavor}" instead of giving a value' if flavor else "has no value"


def _rooted(context: Context, one: HeaderId) -> str:
    """How the root of an id is named; one that is no OID may be the number itself."""
    if not OID.fullmatch(one.root or ""):
        return "without a root that says what it is" if one.extension else "in place of its root"
    name = next((key for key, root in context.resolved.profile.identifiers.items() if root == one.root), "")
    return f"under root {one.root}" + (f", which is for {_OF_ROOT[name]}" if name in _OF_ROOT else "")
