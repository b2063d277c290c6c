"""Places of the command line that are written: paths, and URLs of stores that can be written to."""

from pathlib import Path
from typing import Any

import click

from converter.errors import UsageError
from converter.source.url import PathOrUrl, Url, is_url, place_of


def output_place(word: str) -> PathOrUrl:
    """Return the place that a word names as an output.

    Raises:
        click.BadParameter: nothing can be written there.
    """
    place = place_of(word)
    if isinstance(place, Url):
        from converter.source.object_store import known_protocol

        if place.is_web:
            raise click.BadParameter(f"Nothing can be written to {place}; name a file, a folder or an object store.")
        try:
            known_protocol(place)
        except UsageError as error:
            raise click.BadParameter(str(error)) from error
    return place


class OutputPlace(click.Path):
    """A path as click checks it, or a URL."""

    def __init__(self, **checks: bool) -> None:
        super().__init__(path_type=Path, **checks)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path or URL."""
        if isinstance(value, str) and is_url(value):
            place = output_place(value)
            if isinstance(place, Url):
                return place
            value = str(place)
        return super().convert(value, param, ctx)
