"""`qrda2qpp help`: what the tool or one of its commands does."""

import click

from converter.cli.main import COMMANDS, refuse_misspelling
from converter.cli.words import echo


def _complete(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in COMMANDS if name.startswith(incomplete)]


@click.command("help")
@click.argument("name", required=False, metavar="[COMMAND]", shell_complete=_complete)
@click.pass_context
def command(ctx: click.Context, name: str | None) -> int:
    """Show what the tool does, or how to use a COMMAND.

    \b
    Examples:
      qrda2qpp help
      qrda2qpp help check
    """
    whole = ctx.find_root()
    if name is None:
        echo(whole.get_help())
        return 0
    found = whole.command.get_command(whole, name) if isinstance(whole.command, click.Group) else None
    if found is None:
        refuse_misspelling(name, whole)
        raise click.UsageError(f"There is no command '{name}'. The commands are {', '.join(COMMANDS)}.", whole)
    echo(found.get_help(click.Context(found, info_name=name, parent=whole)))
    return 0
