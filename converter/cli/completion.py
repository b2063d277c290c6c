"""`qrda2qpp completion`: lets a shell complete commands, options, values and names of files."""

import click

_SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(_SHELLS), required=False, metavar="{bash|zsh|fish}")
@click.pass_context
def command(ctx: click.Context, shell: str | None) -> int:
    """Print the completion script for SHELL (bash, zsh or fish).

    \b
    Examples, each for the startup file of its shell:
      eval "$(qrda2qpp completion bash)"       in ~/.bashrc
      eval "$(qrda2qpp completion zsh)"        in ~/.zshrc, after compinit
      qrda2qpp completion fish | source        in ~/.config/fish/config.fish
    """
    if shell is None:
        raise click.UsageError("Name the SHELL: bash, zsh or fish.")
    from click.shell_completion import ShellComplete, get_completion_class

    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"The shell {shell} is not supported.")
    whole = ctx.find_root()
    script = made(whole.command, {}, "qrda2qpp", "_QRDA2QPP_COMPLETE")
    # That of bash would ask the bash of this computer for its version first.
    click.echo(ShellComplete.source(script), nl=False)
    return 0
