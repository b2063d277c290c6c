"""What a word is: a finding, an official code, an identifier, or a message that CMS has given."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from converter.errors import UsageError
from converter.explanation.explanation import Explanation
from converter.explanation.guid_lookup import guid_explained
from converter.explanation.measure_ids import id_explained
from converter.explanation.official_codes import (
    code_explained,
    code_not_known,
    finding_explained,
    retired_explained,
    with_code,
)
from converter.explanation.sentences import message_explained, sentence_explained
from converter.facts.catalog import Catalog, load_catalog
from converter.facts.files import Folders, data_folders, years
from converter.findings.kinds import TABLE
from converter.findings.mask import masked_text
from converter.language.near import near_code, near_name
from converter.language.visible import visible, visible_lines

_BLANKS = re.compile(r"\s+")
_ID = re.compile(r"\w{3,24}")
_LONGEST = 20_000


def explain(
    word: str, *, year: int | None = None, catalog: str | Path | Iterable[str | Path] | None = None
) -> Explanation:
    """Say what a word is.

    Args:
        word: id or slug of a finding, official error code, GUID or several in whatever form, population id, measure id,
            CMS id of any version, title or a part of it, id of a promoting interoperability measure, improvement
            activity or MVP, program name, OID, template, assertion of the
            implementation guide (`CONF:4484-17208`), word of the field, piece of XML or JSON, or a message of CMS
            (`CT - ...`, `SV - ...`), of Cypress or of a validator. Of any other sentence it is said that it is not a
            message that is known.
        year: performance year to look in; None for the latest with identifiers.
        catalog: folder or folders with catalogs that add or replace years.

    Returns:
        What it is, as data and in words (`str()`). It is false where nothing is known of a GUID or a sentence.

    Raises:
        UsageError: nothing is known by that name, it is no text, or the year is not known.
    """
    if not isinstance(word, str):
        raise UsageError(f"explain() takes text, such as explain('236'), not {type(word).__name__}.")
    folders = data_folders(catalog)
    asked = _BLANKS.sub(" ", word[:_LONGEST]).strip()
    shown = visible(masked_text(asked))
    chosen = catalog_of(folders, year)
    answers = _answers(asked, chosen, folders)
    found = next((one for one in answers if one is not None), None)
    if found is not None and found.measure is not None:
        from converter.explanation.measure_versions import with_versions

        found = with_code(with_versions(found, folders), asked)
    if found is None:
        near = _nearest(asked, chosen, folders)
        lead = f'"{shown}" was not found. ' + (f'Did you mean "{near}"? ' if near else "")
        raise UsageError(
            f"{lead}Try the id of a finding (GUID001), an official code (6), a GUID, a "
            "measure id (236), a CMS id (CMS165v13), an id such as PI_EP_1, IA_BE_4 or M1366, or a message of CMS."
        )
    parts = tuple(_shown(one, masked_text(one.word)) for one in found.parts)
    return replace(_shown(found, shown), parts=parts)


def _shown(found: Explanation, word: str) -> Explanation:
    return replace(found, word=visible(word), text=visible_lines(found.text.rstrip()) + "\n")


def _answers(word: str, catalog: Catalog, folders: Folders) -> Iterator[Explanation | None]:
    """Yield what a word may be; a code that is retired comes late, because its number may be the id of a measure."""
    yield finding_explained(word)
    yield code_explained(word)
    # Findings and codes are asked for most; what the rest needs is loaded only for the rest.
    from converter.explanation.assertions import assertion_explained
    from converter.explanation.glossary import web_name_explained, word_explained
    from converter.explanation.identifiers import edition_explained, form_explained, oid_explained
    from converter.explanation.measure_versions import written_id_explained
    from converter.explanation.other_numbers import nqf_explained, year_explained
    from converter.explanation.pasted_guids import pasted_guids
    from converter.explanation.pieces import piece_explained, several_explained
    from converter.explanation.titles import title_explained

    yield assertion_explained(word, folders)
    yield word_explained(word, catalog, folders)
    if _ID.fullmatch(word):
        yield id_explained(word, catalog, folders)
    yield year_explained(word, folders)
    yield message_explained(word, catalog)
    yield guid_explained(word, catalog)
    yield nqf_explained(word, catalog, folders)
    yield written_id_explained(word, catalog, folders)
    yield web_name_explained(word, catalog, folders)
    yield oid_explained(word, catalog, folders)
    yield edition_explained(word, catalog, folders)
    yield retired_explained(word)
    yield code_not_known(word)
    yield piece_explained(word, catalog, folders)
    yield form_explained(word, catalog, folders)
    yield pasted_guids(word, catalog)
    yield title_explained(word, catalog, folders)
    yield several_explained(word, catalog, folders)
    yield sentence_explained(word, catalog)


def _nearest(word: str, catalog: Catalog, folders: Folders) -> str | None:
    """What a word is nearly that means something, or None."""
    from converter.explanation.glossary import words_known

    findings = [name for kind in TABLE.values() for name in (kind.id, kind.slug)]
    ids = [row["measureId"] for name in ("pi", "ia") for row in catalog.facts.get(name, ())]
    return near_code(word, (*ids, *catalog.pathways)) or near_name(word, (*words_known(folders), *findings))


def catalog_of(folders: Folders, year: int | None) -> Catalog:
    """Return the catalog of a year; of the latest with identifiers for None.

    Raises:
        UsageError: the year is not known, or is no number.
    """
    if year is not None and (not isinstance(year, int) or isinstance(year, bool)):
        raise UsageError(f"A performance year is a whole number, such as year=2025, not {year!r}.")
    known = years(folders, "catalog")
    if year is not None and year not in known:
        raise UsageError(f"Performance year {year} is not known; known are {known[0]} to {known[-1]}.")
    chosen = (load_catalog(folders, one) for one in ([year] if year is not None else reversed(known)))
    return next(one for one in chosen if year is not None or one.identifiers != "none")
