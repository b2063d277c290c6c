"""Encodings: the codec that reads a document as libxml2 did."""

_CODECS = (
    # The marks of UTF-32 first, because one of them begins like that of UTF-16.
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
"""First bytes of a document -> codec."""


def python_encoding(data: bytes, declared: str) -> str | None:
    """Name of the codec that reads the bytes as libxml2 did: the first bytes outweigh the declaration.

    None where libxml2 knows an encoding that Python does not.
    """
    found = next((codec for start, codec in _CODECS if data.startswith(start)), None)
    if found:
        return found
    try:
        "".encode(declared)
    except LookupError:
        return None
    return declared
