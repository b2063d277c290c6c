"""What a word is: a finding, an official code, an identifier, or a message that CMS has given."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from converter.errors import UsageError
from converter.explanation.messages import (
    Message,
    code_words,
    meaning,
    official_codes,
    recognise,
    retired_codes,
    side_words,
)
from converter.facts.catalog import Catalog, Measure, load_catalog
from converter.facts.diagnosis import diagnose, is_guid, unwrapped
from converter.facts.files import Folders, data_folders, years
from converter.facts.guids import Published, published_as, years_of_measures
from converter.findings.finding import Kind
from converter.findings.kinds import TABLE
from converter.findings.mask import Mask
from converter.language.terms import ENTRY_NOUNS

_BLANKS = re.compile(r"\s+")
_CASE = re.compile(r"<!-- case:.*?-->\n*", re.DOTALL)
_GUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{27,29}")
_CODE = re.compile(r"(?:(?:official |error )?code )?(\d{1,3})", re.IGNORECASE)
_LONGEST = 20_000
_FEWEST_WORDS = 4
"""What has fewer is taken for an id that is misspelt, not for a sentence."""
_SPECIFIC = "This tool has a specific finding in its place."

_ALONE = (
    "Give the message alone and whole, or its error code; `qrda2qpp explain --response FILE` finds the messages in a "
    "longer text."
)

_KIND_NAMES = {
    "hospital": "a measure for hospitals, which clinicians do not report",
    "preMips": "a version from before MIPS began in 2017",
    "au2016Superseded": "a version from before MIPS began in 2017",
    "publishedNotReportable": "a version that was published but never accepted for MIPS",
    "fhir": "the FHIR version of the measure, which QRDA III does not use",
}


def explain(word: str, *, year: int | None = None, catalog: str | Path | Iterable[str | Path] | None = None) -> str:
    """Say what a word is.

    Args:
        word: id or slug of a finding, official error code, GUID, population id, measure id, CMS id, id of a promoting
            interoperability measure, improvement activity or MVP, or a message of CMS (`CT - ...`, `SV - ...`), of
            Cypress or of a validator. Of any other sentence it is said that it is no message that is known.
        year: performance year to look in; None for the latest with identifiers.
        catalog: folder or folders with catalogs that add or replace years.

    Returns:
        The explanation as text (that of a finding is its page in Markdown).

    Raises:
        UsageError: nothing is known by that name, or the year is not known.
    """
    folders = data_folders(catalog)
    asked = _BLANKS.sub(" ", word[:_LONGEST]).strip()
    chosen = catalog_of(folders, year)
    answers = (
        _message(asked, chosen),
        _finding(asked),
        _code(asked),
        _identifier(asked, chosen),
        _entry(asked, chosen),
        _retired(asked),
        _no_message(asked, chosen),
    )
    found = next((one for one in answers if one), None)
    if found is None:
        shown = Mask((), False).foreign(asked)
        raise UsageError(
            f'Nothing is known as "{shown}". Give the id of a finding (GUID001), an official code (6), a GUID, a '
            "measure id (236), a CMS id (CMS165v13), an id such as PI_EP_1, IA_EPA_1 or M1366, or a message of CMS."
        )
    return found.rstrip() + "\n"


def page(kind: Kind) -> str:
    """Return the explanation page of a row of the table of findings, in Markdown."""
    path = files("converter.findings").joinpath("pages", f"{kind.id}.md")
    return _CASE.sub("", path.read_text(encoding="utf-8"))


def catalog_of(folders: Folders, year: int | None) -> Catalog:
    """Return the catalog of a year; of the latest with identifiers for None.

    Raises:
        UsageError: the year is not known.
    """
    known = years(folders, "catalog")
    if year is not None and year not in known:
        raise UsageError(f"Performance year {year} is not known; known are {known[0]} to {known[-1]}.")
    chosen = (load_catalog(folders, one) for one in ([year] if year is not None else reversed(known)))
    return next(one for one in chosen if year is not None or one.identifiers != "none")


def _finding(word: str) -> str | None:
    rows = [kind for kind in TABLE.values() if word.upper() == kind.id or word.lower() == kind.slug]
    return page(rows[0]) if rows else None


def _code(word: str) -> str | None:
    number = _number(word)
    if number is None:
        return None
    emitted = next((row for row in official_codes() if row["code"] == number), None)
    documented = [row for row in official_codes() if row["documented"] == number and row["code"] != number]
    if emitted is None and not documented:
        return None
    lines = _of_code(emitted) if emitted else [_retired(word) or f"CMS' converter emits no code {number}."]
    for row in documented:
        name = row["name"].lower().replace("_", " ")
        lines += ["", f"CMS' documentation gives the number {number} to another message: {name},"]
        lines.append(f"which its converter emits as code {row['code']}.")
    return "\n".join(lines)


def _number(word: str) -> int | None:
    """Return the official code that a word may be; a number such as 001 is the id of a measure."""
    match = _CODE.fullmatch(word)
    return int(match[1]) if match and not (len(match[1]) == 3 and match[1].startswith("0")) else None


def _retired(word: str) -> str | None:
    """Say what an official code of earlier releases was, where the number is nothing else."""
    rows = [row for row in retired_codes() if row["code"] == _number(word)]
    return "\n\n".join("\n".join(code_words(row)) for row in rows) or None


def _of_code(row: Mapping[str, Any]) -> list[str]:
    kinds = [kind for kind in TABLE.values() if kind.official_code == row["code"]]
    return [*code_words(row), *(_findings(kinds) or ["", _SPECIFIC])]


def _findings(kinds: Sequence[Kind]) -> list[str]:
    """Name the findings of this tool about a matter."""
    if not kinds:
        return []
    lines = ["", "This tool says instead:", *(f"  {kind.id:<8} {kind.slug}" for kind in kinds)]
    return [*lines, "", f"`qrda2qpp explain {kinds[0].id}` explains the first of them."]


def _identifier(word: str, catalog: Catalog) -> str | None:
    if measure := catalog.measure(unwrapped(word)):
        return _measure(measure, catalog)
    if not is_guid(unwrapped(word)) and not _GUID.fullmatch(word):
        return None
    found = diagnose(word, catalog)
    if found.published:
        return _published(found.guid, found.published, catalog)
    if found.misspelt:
        near = found.misspelt
        other = published_as(near.guid)
        sure = "is" if near.distance < 2 else "is possibly"
        lines = [f"{found.guid} {sure} {near.guid} misspelt: {near.difference}."]
        return "\n".join(lines) + "\n" + (_published(near.guid, other, catalog) if other else "")
    return f"{found.guid} is not the id of any measure or population of any year.\n"


def guids_in(text: str) -> list[str]:
    """Return the GUIDs that stand in a text, each once."""
    return list(dict.fromkeys(_GUID.findall(text)))


def guid_words(guid: str, catalog: Catalog, *, only_known: bool = False) -> str | None:
    """Say what a GUID is; with `only_known` only one that is, or nearly is, that of a measure or population."""
    if only_known:
        found = diagnose(guid, catalog)
        if not found.published and not found.misspelt and not catalog.measure(guid):
            return None
    return _identifier(guid, catalog)


def _published(guid: str, published: Published, catalog: Catalog) -> str:
    name = f"{published.cms_id or 'a measure'}" + (f" (measure {published.measure_id})" if published.measure_id else "")
    span = ", ".join(str(one) for one in published.years)
    if published.kind == "measure":
        lines = [f"{guid} is the GUID of {name}, performance year {span}."]
    elif published.kind == "set":
        lines = [f"{guid} is the set id of {name}, which all its versions share. It is not a GUID to report."]
    elif published.kind in ("population", "superseded"):
        role = "a stratum" if published.role == "STRAT" else f"the {published.role} population"
        lines = [f"{guid} is the id of {role} of {name}" + (f", performance year {span}." if span else ", withdrawn.")]
    else:
        lines = [f"{guid} is the GUID of {name}: {_KIND_NAMES[published.kind]}."]
    return "\n".join(lines + _current(published.measure_id, catalog)) + "\n"


def _current(measure_id: str | None, catalog: Catalog) -> list[str]:
    if measure_id is None:
        return []
    if current := catalog.by_measure_id(measure_id):
        return [f"In {catalog.year} the measure is {current.cms_id} with the GUID {current.guid}."]
    known = years_of_measures().get(measure_id, ())
    span = f"; it could in {known[0]} to {known[-1]}" if known else ""
    return [f"In {catalog.year} measure {measure_id} cannot be reported from an EHR{span}."]


def _measure(measure: Measure, catalog: Catalog) -> str:
    note = " (identifiers preliminary)" if catalog.preliminary else ""
    lines = [f"{measure.cms_id} (measure {measure.measure_id}), performance year {catalog.year}{note}"]
    lines += [f"  {measure.title}", f"  GUID     {measure.guid}"]
    facts = measure.facts
    if set_id := facts.get("setId"):
        lines.append(f"  Set id   {set_id} (not to be reported)")
    if facts.get("isInverse"):
        lines.append("  Inverse: a lower rate is better")
    if allowed := facts.get("allowedPrograms"):
        lines.append(f"  Programs {', '.join(allowed)}")
    for number, stratum in enumerate(measure.strata, 1):
        lines.append(f"  Population set {number}" + (f": {stratum.name}" if stratum.name else ""))
        lines += [f"    {role:<9}{guid}" for role, guid in stratum.populations.items()]
        lines += [f"    stratum  {guid}" for guid in stratum.stratum_ids]
    return "\n".join(lines) + "\n"


def _entry(word: str, catalog: Catalog) -> str | None:
    wanted = word.upper()
    for measure in catalog:
        if wanted in (measure.measure_id.upper(), measure.cms_id.upper(), measure.cms_id.upper().partition("V")[0]):
            return _measure(measure, catalog)
    for name, key, what in _LISTS:
        for row in catalog.facts.get(name, ()):
            if row[key].upper() == wanted:
                return "\n".join(_row(row, key, what, catalog)) + "\n"
    match = re.fullmatch(r"(CMS\d+)V\d+|(\d{3})", wanted)
    if match and match[2] in years_of_measures():
        return "\n".join(_current(match[2], catalog)) + "\n"
    return None


_LISTS = (
    ("pi", "measureId", ENTRY_NOUNS["pi"]),
    ("ia", "measureId", ENTRY_NOUNS["ia"]),
    ("mvps", "mvpId", "MIPS Value Pathway"),
    ("otherQuality", "measureId", "quality measure that is not reported from an EHR"),
    ("cost", "measureId", "cost measure, which CMS computes itself"),
)


def _row(row: dict[str, Any], key: str, what: str, catalog: Catalog) -> Iterator[str]:
    yield f"{row[key]}: {what}, performance year {catalog.year}"
    yield f"  {row['title']}"
    if row.get("metricType") == "proportion":
        yield "  Reported with numerator and denominator"
    elif row.get("metricType") == "boolean":
        yield "  Answered with Y or N"
    for name, label in (
        ("exclusion", "May be replaced by"),
        ("substitutes", "Not together with"),
        ("quality", "Quality"),
    ):
        if row.get(name):
            yield f"  {label}: {', '.join(row[name])}"


def _message(word: str, catalog: Catalog) -> str | None:
    """Explain a message that is known, resembles one, or begins like one."""
    message = recognise(word)
    if message.side is None and message.match is None:
        return None
    return _with_guids(_told(message, catalog), word, catalog)


def _no_message(word: str, catalog: Catalog) -> str | None:
    """Say of a sentence that it is no message that is known, and what it may be."""
    if len(word.split()) < _FEWEST_WORDS:
        return None
    return _with_guids([*meaning(recognise(word), catalog), _ALONE], word, catalog)


def _with_guids(lines: Sequence[str], word: str, catalog: Catalog) -> str:
    parts = ["\n".join(lines), *(guid_words(guid, catalog) or "" for guid in guids_in(word))]
    return "\n".join(part for part in parts if part)


def _told(message: Message, catalog: Catalog) -> list[str]:
    lines = [side_words(message)] if message.known else []
    lines += meaning(message, catalog)
    if not message.known:
        return lines
    if message.row and message.object:
        lines.append(f"It stands in {message.object}.")
    if message.row:
        lines.append(message.row.remedy)
    elif not message.kinds and message.official and "documented" in message.official:
        lines += ["", _SPECIFIC]
    lines += _findings(message.kinds)
    if message.object:
        lines.append("`qrda2qpp explain --response ANSWER.json --source EXPORT.xml` shows the place in the document.")
    return lines
