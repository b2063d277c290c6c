"""Who may call the service, and what a browser may do with its answers."""

from collections.abc import Iterator

import pytest

from converter.errors import UsageError
from converter.service.guard import COOKIE, session_of
from converter.service.security_headers import HEADERS
from converter.service.settings import Settings, is_loopback
from converter.service.watch import request_id_of
from tests.service.serving import CLEAN, Service, beside

TOKEN = "a-token-of-the-tests"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def guarded(service: Service) -> Iterator[Service]:
    with beside(service, token=TOKEN, allowed_hosts=("qpp.example.org",)) as running:
        yield running


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.9.9.9", "LOCALHOST"])
def test_this_machine_needs_no_token(host: str) -> None:
    assert is_loopback(host)
    assert Settings(host=host).token is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "", "127.0.0.1.example.org"])
def test_other_addresses_need_one(host: str) -> None:
    with pytest.raises(UsageError, match="a token is required"):
        Settings(host=host)
    assert Settings(host=host, token=TOKEN).host == host


@pytest.mark.parametrize(
    "token", ["", "short", "fifteen-letters", "with a blank in it", "mit-ümläuten-im-wort", "a" * 20 + "\n"]
)
def test_a_simple_token_is_refused(token: str) -> None:
    with pytest.raises(UsageError, match="at least 16"):
        Settings(token=token)


def test_the_token_is_in_no_repr() -> None:
    assert TOKEN not in repr(Settings(token=TOKEN))


def test_a_token_is_asked_for(guarded: Service) -> None:
    for headers in (
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Cookie": f"{COOKIE}=x"},
    ):
        response = guarded.post("/", ("a.xml", CLEAN), headers=headers)
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == 'Bearer realm="qrda2qpp"'
        assert response.headers["content-type"] == "application/problem+json"
    assert guarded.post("/", ("a.xml", CLEAN), headers=BEARER).status_code == 201


def test_health_can_be_asked_without_a_token_and_numbers_cannot(guarded: Service) -> None:
    assert guarded.client.get("/health").status_code == 200
    assert guarded.client.get("/ready").status_code == 200
    assert guarded.client.get("/metrics").status_code == 401
    assert guarded.client.get("/api/v1/openapi.json").status_code == 401
    description = guarded.client.get("/api/v1/openapi.json", headers=BEARER).json()
    assert description["security"] == [{"token": []}]


def test_a_browser_signs_in_once(guarded: Service) -> None:
    asked = guarded.client.get("/", headers={"Accept": "text/html,*/*"})
    assert (asked.status_code, asked.headers["location"]) == (303, "/session")
    assert '<form method="post" action="/session">' in guarded.client.get("/session").text
    refused = guarded.client.post("/session", data={"token": "a-token-that-is-wrong"})
    assert refused.status_code == 401
    assert "set-cookie" not in refused.headers
    taken = guarded.client.post("/session", data={"token": TOKEN})
    assert (taken.status_code, taken.headers["location"]) == (303, "/")
    cookie = taken.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert TOKEN not in cookie
    guarded.client.cookies.clear()
    assert guarded.client.get("/", headers={"Cookie": f"{COOKIE}={session_of(TOKEN)}"}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:3000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "",
        "[::1",
        "10.0.0.1",
        "a@localhost.evil.example",
    ],
)
def test_another_name_is_refused(service: Service, host: str) -> None:
    for path in ("/", "/health", "/metrics", "/session"):
        response = service.client.get(path, headers={"Host": host})
        assert response.status_code == 421
        assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:3000", "[::1]:3000", "LocalHost:1"])
def test_names_of_this_machine_are_taken(service: Service, host: str) -> None:
    assert service.client.get("/health", headers={"Host": host}).status_code == 200


def test_a_name_that_is_allowed(guarded: Service) -> None:
    assert guarded.client.get("/health", headers={"Host": "qpp.example.org"}).status_code == 200
    assert guarded.client.get("/health", headers={"Host": "www.example.org"}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
    ],
)
def test_posts_of_other_sites_are_refused(service: Service, headers: dict[str, str]) -> None:
    response = service.post("/", ("a.xml", CLEAN), headers=headers)
    assert response.status_code == 403
    assert "another site" in response.json()["detail"]


def test_posts_of_our_own_pages_and_of_clients_are_taken(service: Service) -> None:
    own = {"Origin": f"http://127.0.0.1:{service.port}", "Sec-Fetch-Site": "same-origin"}
    assert service.post("/", ("a.xml", CLEAN), headers=own).status_code == 201
    assert service.post("/", ("a.xml", CLEAN), headers={"Sec-Fetch-Site": "none"}).status_code == 201
    assert service.post("/", ("a.xml", CLEAN)).status_code == 201


@pytest.mark.parametrize("path", ["/", "/health", "/nothing", "/api/v1/years", "/metrics"])
def test_headers_of_every_answer(service: Service, path: str) -> None:
    for response in (service.client.get(path), service.client.get(path, headers={"Host": "evil.example"})):
        assert {name: response.headers[name] for name in HEADERS} == HEADERS
        assert response.headers["cache-control"] == "no-store"
        assert "server" not in response.headers
        assert not [name for name in response.headers if name.startswith("access-control")]


def test_the_policy_lets_nothing_in_from_outside() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert not any(word in policy for word in ("unsafe", "http", "*", "blob"))


@pytest.mark.parametrize("given", ["0a1b2c3d-request", "01234567", "a.b_c-d.e"])
def test_a_harmless_request_id_is_kept(service: Service, given: str) -> None:
    assert service.client.get("/health", headers={"X-Request-Id": given}).headers["x-request-id"] == given
    assert service.line(given)["route"] == "/health"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "short",
        "x" * 65,
        "with blank",
        "<script>alert(1)",
        "123456789",
        "id-123-45-6789",
        "99-9999999-x",
        "a\\nb-c-d-e-f",
    ],
)
def test_any_other_is_replaced(given: str) -> None:
    made = request_id_of(given)
    assert made != given
    assert len(made) == 36
    assert request_id_of(given) != made
