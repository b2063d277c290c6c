"""The search over all that can be explained: what a word is, and what it may become while it is being written."""

from converter.errors import UsageError
from converter.explanation.explanation import Explanation, Subject
from converter.explanation.lookup import explain
from converter.explanation.suggestions import suggestions
from converter.explanation.titles import entries
from converter.facts.files import Folders
from converter.language.english import capital
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
    parts = found.parts if found is not None and found.what is Subject.SEVERAL else ()
    # A list of titles has what would be suggested.
    more = suggestions(words, folders) if len(words) <= _LONGEST_SUGGESTED and not parts else ()
    asked = found.id if found is not None else None
    return rendered(
        "lookup.html.j2",
        found=found,
        parts=[(one.id or one.word, _title(one, folders)) for one in parts],
        left_out=_left_out(found.text) if found is not None and parts else "",
        problem=problem,
        suggestions=[one for one in more if one.word != asked],
        is_page=found is not None and found.what is Subject.FINDING,
    )


def _title(one: Explanation, folders: Folders) -> str:
    """What one of several is called; of what has no name, the first line that is said of it."""
    known = entries(folders).get(one.id or "")
    return one.title or (one.measure and one.measure.title) or (known and known[0].title) or one.text.split("\n")[0]


def _left_out(text: str) -> str:
    """The line of a list that says how many more there are; empty where it has all."""
    found = next((line.strip() for line in text.split("\n") if line.strip().startswith("... and ")), "")
    return capital(found.removeprefix("... "))
