"""Masking: what hides TINs and NPIs in reports. A masked text is as long as it was, so that marks in it still fit."""

import re
from collections.abc import Iterable

_SHOWN = 4
_WHOLE_WORD = 5
_GUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_NUMBER = r"(?<!\d)(?:\d{9,10}|\d{2}-\d{7})(?!\d)"
_LONG_NUMBER = re.compile(_NUMBER)
_FOREIGN = re.compile(rf"{_GUID}|({_NUMBER}|(?<!\d)\d{{3}}-\d{{2}}-\d{{4}}(?!\d))")
_ATTRIBUTE = re.compile(rf"""(?<=\s)((?:root|extension)=["']\s*)({_NUMBER})(?=\s*["'])""")


class Mask:
    """Hides the TINs and NPIs of a document but for their last four characters, unless they are to be shown."""

    __slots__ = ("_pattern", "_show")

    def __init__(self, secrets: Iterable[str], show: bool) -> None:
        words = sorted({one for secret in secrets if (one := _loose(secret))}, key=len, reverse=True)
        # A GUID is taken first, so that no part of it is mistaken for a secret.
        self._pattern = re.compile(f"{_GUID}|({'|'.join(words)})") if words and not show else None
        self._show = show

    def __call__(self, text: str) -> str:
        """Return a text with the secrets masked, also where they are written with dashes or blanks."""
        return (
            self._pattern.sub(lambda match: masked(match[0]) if match[1] else match[0], text) if self._pattern else text
        )

    def markup(self, text: str) -> str:
        """Return a piece of XML with the secrets masked, and whatever else looks like a TIN or NPI in an id."""
        text = self(text)
        return text if self._show else _ATTRIBUTE.sub(lambda match: match[1] + masked(match[2]), text)

    def foreign(self, text: str) -> str:
        """Return the words of others with the secrets, and every number that may be a TIN or NPI, masked."""
        text = self(text)
        return text if self._show else _FOREIGN.sub(lambda match: masked(match[0]) if match[1] else match[0], text)

    def name(self, name: str) -> str:
        """Return the name of a source with the secrets, and all numbers of 9 or 10 digits, masked."""
        return name if self._show else masked_name(self(name))

    def number(self, number: str) -> str:
        """Return a TIN or NPI as it is shown."""
        return number if self._show else masked(number)


def masked(secret: str) -> str:
    """Return `*****1234` for a secret that ends in 1234; a short one is hidden whole."""
    return "*" * (len(secret) - _SHOWN) + secret[-_SHOWN:] if len(secret) > _SHOWN else "*" * len(secret)


def masked_name(name: str) -> str:
    """Return a file name in which every number of 9 or 10 digits, as TIN and NPI have, is masked."""
    return _LONG_NUMBER.sub(lambda match: masked(match[0]), name)


def _loose(secret: str) -> str:
    """Return the pattern of a secret with or without dashes and blanks; one of few characters only as a whole word."""
    letters = [re.escape(one) for one in secret if one not in "- \t\r\n"]
    pattern = r"[-\s]?".join(letters)
    return rf"(?<!\w){pattern}(?!\w)" if 0 < len(letters) < _WHOLE_WORD else pattern
