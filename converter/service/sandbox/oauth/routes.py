"""The addresses of the auth service."""

import base64
import binascii
import secrets
from typing import Any
from urllib.parse import unquote_plus

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from converter.service.guard import is_token
from converter.service.problems import Problem
from converter.service.sandbox.answers import Json, data
from converter.service.sandbox.api.described import JSON, answers, body, form
from converter.service.sandbox.calls import Here, Known, json_object
from converter.service.sandbox.oauth.consent import ask_page, user_of
from converter.service.sandbox.oauth.grants import Application, OAuthError
from converter.service.sandbox.oauth.requests import (
    ASKED,
    PageError,
    asked_application,
    check_asked,
    is_local,
    sent_back,
)
from converter.service.sandbox.pages import page
from converter.service.sandbox.people import Role, user
from converter.service.sandbox.state import Sandbox
from converter.service.uploads import read_form

PREFIX = "/api/auth"
AUTHORIZE = f"{PREFIX}/oauth/authorize"
_LONGEST_NAME, _MOST_URIS = 100, 10
_CREDENTIALS = ("client_id", "client_secret")
_GRANTS = ("code", "code_verifier", "redirect_uri", "refresh_token", "scope")

router = APIRouter(prefix=PREFIX, tags=["auth"], responses=answers(401, 413, 415))
_BACK: dict[int | str, dict[str, Any]] = {
    303: {"description": "The user is sent back to the application."},
    400: {"description": "The application or its address is not known.", "content": {"text/html": {}, JSON: {}}},
}


def issuer_of(request: Request) -> str:
    """Return the issuer: the address by which the sandbox was called."""
    return f"{request.base_url}".rstrip("/") + PREFIX


@router.get("/oauth")
async def discovery(request: Request) -> Response:
    """Say where everything is, in `data`, as CMS does."""
    issuer = issuer_of(request)
    base = f"{issuer}/oauth"
    return Json(
        {
            "data": {
                "issuer": issuer,
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "revocation_endpoint": f"{base}/revoke",
                "introspection_endpoint": f"{base}/introspect",
                "jwks_uri": f"{base}/jwks",
                "end_session_endpoint": f"{base}/logout",
                "registration_endpoint": f"{base}/register",
            }
        }
    )


@router.get("/oauth/jwks")
async def jwks(here: Here) -> Response:
    """Give the key with which ID tokens are verified."""
    return Json(here.keys.published())


@router.get("/oauth/authorize", response_class=HTMLResponse, responses=_BACK)
async def authorize(request: Request, here: Here) -> Response:
    """Ask the user whether an application may act for them."""
    asked = {name: value for name, value in request.query_params.items() if name in ASKED}
    return _authorized(here, asked, None)


@router.post(
    "/oauth/authorize",
    response_class=HTMLResponse,
    responses=_BACK,
    openapi_extra=form(*ASKED, "decision", "role", "ids"),
)
async def decide(request: Request, here: Here) -> Response:
    """Take the decision of the user, and send them back to the application."""
    fields = (await read_form(request)).fields
    return _authorized(here, {name: value for name, value in fields.items() if name in ASKED}, fields)


def _authorized(here: Sandbox, asked: dict[str, str], fields: dict[str, str] | None) -> Response:
    try:
        application = asked_application(asked, here.applications)
    except PageError as error:
        return HTMLResponse(page("This cannot be asked", f"<p>{error}</p>"), 400)
    try:
        check_asked(asked, application)
        if fields is None and not here.settings.approve:
            return HTMLResponse(ask_page(application, asked, AUTHORIZE))
        if fields is not None and fields.get("decision") != "allow":
            raise OAuthError("access_denied", "The user does not agree.")
        caller = user("Practice User (invented)", Role.PRACTICE) if fields is None else user_of(fields)
    except OAuthError as error:
        return RedirectResponse(sent_back(asked, error=error.code, error_description=error.description), 303)
    return RedirectResponse(sent_back(asked, code=here.grants.code(application, asked, caller)), 303)


@router.post("/oauth/token", openapi_extra=form("grant_type", *_CREDENTIALS, *_GRANTS))
async def token(request: Request, here: Here) -> Response:
    """Exchange a code or a refresh token for tokens."""
    try:
        fields, application = await _from_application(request, here)
        kind = fields.get("grant_type", "")
        if kind == "authorization_code":
            return Json(_redeemed(here, fields, application, issuer_of(request)))
        if kind == "refresh_token":
            return Json(_refreshed(here, fields, application, issuer_of(request)))
        raise OAuthError("unsupported_grant_type", "The grant_type is authorization_code or refresh_token.")
    except OAuthError as error:
        return _told(error)


def _redeemed(here: Sandbox, fields: dict[str, str], application: Application, issuer: str) -> dict[str, Any]:
    verifier = fields.get("code_verifier", "")
    found = here.grants.redeemed(fields.get("code", ""), application, fields.get("redirect_uri", ""), verifier)
    id_token = here.keys.id_token(issuer, application.id, found.caller, here.clock.seconds(), found.nonce)
    return {**here.grants.tokens(application, found.scope, found.caller), "id_token": id_token}


