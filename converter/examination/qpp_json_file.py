"""The submission rules' view of a QPP JSON file: each submission of it in its year."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from converter.facts.catalog import Catalog, load_catalog, years_with
from converter.facts.files import Folders, years
from converter.facts.policies import load_submission_rules
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.language.english import span
from converter.parsers.qpp_json.parts import Part, Stranger, parts
from converter.parsers.qpp_json.subject import Subject
from converter.resolve.submission_context import FindPlace, Seen, SubmissionContext, Where, nothing_seen
from converter.rules.context import run
from converter.rules.submission import SUBMISSION
from converter.shape.member_words import shown
from converter.shape.schema import shape

_NPI, _TIN, _ENTITY = "nationalProviderIdentifier", "taxpayerIdentificationNumber", "entityId"


def _member(name: str, value: str, look: Callable[[], Seen] = nothing_seen) -> Where:
    return Where(f"The member {name}", f'Add "{name}" with {value}.', look)


def _where(subject: Subject, find_place: FindPlace) -> Mapping[str, Where]:
    def look(wanted: str, digits: int) -> Seen:
        return _in_other_member(subject, find_place, wanted, digits)

    group = "the NPI (10 digits); if the data is for a group, set entityType to group instead"
    return {
        "npi": _member(_NPI, group, lambda: look(_NPI, 10)),
        "tin": _member(_TIN, "the TIN (9 digits, no dash)", lambda: look(_TIN, 9)),
        "entity": _member(_ENTITY, "the id that CMS assigned"),
        "cehrt": Where("The member cehrtId", 'add "cehrtId" with it'),
    }


def _in_other_member(subject: Subject, find_place: FindPlace, wanted: str, digits: int) -> Seen:
    """The number that is missing may stand in the member of another identifier."""
    for name in (_NPI, _TIN, _ENTITY):
        text = subject.members.get(name)
        number = text.replace("-", "").replace(" ", "") if isinstance(text, str) else ""
        if name != wanted and number.isascii() and number.isdecimal() and len(number) == digits:
            place = find_place(f"{subject.pointer}/{name}")
            words = f'; the member "{name}" has {digits} digits'
            return Seen(words, f'If that is the right number, write it as "{wanted}".', (place,) if place else ())
    return Seen()


def examine_file(
    data: object, findings: Collector, find_place: FindPlace, folders: Folders, asserted: int | None
) -> list[SubmissionContext]:
    """Check all submissions of a file, and report what is none.

    Args:
        data: what the file holds.
        findings: takes what is found.
        find_place: from a JSON pointer to its place in the file.
        folders: where the data files are looked for.
        asserted: the year that the file is said to be of, or None.

    Returns:
        The submissions and measurement sets that could be checked, in the order of the file.
    """
    examined = []
    for part in parts(data):
        if isinstance(part, Stranger):
            place = find_place(part.pointer)
            findings.add(kinds.NOT_A_SUBMISSION, place, where=part.where, what=part.what, remedy=part.remedy)
            continue
        catalog = _catalog(part, findings, find_place, folders, asserted)
        if catalog is None:
            continue
        context = _context(part, catalog, findings, find_place, folders)
        before = len(findings)
        run(SUBMISSION, context)
        run((_shape(part, folders, before),), context)
        examined.append(context)
    return examined


def _shape(part: Part, folders: Folders, before: int) -> Callable[[SubmissionContext], None]:
    def schema(context: SubmissionContext) -> None:
        shape(context, part, folders, before)

    return schema


def _context(
    part: Part, catalog: Catalog, findings: Collector, find_place: FindPlace, folders: Folders
) -> SubmissionContext:
    subject = part.subject(catalog)
    return SubmissionContext(
        subject=subject,
        catalog=catalog,
        rules=load_submission_rules(folders, catalog.year),
        findings=findings,
        find_place=find_place,
        where=_where(subject, find_place),
        answers=("true", "false"),
        years_with=lambda word: years_with(word, folders),
        converted=False,
    )


def _catalog(
    part: Part, findings: Collector, find_place: FindPlace, folders: Folders, asserted: int | None
) -> Catalog | None:
    """The measures of the year that a submission says; where it says none that can be read, of the one asserted."""
    (said, pointer), known = part.year, years(folders, "catalog")
    year, place = _year(said), find_place(pointer)
    if year is None and asserted is None:
        findings.add(kinds.YEAR_NOT_KNOWN, place, **_year_words(part, said, known))
        return None
    if year is not None and year not in known:
        findings.add(
            kinds.YEAR_NOT_KNOWN,
            place,
            found=str(year),
            part=part.name,
            problem=f"is for performance year {year}, which this tool does not know",
            known=span(known),
            known_years=tuple(known),
            remedy="Correct the year; if it is right, use a later version of this tool or pass a catalog folder.",
        )
        return None
    if year is not None and asserted is not None and year != asserted:
        findings.add(kinds.YEAR_NOT_ASSERTED, place, found=str(year), year=year, part=part.name, asserted=asserted)
    return load_catalog(folders, year if year is not None else asserted or known[-1])


def _year_words(part: Part, said: object, known: Sequence[int]) -> dict[str, Any]:
    """What is said of a submission without a year, or with something else in its place."""
    member = "submission with performanceYear" if part.alone else "performanceYear"
    if said is None:
        problem, remedy = "does not say which performance year it is for", f"Add {member}, such as {known[-2]}."
    else:
        problem = f"has a performance year that is not a year: {shown(said)}"
        remedy = f"Write performanceYear as a number, such as {known[-2]}."
    return {"part": part.name, "problem": problem, "known": span(known), "known_years": tuple(known), "remedy": remedy}


def _year(said: object) -> int | None:
    if isinstance(said, str) and said.strip().isdecimal() and len(said) < 10:
        return int(said)  # the schema tells that it must be a number
    if isinstance(said, float) and said.is_integer():
        return int(said)
    return said if isinstance(said, int) and not isinstance(said, bool) else None
