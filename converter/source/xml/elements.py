"""How many elements a document has, counted before it is parsed: their tree takes far more memory than its bytes."""

from itertools import islice

from converter.source.xml.encodings import python_encoding
from converter.source.xml.positions import start_tags

_SHORTEST = 4
"""Bytes of the shortest element, `<a/>`."""


def has_more_elements(data: bytes, most: int, declared: str) -> bool:
    """Whether a document has more elements than allowed.

    Args:
        data: the bytes of the document.
        most: how many elements it may have.
        declared: the encoding that it declares.
    """
    # Hardly any document is long enough to be counted at all; the signs are counted faster than the tags.
    if len(data) // _SHORTEST <= most or data.count(b"<") - data.count(b"</") <= most:
        return False
    # What cannot be decoded is no start tag in any encoding that is a superset of ASCII.
    text = data.decode(python_encoding(data, declared) or "ascii", errors="replace")
    return next(islice(start_tags(text), most, None), None) is not None
