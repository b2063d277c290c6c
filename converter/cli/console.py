"""The terminal: its width, and colour: the text report as it is, with its signposts set off."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

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

WIDTH = 100
"""Width of words that do not go to a terminal."""
_NARROWEST, _WIDEST = 60, 160
"""Narrower lines cut what they show; in wider ones the eye loses its way."""
COLOR = ("auto", "always", "never")


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a standard stream is a terminal; one that is closed is none."""
    return stream is not None and not stream.closed and stream.isatty()


def coloured(stream: TextIO, when: str = "auto") -> bool:
    """Whether a stream takes colour.

    Args:
        stream: where words go.
        when: `always`, `never`, or `auto`: on a terminal, unless the environment asks for none (`NO_COLOR`) or for it
            everywhere (`FORCE_COLOR`).
    """
    if when != "auto":
        return when == "always"
    forced = os.environ.get("FORCE_COLOR", "") not in ("", "0")
    return not os.environ.get("NO_COLOR") and (forced or is_terminal(stream))


def width_of(stream: TextIO | None) -> int:
    """Return how wide words for a stream may be: as the terminal, within reason, or 100."""
    if stream is None or not is_terminal(stream):
        return WIDTH
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return WIDTH
    return min(max(columns, _NARROWEST), _WIDEST) if columns else WIDTH


def show_page(page: str, stream: TextIO, when: str = "auto") -> None:
    """Print a page in Markdown on a stream that is `coloured`: headings bold, code indented and coloured."""
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.markdown import CodeBlock, Heading, Markdown
    from rich.padding import Padding
    from rich.syntax import Syntax
    from rich.text import Text
    from rich.theme import Theme

    class _PlainHeading(Heading):
        def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
            yield Text(self.text.plain, style="bold")

    class _IndentedCode(CodeBlock):
        def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
            code = Syntax(
                str(self.text).rstrip(), self.lexer_name, theme="ansi_dark", background_color="default", word_wrap=True
            )
            yield Padding(code, (0, 0, 0, 4))

    class _Page(Markdown):
        elements = Markdown.elements | {"heading_open": _PlainHeading, "fence": _IndentedCode}

    console = _console(stream, when, width_of(stream))
    with console.use_theme(Theme({"markdown.code": "cyan"})):
        console.print(_Page(page, hyperlinks=False))


def show(words: str, stream: TextIO, when: str = "auto") -> None:
    """Print a text report in colour, on a stream that is `coloured`; a terminal is asked for what it can show."""
    from rich.text import Text

    text = Text(words, end="")
    for pattern, style in _STYLES.items():
        text.highlight_regex(f"(?m){pattern}", style)
    _console(stream, when).print(
        text, end="", markup=False, no_wrap=True, crop=False, overflow="ignore", soft_wrap=True
    )


def _console(stream: TextIO, when: str, width: int | None = None) -> "Console":
    from rich.console import Console

    asked = when == "auto" and stream.isatty()
    return Console(
        file=stream,
        force_terminal=True,
        no_color=False,
        color_system="auto" if asked else "standard",
        highlight=False,
        width=width,
    )
