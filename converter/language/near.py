"""Which known name a text is nearly: a misspelling is named, a mere resemblance is not.

Two names are the same but for letter case and separators, or a few letters differ. Numbers in them must agree, since a
wrong number may stand for any other one. Where two names are equally near, neither is named.
"""

import re
from collections.abc import Iterable, Mapping

_SEPARATORS = re.compile(r"[^0-9a-z]+")
_NUMBER = re.compile(r"[0-9]+")
_ALIKE = str.maketrans("oil", "011")
_FARTHEST = 2
_SHORT, _LONG = 4, 8
"""Of fewer letters and digits than the first none may differ, of fewer than the second one, of more two."""
_SHARE = 0.7
"""How much of a name its beginning must be to stand for it."""


def near_name(text: str, names: Iterable[str]) -> str | None:
    """The one of the names that a text is nearly, or None."""
    return nearest(text, {name: name for name in names})


def near_code(text: str, codes: Iterable[str]) -> str | None:
    """The one of the codes (such as `PI_EP_1`) that a text is nearly; in so short a word one letter is much."""
    return nearest(text, {code: code for code in codes}, most=1)


def nearest(text: str, spellings: Mapping[str, str], most: int = _FARTHEST) -> str | None:
    """The name that a text is nearly, or None.

    Args:
        text: what is written.
        spellings: spelling -> name; a name may have several.
        most: how many letters may differ; only where it is more than one may the end of the name be missing.
    """
    word = squeezed(text)
    known = {squeezed(spelling): name for spelling, name in spellings.items()}
    if not word or word in known:
        return known.get(word)
    looks = word.translate(_ALIKE)
    found = {name for one, name in known.items() if one.translate(_ALIKE) == looks}
    found = found or _misspelt(word, known, most)
    if not found and most > 1:
        found = {name for one, name in known.items() if _is_cut(word, one)}
    return found.pop() if len(found) == 1 else None


def squeezed(text: str) -> str:
    """Return a name in small letters without separators, and its numbers without leading zeros."""
    word = _SEPARATORS.sub(" ", text.lower())
    return _NUMBER.sub(lambda match: match[0].lstrip("0") or "0", word).replace(" ", "")


def differ_little(text: str, name: str) -> bool:
    """Whether two texts differ in so few characters that one is a misspelling of the other."""
    return abs(len(text) - len(name)) <= _FARTHEST and edits(text, name) <= _FARTHEST


def difference(text: str, name: str) -> str:
    """How a text is written otherwise than the name that it stands for, in brackets; empty for other letters."""
    if text.strip() == name:
        return " (without the spaces around it)"
    if text.casefold() == name.casefold():
        return " (with different uppercase and lowercase letters)"
    if squeezed(text) == squeezed(name):
        same = text.replace("-", "_").upper() == name.upper()
        return " (with underscores instead of hyphens)" if same else " (with different separators)"
    if squeezed(text).translate(_ALIKE) == squeezed(name).translate(_ALIKE):
        return " (with a digit instead of a letter that looks like it, or the reverse)"
    return ""


def _misspelt(word: str, known: Mapping[str, str], most: int) -> set[str]:
    """The names with the fewest letters that differ, where those are few."""
    farthest = min(most, 0 if len(word) < _SHORT else 1 if len(word) < _LONG else _FARTHEST)
    near: dict[int, set[str]] = {}
    for one, name in known.items():
        if abs(len(one) - len(word)) <= farthest and _share_letters(word, one, farthest) and _same_numbers(word, one):
            near.setdefault(edits(word, one), set()).add(name)
    nearest = min(near, default=farthest + 1)
    return near[nearest] if nearest <= farthest else set()


def _share_letters(one: str, other: str, farthest: int) -> bool:
    """Whether so few letters may differ: each letter that the other one lacks is one. Much faster than `edits`."""
    first, second = set(one), set(other)
    return len(first - second) <= farthest and len(second - first) <= farthest


def _is_cut(word: str, name: str) -> bool:
    """Whether one of the two is the beginning of the other, and most of it."""
    short, long = sorted((word, name), key=len)
    return len(short) >= max(_SHORT, _SHARE * len(long)) and long.startswith(short) and _same_numbers(word, name)


def _same_numbers(one: str, other: str) -> bool:
    first, second = _NUMBER.findall(one), _NUMBER.findall(other)
    return not first or not second or first == second


def edits(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many, or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, x in enumerate(one, 1):
        new = [i]
        for j, y in enumerate(other, 1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (x != y))
            if before and j > 1 and x == other[j - 2] and y == one[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        before, row = row, new
    return row[-1]
