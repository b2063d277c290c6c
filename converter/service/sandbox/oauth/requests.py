"""The authorization request of an application, and where its user is sent back to."""

import re
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from converter.service.sandbox.oauth.grants import REQUIRED_SCOPES, SCOPES, Application, OAuthError
from converter.service.settings import is_loopback

NATIVE, WEB = "sandbox-native", "sandbox-web"
WEB_SECRET = "sandbox-web-secret"
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_MOST_APPLICATIONS = 100
_LONGEST = 2000
ASKED = (
    "client_id", "response_type", "scope", "redirect_uri", "state", "code_challenge_method", "code_challenge", "nonce",
)  # fmt: skip
"""The parameters of an authorization request."""


class PageError(Exception):
    """A request that is answered with a page: its user must not be sent to an address that may be anyone's."""


class Applications:
    """The applications that are known.

    Args:
        redirect_uris: where codes may be sent to, of the two that are known from the start; empty for any of this
            machine.
    """

    def __init__(self, redirect_uris: tuple[str, ...]) -> None:
        self._uris = redirect_uris
        self.clear()

    def clear(self) -> None:
        """Forget those that were registered."""
        self._known = {
            one.id: one
            for one in (
                Application(NATIVE, "A native application (invented)", None, self._uris),
                Application(WEB, "A web application (invented)", WEB_SECRET, self._uris),
            )
        }

    def get(self, client_id: str) -> Application | None:
        """Return an application, or None."""
        return self._known.get(client_id)

    def add(self, application: Application) -> None:
        """Register an application.

        Raises:
            OAuthError: there are too many.
        """
        if len(self._known) >= _MOST_APPLICATIONS:
            raise OAuthError("invalid_client_metadata", "No more applications can be registered.")
        self._known[application.id] = application


def usable_redirect(uri: str, application: Application) -> bool:
    """Whether an application may have its users sent to an address."""
    if application.redirect_uris:
        return uri in application.redirect_uris
    return is_local(uri)


def is_local(uri: str) -> bool:
    """Whether an address is one of this machine, without a fragment."""
    try:
        parts = urlsplit(uri)
        return parts.scheme == "http" and not parts.fragment and is_loopback(parts.hostname or "x")
    except ValueError:
        return False


def asked_application(asked: Mapping[str, str], applications: Applications) -> Application:
    """Return the application that asks, if its user may be sent back to it.

    Raises:
        PageError: it is not known, or not with this address.
    """
    if any(len(value) > _LONGEST for value in asked.values()):
        raise PageError("The request is too long.")
    application = applications.get(asked.get("client_id", ""))
    if application is None:
        raise PageError("The client_id is not known.")
    if not usable_redirect(asked.get("redirect_uri", ""), application):
        raise PageError("The redirect_uri is not one that is registered for this application.")
    return application


def check_asked(asked: Mapping[str, str], application: Application) -> None:
    """Look whether a request can be put before the user. An application with a secret may do without PKCE.

    Raises:
        OAuthError: it cannot; the application is told.
    """
    if asked.get("response_type") != "code":
        raise OAuthError("unsupported_response_type", "The response_type is code.")
    scopes = asked.get("scope", "").split()
    if any(one not in scopes for one in REQUIRED_SCOPES) or any(one not in SCOPES for one in scopes):
        raise OAuthError("invalid_scope", "The scopes openid and qpp_data are required.")
    if application.secret is not None and not {"code_challenge", "code_challenge_method"} & set(asked):
        return
    if asked.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(asked.get("code_challenge", "")):
        raise OAuthError("invalid_request", "PKCE is required: code_challenge_method=S256 and a code_challenge.")


def sent_back(asked: Mapping[str, str], **parameters: str) -> str:
    """Return the address that the user is sent back to, with `state` as the application gave it."""
    if "state" in asked:
        parameters["state"] = asked["state"]
    uri = asked["redirect_uri"]
    return f"{uri}{'&' if urlsplit(uri).query else '?'}{urlencode(parameters)}"
