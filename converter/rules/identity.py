"""Rules about who reports: program against NPI and TIN, their forms, several performers. Stage `submission`."""

from converter.findings import kinds
from converter.resolve.resolved import Identity
from converter.rules.context import Context

_ENTITY_NAMES = {
    "group": "a group",
    "apm": "an APM entity",
    "subgroup": "a subgroup",
    "virtualGroup": "a virtual group",
}
_NPI_DIGITS, _TIN_DIGITS = 10, 9
_NPI_CONSTANT = 24
"""What the prefix 80840 of a health identifier adds to the sum of the check digit (NPI standard)."""


def swapped(context: Context) -> None:
    """TIN and NPI stand in each other's place."""
    identity, output = context.resolved.identity, context.resolved.profile.output
    submitted = identity.program is not None and identity.program.entity_type in output.npi_for
    if identity.npi and submitted and _are_swapped(identity):
        context.report(kinds.TIN_NPI_SWAPPED, identity.npi.node, "extension")


def _are_swapped(identity: Identity) -> bool:
    npi, tin = (one.extension or "" if one else "" for one in (identity.npi, identity.tin))
    return len(_digits(npi)) == _TIN_DIGITS and len(_digits(tin)) == _NPI_DIGITS


def npi_form(context: Context) -> None:
    """An NPI that is submitted has 10 digits and agrees with its check digit."""
    identity, output = context.resolved.identity, context.resolved.profile.output
    if identity.npi is None or identity.program is None or identity.program.entity_type not in output.npi_for:
        return
    text = identity.npi.extension or ""
    if _is_number(text, _NPI_DIGITS):
        if not valid_check_digit(text):
            context.report(kinds.NPI_CHECK_DIGIT, identity.npi.node, "extension", found=text)
    elif not _are_swapped(identity):
        note = _note(text, _NPI_DIGITS)
        context.report(kinds.NPI_FORMAT, identity.npi.node, "extension", found=text, note=note)


def tin_form(context: Context) -> None:
    """A TIN that is submitted has 9 digits and nothing else."""
    identity, output = context.resolved.identity, context.resolved.profile.output
    if identity.tin is None or identity.program is None or identity.program.entity_type not in output.tin_for:
        return
    text = identity.tin.extension or ""
    swapped_here = identity.program.entity_type in output.npi_for and _are_swapped(identity)
    if not _is_number(text, _TIN_DIGITS) and not swapped_here:
        note = _note(text, _TIN_DIGITS)
        context.report(kinds.TIN_FORMAT, identity.tin.node, "extension", found=text, note=note)


def _is_number(text: str, digits: int) -> bool:
    return len(text) == digits and text.isascii() and text.isdecimal()


def _note(text: str, digits: int) -> str:
    if _is_number(text.replace("-", "").replace(" ", ""), digits):
        return "; it has dashes or blanks in it"
    return (
        f"; it has {len(_digits(text))} digits" if len(_digits(text)) != digits else "; it has other characters in it"
    )


def npi_in_group(context: Context) -> None:
    """The document of a group or entity names no clinician."""
    identity, output = context.resolved.identity, context.resolved.profile.output
    if identity.npi is None or identity.program is None or identity.program.entity_type in output.npi_for:
        return
    individual = next(
        (one.name for one in context.resolved.profile.programs.values()
         if one.accepted and one.family == identity.program.family and one.name.endswith("_INDIV")),
        "of individual clinicians",
    )  # fmt: skip
    entity = _ENTITY_NAMES[identity.program.entity_type]
    context.report(
        kinds.NPI_IN_GROUP,
        identity.npi.node,
        "extension",
        found=identity.npi.extension,
        entity=entity,
        individual=individual,
    )


def one_performer(context: Context) -> None:
    """A document has one performer; the official converter silently takes the first."""
    performers = context.resolved.document.performers
    if len(performers) > 1 and context.resolved.identity.program:
        context.report(kinds.SEVERAL_PERFORMERS, performers[1].node, count=len(performers))


def valid_check_digit(npi: str) -> bool:
    """Whether the last of ten digits is the check digit of the others (Luhn with the prefix 80840)."""
    total = _NPI_CONSTANT
    for position, digit in enumerate(npi):
        doubled = int(digit) * (2 if position % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdecimal() and one.isascii())


RULES = (swapped, npi_form, tin_form, npi_in_group, one_performer)
