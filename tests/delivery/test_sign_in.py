"""Signing in with the sandbox: PKCE, and every hand-made wrong verifier, state, redirect and issuer."""

import dataclasses
import threading
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from converter.delivery import calls, sign_in
from converter.delivery.answers import Answer, Failure, Trouble
from converter.delivery.client import Client
from converter.delivery.grants import FileStore, Grant
from converter.delivery.loopback import Redirect
from converter.delivery.meaning import meaning_of
from converter.delivery.secret import Secret
from converter.delivery.sign_in import Begun, Endpoints, SignedIn, begin, belongs, code_in, discover, finish, revoke
from converter.service.sandbox.oauth.requests import NATIVE
from tests.delivery.sessions import FakeClock, client_to
from tests.sandbox_server import RunningSandbox

BASE = "https://preview.qpp.cms.gov"
ISSUER = f"{BASE}/api/auth"


def browser(running: RunningSandbox, url: str, **changes: str) -> str:
    """Do what a user does in the browser, and return the address to which it is sent."""
    asked = dict(parse_qsl(urlsplit(url).query))
    answer = running.client.post("/api/auth/oauth/authorize", data=asked | {"decision": "allow"} | changes)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def begun_with(client: Client) -> tuple[Endpoints, Begun]:
    endpoints = discover(client)
    assert isinstance(endpoints, Endpoints)
    return endpoints, begin(endpoints, NATIVE)


def signed_in(running: RunningSandbox, client: Client) -> Grant:
    endpoints, begun = begun_with(client)
    code = code_in(begun, endpoints, browser(running, begun.url))
    assert isinstance(code, Secret)
    grant = finish(client, endpoints, begun, code)
    assert isinstance(grant, Grant), grant
    return grant


def test_a_sign_in(running: RunningSandbox, tmp_path: Path) -> None:
    with client_to(running.base, tmp_path) as client:
        grant = signed_in(running, client)
    assert grant.name
    assert grant.refresh
    assert grant.redirect_uri == "http://127.0.0.1:8417/callback"
    answer = running.client.get("/api/auth/authz", headers={"Authorization": f"Bearer {grant.access.reveal()}"})
    assert answer.status_code == 200


def test_what_the_browser_is_sent_with(running: RunningSandbox, tmp_path: Path) -> None:
    with client_to(running.base, tmp_path) as client:
        _, begun = begun_with(client)
    asked = dict(parse_qsl(urlsplit(begun.url).query))
    assert asked["code_challenge_method"] == "S256"
    assert set(asked["scope"].split()) == {"openid", "qpp_data", "offline_access"}
    assert len(begun.verifier.reveal()) >= 43
    assert begun.verifier.reveal() not in begun.url
    assert begun.verifier.reveal() not in repr(begun)
    assert begin(Endpoints("i", "https://a", "t", "k"), "id").verifier != begun.verifier


def test_a_wrong_verifier(running: RunningSandbox, tmp_path: Path) -> None:
    with client_to(running.base, tmp_path) as client:
        endpoints, begun = begun_with(client)
        code = code_in(begun, endpoints, browser(running, begun.url))
        assert isinstance(code, Secret)
        found = finish(client, endpoints, dataclasses.replace(begun, verifier=Secret("w" * 86)), code)
    assert isinstance(found, Failure)
    assert "invalid_grant" in str(found.body)


