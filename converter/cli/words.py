"""What the command says in words: nothing of a document, a file name or an argument reaches the terminal raw."""

from collections.abc import Callable

import click

from converter.language.visible import visible, visible_lines

_HELP: type | tuple[()] = getattr(click.exceptions, "NoArgsIsHelpError", ())
"""The help in place of an error, whose line ends are ours; before click 8.2 it is printed elsewhere."""

BARS: list[Callable[[], None]] = []
"""What takes a bar away that is being shown, so that words do not tear it; it is drawn again below them."""


def echo(words: str, *, err: bool = False, nl: bool = True) -> None:
    """Print lines, with escapes for control characters, to standard output or error."""
    for take_away in BARS:
        take_away()
    click.echo(visible_lines(words), err=err, nl=nl)


def quoted(words: str, show_ids: bool) -> str:
    """Return in one line what repeats an argument or the name of a file, masked unless identifiers are shown."""
    from converter.findings.mask import masked_text

    return visible(words if show_ids else masked_text(words))


def echo_refusal(error: click.ClickException, show_ids: bool) -> None:
    """Print what is wrong with the words of the command line, which it repeats, to standard error."""
    if not isinstance(error, _HELP):
        vars(error)["message"] = quoted(error.message, show_ids)
    error.show()
