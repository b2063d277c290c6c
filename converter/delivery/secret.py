"""A text that must not be shown: neither printed, nor logged, nor part of an error."""

from typing import Any, NoReturn


class Secret:
    """A token, code or verifier. Only `reveal` returns it; `str` and `repr` show dots."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text, for the one place that sends or stores it."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __repr__(self) -> str:
        return "<Secret>"

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is not copied or pickled.")

    def __format__(self, _spec: str) -> str:
        return repr(self)

    def __deepcopy__(self, _memo: dict[int, Any]) -> "Secret":
        return self