def test_a_code_is_good_for_one_time(running: RunningSandbox, tmp_path: Path) -> None:
    with client_to(running.base, tmp_path) as client:
        endpoints, begun = begun_with(client)
        code = code_in(begun, endpoints, browser(running, begun.url))
        assert isinstance(code, Secret)
        assert isinstance(finish(client, endpoints, begun, code), Grant)
        assert isinstance(finish(client, endpoints, begun, code), Failure)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("state=", "state=x", "its state is not"),
        ("state=", "other=", "its state is not"),
        ("/callback", "/elsewhere", "does not begin with"),
        ("127.0.0.1:8417", "127.0.0.1:8418", "does not begin with"),
        ("http://127.0.0.1", "https://127.0.0.1", "does not begin with"),
        ("code=", "other=", "has no code"),
        ("code=", "iss=https%3A%2F%2Felsewhere.example&code=", "another issuer"),
        ("code=", "error=access_denied&error_description=The+user+refused&x=", "access_denied: The user refused"),
        ("http://127.0.0.1:8417", "http://[", "cannot be read"),
    ],
)
def test_a_redirect_that_is_wrong(old: str, new: str, said: str) -> None:
    endpoints = Endpoints(ISSUER, f"{BASE}/authorize", f"{BASE}/token", f"{BASE}/jwks")
    begun = begin(endpoints, NATIVE)
    right = f"{begun.redirect_uri}?code=the-code&state={begun.state.reveal()}"
    assert code_in(begun, endpoints, f" {right}\n") == Secret("the-code")
    found = code_in(begun, endpoints, right.replace(old, new, 1))
    assert isinstance(found, Failure)
    assert said in found.said
    assert "the-code" not in found.said


def test_a_user_who_refuses(running: RunningSandbox, tmp_path: Path) -> None:
    with client_to(running.base, tmp_path) as client:
        endpoints, begun = begun_with(client)
        address = browser(running, begun.url, decision="deny")
    assert belongs(begun, address)
    found = code_in(begun, endpoints, address)
    assert isinstance(found, Failure)
    assert "access_denied" in found.said


KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": "k"}) for _ in range(2))


def id_token(key: RSAKey = KEY, **changes: Any) -> str:
    claims = {"iss": ISSUER, "aud": NATIVE, "exp": 4_000_000_000, "name": "Ada Example"} | changes
    return jwt.encode({"alg": "RS256", "kid": "k"}, {name: one for name, one in claims.items() if one is not None}, key)


def answered(tmp_path: Path, token: str | None, **changes: Any) -> Grant | Failure:
    """Exchange a code where the answer has this identity token."""
    tokens = {"access_token": "a", "refresh_token": "r", "token_type": "Bearer", "expires_in": 60, "id_token": token}

    def handler(request: httpx.Request) -> httpx.Response:
        keys = {"keys": [KEY.as_dict(private=False)]}
        return httpx.Response(200, json=keys if request.url.path == "/jwks" else tokens | changes)

    endpoints = Endpoints(ISSUER, f"{BASE}/authorize", f"{BASE}/token", f"{BASE}/jwks")
    with client_to(BASE, tmp_path, transport=httpx.MockTransport(handler)) as client:
        return finish(client, endpoints, begin(endpoints, NATIVE), Secret("code"))


def test_an_identity_token_that_is_right(tmp_path: Path) -> None:
    found = answered(tmp_path, id_token())
    assert isinstance(found, Grant)
    assert (found.name, found.access, found.refresh) == ("Ada Example", Secret("a"), Secret("r"))


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (id_token(iss="https://elsewhere.example"), "its member iss"),
        (id_token(iss=None), "its member iss"),
        (id_token(aud="another-application"), "its member aud"),
        (id_token(exp=1_000_000_000), "its member exp"),
        (id_token(OTHER_KEY), "its signature or form"),
        ("a.b.c", "its signature or form"),
        ("eyJhbGciOiJub25lIn0.e30.", "its signature or form"),
        (None, "no identity token"),
    ],
    ids=["issuer", "no issuer", "audience", "expired", "key", "form", "no signature", "none"],
)
def test_an_identity_token_that_is_wrong(token: str | None, said: str, tmp_path: Path) -> None:
    found = answered(tmp_path, token)
    assert isinstance(found, Failure)
    assert said in found.said


