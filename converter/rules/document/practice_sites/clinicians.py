"""Rules about the clinicians of a practice site: NPIs and TINs (84 to 89, 105).

The official converter joins the ids of a list by commas and parts them again, so that an id with a comma is two, and
empty ids at the end of a list are none.
"""

import re
from typing import NamedTuple

from converter.facts.practice_sites import NumberForm
from converter.findings import kinds
from converter.findings.finding import Kind
from converter.language.english import count_of
from converter.model.document import Identifier
from converter.rules.context import Context
from converter.rules.document.practice_sites.asked import practice

_INTEGER = re.compile(r"-?[0-9]+")
_HEX = re.compile(r"[+-]?0[xX]([0-9a-fA-F]+\.?|[0-9a-fA-F]*\.[0-9a-fA-F]+)[pP][+-]?[0-9]+[fFdD]?")
_DECIMAL = re.compile(r"[+-]?(NaN|Infinity|([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[fFdD]?)")


class _List(NamedTuple):
    """The ids of a list in a document, and the texts that the official converter makes of them."""

    ids: list[Identifier]
    texts: list[str]


def _npis(context: Context) -> _List:
    root = context.resolved.profile.identifiers["npi"]
    return _list([one for performer in context.resolved.document.performers for one in performer.ids], root)


def _tins(context: Context) -> _List:
    root = context.resolved.profile.identifiers["tin"]
    performers = context.resolved.document.performers
    return _list([one for performer in performers for one in performer.organization_ids], root)


def _list(ids: list[Identifier], root: str) -> _List:
    found = [one for one in ids if one.root == root and one.extension is not None]
    joined = ",".join(one.extension or "" for one in found).strip()
    texts = joined.split(",")
    # A list with no text at all is one empty id, but of several empty ones none is left.
    while joined and texts and not texts[-1]:
        texts.pop()
    return _List(found, texts)


def _is_given(of: _List) -> bool:
    return any(one.extension and one.extension.strip() for one in of.ids)


def tin_given(context: Context) -> None:
    """The document gives a TIN (84)."""
    if not _is_given(_tins(context)):
        context.report(kinds.TIN_NOT_GIVEN, root=context.resolved.profile.identifiers["tin"])


def npi_given(context: Context) -> None:
    """The document gives an NPI (87)."""
    if not _is_given(_npis(context)):
        context.report(kinds.NPI_NOT_GIVEN, root=context.resolved.profile.identifiers["npi"])


def tin_form(context: Context) -> None:
    """Each TIN has the form of one (85)."""
    form = practice(context).tin
    if form:
        _check_form(context, _tins(context), form, kinds.TIN_FORM, kinds.TIN_NOT_GIVEN)


def npi_form(context: Context) -> None:
    """Each NPI has the form of one (88)."""
    form = practice(context).npi
    if form:
        _check_form(context, _npis(context), form, kinds.NPI_FORM, kinds.NPI_NOT_GIVEN)


def _check_form(context: Context, given: _List, form: NumberForm, kind: Kind, missing: Kind) -> None:
    if not given.ids:
        return
    cause = None if _is_given(given) else missing.id
    parted = len(given.texts) > len(given.ids)
    for number, text in enumerate(given.texts, 1):
        problem = _problem(text.strip(), form)
        if problem:
            related = () if parted else (context.tree.place(given.ids[number - 1].node, "extension"),)
            context.report(kind, found=text or None, count=number, problem=problem, related=related, caused_by=cause)


def _problem(text: str, form: NumberForm) -> str:
    """What is wrong with a number; empty where nothing is."""
    if not text:
        return "is empty"
    if len(text) != form.length:
        return f"has {count_of(len(text), 'character')} instead of {form.length}"
    return "" if _is_number(text, form.form) else "has characters that are not digits"


def _is_number(text: str, form: str) -> bool:
    if form == "digits":
        return text.isascii() and text.isdecimal()
    if form == "integer":
        return _INTEGER.fullmatch(text) is not None
    return _DECIMAL.fullmatch(text) is not None or _HEX.fullmatch(text) is not None


def equal_numbers(context: Context) -> None:
    """There are as many TINs as NPIs (86, 89)."""
    npis, tins = len(_npis(context).texts), len(_tins(context).texts)
    if npis == tins:
        return
    kind, count = (kinds.MORE_TINS, tins) if tins > npis else (kinds.MORE_NPIS, npis)
    words = {"npis": count_of(npis, "NPI"), "tins": count_of(tins, "TIN")}
    context.report(kind, count=count, total=npis + tins, **words)


def performers(context: Context) -> None:
    """Each performer lists one clinician (105)."""
    for number, node in context.find_site().several:
        context.report(kinds.PERFORMER_OF_SEVERAL, count=number, related=(context.tree.place(node),))
