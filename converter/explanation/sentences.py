"""A message that somebody has pasted, with the GUIDs in it; or a sentence that is no message that is known."""

from collections.abc import Sequence

from converter.explanation.explanation import Explanation, together
from converter.explanation.guid_lookup import guid_explained, guids_in
from converter.explanation.messages import Message, meaning, recognise, side_words
from converter.explanation.official_codes import SPECIFIC, finding_lines
from converter.facts.catalog import Catalog
from converter.findings.mask import masked_text

_FEWEST_WORDS = 4
"""What has fewer is taken for an id that is misspelt, not for a sentence."""
_ALONE = (
    "Paste the whole message by itself, or its error code; `qrda2qpp explain --response FILE` finds the messages in a "
    "longer text."
)


def message_explained(word: str, catalog: Catalog) -> Explanation | None:
    """Explain a message that is known, resembles one, or begins like one."""
    message = recognise(word)
    if message.side is None and message.match is None:
        return None
    return _with_guids(_explained(word, message, _lines(message, catalog), catalog), catalog)


def sentence_explained(word: str, catalog: Catalog) -> Explanation | None:
    """Say of a sentence that it is no message that is known, and what it may be; None for fewer words."""
    if len(word.split()) < _FEWEST_WORDS:
        return None
    message = recognise(word)
    lines = [*meaning(message, catalog), _ALONE]
    return _with_guids(_explained(word, message, lines, catalog), catalog)


def _explained(word: str, message: Message, lines: Sequence[str], catalog: Catalog) -> Explanation:
    measure = message.measure(catalog)
    current = catalog.by_measure_id(measure.measure_id) if measure and measure.measure_id else None
    return Explanation(
        word,
        message.what,
        # What a message names is quoted, and may be a TIN or NPI.
        masked_text("\n".join(lines)) + "\n",
        message.certain,
        title=message.title,
        year=catalog.year,
        measure=measure,
        guid=current.guid if current else None,
        findings=tuple(kind.id for kind in message.kinds),
        codes=message.codes,
        side=message.side,
        remedy=message.row.remedy if message.row else None,
    )


def _with_guids(first: Explanation, catalog: Catalog) -> Explanation:
    """Add what the GUIDs in a message are."""
    found = [one for guid in guids_in(first.word) if (one := guid_explained(guid, catalog))]
    if not found:
        return first
    return together(first.word, (first, *found))


def _lines(message: Message, catalog: Catalog) -> list[str]:
    lines = [side_words(message)] if message.known else []
    lines += meaning(message, catalog)
    if not message.known:
        return lines
    if message.row and message.object:
        lines.append(f"It is about {message.object}.")
    if message.row:
        lines.append(message.row.remedy)
    elif not message.kinds and message.official and "documented" in message.official:
        lines += ["", SPECIFIC]
    lines += finding_lines(message.kinds)
    if message.object:
        lines.append("`qrda2qpp explain --response ANSWER.json --source EXPORT.xml` shows the place in the document.")
    return lines
