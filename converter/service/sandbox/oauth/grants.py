"""What the auth service gives out: codes and tokens. All of it is in memory, and the oldest makes room."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from converter.service.sandbox.clock import Clock
from converter.service.sandbox.people import Caller

CODE_SECONDS, ACCESS_SECONDS, REFRESH_SECONDS = 600, 3600, 30 * 24 * 3600
REQUIRED_SCOPES = ("openid", "qpp_data")
SCOPES = (*REQUIRED_SCOPES, "offline_access", "profile", "email")
Value = TypeVar("Value")


class OAuthError(Exception):
    """A request that the auth service refuses (RFC 6749).

    Args:
        code: the error, such as `invalid_grant`.
        description: what was wrong.
        status: the HTTP status.
    """

    def __init__(self, code: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.code, self.description, self.status = code, description, status


@dataclass(frozen=True, slots=True)
class Application:
    """An application that may ask users to act for them.

    Attributes:
        id: its `client_id`.
        name: its name.
        secret: its secret; None for a native one.
        redirect_uris: where codes may be sent; empty for any address of this machine.
    """

    id: str
    name: str
    secret: str | None = None
    redirect_uris: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A code, and what its token will be for; `challenge` is empty where an application with a secret sent none."""

    application: str
    redirect_uri: str
    challenge: str
    scope: str
    caller: Caller
    nonce: str | None
    expires: float


@dataclass(frozen=True, slots=True)
class Token:
    """An access token or refresh token, and what it is for. `family` is the same in all that come of one code."""

    application: str
    scope: str
    caller: Caller
    expires: float
    family: str


class Held(Generic[Value]):
    """Values by unguessable keys, a limited number of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[str, Value] = {}

    def add(self, value: Value) -> str:
        """Keep a value, and return its key."""
        if len(self._values) >= self._most:
            self._values.pop(next(iter(self._values)))
        key = secrets.token_urlsafe(32)
        self._values[key] = value
        return key

    def get(self, key: str) -> Value | None:
        """Return the value of a key, or None."""
        return self._values.get(key)

    def take(self, key: str) -> Value | None:
        """Return the value of a key, and let it go; or None."""
        return self._values.pop(key, None)

    def drop(self, is_dropped: Callable[[Value], bool]) -> None:
        """Let go what a function tells."""
        self._values = {key: value for key, value in self._values.items() if not is_dropped(value)}


class Grants:
    """Codes and tokens.

    Args:
        clock: what they expire by.
        most: how many of each kind are kept.
    """

    def __init__(self, clock: Clock, most: int) -> None:
        self._clock, self._most = clock, most
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._codes: Held[Code] = Held(self._most)
        self._access: Held[Token] = Held(self._most)
        self._refresh: Held[Token] = Held(self._most)

    def code(self, application: Application, asked: dict[str, str], caller: Caller) -> str:
        """Return a code for a user who agreed.

        Args:
            application: who asked.
            asked: the parameters of its request, which are right.
            caller: the user.
        """
        return self._codes.add(
            Code(
                application.id,
                asked["redirect_uri"],
                asked.get("code_challenge", ""),
                asked["scope"],
                caller,
                asked.get("nonce"),
                self._clock.seconds() + CODE_SECONDS,
            )
        )

    def redeemed(self, code: str, application: Application, redirect_uri: str, verifier: str) -> Code:
        """Return what a code is for. It serves once.

        Raises:
            OAuthError: it is not known, expired, another's, for another address, or the verifier does not fit.
        """
        found = self._codes.take(code)
        if found is None or found.expires <= self._clock.seconds():
            raise OAuthError("invalid_grant", "The code is not known, used, or expired.")
        if found.application != application.id:
            raise OAuthError("invalid_grant", "The code was given to another application.")
        if found.redirect_uri != redirect_uri:
            raise OAuthError("invalid_grant", "The redirect_uri is not that of the authorization request.")
        expected = challenge_of(verifier) if verifier else ""
        if not hmac.compare_digest(expected, found.challenge):
            raise OAuthError("invalid_grant", "The code_verifier does not belong to the code_challenge.")
        return found

    def tokens(
        self, application: Application, scope: str, caller: Caller, family: str | None = None
    ) -> dict[str, str | int]:
        """Return new tokens as the token endpoint answers them; a refresh token only with `offline_access`."""
        family = family or secrets.token_hex(8)
        now = self._clock.seconds()
        found: dict[str, str | int] = {
            "token_type": "Bearer",
            "expires_in": ACCESS_SECONDS,
            "access_token": self._access.add(Token(application.id, scope, caller, now + ACCESS_SECONDS, family)),
            "scope": scope,
        }
        if "offline_access" in scope.split():
            found["refresh_token"] = self._refresh.add(
                Token(application.id, scope, caller, now + REFRESH_SECONDS, family)
            )
        return found

    def refreshed(self, token: str, application: Application, scopes: list[str]) -> Token:
        """Return what a refresh token is for. It serves once: the answer brings a new one.

        Args:
            token: the refresh token.
            application: who sends it.
            scopes: what is asked for; empty for all that was given.

        Raises:
            OAuthError: it is not known, used, expired, revoked or another's; or more is asked for than was given.
        """
        found = self._refresh.get(token)
        if found is None or found.application != application.id or found.expires <= self._clock.seconds():
            raise OAuthError("invalid_grant", "The refresh token is not known, used, revoked or expired.")
        if not set(scopes) <= set(found.scope.split()):
            raise OAuthError("invalid_scope", "More scopes are requested than were granted.")
        self._refresh.take(token)
        return found

    def revoke(self, token: str, application: Application) -> None:
        """Let a token go; with a refresh token all that came of the same code."""
        found = self._refresh.get(token)
        if found is not None and found.application == application.id:
            for held in (self._access, self._refresh):
                held.drop(lambda one: one.family == found.family)
        access = self._access.get(token)
        if access is not None and access.application == application.id:
            self._access.take(token)

    def access(self, token: str) -> Token | None:
        """Return what an access token is for; None where it is not known, or expired."""
        found = self._access.get(token)
        return found if found and found.expires > self._clock.seconds() else None


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of a verifier (RFC 7636)."""
    digest = hashlib.sha256(verifier.encode("ascii", "replace")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
