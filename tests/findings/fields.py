"""Whether the words of a report call are those that its kind of finding declares."""

from collections.abc import Iterator, Mapping

from converter.findings.fields import FIELDS
from converter.findings.finding import Kind


def faults(kind: Kind, words: Mapping[str, object]) -> Iterator[str]:
    """Say what is wrong with the words of a report call: missing, too many, or of another type."""
    declared = {*kind.data, *kind.optional, *kind.wording}
    yield from (f"{kind.id} lacks {name}" for name in sorted(declared - {*words}))
    yield from (f"{kind.id} has no {name}" for name in sorted({*words} - declared))
    for name, value in words.items():
        if name in kind.wording:
            right = isinstance(value, str | Exception)
        elif name in FIELDS:
            right = FIELDS[name].takes(value) or (name in kind.optional and value is None)
        else:
            continue
        if not right:
            yield f"{kind.id}: {name} is {type(value).__name__}"
