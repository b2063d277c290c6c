"""`qrda2qpp version`: the version of the tool."""

import click

from converter import __version__
from converter.cli.words import echo


@click.command("version")
def command() -> int:
    """Show the version of the tool, like --version."""
    echo(f"qrda2qpp, version {__version__}")
    return 0
