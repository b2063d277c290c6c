"""Words and numbers in words, for the sentences of findings and reports."""

from collections.abc import Sequence

_DOTS = "..."


def listed(names: Sequence[str], last: str = "and") -> str:
    """Return `A, B and C`; `last` is the word before the last one."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def shortened(names: Sequence[str], most: int = 5) -> str:
    """Return names as a list, of many the first ones only and how many more there are."""
    # One name in place of "1 more" takes no more room.
    return listed(names if len(names) <= most + 1 else [*names[:most], f"{len(names) - most} more"])


def cut(text: str, most: int, kept: int | None = None) -> str:
    """Return a text, or of one that is longer than `most` its beginning and dots.

    Args:
        text: the text.
        most: how many characters it may have.
        kept: how many characters of a longer one stand before the dots; None for so many that the dots fit in as well.
    """
    if len(text) <= most:
        return text
    return text[: most - len(_DOTS) if kept is None else kept] + _DOTS


def capital(text: str) -> str:
    """Return a text with a capital at its start; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Return a text with a small letter at its start; the rest stays as it is."""
    return text[:1].lower() + text[1:]


def with_article(noun: str) -> str:
    """Return `a group`, `an APM entity`."""
    return f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"


def plural(noun: str) -> str:
    """Return `measures`, `pathways`, `activities`; for nouns that end like these."""
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"


def count_of(count: int, noun: str, several: str = "") -> str:
    """Return `no aggregate count`, `1 aggregate count`, `2 aggregate counts`; `several` is an irregular plural."""
    return f"{count or 'no'} {noun if count < 2 else several or plural(noun)}"


def number_of(count: int, noun: str) -> str:
    """Return `0 errors`, `1 error`, `1,204 errors`: for totals, where a figure is looked for."""
    return f"{count:,} {noun if count == 1 else plural(noun)}"


def span(years: Sequence[int]) -> str:
    """Return `2023`, or `2023 to 2026`."""
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def years_listed(years: Sequence[int]) -> str:
    """Return `2023 to 2026` for three and more years that follow each other, else `2018, 2020 and 2021`; ascending."""
    follow = len(years) > 2 and years[-1] - years[0] == len(years) - 1
    return span(years) if follow else listed([str(one) for one in years])


def times(count: int) -> str:
    """Return `once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def instead_of_one(count: int, noun: str) -> str:
    """Return `no count`, or `2 counts instead of one`: for a number that is not one."""
    return count_of(count, noun) + (" instead of one" if count > 1 else "")


def answered(count: int) -> str:
    """Return `is not answered`, or `is answered twice instead of once`."""
    return f"is answered {times(count)} instead of once" if count else "is not answered"


def either(names: Sequence[str]) -> str:
    """Return `A`, or `One of A, B`: what is expected where any of some texts will do."""
    return f"One of {', '.join(names)}" if len(names) > 1 else "".join(names)


def line_words(line: int | None, column: int | None) -> str:
    """Return `line 3, column 5`, or as much of it as is known."""
    if not line:
        return ""
    return f"line {line}, column {column}" if column else f"line {line}"
