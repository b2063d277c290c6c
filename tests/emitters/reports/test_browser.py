"""The HTML report in a browser: what can be read, clicked, copied and printed."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

import converter
from converter.emitters.reports.formats import emitter
from converter.emitters.reports.report import Report
from tests.browser import chromium
from tests.complete import complete_document
from tests.documents import NPI, TIN, Doc, document

pytestmark = pytest.mark.long

_DESK, _PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
_SHEET = ViewportSize(width=718, height=949)
"""What of a sheet of US letter paper is printed on, in CSS pixels: 215.9 x 279.4 mm less the margins of the page."""
_WRONG, _RIGHT = "2c928085-806c-39a2-0180-7092fa9b0145", "2c928083-8907-ce68-0189-2bbd31d6064e"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium()


def report(doc: Doc, name: str = "a.xml", guide: str = "none") -> Report:
    result = converter.check(doc.bytes(), guide=guide)
    result.name = name
    return result.report()


def one_error() -> Doc:
    """A document in which nothing but one GUID is wrong."""
    doc = complete_document(2025, "MIPS_INDIV")
    doc.measure("236").guid = _WRONG
    return doc


def many_findings() -> Doc:
    """More than 300 findings of several kinds, some of which follow from others."""
    doc = document(2025, "MIPS_GROUP", measures=("236", "001", "134", "226", "009"), supplemental=True)
    details = [one for measure in doc.measures for each in measure.populations for one in each.details]
    for count in [one for detail in details for one in detail.counts][:300]:
        count.value = "many"
    doc.measure("236").guid = _WRONG
    doc.measure("226").rates[0].value = "85"
    doc.measure("134").population("DENOM").ids = []
    doc.measure("134").population("NUMER").count = "12.5"
    return doc


@cache
def html(case: str) -> str:
    """The report of a case; of a hundred files four are wrong, and of a few two."""
    if case in ("batch", "a few"):
        docs = [complete_document(2025, "MIPS_GROUP") for _ in range(100 if case == "batch" else 4)]
        for number in (3, 40, 77) if case == "batch" else (1, 3):
            docs[number] = one_error()
        docs[-50 % len(docs)].measure("236").population("NUMER").count = 400
        return emitter("html")(
            report(doc, f"exports/practice {number:03}.xml", "cms") for number, doc in enumerate(docs)
        )
    if case == "cut":
        return emitter("html")([converter.check(one_error().bytes()[:9000]).report()])
    return emitter("html")([report(one_error() if case == "one" else many_findings())])


def opened(browser: Browser, case: str, folder: Path, **options: Any) -> Page:
    path = folder / f"{case}.html"
    path.write_text(html(case), encoding="utf-8")
    context: BrowserContext = browser.new_context(**options)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(path.as_uri())
    return page


def test_the_large_report_is_large() -> None:
    assert len(report(many_findings()).findings) >= 300
    assert len({one.id for one in report(many_findings()).findings}) >= 5
    assert any(one.caused_by for one in report(many_findings()).findings)


@pytest.mark.parametrize(("size", "scheme"), [(_DESK, "light"), (_PHONE, "dark")], ids=["desk", "phone"])
@pytest.mark.parametrize("case", ["one", "large", "a few"])
def test_axe_has_nothing_against_it(
    browser: Browser, tmp_path: Path, case: str, size: ViewportSize, scheme: str
) -> None:
    page = opened(browser, case, tmp_path, viewport=size, color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    page.context.close()


@pytest.mark.parametrize("case", ["one", "large", "batch"])
def test_a_phone_need_not_scroll_sideways(browser: Browser, tmp_path: Path, case: str) -> None:
    page = opened(browser, case, tmp_path, viewport=_PHONE)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == _PHONE["width"]
    page.context.close()


def test_one_error_is_one_page_of_paper(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, "one", tmp_path, viewport=_SHEET)
    page.emulate_media(media="print")
    ends = page.eval_on_selector_all(".finding", "all => all.map((one) => one.getBoundingClientRect().bottom)")
    assert len(ends) == 1 and ends[0] <= _SHEET["height"], "the results of the measures may take another page"
    page.context.close()
    page = opened(browser, "cut", tmp_path)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter"))) == 1
    page.context.close()


@pytest.mark.parametrize("case", ["one", "large"])
def test_no_error_needs_more_than_a_page_of_paper(browser: Browser, tmp_path: Path, case: str) -> None:
    page = opened(browser, case, tmp_path, viewport=_SHEET)
    page.emulate_media(media="print")
    heights = page.eval_on_selector_all(".finding", "all => all.map((one) => one.getBoundingClientRect().height)")
    assert heights and max(heights) <= _SHEET["height"]
    assert page.locator("button:visible").count() == 0
    assert page.get_by_text("Install the measure package").first.is_visible()
    page.context.close()


@pytest.mark.parametrize("clipboard", [True, False])
def test_buttons_copy_what_they_say(browser: Browser, tmp_path: Path, clipboard: bool) -> None:
    page = opened(browser, "one", tmp_path)
    if not clipboard:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")

    def pasted(name: str) -> str:
        page.get_by_role("button", name=name).click()
        page.get_by_role("button", name="Copied").or_(page.locator("#said", has_text="Copied")).first.wait_for()
        page.evaluate("document.body.append(document.createElement('textarea'))")
        page.locator("textarea").last.focus()
        page.keyboard.press("Control+V")
        return page.locator("textarea").last.input_value()

    assert pasted("Copy the GUID") == _RIGHT
    message = pasted("Copy a message for the vendor")
    assert all(words in message for words in ("GUID002", "line 109", _WRONG, _RIGHT, "measure package", "qrda2qpp "))
    assert re.search(r"SHA-256 of the file: [0-9a-f]{64}$", message)
    assert not [one for one in (TIN, NPI, TIN[-4:], NPI[-4:], "a.xml") if one in message.replace("SHA-256", "")[:-64]]
    page.context.close()


def test_what_is_linked_to_is_unfolded(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, "large", tmp_path)
    page.get_by_role("link", name="Everything that was read of").first.click()
    target = page.evaluate("location.hash.slice(1)")
    assert page.evaluate("(id) => document.getElementById(id).open", target) is True
    page.context.close()


def names(page: Page) -> list[str]:
    rows = "all => all.filter((one) => one.checkVisibility()).map((one) => one.innerText)"
    found: list[str] = page.eval_on_selector_all("table.files tbody th", rows)
    return found


def test_the_index_has_the_worst_first_and_folds_clean_files(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, "batch", tmp_path)
    assert names(page)[:4] == [f"exports/practice {number:03}.xml" for number in (3, 40, 50, 77)]
    assert page.get_by_role("heading", level=2).all_inner_texts()[1:5] == names(page)[:4]
    page.context.close()


def test_the_index_is_sorted_by_its_headings(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, "batch", tmp_path)
    head = page.locator("table.files").first.locator("th", has_text="Document")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert names(page) == sorted(names(page))
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert names(page) == sorted(names(page), reverse=True)
    page.context.close()


def test_the_index_is_filtered_by_words_and_result(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, "batch", tmp_path)
    page.get_by_role("searchbox").fill("PRACTICE 04 guid002")
    assert names(page) == ["exports/practice 040.xml"]
    assert page.locator("#shown").inner_text() == "1 of 100 shown"
    page.get_by_role("searchbox").fill("")
    page.get_by_role("combobox").select_option("Refused")
    assert len(names(page)) == 4
    page.get_by_role("combobox").select_option("")
    assert page.locator("#shown").inner_text() == "100 of 100 shown"
    page.context.close()


def test_everything_is_there_without_the_script(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, "batch", tmp_path, java_script_enabled=False)
    assert page.locator("button:visible, input:visible, select:visible").count() == 0
    assert len(page.locator("table.files tbody tr").all()) == 100
    page.goto((tmp_path / "batch.html").as_uri() + "#d4-GUID002-1")
    assert page.locator("#d4-GUID002-1").get_by_text("Ask the vendor for the update").is_visible()
    page.locator("#d4-GUID002-1 summary", has_text="For the vendor").click()
    assert page.locator("#d4-GUID002-1-message").is_visible()
    page.context.close()
