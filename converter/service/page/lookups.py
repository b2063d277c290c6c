"""The search over all that can be explained: what a word is, and what it may become while it is being written."""

from converter.errors import UsageError
from converter.explanation.explanation import Explanation, Subject
from converter.explanation.lookup import explain
from converter.explanation.suggestions import suggestions
from converter.facts.files import Folders
from converter.service.page.rendering import rendered

_LONGEST_SUGGESTED = 60
"""Longer texts are messages that were pasted, not words that are still being written."""


def search_results(words: str, folders: Folders) -> str:
    """Return what a word, a number or a message is, as a part of the page; empty for nothing."""
    words = words.strip()
    if not words:
        return ""
    found: Explanation | None = None
    problem = ""
    try:
        found = explain(words, catalog=folders[:-1])
    except UsageError as error:
        problem = str(error)
    # What explains itself needs no suggestions; a list of titles is made of them.
    more = suggestions(words, folders) if len(words) <= _LONGEST_SUGGESTED else ()
    asked = found.id if found is not None else None
    return rendered(
        "lookup.html.j2",
        found=found,
        parts=found.parts if found is not None and found.what is Subject.SEVERAL else (),
        problem=problem,
        suggestions=[one for one in more if one.word != asked],
        is_page=found is not None and found.what is Subject.FINDING,
    )