@pytest.mark.parametrize(
    "changes", [{"access_token": None}, {"access_token": 1}, {"token_type": "mac"}, {"refresh_token": 5}]
)
def test_an_answer_without_a_usable_token(changes: dict[str, Any], tmp_path: Path) -> None:
    found = answered(tmp_path, id_token(), **changes)
    assert isinstance(found, Failure)
    assert found.trouble is Trouble.UNREADABLE


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"token_endpoint": "https://elsewhere.example/token"}, "another host"),
        ({"jwks_uri": "https://elsewhere.example/jwks"}, "another host"),
        ({"revocation_endpoint": "http://preview.qpp.cms.gov/revoke"}, "another host"),
        ({"authorization_endpoint": "http://elsewhere.example/authorize"}, "not encrypted"),
        ({"issuer": None}, "does not name issuer"),
        ({"token_endpoint": 5}, "does not name token_endpoint"),
    ],
)
def test_a_discovery_that_is_wrong(changes: dict[str, Any], said: str, tmp_path: Path) -> None:
    right = {"issuer": ISSUER, "authorization_endpoint": f"{BASE}/a", "token_endpoint": f"{BASE}/t",
             "jwks_uri": f"{BASE}/k", "revocation_endpoint": f"{BASE}/r"}  # fmt: skip
    handler = httpx.MockTransport(lambda _: httpx.Response(200, json={"data": right | changes}))
    with client_to(BASE, tmp_path, transport=handler) as client:
        found = discover(client)
    assert isinstance(found, Failure)
    assert said in found.said


def kept(running: RunningSandbox, folder: Path) -> FileStore:
    store = FileStore(folder / "tokens.json")
    with client_to(running.base, folder) as client:
        store.save(signed_in(running, client))
    return store


def test_an_expired_token_is_renewed_and_the_refresh_token_rotates(running: RunningSandbox, tmp_path: Path) -> None:
    store = kept(running, tmp_path)
    before = store.load()
    running.client.put("/sandbox/clock", json={"advance": 4000})
    with client_to(running.base, tmp_path, tokens=SignedIn(store, str(tmp_path / "lock"))) as client:
        assert isinstance(client.do(calls.score_preview({})), Failure | Answer)
    after = store.load()
    assert before is not None
    assert after is not None
    assert before.access != after.access
    assert before.refresh != after.refresh
    assert after.name == before.name
    made = [one.call for one in client.made]
    assert made == ["preview the score", "find the sign-in", "renew the token", "preview the score"]


def test_two_runs_do_not_use_one_refresh_token_twice(running: RunningSandbox, tmp_path: Path) -> None:
    store = kept(running, tmp_path)
    first, second = (SignedIn(store, str(tmp_path / "lock")) for _ in range(2))
    assert first.current() == second.current()
    with client_to(running.base, tmp_path) as client:
        new = first.renewed(client)
        made = len(client.made)
        assert new is not None
        assert second.renewed(client) == new
        assert len(client.made) == made


def test_a_sign_in_that_has_ended(running: RunningSandbox, tmp_path: Path) -> None:
    store = kept(running, tmp_path)
    running.client.put("/sandbox/clock", json={"advance": 40 * 24 * 3600})
    tokens = SignedIn(store, str(tmp_path / "lock"))
    clock = FakeClock(ahead=40 * 24 * 3600)
    with client_to(running.base, tmp_path, tokens=tokens, clock=clock) as client:
        found = client.do(calls.read_score("x"))
    assert isinstance(found, Failure)
    assert found.trouble is Trouble.TOKEN
    assert found.note.startswith("The token of the sign-in has expired. It could not be renewed (")
    assert f"  What it means: {found.note}" in meaning_of(found).lines()
    assert store.load() is not None


_SIGN_IN_CALLS = [("GET", "/auth/oauth", 0), ("POST", "/auth/oauth/token", 0), ("GET", "/auth/oauth/jwks", 0)]


