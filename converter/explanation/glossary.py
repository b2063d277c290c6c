"""Words of the field, names of programs, and names of the CMS Web Interface (`schemas/glossary.json`)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from converter.explanation.explanation import Explanation, Subject, together
from converter.explanation.guid_lookup import current_lines
from converter.explanation.measure_versions import all_versions
from converter.facts.catalog import Catalog, load_catalog
from converter.facts.files import Folders, load_json, shipped_folder, years
from converter.facts.guids import plain_title
from converter.facts.profiles import Program, load_profile
from converter.facts.program_names import family_name, other_program, program_note
from converter.findings.finding import MeasureLabel
from converter.language.english import years_listed
from converter.language.terms import ENTITY_NAMES

_ASKED = re.compile(r"(?:what(?: is|'s| are| does)? )?(?:(?:an?|the) )?(.+?)(?: mean)?[?.!:]*", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WEB_NAME = re.compile(r"([A-Za-z]{2,4})[ _-]?0*(\d{1,2})")
_SEPARATORS = re.compile(r"[^A-Z0-9]+")
_CLOSED = (
    "The CMS Web Interface is closed, for groups since 2023 and for ACOs since 2025; today the measure itself is "
    "reported."
)


def word_explained(word: str, catalog: Catalog, folders: Folders) -> Explanation | None:
    """Explain a program name, a word of the field, or both where it is both, such as MIPS."""
    found = [one for one in (_program(word, catalog, folders), _term(word)) if one]
    return together(word, found) if found else None


def words_known(folders: Folders) -> Iterator[str]:
    """Yield all words of the field and all program names, for those that are misspelt."""
    yield from (name for row in glossary()["terms"] for name in (row["word"], *row.get("also", ())))
    yield from programs(folders)


@lru_cache(maxsize=1)
def glossary() -> Mapping[str, Any]:
    """Return the table of words."""
    return load_json(shipped_folder() / "glossary.json")


@lru_cache(maxsize=1)
def _terms() -> Mapping[str, Mapping[str, Any]]:
    rows = glossary()["terms"]
    also = {plain_title(name): row for row in rows for name in row.get("also", ())}
    members = {plain_title(_CAPITAL.sub(" ", row["word"])): row for row in rows}
    return members | also | {plain_title(row["word"]): row for row in rows}


def _term(word: str) -> Explanation | None:
    asked = _ASKED.fullmatch(word)
    plain = plain_title(asked[1] if asked else word)
    row = _terms().get(plain_title(word)) or _terms().get(plain) or _terms().get(plain.removesuffix("s"))
    if row is None:
        return None
    lines = [f"{row['word']}: {row['text']}"]
    lines += [f"  In the {name.upper()}: {row[name]}" for name in ("xml", "json") if name in row]
    findings = tuple(row.get("findings", ()))
    if findings:
        lines.append(f"`qrda2qpp explain {findings[0]}` says more.")
    return Explanation(word, Subject.TERM, "\n".join(lines) + "\n", id=row["word"], findings=findings)


@lru_cache(maxsize=8)
def programs(folders: Folders) -> Mapping[str, Mapping[int, Program]]:
    """Program name -> year -> what the profile of the year says of it."""
    found: dict[str, dict[int, Program]] = {}
    for year in years(folders, "profiles"):
        for name, program in load_profile(folders, year).programs.items():
            found.setdefault(name, {})[year] = program
    return found


def _program(word: str, catalog: Catalog, folders: Folders) -> Explanation | None:
    name = _SEPARATORS.sub("_", word.upper()).strip("_")
    known = programs(folders).get(name)
    if known is None:
        return _other_program(word, name)
    accepted = tuple(year for year, program in known.items() if program.accepted and _convertible(year, folders))
    program = known[accepted[-1] if accepted else max(known)]
    year = catalog.year if catalog.year in known else max(known)
    text = "\n".join(_program_lines(program, accepted, year, folders)) + "\n"
    title = f"{ENTITY_NAMES[program.entity_type]} under {family_name(program.family)}"
    return Explanation(word, Subject.PROGRAM, text, id=name, title=title, year=catalog.year, years=accepted)


def _convertible(year: int, folders: Folders) -> bool:
    """Whether anything of a year can be submitted yet: nobody can who has no identifiers of its measures."""
    return not load_profile(folders, year).preliminary or load_catalog(folders, year).identifiers != "none"


def _program_lines(program: Program, accepted: tuple[int, ...], year: int, folders: Folders) -> Iterator[str]:
    who = ENTITY_NAMES[program.entity_type]
    yield f"{program.name} is the program name for {who} that reports under {family_name(program.family)}."
    if accepted:
        yield f"  Accepted for performance years {years_listed(accepted)}"
    elif load_profile(folders, year).preliminary:
        yield f"  No release of CMS' converter handles {year} yet: whether it will accept it is not known"
    else:
        yield "  CMS' converter does not accept it in any performance year"
    root = load_profile(folders, years(folders, "profiles")[-1]).identifiers["program"]
    yield f"  In the XML: informationRecipient/intendedRecipient/id/@extension, root {root}"
    written = f'programName "{program.program_name}"' if program.program_name else "its programName is not known yet"
    yield f'  In the JSON: {written}, entityType "{program.entity_type}"'
    if note := program_note(program.name, year):
        yield f"In {year}: {note['note']}. {note['remedy']}"


def _other_program(word: str, name: str) -> Explanation | None:
    row = other_program(name) if name else None
    if row is None:
        return None
    text = f"{name} is {row['what']}, not one of the Quality Payment Program. {row['remedy']}\n"
    return Explanation(word, Subject.PROGRAM, text, id=name)


def web_name_explained(word: str, catalog: Catalog, folders: Folders) -> Explanation | None:
    """Explain the name that a measure had in the CMS Web Interface, such as PREV-6."""
    match = _WEB_NAME.fullmatch(word)
    name = f"{match[1].upper()}-{match[2]}" if match else ""
    row = next((one for one in glossary()["webInterface"] if one["name"] == name), None)
    if row is None:
        return None
    measure_id = row["measureId"]
    title = _title(measure_id, folders)
    text = "\n".join([
        f"{name} was the name in the CMS Web Interface of measure {measure_id}, {title}, in performance years "
        f"{years_listed(range(row['from'], row['to'] + 1))}.",
        _CLOSED,
        *current_lines(measure_id, catalog),
    ])  # fmt: skip
    current = catalog.by_measure_id(measure_id)
    label = MeasureLabel(measure_id, current.cms_id if current else None, title)
    known = tuple(range(row["from"], row["to"] + 1))
    found = Explanation(word, Subject.MEASURE, text + "\n", id=name, title=title, year=catalog.year, years=known)
    return replace(found, measure=label, guid=current.guid if current else None)


def _title(measure_id: str, folders: Folders) -> str:
    """The newest title of a quality measure, of whatever kind."""
    named = (one.title(folders) for one in all_versions(folders) if one.measure_id == measure_id)
    if title := next(named, None):
        return title
    catalogs = (load_catalog(folders, year) for year in reversed(years(folders, "catalog")))
    rows = (row for one in catalogs if (row := one.entry(measure_id)[1]))
    return str(next(rows, {"title": "a quality measure"})["title"])
