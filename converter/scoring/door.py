"""What files are worth: reads them, puts together those of one entity and year, and scores each."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from converter.door import CatalogFolders, Source, read
from converter.errors import UsageError
from converter.facts.files import Folders, data_folders
from converter.findings.finding import Severity, Stage
from converter.findings.mask import Mask, masked_text
from converter.language.english import count_of, listed
from converter.pipeline import Options
from converter.resolve.submission_context import SubmissionContext
from converter.result import ALWAYS_BLOCKING, Result
from converter.scoring.entity import Part, entity_score, other_programs, programs_of
from converter.scoring.profile import NOTHING_SAID, Profile, profile_of
from converter.scoring.roster import Roster
from converter.scoring.values import NotScored, Score, Scores
from converter.source.limits import DEFAULT_LIMITS, Limits

Key = tuple[object, ...]


def score(
    sources: Source | Iterable[Source],
    *,
    profile: Profile | Roster | Mapping[str, Any] | None = None,
    program: str | None = None,
    year: int | None = None,
    catalog: CatalogFolders = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Scores:
    """Return what QRDA III documents and QPP JSON files are worth, as far as they can say.

    Files of one entity and year are put together. Nothing of it is a score of CMS.

    Args:
        sources: path, URL, bytes or binary file of a document, or several of them.
        profile: what CMS knows of who reports: a `Profile`, a `Roster`, or a mapping such as
            `{"smallPractice": True, "reweight": {"pi": 0}}`.
        program: program to score, such as `mips`; None for each that there is data for.
        year: performance year that documents are said to be of; None to find it.
        catalog: folder or folders with catalogs and benchmarks that add or replace years.
        limits: sizes beyond which a document is refused.

    Raises:
        UsageError: a source does not exist, the profile contradicts itself, or no file has data of the program.
        DataFileError: a catalog folder is missing or one of its files does not have the right shape.
    """
    one = isinstance(sources, str | bytes | bytearray | memoryview | os.PathLike) or hasattr(sources, "read")
    each: Iterable[Any] = [sources] if one else sources  # type: ignore[assignment]  # asked above
    options = Options(year=year, strict=True, submissions=True, limits=limits)
    results = (read(source, catalog, options, None) for source in each)
    return scores_of(results, roster_of(profile), data_folders(catalog), program)


def roster_of(profile: Profile | Roster | Mapping[str, Any] | None) -> Roster:
    """Return what is said of who reports, whatever way it is given.

    Raises:
        UsageError: it is wrong, or contradicts itself.
    """
    if isinstance(profile, Roster):
        return profile
    return Roster(NOTHING_SAID if profile is None else profile_of(profile))


def scores_of(
    results: Iterable[Result], roster: Roster, folders: Folders, program: str | None = None, *, show_ids: bool = False
) -> Scores:
    """Return what results of `check` are worth; those that do not convert are left out, and said.

    Raises:
        UsageError: the profile contradicts itself, or no file has data of the program.
        DataFileError: a data file is missing or does not have the right shape.
    """
    groups: dict[Key, list[Part]] = {}
    left_out: list[NotScored] = []
    refused: dict[str, int] = {}
    names: set[str] = set()
    for result in results:
        name = _unlike(result.name if show_ids else result.masked_name, names)
        if why := _not_scored(result):
            left_out.append(NotScored(name, why))
            continue
        if number := sum(one.stage is Stage.SUBMISSION for one in result.errors):
            refused[name] = number
        for number, context in enumerate(result.contexts()):
            groups.setdefault(_key(context, (name, number)), []).append(Part(_kept(context), name))
    found = [one for parts in groups.values() for one in _entity(parts, roster, folders, program, refused)]
    scores = [one for one in found if isinstance(one, Score)]
    left_out += [one for one in found if isinstance(one, NotScored)]
    if program is not None and groups and not found:
        raise UsageError(f"No file has data for the program {masked_text(program)}.")
    return Scores(tuple(sorted(scores, key=_order)), tuple(left_out), tuple(_notes(groups)))


def _unlike(name: str, names: set[str]) -> str:
    """Return a name that no other file has: masked names may be the same."""
    found, number = name, 1
    while found in names:
        number += 1
        found = f"{name} ({number})"
    names.add(found)
    return found


def can_be_scored(result: Result) -> bool:
    """Whether there is data in a result that can be scored."""
    return not _not_scored(result)


def _not_scored(result: Result) -> str:
    """Why a file is not scored, as a sentence; empty where it is."""
    if any(one.severity is Severity.ERROR and one.stage in ALWAYS_BLOCKING for one in result.findings):
        return "It does not convert, and what could be read of it is not scored; check says what is wrong."
    if not result.contexts():
        return "It contains no submission of a known year; check says what is wrong."
    return ""


def _key(context: SubmissionContext, alone: tuple[str, int]) -> Key:
    """What files have in common that are put together; a measurement set that names nobody is by itself."""
    subject = context.subject
    ids = (subject.tin, subject.npi, subject.entity_id)
    return (context.year, subject.entity_type, *ids) if any(ids) else (context.year, *alone)


def _kept(context: SubmissionContext) -> SubmissionContext:
    """A submission without the document that it comes from, so that many files stay small."""
    return replace(context, find_place=lambda _: None, where={})


def _entity(
    parts: Sequence[Part], roster: Roster, folders: Folders, program: str | None, refused: Mapping[str, int]
) -> Iterator[Score | NotScored]:
    first = parts[0].context
    subject = first.subject
    ids = {"tin": subject.tin or "", "npi": subject.npi or "", "entityId": subject.entity_id or ""}
    profile, in_roster = roster.of(ids)
    for name in programs_of(parts):
        if program not in (None, name):
            continue
        row = first.program(name)
        if row is None or row.get("ownRules"):
            words = first.catalog.program_words(name)
            what = f"{words} is scored by rules that this tool does not have." if row else f"{words} is not known."
            yield from (NotScored(source, what) for source in dict.fromkeys(part.source for part in parts))
            continue
        one = entity_score(parts, name, profile, folders)
        notes = [f"CMS would refuse {source}: {count_of(refused[source], 'error')}; check says which."
                 for source in one.sources if source in refused]  # fmt: skip
        notes += ["The roster has no row for this entity."] if roster.rows and not in_roster else []
        notes += [words] if program is None and (words := other_programs(parts, name)) else []
        yield replace(one, notes=(*one.notes, *notes))


def _order(one: Score) -> tuple[object, ...]:
    return one.year, one.entity_type or "", one.identity, one.program, one.sources


def _notes(groups: Mapping[Key, Sequence[Part]]) -> Iterator[str]:
    years = sorted({parts[0].context.year for parts in groups.values()})
    if len(years) > 1:
        yield f"The files are of the years {listed([str(one) for one in years])}: each year is scored by itself."
    entities = {key[1:] for key in groups}
    if len(entities) > 1:
        yield f"The files are of {len(entities)} entities: each is scored by itself."


def masked_identity(one: Score, show_ids: bool) -> tuple[tuple[str, str], ...]:
    """Whom a score is of, as it is shown."""
    mask = Mask((), show_ids)
    return tuple((name, mask.number(value)) for name, value in one.identity)
