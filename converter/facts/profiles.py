"""The profile of a performance year: its templates, programs, identifiers and the shape of its output.

Facts stand in `schemas/profiles/<year>.json` with their origin and date; this module only gives them names.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from converter.facts.files import Folders, load_json, load_year, shipped_folder, years


class Program(NamedTuple):
    """A program name of the intended recipient.

    Attributes:
        name: as it stands in the document, in capitals, such as `MIPS_APP1_GROUP`.
        program_name: `programName` of the measurement sets; None where it is not known (never of one that is accepted).
        entity_type: `entityType` of the submission.
        family: programs that share their rules, such as mips or app1; `program-names.json` has them all.
        accepted: whether the official converter of the year takes it.
        years: years in which it is accepted, where that is not this one.
    """

    name: str
    program_name: str | None
    entity_type: str
    family: str
    accepted: bool
    years: tuple[int, ...] = ()


class Output(NamedTuple):
    """How the submission of the year is written (behaviour of the official converter of the year).

    Attributes:
        categories: category of the document -> `category` of the measurement set.
        submission_method: `submissionMethod` of every measurement set.
        source: `source` of every measurement set, or None.
        npi_for: entity types with `nationalProviderIdentifier`.
        tin_for: entity types with `taxpayerIdentificationNumber`.
        entity_id_from: entity type -> name of the identifier that becomes `entityId`.
        cehrt_programs: program names whose sets carry `cehrtId`.
        cehrt_categories: categories whose sets carry it.
        mvp_programs: program names that an MVP id replaces.
        mvp_entities: entity types for which it does.
    """

    categories: dict[str, str]
    submission_method: str
    source: str | None
    npi_for: frozenset[str]
    tin_for: frozenset[str]
    entity_id_from: dict[str, str]
    cehrt_programs: frozenset[str]
    cehrt_categories: frozenset[str]
    mvp_programs: frozenset[str]
    mvp_entities: frozenset[str]


class Profile(NamedTuple):
    """All that a performance year says about documents.

    Attributes:
        year: the performance year.
        preliminary: the templates are not those of a final guide yet.
        date: date of the facts.
        document_extension: extension of the CMS document template in this year, the first of its type.
        types: template root -> type of the element and rank (lower is preferred).
        category_root: root of the template that every quality section carries beside its own.
        category_extension: its extension, or None where it is not asked for (before 2019).
        programs: program name in capitals -> program.
        identifiers: name of an identifier -> its root.
        output: the shape of the submission.
        multi_to_single: measure ids whose population sets are summed into one rate.
        single_to_multi: measure id whose one population set becomes the first stratum, or None.
        pi_alternatives: promoting interoperability measure -> the measures that it replaces.
        not_submitted: template root -> what it is, for parts of the standard that no submission takes.
        extensions: root of each template of the guide -> the extension that it asks for; empty where it asks for none.
        practice_sites: program name -> what its converter asked of practice sites (`facts/practice_sites.py`).
    """

    year: int
    preliminary: bool
    date: str
    document_extension: str
    types: dict[str, tuple[str, int]]
    category_root: str
    category_extension: str | None
    programs: dict[str, Program]
    identifiers: dict[str, str]
    output: Output
    multi_to_single: frozenset[str]
    single_to_multi: str | None
    pi_alternatives: dict[str, tuple[str, ...]]
    extensions: dict[str, str]
    not_submitted: dict[str, str]
    practice_sites: dict[str, dict[str, Any]]


@lru_cache(maxsize=32)
def load_profile(folders: Folders, year: int) -> Profile:
    """Load the profile of a year.

    Raises:
        DataFileError: there is none, or it does not have the right shape.
    """
    data = load_year(folders, "profiles", "profile.schema.json", year)
    category = data["categorySection"]
    special = data["specialMeasures"]
    extensions = {one["root"]: one["extension"] or "" for one in data["templates"].values()}
    return Profile(
        year=data["performanceYear"],
        preliminary=data["status"] == "preliminary",
        date=data["date"],
        document_extension=extensions.get(data["types"]["document"][0], ""),
        types={root: (name, rank) for name, roots in data["types"].items() for rank, root in enumerate(roots)},
        category_root=category["root"],
        category_extension=category["extension"],
        programs={name: _program(name, facts) for name, facts in data["programs"].items()},
        identifiers=data["identifiers"],
        output=_output(data["output"]),
        multi_to_single=frozenset(special["multiToSingle"]),
        single_to_multi=special["singleToMulti"],
        extensions=extensions,
        not_submitted=data.get("notSubmitted", {}),
        practice_sites=data.get("practiceSites", {}),
        pi_alternatives={row["measure"]: tuple(row["replaces"]) for row in data["piAlternatives"]},
    )


class Editions(NamedTuple):
    """The published editions of the CMS document template.

    Attributes:
        root: root of the template.
        base_root: root of the document template of HL7, which stands beside it.
        years: extension -> performance years whose guide asks for it.
        superseded: extension -> years for which it was published first and replaced later.
        ahead: extension -> years whose guide asks for it, but which have no profile yet.
        others: extension -> the template that it belongs to instead, in words, and the years whose guide asks for it.
    """

    root: str
    base_root: str
    years: dict[str, tuple[int, ...]]
    superseded: dict[str, tuple[int, ...]]
    ahead: dict[str, tuple[int, ...]]
    others: dict[str, tuple[str, tuple[int, ...]]]

    @property
    def known(self) -> tuple[int, ...]:
        """The performance years that have an edition, ascending."""
        return tuple(sorted({year for of in self.years.values() for year in of}))

    def extension_of(self, year: int) -> str | None:
        """Extension of the template of a year; None where there is no edition of it."""
        return next((extension for extension, of in self.years.items() if year in of), None)


@lru_cache(maxsize=8)
def load_editions(folders: Folders) -> Editions:
    """Load the editions. The shipped years stand in one small file, so that no profile but that in hand is loaded."""
    data = load_json(shipped_folder() / "editions.json")
    extensions = {extension: tuple(of) for extension, of in data["extensions"].items()}
    for year in years(folders[:-1], "profiles"):
        own = load_profile(folders, year).document_extension
        extensions = {key: tuple(one for one in of if one != year) for key, of in extensions.items()}
        extensions[own] = tuple(sorted({*extensions.get(own, ()), year}))
    return Editions(
        root=data["root"],
        base_root=data["baseRoot"],
        years={key: of for key, of in extensions.items() if of},
        superseded={extension: tuple(of) for extension, of in data["superseded"].items()},
        ahead={extension: tuple(of) for extension, of in data["ahead"].items()},
        others={extension: (row["template"], tuple(row["years"])) for extension, row in data["others"].items()},
    )


def _program(name: str, facts: dict[str, Any]) -> Program:
    return Program(
        name,
        facts["programName"],
        facts["entityType"],
        facts["family"],
        facts["accepted"],
        tuple(facts.get("years", ())),
    )


def _output(facts: dict[str, Any]) -> Output:
    mvp = facts["mvp"] or {"programs": (), "entityTypes": ()}
    return Output(
        categories=facts["categories"],
        submission_method=facts["submissionMethod"],
        source=facts["source"],
        npi_for=frozenset(facts["npiFor"]),
        tin_for=frozenset(facts["tinFor"]),
        entity_id_from=facts["entityIdFrom"],
        cehrt_programs=frozenset(facts["cehrtId"]["programs"]),
        cehrt_categories=frozenset(facts["cehrtId"]["categories"]),
        mvp_programs=frozenset(mvp["programs"]),
        mvp_entities=frozenset(mvp["entityTypes"]),
    )
