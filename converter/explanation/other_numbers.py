"""Numbers that are neither codes nor measure ids: performance years, and endorsement numbers (NQF 0018)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from converter.explanation.explanation import Certainty, Explanation, Subject
from converter.explanation.glossary import glossary
from converter.explanation.measure_ids import id_explained
from converter.facts.catalog import Catalog, load_catalog
from converter.facts.files import Folders, years
from converter.facts.profiles import load_editions, load_profile
from converter.language.english import number_of

_YEAR = re.compile(
    r"(?:(?:what is )?(?:PY|CY|QPP|MIPS|(?:performance|reporting|program|calendar) year|year) ?)?(20\d\d)[?.]?",
    re.IGNORECASE,
)
_NQF = re.compile(r"(?:(?:NQF|CBE)(?: (?:id|number|no\.?))?[ #:_-]*0*(\d{1,4})|(0\d{3}))e?", re.IGNORECASE)
_OTHERS = (
    ("otherQuality", "other quality measure"),
    ("pi", "promoting interoperability measure"),
    ("ia", "improvement activity"),
    ("mvps", "MIPS Value Pathway"),
)
_STATUS = {"final": "GUIDs final", "preliminary": "GUIDs preliminary", "none": "GUIDs not published yet"}


def year_explained(word: str, folders: Folders) -> Explanation | None:
    """Say what is known of a performance year; None for other words."""
    match = _YEAR.fullmatch(word)
    if match is None:
        return None
    year, known = int(match[1]), years(folders, "catalog")
    if year not in known:
        text = f"Nothing is known of performance year {year}; known are {known[0]} to {known[-1]}.\n"
        return Explanation(word, Subject.UNKNOWN, text, Certainty.NOT_KNOWN, id=match[1])
    text = "\n".join(_year_lines(year, folders)) + "\n"
    return Explanation(word, Subject.YEAR, text, id=match[1], year=year, years=(year,))


def _year_lines(year: int, folders: Folders) -> Iterator[str]:
    catalog = load_catalog(folders, year)
    measures = len(catalog.facts["measures"])
    yield f"{year} is a performance year: its data covers care given in {year} and is submitted in early {year + 1}."
    profile = load_profile(folders, year) if year in years(folders, "profiles") else None
    if profile:
        root = load_editions(folders).root
        yield f"  Document template  {root} with extension {profile.document_extension}"
        yield f"  Guide              of {profile.date}{' (preliminary)' if profile.preliminary else ''}"
    else:
        yield "  Document template  not known yet, so documents of this year cannot be converted"
    status = f"{_STATUS[catalog.identifiers]}, data of {catalog.date}"
    yield f"  Quality measures   {measures} that can be reported from an EHR ({status})"
    others = [number_of(len(rows), noun) for name, noun in _OTHERS if (rows := catalog.facts.get(name))]
    yield f"  Other              {', '.join(others)}"
    if profile:
        accepted = [name for name, one in profile.programs.items() if one.accepted]
        yield f"  Program names      {', '.join(accepted)}"
    yield f"`qrda2qpp measures --year {year}` lists the measures."


def nqf_explained(word: str, catalog: Catalog, folders: Folders) -> Explanation | None:
    """Explain an endorsement number, as the measure that it was given to; None for other words."""
    match = _NQF.fullmatch(word)
    if match is None:
        return None
    number = (match[1] or match[2]).zfill(4)
    measure_id = glossary()["nqf"].get(number)
    if measure_id is None:
        text = f"NQF {number} is not the endorsement number of an eCQM that this tool has on record.\n"
        return Explanation(word, Subject.UNKNOWN, text, Certainty.NOT_KNOWN) if match[1] else None
    found = id_explained(measure_id, catalog, folders)
    lead = (
        f"NQF {number} (now CBE {number}) is the endorsement number of measure {measure_id}. Files do not carry it.\n"
    )
    return found and replace(found, word=word, text=lead + found.text)
