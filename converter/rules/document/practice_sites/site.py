"""Rules about the practice site and its software: id, address, CEHRT id (34, 35, 62, 63, 97, 100)."""

from converter.facts.practice_sites import site_ids
from converter.findings import kinds
from converter.language.english import listed, times
from converter.model.document import Identifier
from converter.rules.context import Context
from converter.rules.document.practice_sites.asked import example_of, practice, program, site_root

_KIND = slice(2, 5)
"""Where a CEHRT id says which edition the software is certified for."""


def _ids(context: Context, root: str | None) -> list[Identifier]:
    """The ids of participants under a root. One without extension is not read."""
    return [one for one in context.resolved.document.participant_ids if one.root == root and one.extension is not None]


def address(context: Context) -> None:
    """The document gives the address of the practice site (34)."""
    found = context.find_site().addresses
    if not found:
        context.report(kinds.SITE_ADDRESS_MISSING, states="does not give the address")
    elif practice(context).address_text and not found[0]:
        context.report(kinds.SITE_ADDRESS_MISSING, states="gives an empty address")


def site_id_given(context: Context) -> None:
    """The document gives one practice site id (35)."""
    root = site_root(context)
    found = _ids(context, root)
    if len(found) == 1:
        return
    if found:
        states = f"gives {times(len(found))} instead of once"
        remedy = "Keep the id of the practice site that this report is of, and remove any other."
    else:
        states = "does not give"
        remedy = f"Enter the practice site id, such as {example_of(context)}, in the EHR and export the report again."
    related = tuple(context.tree.place(one.node, "extension") for one in found)
    context.report(
        kinds.SITE_ID_MISSING,
        program=program(context),
        root=root,
        count=len(found),
        states=states,
        remedy=remedy,
        related=related,
    )


def site_id_filled(context: Context) -> None:
    """The practice site id is not empty (62)."""
    found = _ids(context, site_root(context))
    empty = len(found) == 1 and found[0].extension == ""
    if empty or (not found and practice(context).empty_if_missing):
        context.report(
            kinds.SITE_ID_EMPTY,
            program=program(context),
            example=example_of(context),
            related=tuple(context.tree.place(one.node, "extension") for one in found),
            caused_by=None if found else kinds.SITE_ID_MISSING.id,
        )


def site_id_known(context: Context) -> None:
    """The practice site is on the list of the year (63)."""
    asked = practice(context)
    for one in _ids(context, site_root(context))[:1]:
        text, known = one.extension or "", site_ids(asked.program, context.year)
        if not text or text in known:
            continue
        meant = text.strip().upper()
        if meant in known:
            note, remedy = f"; without regard to spaces and capitals, {meant} is", f"Write the id as {meant}."
        else:
            note, remedy = "", "Check the practice site id in the EHR: write it exactly as CMS assigned it."
        context.report(
            kinds.SITE_ID_UNKNOWN,
            found=text,
            program=program(context),
            example=example_of(context),
            note=note,
            remedy=remedy,
            related=(context.tree.place(one.node, "extension"),),
        )


def cehrt_form(context: Context) -> None:
    """The CEHRT id has the form of the year (97)."""
    asked, root = practice(context), context.resolved.profile.identifiers["cehrt"]
    found = _ids(context, root)
    text = (found[0].extension or "") if found else ""
    if not found:
        problem = "is missing"
    elif len(text) != asked.cehrt_length:
        problem = f"has {len(text)} characters instead of {asked.cehrt_length}" if text else "is empty"
    elif text[_KIND].upper() not in asked.cehrt_kinds:
        problem = f'has "{text[_KIND]}" as its third to fifth characters'
    else:
        return
    context.report(
        kinds.SITE_CEHRT,
        found=text or None,
        root=root,
        problem=problem,
        length=str(asked.cehrt_length),
        kinds=listed(asked.cehrt_kinds, "or"),
        related=tuple(context.tree.place(one.node, "extension") for one in found[:1]),
    )


def cehrt_once(context: Context) -> None:
    """The document gives one CEHRT id (100)."""
    found = _ids(context, context.resolved.profile.identifiers["cehrt"])
    if len(found) > 1:
        related = tuple(context.tree.place(one.node, "extension") for one in found[1:])
        context.report(kinds.SITE_CEHRT_REPEATED, count=len(found), program=program(context), related=related)
