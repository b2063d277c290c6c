"""Files are chosen, dropped and pasted in a browser, folders too; what goes wrong is told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.service.page.browser.browsing import (
    BAD,
    GOOD,
    choose,
    dropped,
    dropped_from_disk,
    table_names,
    table_shown,
    verdict,
)

pytestmark = pytest.mark.long


def test_a_chosen_file_is_shown_and_read_out(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    choose(page, files / "old guid.xml")
    expect(page.locator(".result h2")).to_be_focused()
    assert verdict(page) == BAD and "old guid.xml" in page.title()
    for words in ("What to do", "For the practice", "Ready to be scored?", "Results of the measures"):
        assert page.get_by_text(words, exact=True).first.is_visible()
    assert page.locator("figure mark").first.inner_text().startswith("extension=")
    page.get_by_role("button", name="Check other files").click()
    expect(page.locator("#file")).to_be_focused()


def test_a_dropped_file_is_shown(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    dropped(page, files / "good.xml")
    page.locator(".result").wait_for()
    assert verdict(page) == GOOD


def test_a_file_dropped_onto_a_result_takes_its_place(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    choose(page, files / "good.xml")
    page.locator(".result").wait_for()
    dropped(page, files / "old guid.xml", files / "good.xml")
    expect(page.locator("#files-title")).to_have_text("2 files")


def test_a_folder_that_is_dropped_gives_all_its_files(opened: Callable[..., Page], folder: Path) -> None:
    page = opened()
    dropped_from_disk(page, folder)
    table_shown(page)
    assert page.locator("#files-title").inner_text() == "123 files"
    assert {"exports/good.xml", "exports/2025/good.xml", "exports/2025/deep/old guid.XML"} < set(table_names(page))
    left_out = "2 files of other kinds were left out: exports/2025/letter.docx, exports/notes.pdf."
    assert page.get_by_role("status").filter(has_text="left out").inner_text() == left_out
    assert "is also in exports/2025/good.xml" in page.locator("#across").inner_text()
    page.get_by_label("Find").fill("exports/good")
    page.locator("#rows").get_by_role("button", name="exports/good.xml").click()
    expect(page.locator(".result h2")).to_have_text("exports/good.xml")
    page.get_by_role("button", name="All files").click()
    page.get_by_role("button", name="Check other files").click()
    assert not page.get_by_text("left out").is_visible()


def test_files_and_folders_are_dropped_together(opened: Callable[..., Page], folder: Path, files: Path) -> None:
    page = opened()
    dropped_from_disk(page, files / "rejected.xml", folder / "2025")
    table_shown(page)
    assert page.locator("#files-title").inner_text() == "123 files"
    assert {"rejected.xml", "2025/good.xml"} < set(table_names(page))


def test_a_folder_without_documents_is_told(opened: Callable[..., Page], tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.docx").write_bytes(b"PK")
    page = opened()
    dropped_from_disk(page, tmp_path / "letters")
    expect(page.get_by_role("alert")).to_contain_text("No XML, JSON, zip or text file is in the folder.")
    expect(page.get_by_role("alert")).to_contain_text("letters/letter.docx")


def test_a_folder_without_files_is_told(opened: Callable[..., Page], tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    page = opened()
    dropped_from_disk(page, tmp_path / "nothing")
    expect(page.get_by_role("alert")).to_contain_text("No XML, JSON, zip or text file is in the folder.")


def test_a_folder_is_chosen_without_a_mouse(opened: Callable[..., Page], folder: Path) -> None:
    page = opened()
    page.get_by_text("More choices").press("Enter")
    page.get_by_label("A whole folder").set_input_files(str(folder))
    table_shown(page)
    assert page.locator("#files-title").inner_text() == "123 files"
    assert "exports/2025/deep/old guid.XML" in table_names(page)


@pytest.mark.parametrize("how", ["clipboard", "field"])
def test_pasted_text_is_shown(opened: Callable[..., Page], files: Path, how: str) -> None:
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    text = (files / "old guid.xml").read_text(encoding="utf-8")
    if how == "clipboard":
        page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        page.keyboard.press("Control+V")
    else:
        page.get_by_text("Paste text instead").click()
        page.get_by_label("XML, JSON, or a message of CMS").fill(text)
        page.get_by_role("button", name="Check the text").click()
    page.locator(".result").wait_for()
    assert verdict(page) == BAD and page.locator(".result h2").inner_text() == "pasted text.xml"


@pytest.mark.parametrize("name", ["cut.xml", "picture.xml"])
def test_a_broken_file_is_told_in_words(opened: Callable[..., Page], files: Path, name: str) -> None:
    page = opened()
    choose(page, files / name)
    page.locator(".result").wait_for()
    assert verdict(page) != GOOD and page.locator(".finding.error").count() >= 1
    assert page.get_by_text("What to do", exact=True).first.is_visible()


def test_a_busy_service_is_waited_for(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    seen = []

    def busy(route: Route) -> None:
        seen.append(route.request.url)
        if len(seen) > 2:
            route.continue_()
        else:
            route.fulfill(status=503, headers={"Retry-After": "1"}, body="{}")

    page.route("**/page/part", busy)
    choose(page, files / "good.xml")
    expect(page.locator("#progress")).to_be_visible()
    page.locator(".result").wait_for()
    assert verdict(page) == GOOD and len(seen) == 3


def test_what_goes_wrong_is_told_and_one_goes_on(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    page.route("**/page/part", lambda route: route.abort())
    choose(page, files / "good.xml")
    expect(page.get_by_role("alert")).to_have_text("The service cannot be reached.")
    page.unroute("**/page/part")
    page.route("**/page/rows", lambda route: route.fulfill(status=413, body=""))
    choose(page, files / "good.xml", files / "cut.xml")
    expect(page.get_by_role("alert")).to_contain_text("cut.xml: The file is larger than this service takes.")
    page.unroute("**/page/rows")
    choose(page, files / "good.xml")
    page.locator(".result").wait_for()
    assert page.get_by_role("alert").count() == 0


def test_what_takes_long_can_be_stopped(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/page/part", hold)
    choose(page, files / "good.xml")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#file")).to_be_visible()
    assert len(held) == 1
    held[0].abort()
    assert page.get_by_role("alert").count() == 0
