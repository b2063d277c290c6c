"""`qrda2qpp logout`: revokes the tokens at CMS and forgets them."""

from typing import Any

import click

from converter.cli.delivering import calling, needs_extra, renewal_lock, say, say_failure, system_options
from converter.cli.login import store_of
from converter.cli.words import echo

_NOT_REVOKED = 1


@click.command("logout")
@system_options
def command(**values: Any) -> int:
    """Revoke the tokens of a sign-in at CMS, and delete them here.

    They are deleted here even if CMS cannot be reached.

    \b
    Examples:
      qrda2qpp logout
      qrda2qpp logout --to production

    Exit codes: 0 revoked, or nobody was signed in; 1 deleted here, but not revoked at CMS; 2 wrong usage.
    """
    needs_extra()
    from filelock import FileLock

    from converter.delivery.grants import Given
    from converter.delivery.sign_in import revoke

    with calling(values, Given(None)) as client, FileLock(renewal_lock()):
        store = store_of(values, client.target.base)
        grant = store.load()
        if grant is None:
            echo(f"Nobody is signed in at {client.target.name}.")
            return 0
        try:
            failure = revoke(client, grant)
        finally:
            store.delete()
        if failure is not None:
            say_failure(failure)
            say(
                "The tokens are deleted here, but they may still be valid. Revoke the access of the application at CMS."
            )
            return _NOT_REVOKED
        echo(f"Signed out at {client.target.name}.")
    return 0
