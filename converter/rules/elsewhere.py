"""Identifiers that are missing where they are read, and stand in another place or under another root.

Nothing is taken from there. The finding that misses the identifier says what was seen, and what to move or change.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from converter.findings.place import Place
from converter.parsers.header import HeaderId
from converter.rules.context import Context
from converter.rules.submission.context import Seen

_OID = re.compile(r"\d+(?:\.\d+)+")
_ORGANIZATION = ("documentationOf", "serviceEvent", "performer", "assignedEntity", "representedOrganization")
_IN_ORGANIZATION = "the performer's representedOrganization"
_ENTITIES = ("virtualGroup", "apmEntity", "subgroup")
_TIN_DIGITS, _NPI_DIGITS = 9, 10
_OF_ROOT: Mapping[str, str] = {
    "program": "the program name",
    "npi": "the NPI",
    "tin": "the TIN",
    "virtualGroup": "the id of a virtual group",
    "apmEntity": "the id of an APM entity",
    "subgroup": "the id of a subgroup",
    "mvp": "a MIPS Value Pathway",
    "cehrt": "the CMS EHR certification id",
}
"""Name of an identifier -> what its root stands for."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An identifier that is looked for.

    Attributes:
        name: its key in the profile.
        steps: names of the elements in which it belongs.
        where: that place in words.
        holds: what its value is, in words, after `holds`.
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
        return _OF_ROOT[self.name]


def tin_elsewhere(context: Context) -> Seen:
    """Where else a TIN stands."""
    return _look(context, _Wanted("tin", _ORGANIZATION, _IN_ORGANIZATION, "9 digits", _of(_TIN_DIGITS)))


def npi_elsewhere(context: Context) -> Seen:
    """Where else an NPI stands."""
    wanted = _Wanted("npi", _ORGANIZATION[:-1], "the performer's assignedEntity", "10 digits", _of(_NPI_DIGITS))
    return _look(context, wanted)


def entity_elsewhere(context: Context, name: str) -> Seen:
    """Where else the id of an entity stands; the name is that of its root in the profile."""
    roots = context.resolved.profile.identifiers
    others = {roots.get(one) for one in _ENTITIES} - {None}
    return _look(context, _Wanted(name, _ORGANIZATION, _IN_ORGANIZATION, "an id", lambda one: one.root in others))


def cehrt_elsewhere(context: Context, form: re.Pattern[str] | None) -> Seen:
    """Where else a CMS EHR certification id of a form stands."""
    wanted = _Wanted(
        "cehrt",
        ("participant", "associatedEntity"),
        "a participant's associatedEntity",
        "a text of its form",
        lambda one: bool(form and form.fullmatch((one.extension or "").strip())),
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
        lambda one: (one.extension or "").strip().upper() in programs,
    )
    return _look(context, wanted)


def _of(digits: int) -> Callable[[HeaderId], bool]:
    def looks(one: HeaderId) -> bool:
        return len(plain_number(value_of(one))) == digits

    return looks


def value_of(one: HeaderId) -> str:
    """The value of an id: its extension, or the root that stands in place of it."""
    return one.extension or ("" if _OID.fullmatch(one.root or "") else one.root or "")


def plain_number(text: str) -> str:
    """A number without dashes and blanks; empty for other texts."""
    number = re.sub(r"[-\s]", "", text)
    return number if number.isascii() and number.isdecimal() else ""


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
    place, line = _at(context, one, "extension")
    return Seen(
        f": an id with its root stands in {line}, in {'/'.join(one.steps)}, where it is not read",
        f"If the id in {line} is {wanted.what}, move it to {wanted.where}, or copy it there.",
        (place,),
    )


def _tell_root(context: Context, one: HeaderId, wanted: _Wanted) -> Seen:
    place, line = _at(context, one, "root")
    root = context.resolved.profile.identifiers[wanted.name]
    return Seen(
        f", but the id in {line}, {_rooted(context, one)}, holds {wanted.holds}",
        f'If the id in {line} is {wanted.what}, write it with root="{root}".',
        (place,),
    )


def _tell_empty(context: Context, one: HeaderId, wanted: _Wanted) -> Seen:
    place, line = _at(context, one, "nullFlavor" if one.null_flavor else "extension")
    says = f'nullFlavor="{one.null_flavor}" in place of a value' if one.null_flavor else "nothing"
    return Seen(
        f": its id in {line} says {says}",
        f'Write {wanted.what} as extension="..." of the id in {line}'
        f"{', and take nullFlavor out' if one.null_flavor else ''}.",
        (place,),
    )


def _tell_both(context: Context, one: HeaderId, wanted: _Wanted) -> Seen:
    place, line = _at(context, one, "root")
    root = context.resolved.profile.identifiers[wanted.name]
    return Seen(
        f", but the id in {line}, {_rooted(context, one)} in {'/'.join(one.steps)}, holds {wanted.holds}",
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


def _at(context: Context, one: HeaderId, attribute: str) -> tuple[Place, str]:
    place = context.tree.place(one.node, attribute)
    return place, f"line {place.line}"


def _rooted(context: Context, one: HeaderId) -> str:
    """How the root of an id is named; one that is no OID may be the number itself."""
    if not _OID.fullmatch(one.root or ""):
        return "which has no root of its own" if one.extension else "as its root"
    name = next((key for key, root in context.resolved.profile.identifiers.items() if root == one.root), "")
    return f"under root {one.root}" + (f" (that of {_OF_ROOT[name]})" if name in _OF_ROOT else "")
