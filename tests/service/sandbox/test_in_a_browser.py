"""Signing in with a browser: the page is followed to the application, and nothing on it keeps anybody out."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.sandbox_server import RunningSandbox, asked

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium()


@pytest.fixture
def application() -> Iterator[str]:
    """An application that waits for its users on a port of its own."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<title>Application</title>")

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/callback"
        server.shutdown()


@pytest.mark.parametrize(("button", "wanted"), [("Allow", "code"), ("Do not allow", "error")])
def test_the_user_is_sent_back(
    box: RunningSandbox, browser: Browser, application: str, button: str, wanted: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{box.base}/api/auth/oauth/authorize?{urlencode(asked(redirect_uri=application))}")
        page.get_by_label("You are").select_option("apm")
        page.get_by_label("TINs, or ids of entities").fill("A1234")
        page.get_by_role("button", name=button, exact=True).click()
        page.wait_for_url(f"{application}?**")
        found = parse_qs(urlsplit(page.url).query)
    assert set(found) >= {wanted, "state"}
    if wanted == "code":
        access = box.token(code=found["code"][0], redirect_uri=application).json()["access_token"]
        answer = box.client.get("/api/auth/authz", headers={"Authorization": f"Bearer {access}"})
        (one,) = answer.json()["data"]["authorizations"]
        assert (one["role"], one["id"]) == ("apm", "A1234")


@pytest.mark.parametrize("path", ["/", f"/api/auth/oauth/authorize?{urlencode(asked())}", "/api/auth/oauth/logout"])
def test_axe_has_nothing_against_it(box: RunningSandbox, browser: Browser, path: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(box.base + path)
        assert page.get_by_role("note").inner_text().startswith("This is the sandbox of qrda2qpp, not CMS.")
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    assert [one for one in errors if "favicon" not in one] == []
