"""The page in a browser: results, downloads, lookups; with the keyboard, on a phone, in the dark, without scripts."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

import converter
from tests.documents import NPI, TIN
from tests.fuzz.hostile import MARKUP
from tests.goldens.update_responses import rejected
from tests.service.page.browser.browsing import (
    BAD,
    DESK,
    GOOD,
    PHONE,
    choose,
    tabbed_to,
    table_of,
    verdict,
)
from tests.service.serving import serving

pytestmark = pytest.mark.long

_TOKEN = "a-token-of-many-letters"


def test_identifiers_are_in_the_page_only_after_the_button(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    choose(page, files / "good.xml")
    page.locator(".result").wait_for()
    assert TIN not in page.content() and NPI not in page.content()
    page.get_by_role("button", name="Show TIN and NPI").click()
    expect(page.get_by_role("button", name="Hide TIN and NPI")).to_be_focused()
    assert page.locator(".facts").get_by_text(TIN).is_visible()
    page.get_by_role("button", name="Hide TIN and NPI").click()
    expect(page.get_by_role("button", name="Show TIN and NPI")).to_be_focused()
    assert TIN not in page.content()


@pytest.mark.parametrize(
    ("button", "ending"),
    [("QPP JSON", "-qpp.json"), ("Error report (JSON)", "-error.json"), ("Report (HTML)", "-report.html"),
     ("Findings (CSV)", "-findings.csv")],
)  # fmt: skip
def test_everything_can_be_downloaded(
    opened: Callable[..., Page], files: Path, tmp_path: Path, button: str, ending: str
) -> None:
    page = opened()
    choose(page, files / "rejected.xml")
    page.locator(".result").wait_for()
    with page.expect_download() as saved:
        page.get_by_role("button", name=button).click()
    assert saved.value.suggested_filename == f"rejected{ending}"
    saved.value.save_as(tmp_path / "file")
    text = (tmp_path / "file").read_text(encoding="utf-8-sig")
    if button == "QPP JSON":
        assert json.loads(text) == json.loads(converter.convert(rejected().bytes()).to_json())
    else:
        assert TIN not in text and "SUB054" in text


@pytest.mark.parametrize("clipboard", [True, False])
def test_the_message_for_the_vendor_is_copied(opened: Callable[..., Page], files: Path, clipboard: bool) -> None:
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    if not clipboard:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    choose(page, files / "old guid.xml")
    page.locator(".result").wait_for()
    page.get_by_role("button", name="Copy a message for the vendor").first.click()
    page.get_by_role("button", name="Copied").wait_for()
    page.evaluate("document.body.prepend(document.createElement('textarea'))")
    page.locator("textarea").first.focus()
    page.keyboard.press("Control+V")
    message = page.locator("textarea").first.input_value()
    assert "GUID002" in message and re.search(r"SHA-256 of the file: [0-9a-f]{64}$", message)
    assert TIN not in message and "old guid.xml" not in message


def test_a_number_leads_to_its_xml_and_back(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    choose(page, files / "good.xml")
    page.locator(".result").wait_for()
    line = page.locator(".json .line", has_text='"performanceMet"').last
    value = line.locator("a").inner_text()
    line.locator("a").click()
    place = page.locator(".origins li.here")
    expect(place).to_be_in_viewport()
    assert place.locator("mark").inner_text() == f'value="{value}"'
    page.locator(".pane").first.evaluate("(pane) => { pane.scrollTop = 0; }")
    place.locator(".values a").first.click()
    expect(page.locator(".json a.here")).to_be_in_viewport()
    assert page.locator(".json a.here").inner_text() == value


def test_lookups_answer_while_they_are_written(opened: Callable[..., Page]) -> None:
    page = opened()
    box = page.get_by_role("searchbox", name="Code, GUID, measure, term or message")
    box.press_sequentially("GUID00")
    page.locator("#found .suggestions").wait_for()
    box.press_sequentially("2")
    page.locator("#found h2", has_text="GUID002").wait_for()
    expect(page.locator("#found-said")).not_to_be_empty()
    box.fill("diabetes")
    page.locator("#found a", has_text="CMS122").first.click()
    page.locator("#found h2", has_text="CMS122").wait_for()
    assert box.input_value().startswith("CMS122")
    box.fill(MARKUP)
    page.locator("#found .nothing, #found .found").first.wait_for()
    box.fill("")
    expect(page.locator("#found")).to_be_empty()


def test_everything_is_reached_with_the_keyboard(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    page.on("filechooser", lambda _: None)  # choosers are caught from now on, not only when one is expected
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    tabbed_to(page, "#file", most=3)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files([str(files / "good.xml"), str(files / "old guid.xml")])
    expect(page.locator("#files-title")).to_be_focused()
    tabbed_to(page, "#rows button")
    page.keyboard.press("Enter")
    expect(page.locator(".result h2")).to_be_focused()
    assert verdict(page) == BAD
    tabbed_to(page, ".finding > summary")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    assert page.locator(".finding").first.get_attribute("open") is None
    page.keyboard.press("Enter")
    tabbed_to(page, "[data-copy]")
    tabbed_to(page, "#back-button", most=90, key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#files-title")).to_be_focused()


def views(page: Page, files: Path, url: str) -> Iterator[str]:
    """Bring the page from one view to the next."""
    yield "start"
    page.get_by_text("More choices").click()
    page.get_by_text("Paste text instead").click()
    yield "all choices"
    for name in ("many.xml", "old guid.xml", "good.xml", "answer.json", "cut.xml"):
        page.goto(url)
        choose(page, files / name)
        page.locator(".result").wait_for()
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        yield name
    page.goto(url)
    table_of(page, files / "good.xml", files / "many.xml", files / "answer.json")
    yield "table"
    page.goto(url)
    again = files / "good again.xml"
    again.write_bytes((files / "good.xml").read_bytes())
    table_of(page, files / "good.xml", again)
    yield "compared"
    page.locator("#rows").get_by_role("button", name="good again.xml").click()
    page.locator(".with-others").wait_for()
    yield "with the other files"
    for words in ("GUID002", "236", "diabetes", "qqqq", "IA_BE"):
        page.goto(f"{url}/page/explain?q={words}")
        yield words
    page.goto(f"{url}/session")
    yield "sign in"
    page.goto(f"{url}/nothing-here")
    yield "nothing here"


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
def test_axe_has_nothing_against_it(
    opened: Callable[..., Page], files: Path, url: str, size: ViewportSize, scheme: str
) -> None:
    page = opened(viewport=size, color_scheme=scheme, bypass_csp=True)
    for view in views(page, files, url):
        found = Axe().run(page).response["violations"]
        assert [(view, one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_a_phone_need_not_scroll_sideways(opened: Callable[..., Page], files: Path, url: str) -> None:
    page = opened(viewport=PHONE)
    for view in views(page, files, url):
        assert (view, page.evaluate("document.documentElement.scrollWidth")) == (view, PHONE["width"])


def test_it_is_dark_where_that_is_asked_for(opened: Callable[..., Page]) -> None:
    light, dark = (
        opened(color_scheme=scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
        )
        for scheme in ("light", "dark")
    )
    assert min(light) > 200 and max(dark) < 60


def test_one_file_needs_no_script(opened: Callable[..., Page], files: Path, tmp_path: Path) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator("#file").is_visible() and page.get_by_text("Drop files here").count() == 1
    assert not page.get_by_text("Drop files here").is_visible()
    choose(page, files / "good.xml")
    page.get_by_role("button", name="Check the file").click()
    assert verdict(page) == GOOD and TIN not in page.content()
    assert page.locator("button:visible").all_inner_texts() == [
        "Show the result", "QPP JSON", "Error report (JSON)", "Report (HTML)", "Findings (CSV)",
        "Points (HTML)",
    ]  # fmt: skip
    value = page.locator(".json .line", has_text='"performanceMet"').first.locator("a")
    value.click()
    assert page.locator(".origins li:target mark").inner_text() == f'value="{value.inner_text()}"'
    page.get_by_label("The same file").set_input_files(str(files / "good.xml"))
    with page.expect_download() as saved:
        page.get_by_role("button", name="QPP JSON").click()
    saved.value.save_as(tmp_path / "file")
    assert json.loads((tmp_path / "file").read_text(encoding="utf-8"))["performanceYear"] == 2025
    page.get_by_label("Show TIN and NPI in full").check()
    page.get_by_role("button", name="Show the result").click()
    assert TIN in page.content()


def test_texts_archives_and_lookups_need_no_script(opened: Callable[..., Page], files: Path) -> None:
    page = opened(java_script_enabled=False)
    page.get_by_text("Paste text instead").click()
    page.locator("#text").fill((files / "old guid.xml").read_text(encoding="utf-8"))
    page.get_by_role("button", name="Check the text").click()
    assert verdict(page) == BAD
    page.get_by_role("link", name="Check files").click()
    choose(page, files / "all.zip")
    page.get_by_role("button", name="Check the file").click()
    assert page.locator("tbody tr").count() == 3
    page.get_by_label("The same file").set_input_files(str(files / "all.zip"))
    page.get_by_label("Which of them").select_option(label="all.zip/good.xml")
    page.get_by_role("button", name="Show the result").click()
    assert verdict(page) == GOOD
    page.get_by_role("link", name="Look up").click()
    page.get_by_role("searchbox").fill("GUID002")
    page.get_by_role("button", name="Look up").click()
    assert page.locator("#found h2").first.inner_text() == "GUID002 measure-guid-of-another-year"


def test_the_token_is_asked_for_once(browser: Browser, files: Path) -> None:
    with serving(token=_TOKEN) as service:
        context = browser.new_context(viewport=DESK)
        page = context.new_page()
        page.goto(str(service.client.base_url))
        page.get_by_label("Token").fill("not-the-right-token-at-all")
        page.get_by_role("button", name="Sign in").click()
        assert page.get_by_role("alert").inner_text() == "This is not the token of the service."
        page.get_by_label("Token").fill(_TOKEN)
        page.keyboard.press("Enter")
        choose(page, files / "good.xml")
        page.locator(".result").wait_for()
        assert verdict(page) == GOOD
        assert page.evaluate("document.cookie") == ""
        context.close()
