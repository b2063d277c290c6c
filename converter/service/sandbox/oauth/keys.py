"""The key of the auth service, and the ID tokens that are signed with it."""

from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from converter.service.sandbox.oauth.grants import ACCESS_SECONDS
from converter.service.sandbox.people import Caller

_ALGORITHM = "RS256"
_BITS = 2048


class Keys:
    """A key that is made anew with every start."""

    def __init__(self) -> None:
        self._key = RSAKey.generate_key(_BITS, {"use": "sig", "alg": _ALGORITHM}, auto_kid=True)

    def published(self) -> dict[str, Any]:
        """Return the public key, as a JSON Web Key Set."""
        return dict(KeySet([self._key]).as_dict(private=False))

    def id_token(self, issuer: str, application: str, caller: Caller, now: float, nonce: str | None) -> str:
        """Return an ID token.

        Args:
            issuer: the issuer of the discovery document.
            application: the `client_id` that it is for.
            caller: the user.
            now: the time, in seconds since 1970.
            nonce: the nonce of the authorization request, or None.
        """
        claims = {
            "iss": issuer,
            "aud": application,
            "sub": caller.submitter_id,
            "iat": int(now),
            "exp": int(now) + ACCESS_SECONDS,
            "name": caller.name,
            "preferred_username": caller.name,
        }
        if nonce is not None:
            claims["nonce"] = nonce
        return jwt.encode({"alg": _ALGORITHM, "kid": self._key.kid}, claims, self._key)

    def audience(self, id_token: str) -> str | None:
        """Return the application that an ID token of ours was given to; None where it is none."""
        try:
            return str(jwt.decode(id_token, self._key, algorithms=[_ALGORITHM]).claims["aud"])
        except (JoseError, ValueError, KeyError):
            return None
