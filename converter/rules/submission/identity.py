"""Rules about who reports: what each kind of entity gives, and the form of NPI and TIN (SV-006 to SV-012)."""

import re
from collections.abc import Mapping

from converter.findings import kinds
from converter.findings.finding import Kind
from converter.parsers.header import LOOK_ALIKE
from converter.rules.submission.context import SubmissionContext, Where
from converter.rules.submission.subject import Subject
from converter.rules.words import listed

ENTITY_NAMES: Mapping[str, str] = {
    "individual": "an individual clinician",
    "group": "a group",
    "apm": "an APM entity",
    "subgroup": "a subgroup",
    "virtualGroup": "a virtual group",
}
"""Entity type -> how findings name it."""

_WITH_ENTITY_ID = ("apm", "subgroup", "virtualGroup")
_WITH_TIN = ("individual", "group")
_NPI, _TIN, _ENTITY = "nationalProviderIdentifier", "taxpayerIdentificationNumber", "entityId"
_NPI_DIGITS, _TIN_DIGITS = 10, 9
_HIDDEN = re.compile(r"[Xx*#\u2022?_]{2,}")
_MOST_ZEROS = 3
"""No number has more leading zeros than this to lose."""
_ZEROS = (
    "Compare it with the TIN: if it begins with zeros, write them again (spreadsheets drop them); otherwise correct it "
    "to 9 digits."
)
_NPI_CONSTANT = 24
"""What the prefix 80840 of a health identifier adds to the sum of the check digit (NPI standard)."""


def identifiers_given(context: SubmissionContext) -> None:
    """The submission says who reports: NPI, TIN or entity id, as the entity type asks."""
    subject = context.subject
    entity = subject.entity_type
    where = context.where.get("entity")
    if entity in _WITH_ENTITY_ID and where and _absent(subject, _ENTITY) and context.complete(_ENTITY):
        _report_absent(context, kinds.ENTITY_ID_MISSING, _ENTITY, where, entity=ENTITY_NAMES[entity])
    if entity == "individual" and _absent(subject, _NPI):
        _report_absent(context, kinds.NPI_MISSING, _NPI, context.where["npi"])
    if entity in _WITH_TIN and _absent(subject, _TIN):
        _report_absent(context, kinds.TIN_MISSING, _TIN, context.where["tin"])


def _report_absent(context: SubmissionContext, kind: Kind, member: str, where: Where, **words: str) -> None:
    seen = where.look()
    context.report(
        kind,
        f"{context.subject.pointer}/{member}",
        where=where.expected,
        seen=seen.words,
        remedy=seen.remedy or where.add,
        places=seen.places,
        **words,
    )


def _absent(subject: Subject, member: str) -> bool:
    return subject.members.get(member) in (None, "")


def swapped(context: SubmissionContext) -> None:
    """TIN and NPI stand in each other's place."""
    if _are_swapped(context.subject):
        context.report(kinds.TIN_NPI_SWAPPED, f"{context.subject.pointer}/{_NPI}")


def _are_swapped(subject: Subject) -> bool:
    return (
        subject.npi is not None
        and len(_digits(subject.npi)) == _TIN_DIGITS
        and len(_digits(subject.tin or "")) == _NPI_DIGITS
    )


def npi_form(context: SubmissionContext) -> None:
    """The NPI of an individual has 10 digits and agrees with its check digit."""
    subject = context.subject
    if subject.npi is None or subject.entity_type != "individual":
        return
    pointer, text = f"{subject.pointer}/{_NPI}", subject.npi
    if _is_number(text, _NPI_DIGITS):
        if not valid_check_digit(text):
            context.report(kinds.NPI_CHECK_DIGIT, pointer, found=text)
    elif not _are_swapped(subject):
        context.report(kinds.NPI_FORMAT, pointer, found=text, **number_words(text, "NPI", _NPI_DIGITS))


def tin_form(context: SubmissionContext) -> None:
    """A TIN has 9 digits and nothing else."""
    subject = context.subject
    text = subject.tin
    if text is not None and not _is_number(text, _TIN_DIGITS) and not _are_swapped(subject):
        pointer = f"{subject.pointer}/{_TIN}"
        context.report(kinds.TIN_FORMAT, pointer, found=text, **number_words(text, "TIN", _TIN_DIGITS))


def identifiers_of_others(context: SubmissionContext) -> None:
    """Only an individual gives an NPI; an entity that has an id of its own gives no TIN."""
    subject = context.subject
    entity = subject.entity_type
    if entity == "group" and subject.npi is not None:
        context.report(kinds.NPI_FOR_GROUP, f"{subject.pointer}/{_NPI}", found=subject.npi)
    if entity not in _WITH_ENTITY_ID:
        return
    for name, member, given in (("NPI", _NPI, subject.npi), ("TIN", _TIN, subject.tin)):
        if given is not None:
            context.report(
                kinds.IDENTIFIER_NOT_FOR_ENTITY,
                f"{subject.pointer}/{member}",
                found=given,
                entity=ENTITY_NAMES[entity],
                what=f"{'an' if name == 'NPI' else 'a'} {name}",
                it=f"the {name}",
            )


def valid_check_digit(npi: str) -> bool:
    """Whether the last of ten digits is the check digit of the others (Luhn with the prefix 80840)."""
    total = _NPI_CONSTANT
    for position, digit in enumerate(npi):
        doubled = int(digit) * (2 if position % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _is_number(text: str, digits: int) -> bool:
    return len(text) == digits and text.isascii() and text.isdecimal()


def number_words(text: str, what: str, digits: int) -> dict[str, str]:
    """Say what is wrong with a text that should be a number, but not what its digits are, and what to do.

    Args:
        text: what is written.
        what: NPI or TIN.
        digits: how many digits it has.
    """
    plain, found = text.replace("-", "").replace(" ", ""), len(_digits(text))
    if _is_number(plain, digits):
        return {"note": "; it has dashes or blanks in it"}
    if _HIDDEN.search(plain):
        fix = f"Export the file again with the whole {what} in it: a masked one cannot be submitted."
        return {"note": "; characters such as X or * hide a part of it", "fix": fix}
    if _is_number(plain.translate(LOOK_ALIKE), digits):
        note = f"; the letter {listed(_letters(plain))} stands in place of a digit that looks like it"
        return {"note": note, "fix": f"Compare it with the {what}, and write digits only."}
    if found == digits:
        return {"note": "; it has other characters in it"}
    note = f"; it has {found or 'no'} digit{'' if found == 1 else 's'}"
    if digits == _TIN_DIGITS and plain.isdecimal() and digits - _MOST_ZEROS <= found < digits:
        return {"note": f"{note}: zeros at its beginning may have been lost", "fix": _ZEROS}
    return {"note": note}


def _letters(text: str) -> list[str]:
    return sorted({one for one in text if one.isalpha()})


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdecimal() and one.isascii())


RULES = (identifiers_given, swapped, npi_form, tin_form, identifiers_of_others)
