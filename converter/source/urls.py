"""Inputs that are named by URLs: objects, folders, patterns and archives in object stores and on servers."""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath

from converter.errors import UsageError
from converter.source.archives import archive_members
from converter.source.inputs import Endings, Input, failing, is_taken
from converter.source.limits import Limits
from converter.source.object_store import (
    Object,
    kind_of,
    known_protocol,
    objects_below,
    objects_matching,
    read_object,
)
from converter.source.safe_names import safe_parts
from converter.source.store_errors import StoreError
from converter.source.url import Url

_DOCUMENTS = (".xml", ".json", ".zip")


def url_inputs(url: Url, limits: Limits, endings: Endings) -> Iterator[Input]:
    """Yield what a URL names, in order of the names; what cannot be listed is an input that cannot be read.

    Nothing is asked about a URL that ends like a document: a list may name very many, and to read it says whether it is
    there.

    Args:
        url: the URL.
        limits: sizes beyond which input is refused.
        endings: endings of the files that are taken from folders and archives.

    Raises:
        UsageError: its protocol cannot be used, or it names nothing, or a folder that holds nothing to convert.
    """
    known_protocol(url)
    try:
        yield from _named(url, limits, endings)
    except StoreError as error:
        yield failing(url, PurePosixPath(safe_parts(url.name)[-1]), error.as_source_error())


def _named(url: Url, limits: Limits, endings: Endings) -> Iterator[Input]:
    kind = "directory" if url.is_folder else "file"
    if not url.is_folder and (url.is_pattern or url.suffix.lower() not in _DOCUMENTS):
        kind = kind_of(url) or ("pattern" if url.is_pattern else "nothing")
    if kind == "file":
        yield from _object(Object(url, url.name), PurePosixPath(), limits, endings)
    elif kind == "directory":
        found = [one for one in objects_below(url) if one.error or _is_wanted(one, endings)]
        if not found:
            raise UsageError(f"The folder {url} holds no {', '.join(endings)} or .zip file, or does not exist.")
        for one in _in_order(found):
            yield from _object(one, PurePosixPath(*safe_parts(one.below)[:-1]), limits, endings)
    elif kind == "pattern":
        hidden = "/." in url.text
        found = [one for one in objects_matching(url) if hidden or not _is_hidden(one)]
        if not found:
            raise UsageError(f"No file matches {url}.")
        for one in _in_order(found):
            yield from _object(one, PurePosixPath(), limits, endings)
    else:
        raise UsageError(f"There is no file or folder {url}.")


def _object(one: Object, parent: PurePosixPath, limits: Limits, endings: Endings) -> Iterator[Input]:
    output = parent / safe_parts(one.below)[-1]
    if one.error:
        yield failing(one.url, output, one.error.as_source_error())
    elif one.below.lower().endswith(".zip"):
        yield from archive_members(one.url, output.with_suffix(""), limits, endings)
    else:
        yield Input(str(one.url), output, partial(read_object, one.url, limits, one.size), one.url, one.size)


def _is_wanted(one: Object, endings: Endings) -> bool:
    return is_taken(one.below, endings) and not _is_hidden(one)


def _is_hidden(one: Object) -> bool:
    return any(part.startswith(".") and part not in (".", "..") for part in one.below.split("/"))


def _in_order(found: Iterable[Object]) -> list[Object]:
    return sorted(found, key=lambda one: one.below.split("/"))
