"""`qrda2qpp login`: signs in at CMS in the browser, and keeps the tokens in the key store of the system."""

import contextlib
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.cli.delivering import CLIENT_ID, calling, needs_extra, say, say_failure, system_options
from converter.cli.words import echo

if TYPE_CHECKING:
    from converter.delivery.grants import Store
    from converter.delivery.sign_in import Begun

PORT = 8417
_SECONDS = 300.0
_FAILED = 1


@click.command("login")
@system_options
@click.option(
    "--client-id",
    envvar=CLIENT_ID,
    required=True,
    metavar="ID",
    help=f"Id of the application of type native that is registered at CMS. Or set {CLIENT_ID}.",
)
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    default=PORT,
    show_default=True,
    metavar="N",
    help="Port of the redirect address http://127.0.0.1:N/callback, as registered at CMS.",
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser; only print the address.")
@click.option("--paste", is_flag=True, help="Do not listen; ask for the address to which the browser was sent.")
def command(**values: Any) -> int:  # fmt: skip
    """Sign in at CMS with a browser. The tokens are kept in the key store of the system, or in --token-file.

    This was tested with a stand-in of the sign-in only, never with CMS' own systems.

    \b
    Examples:
      qrda2qpp login --client-id ID
      qrda2qpp login --client-id ID --paste --token-file tokens.json

    Exit codes: 0 signed in; 1 not signed in; 2 wrong usage.
    """
    needs_extra()
    from converter.delivery import sign_in
    from converter.delivery.answers import Failure
    from converter.delivery.grants import Given

    with calling(values, Given(None)) as client:
        store = store_of(values, client.target.base)
        _refuse_other_tokens(store, values["token_file"])
        endpoints = sign_in.discover(client)
        if isinstance(endpoints, Failure):
            return _failed(endpoints)
        begun = sign_in.begin(endpoints, values["client_id"], values["port"])
        address = _redirected(begun, values)
        if address is None:
            say("Nobody signed in.")
            return _FAILED
        code = sign_in.code_in(begun, endpoints, address)
        grant = code if isinstance(code, Failure) else sign_in.finish(client, endpoints, begun, code)
        if isinstance(grant, Failure):
            return _failed(grant)
        store.save(grant)
        who = f" as {grant.name}" if grant.name else ""
        echo(f"Signed in at {client.target.name}{who}. The tokens are in {store.name}.")
    return 0


def store_of(values: dict[str, Any], base: str) -> "Store":
    """Return where the tokens of a sign-in are kept."""
    from converter.delivery.grants import FileStore, KeyStore

    path: Path | None = values["token_file"]
    return KeyStore(base) if path is None else FileStore(path)


def _refuse_other_tokens(store: "Store", path: Path | None) -> None:
    """Refuse to write over a file that is not that of a sign-in, such as the token of a registry."""
    if path is not None and path.exists() and store.load() is None:
        raise click.UsageError(f"The file {path} exists, and is not that of a sign-in. Name another one.")


def _failed(failure: Any) -> int:
    say_failure(failure)
    say("Nobody is signed in.")
    return _FAILED


def _redirected(begun: "Begun", values: dict[str, Any]) -> str | None:
    """Let the user sign in, and return the address to which the browser was sent."""
    from converter.delivery.loopback import Redirect
    from converter.delivery.sign_in import belongs

    redirect = None
    if not values["paste"]:
        try:
            redirect = Redirect(values["port"], lambda address: belongs(begun, address))
        except OSError:
            say(f"Port {values['port']} is in use, so the address must be pasted here.")
    say(f"Open this address in a browser, and sign in:\n{begun.url}")
    if not values["no_browser"]:
        with contextlib.suppress(webbrowser.Error):
            webbrowser.open(begun.url)
    if redirect is None:
        say("Afterwards the browser shows a page that cannot be reached. Copy its address from the address bar.")
        return str(click.prompt("Address", err=True))
    try:
        return redirect.wait(_SECONDS)
    finally:
        redirect.close()
