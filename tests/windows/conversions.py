"""What a spawned process does: it imports the package anew and gives back text."""

from pathlib import Path

import converter


def json_of(path: Path) -> str:
    """Convert a document and return its QPP JSON."""
    return converter.convert(path).to_json()


def verdict_of(path: Path) -> tuple[bool, list[str]]:
    """Check a document and return whether it is fine, and the ids of its findings."""
    result = converter.check(path)
    return result.ok, [one.id for one in result.findings]