def _refreshed(here: Sandbox, fields: dict[str, str], application: Application, issuer: str) -> dict[str, Any]:
    scope = fields.get("scope", "")
    found = here.grants.refreshed(fields.get("refresh_token", ""), application, scope.split())
    id_token = here.keys.id_token(issuer, application.id, found.caller, here.clock.seconds(), None)
    tokens = here.grants.tokens(application, scope or found.scope, found.caller, found.family)
    return {**tokens, "id_token": id_token}


@router.post("/oauth/revoke", openapi_extra=form("token", "token_type_hint", *_CREDENTIALS))
async def revoke(request: Request, here: Here) -> Response:
    """Let a token go; also one that is not known is none afterwards (RFC 7009)."""
    try:
        fields, application = await _from_application(request, here)
    except OAuthError as error:
        return _told(error)
    here.grants.revoke(fields.get("token", ""), application)
    return Response(status_code=200)


@router.post("/oauth/introspect", openapi_extra=form("token", *_CREDENTIALS))
async def introspect(request: Request, here: Here) -> Response:
    """Say whether an access token of the application is good (RFC 7662)."""
    try:
        fields, application = await _from_application(request, here)
    except OAuthError as error:
        return _told(error)
    found = here.grants.access(fields.get("token", ""))
    if found is None or found.application != application.id:
        return Json({"active": False})
    return Json({"active": True, "client_id": found.application, "scope": found.scope, "exp": int(found.expires)})


@router.get("/oauth/logout", response_class=HTMLResponse, responses=_BACK)
async def logout(
    here: Here, id_token_hint: str = "", post_logout_redirect_uri: str = "", state: str | None = None
) -> Response:
    """End the session, and send the user back where the application may ask for that."""
    application = here.applications.get(here.keys.audience(id_token_hint) or "")
    if application is None or not is_local(post_logout_redirect_uri):
        return HTMLResponse(page("Signed out", "<p>The session has ended.</p>"))
    asked = {"redirect_uri": post_logout_redirect_uri} | ({"state": state} if state is not None else {})
    return RedirectResponse(sent_back(asked), 303)


@router.post("/oauth/register", status_code=201, openapi_extra=body(redirect_uris={"type": "array"}))
async def register(request: Request, here: Here) -> Response:
    """Register an application (RFC 7591)."""
    try:
        application = _registered(await json_object(request))
        here.applications.add(application)
    except OAuthError as error:
        return _told(error)
    found: dict[str, Any] = {
        "client_id": application.id,
        "client_name": application.name,
        "application_type": "native" if application.secret is None else "web",
        "redirect_uris": list(application.redirect_uris),
    }
    return Json(found | ({"client_secret": application.secret} if application.secret else {}), 201)


@router.get("/authz")
async def authz(caller: Known) -> Response:
    """Say for whom the caller may act. What CMS answers in an authorization is not known; this is made up."""
    ids: list[str | None] = [*sorted(caller.ids)] or [None]
    return data("authorizations", [{"role": caller.role.value, "id": one, "name": caller.name} for one in ids])


def _registered(members: dict[str, Any]) -> Application:
    """Return the application that is to be registered.

    Raises:
        OAuthError: it is not one, or its users would be sent to another machine.
    """
    name, uris = members.get("client_name", "An application"), members.get("redirect_uris")
    if not isinstance(name, str) or len(name) > _LONGEST_NAME:
        raise OAuthError("invalid_client_metadata", "The client_name is a short text.")
    if not isinstance(uris, list) or not 0 < len(uris) <= _MOST_URIS:
        raise OAuthError("invalid_redirect_uri", "Give one to ten redirect_uris.")
    if not all(isinstance(one, str) and is_local(one) for one in uris):
        raise OAuthError("invalid_redirect_uri", "The sandbox sends users to addresses of this machine only.")
    secret = secrets.token_urlsafe(24) if members.get("application_type") == "web" else None
    return Application(secrets.token_hex(8), name, secret, tuple(uris))


async def _from_application(request: Request, here: Sandbox) -> tuple[dict[str, str], Application]:
    """Return the fields of a form, and the application that sent it, which has shown who it is.

    Raises:
        OAuthError: it is not a form, or the application is not known or has another secret.
    """
    try:
        fields = (await read_form(request)).fields
    except Problem as error:
        raise OAuthError("invalid_request", "Send application/x-www-form-urlencoded.") from error
    client_id, secret = _basic(request.headers.get("authorization", ""))
    application = here.applications.get(client_id or fields.get("client_id", ""))
    given = secret or fields.get("client_secret", "")
    if application is None or (application.secret is not None and not is_token(given, application.secret)):
        raise OAuthError("invalid_client", "The application is not known, or its secret is another one.", 401)
    return fields, application


def _basic(header: str) -> tuple[str, str]:
    kind, _, text = header.partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        name, _, secret = base64.b64decode(text.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return unquote_plus(name), unquote_plus(secret)


def _told(error: OAuthError) -> Response:
    body = {"error": error.code, "error_description": error.description}
    headers = {"WWW-Authenticate": 'Basic realm="sandbox"'} if error.status == 401 else None
    return Json(body, error.status, headers)
