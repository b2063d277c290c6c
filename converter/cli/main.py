"""The group of commands; `convert` is the default, and a command's module is loaded only when it is called."""

import gc
import os
import sys
import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from converter import __version__
from converter.cli.console import is_terminal
from converter.cli.signals import as_interrupts
from converter.cli.streams import prepare_streams
from converter.cli.words import echo, echo_refusal, quoted
from converter.errors import ConverterError, DataFileWarning
from converter.interrupts import pass_on_interrupt

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = (
    "convert",
    "check",
    "explain",
    "score",
    "measures",
    "years",
    "catalog",
    "demo",
    "serve",
    "submit",
    "stored",
    "withdraw",
    "login",
    "logout",
    "ledger",
    "sandbox",
    "completion",
    "help",
    "version",
)
_FILE_FAILED = 1
_INTERNAL_FAILURE = 3
_INTERRUPTED = 130


class _Group(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click names them
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"converter.cli.{cmd_name}").command
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Complete a first word: a command, or a source or option of `convert`."""
        from click.shell_completion import CompletionItem

        convert = self.get_command(ctx, "convert")
        options = convert.shell_complete(ctx, incomplete) if convert else []
        words = {one.value: one for one in [*super().shell_complete(ctx, incomplete), *options]}
        # In bash what comes after the files is offered instead of them, where it fits.
        files = [] if incomplete.startswith("-") else [CompletionItem(incomplete, type="file")]
        return [*files, *words.values()]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"--help", "-h", "--version"}
        if not args and not ctx.resilient_parsing and not is_terminal(sys.stdin):
            args = ["convert"]
        elif args and args[0] not in own and args[0] not in COMMANDS:
            refuse_misspelling(args[0], ctx)
            args = ["convert", *args]
        return super().parse_args(ctx, args)


def refuse_misspelling(word: str, ctx: click.Context) -> None:
    """Refuse a word that is nearly a command and no existing file.

    Raises:
        click.UsageError: it is one.
    """
    if not word.isalpha() or ctx.resilient_parsing or os.path.lexists(word):
        return
    from converter.language.near import near_name

    if command := near_name(word, COMMANDS):
        raise click.UsageError(f"There is no command or file '{word}'. Did you mean '{command}'?", ctx)


@click.group(cls=_Group, no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="qrda2qpp")
def main() -> None:
    """Convert QRDA III XML to QPP JSON, and say what is wrong, where and what to do.

    Without a command, `convert` runs.

    \b
    Examples:
      qrda2qpp export.xml -o submission.json
      cat export.xml | qrda2qpp > submission.json
      qrda2qpp exports/ --out results
      qrda2qpp check export.xml
      qrda2qpp explain GUID002
      qrda2qpp demo samples

    Exit codes: 0 success; 1 at least one file was refused, or could not be read or written; 2 wrong usage, or nothing
    to convert; 3 internal failure of this tool; 130 interrupted.
    """


def run(arguments: list[str] | None = None) -> Any:
    """Run the command; the entry point of the installed script."""
    gc.set_threshold(50_000, 20, 20)  # the start makes many objects and no garbage
    prepare_streams()
    show_ids = "--show-ids" in (sys.argv[1:] if arguments is None else arguments)
    try:
        with as_interrupts(), warnings.catch_warnings():
            warnings.simplefilter("default", DataFileWarning)
            warnings.showwarning = _say_warning
            code = main.main(arguments, prog_name="qrda2qpp", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        echo_refusal(error, show_ids)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(_interrupted())
    except BrokenPipeError:
        # The reader of our output has gone; nothing more need be said to it.
        sys.exit(_FILE_FAILED)
    except Exception as error:
        try:
            pass_on_interrupt(error)
        except KeyboardInterrupt:
            sys.exit(_interrupted())
        sys.exit(_told(error, show_ids))


def _say_warning(message: Warning | str, category: type[Warning], *_: object, **_more: object) -> None:
    """Say what is wrong with a catalog folder; other warnings are for programmers, not for users of the command."""
    context = click.get_current_context(silent=True)
    options = {} if context is None else context.params
    if issubclass(category, DataFileWarning) and not options.get("quiet"):
        echo(f"Warning: {quoted(str(message), bool(options.get('show_ids')))}", err=True)


def _interrupted() -> int:
    """Say that the run was interrupted, and return the exit code."""
    # An interrupt within text that Python evaluates, such as that of a dataclass, would end the process by the signal
    # and not with our exit code, although it was caught; to evaluate any other text takes that back.
    eval("0")
    echo("Interrupted.", err=True)
    return _INTERRUPTED


def _told(error: Exception, show_ids: bool) -> int:
    """Say what went wrong, and return the exit code."""
    if isinstance(error, ConverterError):
        echo(f"Error: {quoted(str(error), show_ids)}", err=True)
        return 2
    if isinstance(error, OSError):
        echo(f"Error: a file could not be read or written: {error.strerror or type(error).__name__}.", err=True)
        return _FILE_FAILED
    echo(f"Error: this tool failed ({type(error).__name__}); this is a bug in the tool.", err=True)
    return _INTERNAL_FAILURE
