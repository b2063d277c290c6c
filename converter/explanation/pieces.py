"""Pieces of XML or JSON: what the values in them are that mean something by themselves."""

import re

from converter.explanation.explanation import Explanation, Subject, together
from converter.explanation.glossary import word_explained
from converter.explanation.identifiers import oid_explained
from converter.explanation.measure_ids import id_explained
from converter.explanation.pasted_guids import pasted_guids
from converter.facts.catalog import Catalog
from converter.facts.files import Folders

_MARKUP = re.compile(r"<\s*/?\w|\w=[\"']|[\"']\s*:")
_ROOT_AND_EXTENSION = re.compile(r"root\s*=\s*[\"']([\d.]+)[\"']\s+extension\s*=\s*[\"'](\d{4}-\d{2}-\d{2})[\"']")
_VALUE = re.compile(r"[\"']([^\"'<>]{2,80})[\"']")
_NAMED_ID = re.compile(r"(?:PI|IA|ACI|COST)_\w+|[GM]\d{4}|CMS\d+v\d+", re.IGNORECASE)
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


def _add(found: dict[str, Explanation], one: Explanation | None) -> None:
    if one:
        found.setdefault(one.text, one)
