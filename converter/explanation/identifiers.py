"""OIDs, editions of templates, and numbers of which only the form can be known."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from converter.explanation.explanation import Certainty, Explanation, Subject
from converter.explanation.glossary import glossary
from converter.facts.catalog import Catalog
from converter.facts.files import Folders, load_year, years
from converter.facts.policies import load_submission_rules
from converter.facts.profiles import load_editions
from converter.language.english import listed, years_listed

_OID = re.compile(
    r"""(?:urn:(?:oid|hl7ii):)?([012](?:\.\d+){4,})\.?(?:["':,;\ ]+(?:extension[=:"'\ ]*)?(\d{4}-\d{2}-\d{2})["']?)?""",
    re.VERBOSE | re.IGNORECASE,
)
_DATE = re.compile(r"(?:extension[=:\"' ]*)?(\d{4}-\d{2}-\d{2})[\"']?")
_NPI, _TIN = re.compile(r"\d{10}"), re.compile(r"\d{2}-?\d{7}")
_CEHRT = re.compile(r"(?=.*\d)[0-9A-Za-z]{15}")


def oid_explained(word: str, catalog: Catalog, folders: Folders) -> Explanation | None:
    """Explain an OID, with or without an extension behind it; None for what is not an OID."""
    match = _OID.fullmatch(word)
    if match is None:
        return None
    root, extension = match[1], match[2]
    if editions := _templates(folders).get(root):
        name, of_years = editions
        text = "\n".join(_template_lines(root, name, of_years, extension)) + "\n"
        return Explanation(word, Subject.OID, text, id=root, title=name, year=catalog.year, years=tuple(of_years))
    if known := _identifiers(folders).get(root):
        name, used = known
        words = glossary()["identifiers"].get(name, f"an identifier ({name})")
        text = f"{root} is the root of {words}. The value itself is in the extension next to it.\n"
        text += f"  Performance years {years_listed(used)}\n"
        return Explanation(word, Subject.OID, text, id=root, title=words, year=catalog.year, years=used)
    known_years = years_listed(years(folders, "profiles"))
    text = f"{root} is not a known template or identifier of {known_years}.\n"
    return Explanation(word, Subject.UNKNOWN, text, Certainty.NOT_KNOWN, id=root, year=catalog.year)


def edition_explained(word: str, catalog: Catalog, folders: Folders) -> Explanation | None:
    """Explain a date that is the extension of a template: which years ask for it."""
    match = _DATE.fullmatch(word)
    if match is None:
        return None
    extension = match[1]
    lines = [f"{extension} is an edition (extension) of templates:"] + [
        f"  {root}  {name}: {years_listed(found)}"
        for root, (name, of_years) in _templates(folders).items()
        if (found := tuple(year for year, one in of_years.items() if one == extension))
    ]
    editions = load_editions(folders)
    lines += [f"  {editions.root}  first edition of {years_listed(of)}, replaced later"
              for one, of in editions.superseded.items() if one == extension]  # fmt: skip
    lines += [f"  {editions.root}  {years_listed(of)}, which is not supported yet"
              for one, of in editions.ahead.items() if one == extension]  # fmt: skip
    if len(lines) == 1:
        known = years_listed(years(folders, "profiles"))
        text = f"{extension} is not the edition (extension) of any template of {known}.\n"
        return Explanation(word, Subject.UNKNOWN, text, Certainty.NOT_KNOWN, year=catalog.year)
    of = editions.years.get(extension, ())
    return Explanation(word, Subject.EDITION, "\n".join(lines) + "\n", id=extension, year=catalog.year, years=of)


def form_explained(word: str, catalog: Catalog, folders: Folders) -> Explanation | None:
    """Say of a number that it has the form of an NPI, a TIN or a CEHRT id, and that no more can be known here."""
    text = None
    if _NPI.fullmatch(word):
        text = (
            "A number of 10 digits has the form of an NPI. This tool cannot tell whose it is; look it up in the NPI "
            "registry."
        )
    elif _TIN.fullmatch(word):
        text = "A number of 9 digits has the form of a TIN. This tool cannot tell whose it is."
    elif _CEHRT.fullmatch(word):
        form = load_submission_rules(folders, catalog.year).cehrt_format
        right = form is not None and form.fullmatch(word)
        has = "has the form of a CEHRT id" if right else "has as many characters as a CEHRT id but not the form"
        text = f"{word} {has} of {catalog.year}. This tool cannot tell whether it is valid; look it up in the CHPL."
    return Explanation(word, Subject.UNKNOWN, text, Certainty.NOT_KNOWN, year=catalog.year) if text else None


def _template_lines(root: str, name: str, of_years: Mapping[int, str | None], extension: str | None) -> Iterator[str]:
    yield f"{root} is the template for {name}."
    if extension:
        found = [str(year) for year, one in of_years.items() if one == extension]
        if found:
            yield f"The extension {extension} is the one for {listed(found)}."
        else:
            yield f"The extension {extension} is not the one for any performance year."
    yield "Extensions by performance year:"
    yield from (f"  {year}  {one or 'none'}" for year, one in sorted(of_years.items(), reverse=True))


@lru_cache(maxsize=8)
def _templates(folders: Folders) -> Mapping[str, tuple[str, dict[int, str | None]]]:
    """Root of a template -> what it is, and year -> extension."""
    names, found = glossary()["templates"], dict[str, tuple[str, dict[int, str | None]]]()
    for year in years(folders, "profiles"):
        for name, row in load_year(folders, "profiles", "profile.schema.json", year)["templates"].items():
            _, of_years = found.setdefault(row["root"], (names.get(name, name), {}))
            of_years[year] = row["extension"]
    return found


@lru_cache(maxsize=8)
def _identifiers(folders: Folders) -> Mapping[str, tuple[str, tuple[int, ...]]]:
    """Root of an identifier -> its name, and the years that use it."""
    found: dict[str, tuple[str, tuple[int, ...]]] = {}
    for year in years(folders, "profiles"):
        for name, root in load_year(folders, "profiles", "profile.schema.json", year)["identifiers"].items():
            found[root] = name, (*found.get(root, (name, ()))[1], year)
    return found
