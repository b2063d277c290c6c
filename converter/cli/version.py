"""`qrda2qpp version`: the version of the tool."""

import click

from converter import __version__


@click.command("version")
def command() -> int:
    """Show the version of the tool, like --version."""
    click.echo(f"qrda2qpp, version {__version__}")
    return 0
