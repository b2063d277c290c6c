"""Masking: what hides TINs and NPIs in reports. A masked text is as long as it was, so that marks in it still fit."""

import re
from collections.abc import Iterable, Iterator

_SHOWN = 4
_SHORTEST, _LONGEST = 6, 40
_PLAIN = (
    r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
    r"|(?<![0-9a-fA-F])(?=\d*[a-fA-F])[0-9a-fA-F]{20,}"
    r"|\b[0-9A-Z]{2}[12]\d[CEH][0-9A-Z]{10}\b"
)
"""What may have nine digits in a row and identifies nobody: GUIDs, digests, CMS EHR certification ids."""
_DASH = r"-\u2010-\u2015\u2212"
_GAP = rf"[{_DASH} \u00a0\u202f]"
"""A dash or a blank, also one that a word processor puts in its place."""
_LAYOUTS = ((9,), (10,), (2, 7), (3, 2, 4), (3, 3, 3), (3, 3, 4), (4, 3, 3))
"""How many digits of a TIN or NPI stand together."""
_LAID_OUT = "|".join(_GAP.join(rf"\d{{{one}}}" for one in parts) for parts in _LAYOUTS)
_NUMBER = rf"(?<!\d)(?:{_LAID_OUT})(?!\d)"
_ANY = re.compile(rf"{_PLAIN}|({_NUMBER})")
_SNOMED = re.compile(rf"""{_PLAIN}|\bcode="\d+"(?=[^<>]*"2\.16\.840\.1\.113883\.6\.96")|({_NUMBER})""")


class Mask:
    """Hides the TINs and NPIs of a document but for their last four characters, unless they are to be shown."""

    __slots__ = ("_long", "_pattern", "_show")

    def __init__(self, secrets: Iterable[str], show: bool) -> None:
        # What has few characters identifies nobody, and would hide the digits of figures.
        bare = {one for secret in secrets if len(one := re.sub(rf"[{_DASH}\s]", "", secret)) >= _SHORTEST}
        words = sorted((one for one in bare if len(one) <= _LONGEST), key=len, reverse=True)
        loose = "|".join(rf"[{_DASH}\s]?".join(map(re.escape, one)) for one in words)
        # What is plain is taken first, so that no part of it is mistaken for a secret.
        self._pattern = re.compile(f"{_PLAIN}|({loose})") if words and not show else None
        self._long = () if show else tuple(one for one in bare if len(one) > _LONGEST)
        self._show = show

    def __call__(self, text: str) -> str:
        """Return a text with the secrets masked, also where they are written with dashes or blanks."""
        for secret in self._long:
            text = text.replace(secret, masked(secret))
        return self._pattern.sub(_hidden, text) if self._pattern else text

    def foreign(self, text: str) -> str:
        """Return the words of others with the secrets, and every number that may be a TIN or NPI, masked."""
        return self(text) if self._show else masked_text(self(text))

    def markup(self, text: str) -> str:
        """Return a piece of a document with the secrets, and every number that may be a TIN or NPI, masked.

        The codes of SNOMED CT are left, which may have as many digits.
        """
        return self(text) if self._show else _SNOMED.sub(_hidden, self(text))

    def number(self, number: str) -> str:
        """Return a TIN or NPI as it is shown."""
        return number if self._show else masked(number)


def masked(secret: str) -> str:
    """Return `*****1234` for a secret that ends in 1234; a short one is hidden whole."""
    return "*" * (len(secret) - _SHOWN) + secret[-_SHOWN:] if len(secret) > _SHOWN else "*" * len(secret)


def masked_text(text: str) -> str:
    """Return a text, such as the name of a file, in which every number that may be a TIN or NPI is masked."""
    return _ANY.sub(_hidden, text)


def look_alikes(texts: Iterable[str]) -> Iterator[str]:
    """Return the numbers in texts that may be a TIN or NPI."""
    return (match[1] for text in texts for match in _ANY.finditer(text) if match[1])


def _hidden(match: re.Match[str]) -> str:
    return masked(match[0]) if match[1] else match[0]
