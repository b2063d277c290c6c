"""Rules about who reports: what each kind of entity gives, and the form of NPI and TIN (SV-006 to SV-012)."""

from converter.findings import kinds
from converter.findings.finding import Kind
from converter.language.identifiers import NPI_DIGITS, TIN_DIGITS, digits_of, is_number, number_words
from converter.language.terms import ENTITY_NAMES
from converter.parsers.qpp_json.subject import Subject
from converter.resolve.submission_context import SubmissionContext, Where

_WITH_ENTITY_ID = ("apm", "subgroup", "virtualGroup")
_WITH_TIN = ("individual", "group")
_NPI, _TIN, _ENTITY = "nationalProviderIdentifier", "taxpayerIdentificationNumber", "entityId"
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
        and len(digits_of(subject.npi)) == TIN_DIGITS
        and len(digits_of(subject.tin or "")) == NPI_DIGITS
    )


def npi_form(context: SubmissionContext) -> None:
    """The NPI of an individual has 10 digits and agrees with its check digit."""
    subject = context.subject
    if subject.npi is None or subject.entity_type != "individual":
        return
    pointer, text = f"{subject.pointer}/{_NPI}", subject.npi
    if is_number(text, NPI_DIGITS):
        if not valid_check_digit(text):
            context.report(kinds.NPI_CHECK_DIGIT, pointer, found=text)
    # Rule swapped has told both of them.
    elif not _are_swapped(subject):
        context.report(kinds.NPI_FORMAT, pointer, found=text, **number_words(text, "NPI", NPI_DIGITS))


def tin_form(context: SubmissionContext) -> None:
    """A TIN has 9 digits and nothing else."""
    subject = context.subject
    text = subject.tin
    if text is not None and not is_number(text, TIN_DIGITS) and not _are_swapped(subject):
        pointer = f"{subject.pointer}/{_TIN}"
        context.report(kinds.TIN_FORMAT, pointer, found=text, **number_words(text, "TIN", TIN_DIGITS))


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


RULES = (identifiers_given, swapped, npi_form, tin_form, identifiers_of_others)
