"""Tokens and where they are kept: the key store of the system, a file that only its owner reads, or the environment."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from converter.delivery.private_files import write_private
from converter.delivery.secret import Secret
from converter.errors import UsageError

_PIECE = 1000
"""The key store of Windows takes 2,560 bytes for a secret, and writes two for each character."""
_LONGEST = 2**20


@dataclass(frozen=True, slots=True)
class Grant:
    """What a sign-in gives.

    Attributes:
        access: the token of calls.
        refresh: what gets another one, or None.
        client_id: id of the application that signed in.
        redirect_uri: its redirect address.
        scope: what it may do.
        expires_at: when the access token ends by the clock of this machine, in seconds since 1970, or None.
        name: who signed in, as the identity token says it, or None.
    """

    access: Secret
    refresh: Secret | None
    client_id: str
    redirect_uri: str
    scope: str
    expires_at: float | None = None
    name: str | None = None

    def to_text(self) -> str:
        """Return it as the JSON that a store keeps."""
        members = {
            "access": self.access.reveal(),
            "refresh": self.refresh.reveal() if self.refresh else None,
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": self.scope,
            "expires_at": self.expires_at,
            "name": self.name,
        }
        return json.dumps(members)


def grant_of(text: str) -> Grant | None:
    """Return the grant that a store has kept; None if the text is something else."""
    try:
        found = json.loads(text)
        access, refresh = found["access"], found.get("refresh")
        texts = (access, found["client_id"], found["redirect_uri"], found["scope"])
        expires, name = found.get("expires_at"), found.get("name")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if not all(isinstance(one, str) for one in texts) or not isinstance(refresh, str | None):
        return None
    if not isinstance(expires, int | float | None) or not isinstance(name, str | None):
        return None
    return Grant(Secret(access), Secret(refresh) if refresh else None, *texts[1:], expires, name)


class Store(Protocol):
    """Keeps the grant of one system."""

    @property
    def name(self) -> str:
        """What it is called, after `in`."""

    def load(self) -> Grant | None:
        """Return the grant; None if there is none."""

    def save(self, grant: Grant) -> None:
        """Keep a grant in place of the one that is there."""

    def delete(self) -> None:
        """Forget it."""


class FileStore:
    """A file that only its owner reads."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str:
        """What it is called."""
        return f"the file {self._path}"

    def load(self) -> Grant | None:
        """Return the grant; None if there is none.

        Raises:
            UsageError: the file cannot be read.
        """
        return grant_of(read_token_file(self._path)) if self._path.exists() else None

    def save(self, grant: Grant) -> None:
        """Write the file."""
        write_private(self._path, grant.to_text() + "\n")

    def delete(self) -> None:
        """Remove the file; what a link leads to, so that the tokens are gone."""
        Path(os.path.realpath(self._path)).unlink(missing_ok=True)


class KeyStore:
    """The key store of the system, with one entry for each system that submissions are sent to.

    A long grant is kept in pieces. The head, which is written last, says how many there are.
    """

    name = "the key store of this system"

    def __init__(self, base: str) -> None:
        self._service = f"qrda2qpp {base}"

    def load(self) -> Grant | None:
        """Return the grant; None if there is none.

        Raises:
            UsageError: the system has no key store, or it is locked.
        """
        head = self._head()
        if head is None:
            return None
        pieces = [_stored("get_password", self._service, one) for one in _names(head)]
        return grant_of("".join(one or "" for one in pieces))

    def save(self, grant: Grant) -> None:
        """Keep a grant.

        Raises:
            UsageError: the system has no key store, or it is locked.
        """
        before, text = self._head(), grant.to_text()
        pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
        turn = "b" if before and before["turn"] == "a" else "a"
        head = {"turn": turn, "pieces": len(pieces)}
        for name, piece in zip(_names(head), pieces, strict=True):
            self._write(name, piece)
        self._write("head", json.dumps(head))
        self._forget(_names(before) if before else [])

    def delete(self) -> None:
        """Forget the grant.

        Raises:
            UsageError: the system has no key store, or it is locked.
        """
        head = self._head()
        if head is not None:
            self._forget(["head", *_names(head)])

    def _head(self) -> dict[str, Any] | None:
        text = _stored("get_password", self._service, "head")
        try:
            found = json.loads(text or "")
            return found if found["turn"] in ("a", "b") and 0 < found["pieces"] < 1000 else None
        except (ValueError, KeyError, TypeError, RecursionError):
            return None

    def _write(self, name: str, text: str) -> None:
        _stored("set_password", self._service, name, text)

    def _forget(self, names: list[str]) -> None:
        for name in names:
            _stored("delete_password", self._service, name)


def _names(head: Mapping[str, Any]) -> list[str]:
    return [f"{head['turn']}{number}" for number in range(head["pieces"])]


def _stored(what: str, *words: str) -> Any:
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        return getattr(keyring, what)(*words)
    except PasswordDeleteError:
        return None
    except (KeyringError, OSError) as error:
        raise UsageError(
            "This system has no key store that can be used, or it is locked. Use --token-file FILE instead."
        ) from error


def read_token_file(path: Path) -> str:
    """Return what a token file has, without the line end.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(_LONGEST).decode("utf-8-sig").strip()
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or "it is not a text in UTF-8"
        raise UsageError(f"The token file {path} cannot be read: {problem}.") from None


def plain_token(text: str, where: str) -> Secret:
    """Return a token that was given as it is.

    Args:
        text: what is given.
        where: where, such as `QRDA2QPP_TOKEN`.

    Raises:
        UsageError: it cannot be a token. The text is not repeated.
    """
    if not text or len(text) > _LONGEST or not text.isascii() or any(one.isspace() for one in text):
        raise UsageError(f"{where} has no token: a token is one word without spaces.")
    if not text.isprintable():
        raise UsageError(f"{where} has no token: it has characters that cannot be printed.")
    return Secret(text)


@dataclass(slots=True)
class Given:
    """A token that was given as it is, such as that of a registry; there is no way to renew it."""

    token: Secret | None = field(repr=False)

    def current(self) -> Secret | None:
        """Return it."""
        return self.token

    def renewed(self, _client: object) -> None:
        """Return None."""

    def why(self, _now: float) -> str:
        """Say nothing: when it ends is not known."""
        return ""
