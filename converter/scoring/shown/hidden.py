"""Scores without what nobody should read: TIN, NPI and what may be one masked in all words, and no figure."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from converter.findings.mask import Mask
from converter.language.visible import visible

T = TypeVar("T")


def hidden(value: T, show_ids: bool, *, escaped: bool = False) -> T:
    """Return scores or differences with every text masked, unless identifiers are to be shown.

    Args:
        value: what is shown.
        show_ids: whether TIN and NPI are shown.
        escaped: whether texts get escapes, too, for what no terminal or page may get raw.
    """
    mask = Mask((), show_ids)
    found: T = _changed(value, (lambda text: visible(mask.foreign(text))) if escaped else mask.foreign)
    return found


def _changed(value: Any, shown: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return shown(value)
    if type(value) in (tuple, list):
        return type(value)(_changed(one, shown) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _changed(getattr(value, one.name), shown) for one in fields(value)})
    return value
