"""Words, messages and answers as they are pasted, changed: `explain` answers or refuses them, and shows nothing raw.

python -m tests.fuzz.pastes --seconds 60 --jobs 2
"""

import sys
from functools import cache
from random import Random

import converter
from converter.errors import SourceError, UsageError
from converter.explanation.messages import table
from converter.findings.kinds import TABLE
from tests.explanation import pastes
from tests.fuzz.hostile import TEXTS, raw, spoiled
from tests.fuzz.running import main
from tests.goldens.update_responses import cases, sent

_YEARS = (None, None, None, 2017, 2021, 2025, 2026)
_MARKS = (" ", "\n", ", ", "; ", "", "\t", '"', "<", ">", "|")


@cache
def words() -> tuple[str, ...]:
    """What is changed: what people paste, ids of findings, and the messages of CMS."""
    lists = (one for one in vars(pastes).values() if isinstance(one, list))
    pasted = [one.word for each in lists for one in each if isinstance(one, pastes.Paste)]
    kinds = [text for kind in TABLE.values() for text in (kind.id, kind.slug, kind.message)]
    return (*pasted, *kinds, *(one.source for one in table()), *TEXTS)


@cache
def answers() -> tuple[str, ...]:
    """The answers of CMS that are changed."""
    return tuple(answer.decode("utf-8", "replace") for answer, _ in cases().values())


def _word(seed: int, number: int) -> str | None:
    random = Random(f"{seed} {number}")
    pasted = random.choice(_MARKS).join(random.choice(words()) for _ in range(random.choice((1, 1, 1, 2, 5))))
    if random.random() < 0.9:
        pasted = spoiled(pasted, random)
    try:
        found = converter.explain(pasted, year=random.choice(_YEARS))
    except UsageError as error:
        return f"the refusal has {one} raw" if (one := raw(str(error))) else None
    shown = [found.text, found.word, *(text for part in found.parts for text in (part.word, part.text))]
    return next((f"{one} raw in {text[:80]!r}" for text in shown if (one := raw(text))), None)


def _answer(seed: int, number: int) -> str | None:
    random = Random(f"{seed} {number}")
    text = spoiled(random.choice(answers()), random, 6)
    source = random.choice((None, *sent().values()))
    try:
        found = converter.explain_response(text.encode("utf-8", "replace"), source=source, year=random.choice(_YEARS))
    except (UsageError, SourceError):  # the command says it, with escapes
        return None
    shown = [found.text, *found.notes, *found.lines, *(one.text for one in found.items)]
    return next((f"{one} raw in {text[:80]!r}" for text in shown if (one := raw(text))), None)


def examine(seed: int, number: int) -> str | None:
    """Explain what is pasted; every eighth is an answer in a file."""
    return _answer(seed, number) if number % 8 == 7 else _word(seed, number)


if __name__ == "__main__":
    sys.exit(main("tests.fuzz.pastes", "pasted texts", examine))
