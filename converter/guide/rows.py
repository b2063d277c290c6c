"""What the data files of the guides are made of."""

from collections.abc import Mapping
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]
"""A step or a check as the table of the guide has it."""
