"""Signing in: OAuth 2.0, authorization code with PKCE (S256), for an application of type native (RFC 8252)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from filelock import FileLock

from converter.delivery import calls
from converter.delivery.answers import Answer, Failure, Trouble
from converter.delivery.client import Client
from converter.delivery.grants import Grant, Store
from converter.delivery.secret import Secret

SCOPE = "openid qpp_data offline_access"
PORT = 8417
_SIGNING_IN = "sign in"
_ALGORITHMS = ("RS256", "PS256", "ES256")
_LEEWAY = 300
"""How far the clocks of two machines may differ, in seconds."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where the sign-in is: URLs as CMS gives them. The issuer is a name, not an address."""

    issuer: str
    authorization: str
    token: str
    keys: str
    revocation: str | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that has begun.

    Attributes:
        url: what the user opens in a browser.
        redirect_uri: where the browser is sent afterwards.
        client_id: id of the application.
        state: what must come back unchanged.
        verifier: what proves to CMS that the code is used by who asked for it.
    """

    url: str = field(repr=False)
    redirect_uri: str
    client_id: str
    state: Secret
    verifier: Secret


def discover(client: Client) -> Endpoints | Failure:
    """Ask where the sign-in is. Endpoints of other hosts are refused, so that no code or token goes there."""
    answer = client.do(calls.discovery())
    if isinstance(answer, Failure):
        return answer
    data = answer.part("data")
    names = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "revocation_endpoint")
    found = {name: data.get(name) if isinstance(data, Mapping) else None for name in names}
    missing = [name for name in names[:4] if not isinstance(found[name], str)]
    if missing:
        return _refused(answer, f"The answer does not name {missing[0]}.")
    revocation = found["revocation_endpoint"]
    called = [found["token_endpoint"], found["jwks_uri"], *([revocation] if revocation else [])]
    if not all(isinstance(one, str) and client.target.belongs(one) for one in called):
        return _refused(answer, "An endpoint is on another host. Nothing is sent there.")
    shown = str(found["authorization_endpoint"])
    if urlsplit(shown).scheme != "https" and not client.target.belongs(shown):
        return _refused(answer, "The page of the sign-in is not encrypted.")
    return Endpoints(str(found["issuer"]), shown, str(called[0]), str(called[1]), revocation)


def begin(endpoints: Endpoints, client_id: str, port: int = PORT) -> Begun:
    """Begin a sign-in: make the state, the verifier and the URL that the user opens."""
    redirect_uri = f"http://127.0.0.1:{port}/callback"
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    url = prepare_grant_uri(
        endpoints.authorization,
        client_id,
        "code",
        redirect_uri=redirect_uri,
        scope=SCOPE,
        state=state,
        code_challenge=create_s256_code_challenge(verifier),  # type: ignore[no-untyped-call]
        code_challenge_method="S256",
    )
    return Begun(url, redirect_uri, client_id, Secret(state), Secret(verifier))


def belongs(begun: Begun, redirected: str) -> bool:
    """Whether an address to which a browser was sent is that of this sign-in, with its state."""
    return isinstance(_given_in(begun, redirected), dict)


def code_in(begun: Begun, endpoints: Endpoints, redirected: str) -> Secret | Failure:
    """Return the code in the address to which the browser was sent.

    It must be the redirect address of this sign-in, with its state and, if it names an issuer, that of the discovery.
    """
    given = _given_in(begun, redirected)
    if isinstance(given, Failure):
        return given
    if given.get("iss", endpoints.issuer) != endpoints.issuer:
        return _stopped("The address is from another issuer.")
    if given.get("error"):
        return _stopped(": ".join(one for one in (given["error"], given.get("error_description")) if one))
    if not given.get("code"):
        return _stopped("The address has no code.")
    return Secret(given["code"])


def _given_in(begun: Begun, redirected: str) -> dict[str, str] | Failure:
    try:
        parts = urlsplit(redirected.strip())
        given = dict(parse_qsl(parts.query, keep_blank_values=True))
    except ValueError:
        return _stopped("The address cannot be read.")
    if f"{parts.scheme}://{parts.netloc}{parts.path}" != begun.redirect_uri:
        return _stopped(f"The address does not begin with {begun.redirect_uri}.")
    if not secrets.compare_digest(given.get("state", "").encode(), begun.state.reveal().encode()):
        return _stopped("The address belongs to another sign-in: its state is not the one of this sign-in.")
    return given


def finish(client: Client, endpoints: Endpoints, begun: Begun, code: Secret) -> Grant | Failure:
    """Exchange a code for tokens, and verify the identity token."""
    form: dict[str, str | Secret] = {
        "client_id": begun.client_id,
        "grant_type": "authorization_code",
        "code": code,
        "code_verifier": begun.verifier,
        "redirect_uri": begun.redirect_uri,
    }
    answer = client.do(calls.sign_in_form("exchange the code for a token", endpoints.token, form))
    if isinstance(answer, Failure):
        return answer
    grant = _grant(client, answer, begun.client_id, begun.redirect_uri)
    if isinstance(grant, Failure):
        return grant
    name = _name_in(client, endpoints, answer, begun.client_id)
    if isinstance(name, Failure):
        return name
    return Grant(grant.access, grant.refresh, grant.client_id, grant.redirect_uri, grant.scope, grant.expires_at, name)


def revoke(client: Client, grant: Grant) -> Failure | None:
    """Make the tokens of a grant useless, the one that gets others first; return the first call that failed."""
    endpoints = discover(client)
    if isinstance(endpoints, Failure):
        return endpoints
    if endpoints.revocation is None:
        return Failure(
            "revoke the tokens", Trouble.UNREADABLE, said="The system does not say where tokens are revoked."
        )
    failed: Failure | None = None
    for hint, token in (("refresh_token", grant.refresh), ("access_token", grant.access)):
        if token is not None:
            form: dict[str, str | Secret] = {"client_id": grant.client_id, "token_type_hint": hint, "token": token}
            answer = client.do(calls.sign_in_form("revoke the tokens", endpoints.revocation, form))
            failed = failed or (answer if isinstance(answer, Failure) else None)
    return failed


@dataclass(slots=True)
class SignedIn:
    """The token of a sign-in, which is renewed when CMS refuses it.

    Attributes:
        store: where the grant is kept.
        lock: file that keeps two runs from using the same refresh token, which is good for one time only.
        problem: why the last attempt to renew failed, or None.
    """

    store: Store
    lock: str
    problem: Failure | None = None
    _used: Secret | None = None

    def current(self) -> Secret | None:
        """Return the token that is stored."""
        grant = self.store.load()
        self._used = grant.access if grant else None
        return self._used

    def renewed(self, client: Client) -> Secret | None:
        """Return another token: the one that another run has just got, or a new one."""
        with FileLock(self.lock):
            grant = self.store.load()
            if grant is None:
                return None
            if grant.access != self._used:
                self._used = grant.access
                return grant.access
            if grant.refresh is None:
                return None
            found = _refreshed(client, grant, grant.refresh)
            if isinstance(found, Failure):
                self.problem = found
                return None
            self.store.save(found)
            self._used = found.access
            return found.access

    def why(self, now: float) -> str:
        """Say whether the token has expired, and why it could not be renewed."""
        grant = self.store.load()
        ends = grant.expires_at if grant else None
        expired = "The token of the sign-in has expired." if ends is not None and ends < now else ""
        failed = self.problem and f"It could not be renewed ({self.problem.said or self.problem.trouble.value})."
        return " ".join(one for one in (expired, failed) if one)


def _refreshed(client: Client, grant: Grant, refresh: Secret) -> Grant | Failure:
    endpoints = discover(client)
    if isinstance(endpoints, Failure):
        return endpoints
    form: dict[str, str | Secret] = {
        "client_id": grant.client_id,
        "grant_type": "refresh_token",
        "refresh_token": refresh,
        "redirect_uri": grant.redirect_uri,
        "scope": grant.scope,
    }
    answer = client.do(calls.sign_in_form("renew the token", endpoints.token, form))
    if isinstance(answer, Failure):
        return answer
    found = _grant(client, answer, grant.client_id, grant.redirect_uri, grant.scope)
    if isinstance(found, Failure):
        return found
    return Grant(
        found.access, found.refresh or refresh, found.client_id, found.redirect_uri, found.scope, found.expires_at,
        grant.name,
    )  # fmt: skip


def _grant(client: Client, answer: Answer, client_id: str, redirect_uri: str, scope: str = SCOPE) -> Grant | Failure:
    access, refresh, lasts = (answer.part(name) for name in ("access_token", "refresh_token", "expires_in"))
    if not isinstance(access, str) or not access or not isinstance(refresh, str | None):
        return _refused(answer, "The answer has no token.")
    if str(answer.part("token_type") or "Bearer").lower() != "bearer":
        return _refused(answer, "The answer has a token of another type than Bearer.")
    ends = client.clock.now() + lasts if isinstance(lasts, int | float) else None
    given = answer.part("scope")
    return Grant(
        Secret(access), Secret(refresh) if refresh else None, client_id, redirect_uri,
        given if isinstance(given, str) and given else scope, ends,
    )  # fmt: skip


def _name_in(client: Client, endpoints: Endpoints, answer: Answer, client_id: str) -> str | Failure | None:
    """Verify the identity token, and return the name in it."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    token = answer.part("id_token")
    if not isinstance(token, str):
        return _refused(answer, "The answer has no identity token.")
    found = client.do(calls.keys(endpoints.keys))
    if isinstance(found, Failure):
        return found
    registry = jwt.JWTClaimsRegistry(
        now=int(client.clock.now()),
        leeway=_LEEWAY,
        iss={"essential": True, "value": endpoints.issuer},
        aud={"essential": True, "value": client_id},
        exp={"essential": True},
    )
    try:
        claims = jwt.decode(token, KeySet.import_key_set(_keys(found)), algorithms=list(_ALGORITHMS)).claims
        registry.validate(claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        return _refused(answer, f"The identity token is not valid ({_problem(error)}). The tokens are not kept.")
    name = claims.get("name") or claims.get("preferred_username")
    return name if isinstance(name, str) else None


def _keys(answer: Answer) -> Any:
    return answer.data if answer.part("keys") else answer.part("data")


def _problem(error: Exception) -> str:
    claim = getattr(error, "claim", None)
    return f"its member {claim} is wrong" if claim else "its signature or form is wrong"


def _stopped(said: str) -> Failure:
    return Failure(_SIGNING_IN, Trouble.TOKEN, said=said)


def _refused(answer: Answer, said: str) -> Failure:
    return Failure(answer.call, Trouble.UNREADABLE, answer.status, said, request_id=answer.request_id)
