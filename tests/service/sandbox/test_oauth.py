"""Sign-in: authorization code with PKCE, refresh, revocation, ID tokens, and every wrong word in it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from converter.service.sandbox.oauth.grants import Held, challenge_of
from tests.sandbox_server import REDIRECT, SCOPE, VERIFIER, RunningSandbox, asked, sandbox

OAUTH = "/api/auth/oauth"
AUTHORIZE = f"{OAUTH}/authorize"
SUBMISSIONS = "/api/submissions/submissions"
WEB = {"client_id": "sandbox-web", "client_secret": "sandbox-web-secret"}


def status_with(box: RunningSandbox, access: str) -> int:
    return box.client.get(SUBMISSIONS, headers={"Authorization": f"Bearer {access}"}).status_code


def test_a_challenge_is_that_of_the_standard() -> None:
    """The example of RFC 7636, appendix B."""
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_a_code_becomes_tokens_once(box: RunningSandbox) -> None:
    code = box.code()
    answer = box.token(code=code)
    assert answer.status_code == 200
    found = answer.json()
    assert set(found) == {"token_type", "expires_in", "access_token", "scope", "refresh_token", "id_token"}
    assert (found["token_type"], found["expires_in"], found["scope"]) == ("Bearer", 3600, SCOPE)
    assert status_with(box, found["access_token"]) == 200
    again = box.token(code=code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


def test_without_offline_access_there_is_no_refresh_token(box: RunningSandbox) -> None:
    assert "refresh_token" not in box.token(code=box.code(scope="openid qpp_data")).json()


@pytest.mark.parametrize(
    ("fields", "error", "status"),
    [
        ({"code_verifier": "w" * 86}, "invalid_grant", 400),
        ({"code_verifier": ""}, "invalid_grant", 400),
        ({"code_verifier": "ü" * 43}, "invalid_grant", 400),
        ({"code_verifier": challenge_of(VERIFIER)}, "invalid_grant", 400),
        ({"redirect_uri": REDIRECT + "/other"}, "invalid_grant", 400),
        ({"code": ""}, "invalid_grant", 400),
        (WEB, "invalid_grant", 400),
        ({**WEB, "client_secret": "wrong"}, "invalid_client", 401),
        ({"client_id": "sandbox-web"}, "invalid_client", 401),
        ({"client_id": "unknown"}, "invalid_client", 401),
        ({"grant_type": "password"}, "unsupported_grant_type", 400),
        ({"grant_type": "refresh_token"}, "invalid_grant", 400),
    ],
)
def test_a_code_is_refused(box: RunningSandbox, fields: dict[str, str], error: str, status: int) -> None:
    answer = box.token(**{"code": box.code(), **fields})
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert VERIFIER not in answer.text


def test_a_code_with_a_wrong_verifier_is_spent(box: RunningSandbox) -> None:
    code = box.code()
    assert box.token(code=code, code_verifier="w" * 86).status_code == 400
    assert box.token(code=code).json()["error"] == "invalid_grant"


def test_a_code_expires(box: RunningSandbox) -> None:
    code = box.code()
    box.client.put("/sandbox/clock", json={"advance": 601}).raise_for_status()
    assert box.token(code=code).json()["error"] == "invalid_grant"


@pytest.mark.parametrize("content", [b"{}", b"", b"<a/>"])
def test_a_token_request_that_is_no_form(box: RunningSandbox, content: bytes) -> None:
    answer = box.client.post(f"{OAUTH}/token", content=content, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_a_web_application_shows_its_secret(box: RunningSandbox) -> None:
    code = box.code(client_id="sandbox-web")
    assert box.token(code=code, **WEB).status_code == 200
    code = box.code(client_id="sandbox-web")
    fields = {"grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER, "redirect_uri": REDIRECT}
    answer = box.client.post(f"{OAUTH}/token", data=fields, auth=("sandbox-web", "sandbox-web-secret"))
    assert answer.status_code == 200
    assert box.client.post(f"{OAUTH}/token", data=fields, auth=("sandbox-web", "x")).status_code == 401
    broken = {"Authorization": "Basic %%%"}
    assert box.client.post(f"{OAUTH}/token", data=fields, headers=broken).status_code == 401


def test_a_web_application_may_do_without_pkce(box: RunningSandbox) -> None:
    without = {name: value for name, value in asked(**WEB).items() if not name.startswith("code_challenge")}

    def code() -> str:
        answer = box.client.post(AUTHORIZE, data=without | {"decision": "allow"})
        return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]

    assert box.token(code=code(), code_verifier="", **WEB).status_code == 200
    # A verifier for a code without a challenge is a sign that somebody took the challenge out of the request.
    assert box.token(code=code(), **WEB).json()["error"] == "invalid_grant"
    native = without | {"client_id": "sandbox-native", "decision": "allow"}
    assert sent_to(box.client.post(AUTHORIZE, data=native))["error"] == ["invalid_request"]


@pytest.mark.parametrize("changes", [
    {"client_id": "unknown"}, {"client_id": ""}, {"redirect_uri": "https://example.org/callback"},
    {"redirect_uri": "http://127.0.0.1.example.org/"}, {"redirect_uri": "http://127.0.0.1@example.org/"},
    {"redirect_uri": "//127.0.0.1/x"}, {"redirect_uri": "javascript:alert(1)"}, {"redirect_uri": ""},
    {"redirect_uri": "http://[::1"}, {"redirect_uri": f"{REDIRECT}#part"}, {"state": "x" * 2001},
])  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_is_sent_to_an_unknown_address(box: RunningSandbox, changes: dict[str, str], method: str) -> None:
    sent: dict[str, Any] = {"params": asked(**changes)} if method == "GET" else {"data": asked(**changes)}
    answer = box.client.request(method, AUTHORIZE, **sent)
    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert "not CMS" in answer.text


def sent_to(answer: httpx.Response) -> dict[str, list[str]]:
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(REDIRECT + "?")
    return parse_qs(urlsplit(answer.headers["location"]).query)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "openid"}, "invalid_scope"),
        ({"scope": "openid qpp_data everything"}, "invalid_scope"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge": challenge_of(VERIFIER) + "="}, "invalid_request"),
    ],
)
def test_the_application_is_told_what_is_wrong(box: RunningSandbox, changes: dict[str, str], error: str) -> None:
    found = sent_to(box.client.get(AUTHORIZE, params=asked(**changes)))
    assert (found["error"], found["state"]) == ([error], ["a state"])
    assert "code" not in found


def test_a_user_may_refuse(box: RunningSandbox) -> None:
    found = sent_to(box.client.post(AUTHORIZE, data=asked() | {"decision": "deny"}))
    assert (found["error"], found["state"]) == (["access_denied"], ["a state"])
    assert sent_to(box.client.post(AUTHORIZE, data=asked()))["error"] == ["access_denied"]


@pytest.mark.parametrize("state", ["a state", "ü&code=x", "", "+ %"])
def test_the_state_comes_back_as_it_was(box: RunningSandbox, state: str) -> None:
    answer = box.client.post(AUTHORIZE, data=asked(state=state) | {"decision": "allow"})
    found = parse_qs(urlsplit(answer.headers["location"]).query, keep_blank_values=True)
    assert found["state"] == [state]
    assert len(found["code"]) == 1


def test_the_page_asks_and_says_that_it_is_not_cms(box: RunningSandbox) -> None:
    answer = box.client.get(AUTHORIZE, params=asked(state='"><script>alert(1)</script>'))
    assert answer.status_code == 200
    assert "not CMS" in answer.text
    assert "<script>" not in answer.text
    assert "form-action 'self' http: https:" in answer.headers["content-security-policy"]


def test_codes_can_be_had_without_the_page() -> None:
    with sandbox(approve=True, redirect_uris=(REDIRECT,)) as running:
        code = sent_to(running.client.get(AUTHORIZE, params=asked()))["code"][0]
        assert running.token(code=code).status_code == 200
        other = asked(redirect_uri="http://127.0.0.1:9999/callback")
        assert running.client.get(AUTHORIZE, params=other).status_code == 400


def test_discovery_has_an_envelope(box: RunningSandbox) -> None:
    answer = box.client.get(OAUTH, headers={"Accept": "application/vnd.qpp.cms.gov.v2+json"})
    found = answer.json()["data"]
    assert set(found) == {
        "issuer", "authorization_endpoint", "token_endpoint", "revocation_endpoint", "introspection_endpoint",
        "jwks_uri", "end_session_endpoint", "registration_endpoint",
    }  # fmt: skip
    assert all(value.startswith(box.base) for value in found.values())


def refresh(box: RunningSandbox, token: str, **fields: str) -> httpx.Response:
    return box.token(grant_type="refresh_token", refresh_token=token, **fields)


def test_a_refresh_token_serves_once(box: RunningSandbox) -> None:
    first = box.token(code=box.code()).json()
    second = refresh(box, first["refresh_token"])
    assert second.status_code == 200
    assert set(second.json()) == set(first)
    assert second.json()["refresh_token"] != first["refresh_token"]
    assert refresh(box, first["refresh_token"]).json()["error"] == "invalid_grant"
    assert refresh(box, second.json()["refresh_token"]).status_code == 200
    assert status_with(box, second.json()["access_token"]) == 200


def test_a_refresh_token_is_of_its_application_and_scope(box: RunningSandbox) -> None:
    first = box.token(code=box.code()).json()["refresh_token"]
    assert refresh(box, first, **WEB).json()["error"] == "invalid_grant"
    assert refresh(box, first, scope="openid qpp_data email").json()["error"] == "invalid_scope"
    less = refresh(box, first, scope="openid qpp_data").json()
    assert less["scope"] == "openid qpp_data"
    assert "refresh_token" not in less


def test_tokens_expire_by_the_clock(box: RunningSandbox) -> None:
    found = box.token(code=box.code()).json()
    box.client.put("/sandbox/clock", json={"advance": 3601}).raise_for_status()
    assert status_with(box, found["access_token"]) == 401
    assert refresh(box, found["refresh_token"]).status_code == 200
    found = box.token(code=box.code()).json()
    box.client.put("/sandbox/clock", json={"advance": 31 * 24 * 3600}).raise_for_status()
    assert refresh(box, found["refresh_token"]).json()["error"] == "invalid_grant"


def revoke(box: RunningSandbox, token: str, **fields: str) -> httpx.Response:
    return box.client.post(f"{OAUTH}/revoke", data={"client_id": "sandbox-native", "token": token} | fields)


def test_an_access_token_is_revoked_alone(box: RunningSandbox) -> None:
    found = box.token(code=box.code()).json()
    assert revoke(box, found["access_token"], token_type_hint="access_token").status_code == 200
    assert status_with(box, found["access_token"]) == 401
    assert refresh(box, found["refresh_token"]).status_code == 200


def test_a_refresh_token_is_revoked_with_all_that_came_of_it(box: RunningSandbox) -> None:
    first = box.token(code=box.code()).json()
    second = refresh(box, first["refresh_token"]).json()
    assert revoke(box, second["refresh_token"]).status_code == 200
    assert [status_with(box, one["access_token"]) for one in (first, second)] == [401, 401]
    assert refresh(box, second["refresh_token"]).json()["error"] == "invalid_grant"


def test_what_is_not_revoked(box: RunningSandbox) -> None:
    found = box.token(code=box.code()).json()
    assert revoke(box, "unknown").status_code == 200
    for token in (found["access_token"], found["refresh_token"]):
        assert revoke(box, token, **WEB).status_code == 200
    assert revoke(box, found["access_token"], client_id="unknown").status_code == 401
    assert status_with(box, found["access_token"]) == 200
    assert refresh(box, found["refresh_token"]).status_code == 200


def test_introspection(box: RunningSandbox) -> None:
    access = box.token(code=box.code()).json()["access_token"]

    def told(**fields: str) -> httpx.Response:
        return box.client.post(f"{OAUTH}/introspect", data={"client_id": "sandbox-native", "token": access} | fields)

    assert told().json()["active"] is True
    assert told(token="unknown").json() == {"active": False}
    assert told(**WEB).json() == {"active": False}
    assert told(client_id="unknown").status_code == 401


def test_an_id_token_is_verified_by_the_published_key(box: RunningSandbox) -> None:
    found = box.token(code=box.code(nonce="n-1")).json()["id_token"]
    published = box.client.get(f"{OAUTH}/jwks").json()
    assert not {"d", "p", "q"} & set(published["keys"][0])
    claims = jwt.decode(found, KeySet.import_key_set(published), algorithms=["RS256"]).claims
    assert claims["iss"] == box.client.get(OAUTH).json()["data"]["issuer"]
    assert (claims["aud"], claims["nonce"]) == ("sandbox-native", "n-1")
    assert claims["exp"] - claims["iat"] == 3600
    assert {"name", "preferred_username"} <= set(claims)


def test_an_id_token_of_another_sandbox_is_not_verified(box: RunningSandbox) -> None:
    found = box.token(code=box.code()).json()["id_token"]
    with sandbox() as other:
        keys = KeySet.import_key_set(other.client.get(f"{OAUTH}/jwks").json())
        with pytest.raises((JoseError, ValueError)):
            jwt.decode(found, keys, algorithms=["RS256"])


def test_signing_out_sends_back_to_the_application(box: RunningSandbox) -> None:
    hint = box.token(code=box.code()).json()["id_token"]
    params = {"id_token_hint": hint, "post_logout_redirect_uri": REDIRECT, "state": "s"}
    assert sent_to(box.client.get(f"{OAUTH}/logout", params=params)) == {"state": ["s"]}
    for wrong in ({"id_token_hint": "x.y.z"}, {"post_logout_redirect_uri": "https://example.org"}):
        answer = box.client.get(f"{OAUTH}/logout", params=params | wrong)
        assert (answer.status_code, "not CMS" in answer.text) == (200, True)


def test_an_application_can_be_registered(box: RunningSandbox) -> None:
    body = {"client_name": "Mine", "redirect_uris": [REDIRECT], "application_type": "web"}
    found = box.client.post(f"{OAUTH}/register", json=body)
    assert found.status_code == 201
    known = {name: found.json()[name] for name in ("client_id", "client_secret")}
    code = box.code(client_id=known["client_id"])
    assert box.token(code=code, **known).status_code == 200
    other = asked(client_id=known["client_id"], redirect_uri="http://127.0.0.1:1/x")
    assert box.client.get(AUTHORIZE, params=other).status_code == 400


@pytest.mark.parametrize("body", [
    {}, {"redirect_uris": []}, {"redirect_uris": "x"}, {"redirect_uris": [1]}, {"redirect_uris": ["https://x.org/"]},
    {"redirect_uris": [REDIRECT], "client_name": 1}, {"redirect_uris": [REDIRECT] * 11},
])  # fmt: skip
def test_an_application_that_is_none(box: RunningSandbox, body: dict[str, Any]) -> None:
    answer = box.client.post(f"{OAUTH}/register", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("invalid_")


def test_there_is_room_for_so_many_applications(box: RunningSandbox) -> None:
    body = {"redirect_uris": [REDIRECT]}
    found = [box.client.post(f"{OAUTH}/register", json=body).status_code for _ in range(99)]
    assert (set(found[:98]), found[98]) == ({201}, 400)


def test_the_oldest_token_makes_room() -> None:
    held: Held[int] = Held(3)
    keys = [held.add(number) for number in range(5)]
    assert [held.get(key) for key in keys] == [None, None, 2, 3, 4]


def authorizations(box: RunningSandbox, **user: str) -> Any:
    return box.client.get("/api/auth/authz", headers=box.user(**user)).json()["data"]["authorizations"]


def test_for_whom_a_user_may_act(box: RunningSandbox) -> None:
    found = authorizations(box, role="apm", ids="A1234, A5678")
    assert [(one["role"], one["id"]) for one in found] == [("apm", "A1234"), ("apm", "A5678")]
    assert [(one["role"], one["id"]) for one in authorizations(box, role="registry")] == [("practice", None)]
    assert box.client.get("/api/auth/authz", headers={"Authorization": "Bearer x"}).status_code == 401


def test_no_token_is_in_the_log(box: RunningSandbox) -> None:
    found = box.token(code=box.code()).json()
    log = str(box.log)
    assert not [token for token in (found["access_token"], found["refresh_token"], VERIFIER) if token in log]
