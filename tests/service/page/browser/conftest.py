"""A browser, a service and files for the tests of the page."""

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.complete import complete_document
from tests.emitters.reports.test_browser import many_findings, one_error
from tests.goldens.update_responses import api, sent
from tests.service.page.browser.browsing import (
    DESK,
)
from tests.service.serving import serving


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser; of one module, as others open one of their own."""
    yield from chromium()


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    """The address of a service with two processes."""
    with serving(workers=2) as service:
        yield str(service.client.base_url)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files of every kind."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "good.xml").write_bytes(complete_document(2025, "MIPS_INDIV").bytes())
    (folder / "old guid.xml").write_bytes(one_error().bytes())
    (folder / "rejected.xml").write_bytes(sent()["rejected.xml"])
    (folder / "many.xml").write_bytes(many_findings().bytes())
    (folder / "cut.xml").write_bytes(one_error().bytes()[:9000])
    (folder / "answer.json").write_text(json.dumps(api()), encoding="utf-8")
    (folder / "picture.xml").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        for name in ("good.xml", "old guid.xml", "answer.json"):
            archive.write(folder / name, name)
    return folder


@pytest.fixture
def folder(tmp_path: Path, files: Path) -> Path:
    """A folder with folders: more files than a browser lists at once, and some that are none of ours."""
    (tmp_path / "exports" / "2025" / "deep").mkdir(parents=True)
    for name in ("exports/good.xml", "exports/2025/good.xml", "exports/2025/deep/old guid.XML"):
        (tmp_path / name).write_bytes((files / name.rsplit("/", maxsplit=1)[-1].lower()).read_bytes())
    for at in range(120):
        (tmp_path / "exports" / "2025" / "deep" / f"{at}.json").write_bytes(b"{}")
    for name in ("notes.pdf", ".DS_Store", "2025/letter.docx"):
        (tmp_path / "exports" / name).write_bytes(b"%PDF")
    return tmp_path / "exports"


@pytest.fixture
def opened(browser: Browser, url: str) -> Iterator[Callable[..., Page]]:
    """Opens the page; what it asks elsewhere, what its policy forbids and what fails in it fails the test."""
    contexts = []

    def open_page(path: str = "/", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": DESK} | options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60000)
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.on("console", _refused)
        page.on("request", lambda one: None if one.url.startswith((url, "blob:", "data:")) else pytest.fail(one.url))
        page.goto(url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def _refused(message: Any) -> None:
    if "Content Security Policy" in message.text:
        pytest.fail(message.text)