@pytest.mark.every(9)
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", ["401", "404", "500", "503", "html", "broken-json", "cut", "timeout", "429"])
@pytest.mark.parametrize("call", _SIGN_IN_CALLS, ids=str)
def test_faults_of_the_sign_in(fault: str, call: tuple[str, str, int], running: RunningSandbox, tmp_path: Path) -> None:
    """A call that goes wrong for good keeps no token; one that goes wrong once is made again where it may be."""
    with client_to(running.base, tmp_path) as client:
        endpoints, begun = begun_with(client)
        code = code_in(begun, endpoints, browser(running, begun.url))
        assert isinstance(code, Secret)
        method, path, skip = call
        running.plan({"fault": fault, "method": method, "path": path, "skip": skip, "times": None})
        found = discover(client) if path == "/auth/oauth" else finish(client, endpoints, begun, code)
        running.plan()
    assert isinstance(found, Failure)
    exchanges = [one for one in client.made if one.method == "POST"]
    assert len(exchanges) == (0 if path == "/auth/oauth" else 1), "a code is sent once"


@pytest.mark.every(4)
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", ["500", "html-after", "cut-after", "timeout"])
def test_a_renewal_that_fails_keeps_what_is_stored(fault: str, running: RunningSandbox, tmp_path: Path) -> None:
    store = kept(running, tmp_path)
    before = store.load()
    running.client.put("/sandbox/clock", json={"advance": 4000})
    running.plan({"fault": fault, "method": "POST", "path": "/auth/oauth/token", "times": None})
    tokens = SignedIn(store, str(tmp_path / "lock"))
    with client_to(running.base, tmp_path, tokens=tokens) as client:
        found = client.do(calls.read_score("x"))
    running.plan()
    assert isinstance(found, Failure)
    assert found.trouble is Trouble.TOKEN
    assert tokens.problem is not None
    assert store.load() == before
    assert [one.call for one in client.made].count("renew the token") == 1


def test_signing_out(running: RunningSandbox, tmp_path: Path) -> None:
    store = kept(running, tmp_path)
    grant = store.load()
    assert grant is not None
    with client_to(running.base, tmp_path) as client:
        assert revoke(client, grant) is None
    headers = {"Authorization": f"Bearer {grant.access.reveal()}"}
    assert running.client.get("/api/auth/authz", headers=headers).status_code == 401


def test_the_browser_comes_back_to_this_machine() -> None:
    endpoints = Endpoints(ISSUER, f"{BASE}/authorize", f"{BASE}/token", f"{BASE}/jwks")
    begun = begin(endpoints, NATIVE)
    addresses: list[str] = []

    def accepts(address: str) -> bool:
        addresses.append(address)
        return belongs(begun, address.replace(f":{redirect.port}", ":8417"))

    redirect = Redirect(0, accepts)
    root = f"http://127.0.0.1:{redirect.port}"
    query = urlencode({"code": "c", "state": begun.state.reveal()})
    statuses: list[int] = []

    def visit() -> None:
        with httpx.Client(trust_env=False) as visitor:
            paths = ("/favicon.ico", "/callback?code=c&state=wrong", f"/callback?{query}")
            statuses.extend(visitor.get(root + path).status_code for path in paths)

    thread = threading.Thread(target=visit)
    thread.start()
    found = redirect.wait(20)
    thread.join(20)
    redirect.close()
    assert statuses == [404, 404, 200]
    assert found == f"{root}/callback?{query}"
    assert all(one.startswith("http://127.0.0.1:") for one in addresses)


def test_nobody_comes_back() -> None:
    redirect = Redirect(0, lambda _: True)
    assert redirect.wait(0.3) is None
    redirect.close()


def test_a_clock_that_is_wrong_by_days_is_named(tmp_path: Path, running: RunningSandbox) -> None:
    with client_to(running.base, tmp_path, clock=FakeClock(ahead=5 * 24 * 3600)) as client:
        endpoints, begun = begun_with(client)
        code = code_in(begun, endpoints, browser(running, begun.url))
        assert isinstance(code, Secret)
        found = finish(client, endpoints, begun, code)
    assert isinstance(found, Failure)
    assert "exp" in found.said
    assert sign_in.PORT == 8417
