"""Sign-in: authorization code with PKCE, refresh, revocation, and every wrong word in it."""

import httpx
import pytest

from tests.sandbox_server import REDIRECT, SCOPE, VERIFIER, RunningSandbox, asked

AUTHORIZE = "/api/auth/oauth/authorize"
SUBMISSIONS = "/api/submissions/submissions"


def status_with(box: RunningSandbox, access: str) -> int:
    return box.client.get(SUBMISSIONS, headers={"Authorization": f"Bearer {access}"}).status_code


def test_a_code_becomes_tokens_once(box: RunningSandbox) -> None:
    code = box.code()
    answer = box.token(code=code)
    assert answer.status_code == 200
    found = answer.json()
    assert found["token_type"] == "Bearer"
    assert found["scope"] == SCOPE
    assert status_with(box, found["access_token"]) == 200
    again = box.token(code=code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    ("fields", "error", "status"),
    [
        ({"code_verifier": "w" * 86}, "invalid_grant", 400),
        ({"code_verifier": ""}, "invalid_grant", 400),
        ({"redirect_uri": REDIRECT + "/other"}, "invalid_grant", 400),
        ({"client_id": "sandbox-web", "client_secret": "sandbox-web-secret"}, "invalid_grant", 400),
        ({"client_id": "sandbox-web", "client_secret": "wrong"}, "invalid_client", 401),
        ({"client_id": "unknown"}, "invalid_client", 401),
        ({"grant_type": "password"}, "unsupported_grant_type", 400),
    ],
)
def test_a_code_is_refused(box: RunningSandbox, fields: dict[str, str], error: str, status: int) -> None:
    answer = box.token(**{"code": box.code(), **fields})
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert VERIFIER not in answer.text


def test_discovery_has_an_envelope(box: RunningSandbox) -> None:
    answer = box.client.get("/api/auth/oauth", headers={"Accept": "application/vnd.qpp.cms.gov.v2+json"})
    found = answer.json()["data"]
    assert set(found) == {
        "issuer", "authorization_endpoint", "token_endpoint", "revocation_endpoint", "introspection_endpoint",
        "jwks_uri", "end_session_endpoint", "registration_endpoint",
    }  # fmt: skip
    assert all(value.startswith(box.base) for value in found.values())


def test_the_page_says_that_it_is_not_cms(box: RunningSandbox) -> None:
    answer = box.client.get(AUTHORIZE, params=asked())
    assert answer.status_code == 200
    assert "not CMS" in answer.text
    assert "not CMS" in answer.headers["x-not-cms"]


def refresh(box: RunningSandbox, token: str, **fields: str) -> httpx.Response:
    return box.token(grant_type="refresh_token", refresh_token=token, **fields)


def test_a_refresh_token_serves_once(box: RunningSandbox) -> None:
    first = box.token(code=box.code()).json()
    second = refresh(box, first["refresh_token"])
    assert second.status_code == 200
    assert second.json()["refresh_token"] != first["refresh_token"]
    assert refresh(box, first["refresh_token"]).json()["error"] == "invalid_grant"
    assert refresh(box, second.json()["refresh_token"]).status_code == 200
