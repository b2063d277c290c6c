"""Limits on what is read, so that no input can exhaust the machine."""

from typing import NamedTuple

MEGABYTE = 1024 * 1024
MOST_DEPTH = 2000
"""The deepest nesting that the parser bears; a limit beyond it means this one."""


class Limits(NamedTuple):
    """Sizes, and a time, beyond which input is refused with a finding.

    Attributes:
        document_bytes: size of one document.
        depth: how deep elements may be nested (QRDA III needs about 20), at most 2,000.
        zip_members: members of one zip.
        zip_ratio: how many times larger than its compressed form a member may be.
        total_bytes: size of all members of one zip, unpacked.
        elements: elements of one XML document.
        seconds: time that reading and checking one document may take; None for any. It is looked at between the stages
            and in their loops, so that a document may take somewhat longer.
    """

    document_bytes: int = 200 * MEGABYTE
    depth: int = 200
    zip_members: int = 20_000
    zip_ratio: int = 200
    total_bytes: int = 10_240 * MEGABYTE
    elements: int = 5_000_000
    seconds: float | None = None


DEFAULT_LIMITS = Limits()
