"""Colour on a terminal: the text report as it is, with its signposts set off. The only place that knows rich."""

import os
from collections.abc import Mapping
from typing import TextIO

_STYLES: Mapping[str, str] = {
    r"^error\b.*$": "bold red",
    r"^warning\b.*$": "bold yellow",
    r"^note\b.*$": "bold cyan",
    r"^\S.*: converted$|^\S.*: converted(?= - \d+ (warning|note))": "bold green",
    r"^\S.*: (not converted|converted, but CMS would reject it).*$": "bold red",
    r"^  (Expected|What to do|What it means|Rule|Where|The same [\d,]+ more times?):": "bold",
    r"^\d+\. .*$": "bold",
    r"^    error\b.*$": "bold red",
    r"^Measures$": "bold",
    r"^ +\d+ \|": "dim",
    r"^  > +\d+ \|": "bold red",
    r"^ +\| +\^+$": "red",
}
"""Pattern of a line or of a part of it -> how it is shown; later rows outweigh earlier ones."""


def coloured(stream: TextIO) -> bool:
    """Whether a stream takes colour: it is a terminal and the environment does not ask for none (`NO_COLOR`)."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def show(words: str, stream: TextIO) -> None:
    """Print a text report in colour."""
    from rich.console import Console
    from rich.text import Text

    text = Text(words, end="")
    for pattern, style in _STYLES.items():
        text.highlight_regex(f"(?m){pattern}", style)
    console = Console(file=stream, highlight=False, soft_wrap=True)
    console.print(text, end="", markup=False, no_wrap=True, crop=False, overflow="ignore")
