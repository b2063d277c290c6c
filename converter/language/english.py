"""Words and numbers in words, for the sentences of findings."""

from collections.abc import Sequence


def listed(names: Sequence[str], last: str = "and") -> str:
    """Return `A, B and C`; `last` is the word before the last one."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def shortened(names: Sequence[str], most: int = 5) -> str:
    """Return names as a list, of many the first ones only and how many more there are."""
    return listed(names if len(names) <= most + 1 else [*names[:most], f"{len(names) - most} more"])


def count_of(count: int, noun: str, plural: str = "") -> str:
    """Return `no aggregate count`, `1 aggregate count`, `2 aggregate counts`."""
    return f"{count or 'no'} {noun if count < 2 else plural or noun + 's'}"


def span(years: Sequence[int]) -> str:
    """Return `2023`, or `2023 to 2026`."""
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def answered(count: int) -> str:
    """Return `is not answered`, or `is answered 2 times instead of once`."""
    return f"is answered {count} times instead of once" if count else "is not answered"
