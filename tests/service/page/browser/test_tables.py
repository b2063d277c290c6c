"""Several files in a browser: their table, what they have to do with each other, and answers of CMS among them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.documents import TIN
from tests.service.page.browser.browsing import BAD, GOOD, choose, table_names, table_of, verdict

pytestmark = pytest.mark.long


def test_several_files_are_a_table(opened: Callable[..., Page], files: Path, tmp_path: Path) -> None:
    page = opened()
    table_of(page, files / "good.xml", files / "old guid.xml", files / "rejected.xml", files / "answer.json")
    assert page.locator("#files-title").inner_text() == "4 files"
    assert set(table_names(page)[:2]) == {"old guid.xml", "rejected.xml"}, "the worst come first"
    head = page.locator("thead th").first
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending" and table_names(page) == sorted(table_names(page))
    head.get_by_role("button").click()
    assert table_names(page) == sorted(table_names(page), reverse=True)
    page.get_by_label("Find").fill("GUID002 OLD")
    assert table_names(page) == ["old guid.xml"] and page.locator("#shown").inner_text() == "1 of 4 shown"
    page.get_by_label("Find").fill("")
    page.locator("#kind").select_option("accepted")
    assert table_names(page) == ["good.xml"]
    page.locator("#kind").select_option("")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Summary (CSV)").click()
    saved.value.save_as(tmp_path / "summary.csv")
    lines = (tmp_path / "summary.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 5 and lines[0].startswith("source,result,") and TIN not in "".join(lines)


def test_a_row_opens_the_result_and_the_way_back_leads_to_the_table(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    table_of(page, files / "good.xml", files / "old guid.xml")
    page.locator("#rows tr", has_text="old guid.xml").locator("td").first.click()
    page.locator(".result").wait_for()
    assert verdict(page) == BAD
    page.get_by_role("button", name="All files").click()
    assert page.locator("#rows tr:visible").count() == 2
    page.locator("#rows").get_by_role("button", name="good.xml").click()
    page.locator(".result .verdict", has_text=GOOD).wait_for()
    page.go_back()
    expect(page.locator("#rows tr").first).to_be_visible()
    page.go_forward()
    expect(page.locator(".result")).to_be_visible()


def test_identifiers_in_the_table_are_shown_on_request(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    table_of(page, files / "good.xml", files / "old guid.xml")
    assert TIN not in page.content()
    page.get_by_role("button", name="Show TIN and NPI").click()
    expect(page.locator("#rows td", has_text=TIN)).to_have_count(2)


def test_an_archive_gives_a_row_for_each_file(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    table_of(page, files / "all.zip")
    assert page.locator("#files-title").inner_text() == "3 files"
    page.locator("#rows").get_by_role("button", name="all.zip/old guid.xml").click()
    page.locator(".result").wait_for()
    assert "GUID002" in page.locator(".result").inner_text()
    page.get_by_role("button", name="Findings (CSV)").wait_for()


def test_an_answer_is_explained_and_the_file_that_was_sent_is_added(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    choose(page, files / "answer.json")
    page.locator(".result").wait_for()
    assert "submission API refused" in verdict(page)
    page.locator("[data-sent]").set_input_files(str(files / "rejected.xml"))
    page.locator(".result summary", has_text="In the file that was sent").first.wait_for()
    assert "SUB054" in page.locator(".result").inner_text()


def test_an_answer_among_files_is_about_the_one_document(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    table_of(page, files / "answer.json", files / "rejected.xml")
    page.locator("#rows").get_by_role("button", name="answer.json").click()
    page.locator(".result summary", has_text="In the file that was sent").first.wait_for()


def test_what_files_have_to_do_with_each_other_is_said(
    opened: Callable[..., Page], files: Path, tmp_path: Path
) -> None:
    for name in ("first.xml", "second.xml"):
        (tmp_path / name).write_bytes((files / "good.xml").read_bytes())
    page = opened()
    table_of(page, tmp_path / "first.xml", tmp_path / "second.xml", files / "cut.xml")
    across = page.locator("#across")
    assert across.get_by_role("heading", name="What these files have to do with each other").is_visible()
    assert "is also in first.xml: whichever is sent last replaces the other completely" in across.inner_text()
    changed = page.locator("#rows tr", has=page.get_by_role("button", name="second.xml"))
    assert changed.locator(".chip").inner_text() == "Costs points"
    assert "is also in first.xml" in changed.inner_text()
    page.locator("#kind").select_option("costs_points")
    assert table_names(page) == ["second.xml"]
    with page.expect_download() as saved:
        page.get_by_role("button", name="Summary (CSV)").click()
    saved.value.save_as(tmp_path / "summary.csv")
    (line,) = (
        one for one in (tmp_path / "summary.csv").read_text(encoding="utf-8-sig").splitlines() if "second" in one
    )
    assert line.startswith("second.xml,accepted at a cost,0,")
    changed.get_by_role("button").click()
    note = page.locator(".result .with-others")
    note.wait_for()
    assert note.is_visible() and "is also in first.xml" in note.inner_text()
    page.get_by_role("button", name="Show TIN and NPI").click()
    expect(page.get_by_role("button", name="Hide TIN and NPI")).to_be_focused()
    assert note.is_visible(), "the same result with identifiers still says it"
    page.get_by_role("button", name="All files").click()
    page.get_by_role("button", name="Check other files").click()
    table_of(page, files / "good.xml", files / "cut.xml")
    assert not across.is_visible(), "other files are others"


def test_files_that_cannot_be_compared_are_still_shown(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    page.route("**/page/together", lambda route: route.abort())
    table_of(page, files / "good.xml", files / "rejected.xml")
    assert len(table_names(page)) == 2
    expect(page.get_by_role("alert")).to_contain_text("The files were not compared with each other.")
