"""What the commands that call the submission API have in common: options, the files, and the session."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from converter.cli.console import is_terminal
from converter.cli.options import catalog_option, complete_file, year_option
from converter.cli.streams import give_up_stdout
from converter.cli.words import echo
from converter.errors import ConverterError, UsageError
from converter.facts.files import Folders, data_folders, years
from converter.findings.mask import masked_text
from converter.pipeline import Options, convert_source
from converter.source.inputs import expand
from converter.source.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from converter.delivery.answers import Failure
    from converter.delivery.client import Client, Tokens
    from converter.delivery.plan_words import Named
    from converter.delivery.run import Ended, Prepared, Session
    from converter.delivery.target import Target

F = TypeVar("F", bound=Callable[..., Any])
TOKEN, CLIENT_ID = "QRDA2QPP_TOKEN", "QRDA2QPP_CLIENT_ID"
EXIT_DONE, EXIT_NOT_STORED, EXIT_PARTLY = 0, 1, 4
NOTHING_SENT = "Nothing was sent."
_EXTRA = 'Sending needs more than the plain installation: pip install "qrda2qpp[submit]"'
_ENDINGS = (".xml", ".json")
_SITE_USER = "securityOfficial"
"""What CMS gives as the submitter of sets that a user of the site has sent."""


def receipts_option(command: F) -> F:
    """Add `--receipts`."""
    return click.option(
        "--receipts",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="QRDA2QPP_RECEIPTS",
        metavar="DIR",
        help="Folder of the receipts and the ledger; by default one in the profile of the user.",
    )(command)


def system_options(command: F) -> F:
    """Add the options about the system that is called and how it is reached."""
    options = [
        click.option("--to", default="preview", show_default=True, metavar="preview | production | URL",
                     help="System to call; a URL such as http://127.0.0.1:3100 names a stand-in."),
        click.option("--token-file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                     help=f"File with the token, such as that of a registry. Or set {TOKEN}."),
        click.option("--proxy", metavar="URL", help="Proxy to call through; settings of the system are not used."),
        click.option("--ca-file", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE",
                     help="Certificates (PEM) of those who may vouch for the server, instead of the usual ones."),
        click.option("--no-wait", is_flag=True, help="Fail instead of waiting if CMS asks for a pause of ten minutes."),
        receipts_option,
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def file_options(command: F) -> F:
    """Add the sources, and the options about reading them and showing them."""
    options = [
        click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=complete_file),
        system_options,
        click.option("--submitter", metavar="ID",
                     help="Which of the stored sets are yours: those with this submitterId. By default all for a token "
                     f"that is given, and {_SITE_USER} after a login."),
        year_option("it is found from the document"),
        catalog_option,
        click.option("--show-ids", is_flag=True, help="Do not mask TIN and NPI."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def needs_extra() -> None:
    """Say what to install if it is missing.

    Raises:
        UsageError: it is.
    """
    missing = [name for name in ("authlib", "httpx", "joserfc", "keyring") if find_spec(name) is None]
    if missing:
        raise UsageError(_EXTRA)


def folder_of(values: dict[str, Any]) -> Path:
    """Return the folder of receipts and ledger."""
    return values["receipts"] or shared_folder()


def shared_folder() -> Path:
    """Return the folder of locks and pauses, which is one for all runs of this user, wherever their receipts are."""
    return Path(click.get_app_dir("qrda2qpp", roaming=False))


def renewal_lock() -> str:
    """Return the file that keeps two runs from using, replacing or revoking the same tokens.

    Raises:
        OSError: its folder cannot be made.
    """
    from converter.delivery.private_files import private_folder

    return str(private_folder(shared_folder()) / "renewal.lock")


def say(words: str) -> None:
    """Tell the user something that is not a result."""
    echo(words, err=True)


@contextlib.contextmanager
def calling(values: dict[str, Any], tokens: "Tokens") -> "Iterator[Client]":
    """Open what makes calls."""
    from converter.delivery import client, pace
    from converter.delivery.target import target_of

    target, clock = target_of(values["to"]), pace.Clock()
    block = pace.BlockFile(shared_folder() / "pauses.json")
    with client.http_client(proxy=values["proxy"], authorities=values["ca_file"]) as http:
        yield client.Client(
            target, http, pace.Pace(clock, block, target.base), clock, tokens, waits=not values["no_wait"], says=say
        )


@contextlib.contextmanager
def session(values: dict[str, Any]) -> "Iterator[Session]":
    """Open a session with the token of the options, the environment or the key store."""
    needs_extra()
    from converter.delivery.run import Session, problem_words
    from converter.delivery.target import target_of

    try:
        tokens, given = _tokens(values, target_of(values["to"]))
    except OSError as error:
        raise click.ClickException(f"{problem_words(error)} {NOTHING_SENT}") from None
    submitter = values["submitter"] or (None if given else _SITE_USER)
    with calling(values, tokens) as client:
        yield Session(client, folder_of(values), submitter, say, shared_folder())


def _tokens(values: dict[str, Any], target: "Target") -> "tuple[Tokens, bool]":
    """Return what knows the token, and whether it was given as it is."""
    from converter.delivery.grants import FileStore, Given, KeyStore, grant_of, plain_token, read_token_file
    from converter.delivery.private_files import is_open_to_others
    from converter.delivery.sign_in import SignedIn

    lock = renewal_lock()
    if (path := values["token_file"]) is not None:
        text = read_token_file(path)
        if is_open_to_others(path):
            say(f"Warning: other users of this computer can read the token file {path}. Restrict it to its owner.")
        if grant_of(text) is not None:
            return SignedIn(FileStore(path), lock), False
        return Given(plain_token(text, f"The token file {path}")), True
    if (text := os.environ.get(TOKEN, "")) != "":
        return Given(plain_token(text.strip(), TOKEN)), True
    return SignedIn(KeyStore(target.base), lock), False


def read_files(
    sources: tuple[str, ...], values: dict[str, Any], target: "Target", *, strict: bool
) -> "tuple[list[Prepared], int]":
    """Check files, and report on those that are not for this system or cannot be sent.

    Args:
        sources: what the command line names.
        values: its options.
        target: the system that is called.
        strict: whether what CMS would reject is refused as well.

    Returns:
        The files that may be sent, and how many others there are.
    """
    from converter.delivery.run import prepared, tins_of
    from converter.structure import load_structure

    folders = data_folders(values["catalog"])
    structure = load_structure(None) if strict else None
    options = Options(year=values["year"], strict=strict, submissions=True, limits=DEFAULT_LIMITS, structure=structure)
    good: list[Prepared] = []
    refused = 0
    for item in expand(sources, DEFAULT_LIMITS, _ENDINGS):
        read = _Once(item.read)
        result = convert_source(item.name, read, folders, options)
        file = prepared(item.name, read.data, result)
        problem = target.refuses(tins_of(file.wanted.members)) if file else "It is not one whole submission."
        if file is not None and problem is None:
            good.append(file)
            continue
        refused += 1
        if not result.ok:
            echo(result.to_text(show_ids=values["show_ids"]), nl=False)
        say(f"{shown_name(item.name, values)}: {problem if result.ok else 'It has errors.'} {NOTHING_SENT}")
    return good, refused


class _Once:
    """Reads a file, and keeps its bytes."""

    def __init__(self, read: Callable[[], bytes]) -> None:
        self._read, self.data = read, b""

    def __call__(self) -> bytes:
        self.data = self._read()
        return self.data


def shown_name(name: str, values: dict[str, Any]) -> str:
    """Return the name of a file as it is shown."""
    return name if values["show_ids"] else masked_text(name)


def with_one(
    opened: "Session",
    file: "Prepared",
    values: dict[str, Any],
    act: "Callable[[Session, Prepared, dict[str, Any]], int]",
) -> int:
    """Do what a command does with one file while other runs are kept out, and return the exit code.

    Whatever fails here fails before the first call that changes something: `act` ends with `show_ended`.
    """
    from converter.delivery.run import problem_words

    try:
        with opened.alone(file.wanted.identity):
            return act(opened, file, values)
    except (ConverterError, OSError) as error:
        give_up_stdout()
        say(f"{shown_name(file.name, values)}: {shown_name(problem_words(error), values)} {NOTHING_SENT}")
        return EXIT_NOT_STORED


def show_ended(ended: "Ended", lines: Iterator[str]) -> int:
    """Show what became of a file, and return the exit code, which does not depend on whether it can be shown."""
    shown = list(lines)
    try:
        echo("\n".join(shown))
    except OSError:
        give_up_stdout()
        say("\n".join(shown))
    return ended.code


def named_of(values: dict[str, Any], year: int) -> "Named":
    """Return what names a measure by its title and id."""
    from converter.facts.catalog import load_catalog

    folders: Folders = data_folders(values["catalog"])
    if year not in years(folders, "catalog"):
        return lambda measure_id: f"measure {measure_id}"
    catalog = load_catalog(folders, year)
    return lambda measure_id: catalog.words_of([measure_id])[0]


def say_failure(failure: "Failure", file: "Prepared | None" = None, *, show_ids: bool = False) -> None:
    """Say which call failed, what CMS said, what it means and where it is."""
    from converter.delivery.meaning import meaning_of

    lines = meaning_of(failure, file.data if file else None, show_ids=show_ids).lines()
    echo("\n".join(lines), err=True)


def needs_answer(values: dict[str, Any]) -> None:
    """Refuse to begin where nobody can agree to the plan.

    Raises:
        click.UsageError: standard input is no terminal, and there is neither --yes nor --dry-run.
    """
    if not (values["yes"] or values["dry_run"] or is_terminal(sys.stdin)):
        raise click.UsageError("Nobody can be asked here. Use --yes to send without a question, or --dry-run.")


def combined(codes: list[int]) -> int:
    """Return the exit code of several files: 0 if all are stored, 1 if none is, else 4."""
    if not any(codes):
        return EXIT_DONE
    return EXIT_NOT_STORED if set(codes) == {EXIT_NOT_STORED} else EXIT_PARTLY
