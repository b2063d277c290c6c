"""Pieces of XML or JSON: what the values in them are that mean something by themselves."""

import re

from converter.explanation.explanation import Explanation, Subject, together
from converter.explanation.glossary import word_explained
from converter.explanation.identifiers import oid_explained
from converter.explanation.measure_ids import id_explained
from converter.explanation.measure_versions import written_id_explained
from converter.explanation.official_codes import code_explained, finding_explained
from converter.explanation.pasted_guids import pasted_guids
from converter.facts.catalog import Catalog
from converter.facts.files import Folders

_MARKUP = re.compile(r"<\s*/?\w|\w=[\"']|[\"']\s*:")
_ROOT_AND_EXTENSION = re.compile(r"root\s*=\s*[\"']([\d.]+)[\"']\s+extension\s*=\s*[\"'](\d{4}-\d{2}-\d{2})[\"']")
_VALUE = re.compile(r"[\"']([^\"'<>]{2,80})[\"']")
_NAMED_ID = re.compile(r"(?:PI|IA|ACI|COST)_\w+|[GM]\d{4}|CMS\d+v\d+", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:(?:PI|IA|ACI)_[A-Z]+_\d+(?:_\w+)?|CMS\d{1,4}(?:v\d{1,2})?|(?:MIPS|APP_PLUS|SSP)_\w+|[A-Z]{2,4}\d{3}|[GM]\d{4})\b"
)
_NAMED_NUMBER = re.compile(
    r"\b(?:error )?code [1-9]\d{0,2}\b(?![-.]\d)|\b(?:measures?|quality id) ?#?\d{3}\b(?![-.]\d)|(?<![\w&])#\d{3}\b",
    re.IGNORECASE,
)
"""A number that words around it say is a code or a measure."""
_BETWEEN = re.compile(r"[,;/\s]+(?:and\s+)?")
_MOST = 8


def piece_explained(word: str, catalog: Catalog, folders: Folders) -> Explanation | None:
    """Explain the identifiers in a piece of XML or JSON; None for other texts and where nothing is known of any."""
    if not _MARKUP.search(word):
        return None
    if (guids := pasted_guids(word, catalog)) is not None:
        return guids
    found: dict[str, Explanation] = {}
    rest = word
    for match in _ROOT_AND_EXTENSION.finditer(word):
        rest = rest.replace(match[0], "")
        _add(found, oid_explained(f"{match[1]}:{match[2]}", catalog, folders))
    for value in _VALUE.findall(rest):
        _add(found, oid_explained(value, catalog, folders) or word_explained(value, catalog, folders))
        if _NAMED_ID.fullmatch(value):
            _add(found, id_explained(value, catalog, folders))
    # What a value is says more than what its root is.
    parts = sorted(found.values(), key=lambda one: one.what is Subject.OID)[:_MOST]
    return together(word, parts) if parts else None


def several_explained(word: str, catalog: Catalog, folders: Folders) -> Explanation | None:
    """Explain several ids or words of which each is known, or the ids that stand among other words."""
    pieces = [one for one in _BETWEEN.split(word) if one]
    named = [*_NAMED.findall(word), *(match[0] for match in _NAMED_NUMBER.finditer(word))]
    for wanted in (pieces, named):
        found = [_known(one, catalog, folders) for one in wanted[:_MOST]]
        if found and all(found) and (len(found) > 1 or wanted is named):
            return together(word, tuple({one.text: one for one in found if one}.values()))
    return None


def _known(word: str, catalog: Catalog, folders: Folders) -> Explanation | None:
    return (
        finding_explained(word)
        or code_explained(word)
        or word_explained(word, catalog, folders)
        or id_explained(word, catalog, folders)
        or written_id_explained(word, catalog, folders)
    )


def _add(found: dict[str, Explanation], one: Explanation | None) -> None:
    if one:
        found.setdefault(one.text, one)
