"""A few cases of many: the others wait for the long checks."""

from collections.abc import Container, Iterable
from typing import Any

import pytest


def sampled(values: Iterable[Any], quick: Container[Any]) -> list[Any]:
    """Return cases for `parametrize`; those that are not in `quick` are marked as long."""
    return [one if one in quick else pytest.param(one, marks=pytest.mark.long) for one in values]
