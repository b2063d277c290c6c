"""The page in a browser: choosing, dropping, pasting, tables, lookups, downloads; with the keyboard, on a phone."""

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

import converter
from tests.browser import chromium
from tests.complete import complete_document
from tests.documents import NPI, TIN
from tests.emitters.reports.test_browser import many_findings, one_error
from tests.fuzz.hostile import MARKUP
from tests.goldens.update_responses import api, rejected, sent
from tests.service.serving import serving

pytestmark = pytest.mark.long

_DESK, _PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
_TOKEN = "a-token-of-many-letters"
_GOOD, _BAD = "Nothing found that CMS would reject", "CMS would reject it"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving(workers=2) as service:
        yield str(service.client.base_url)


@pytest.fixture(scope="module")
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
def opened(browser: Browser, url: str) -> Iterator[Callable[..., Page]]:
    """Opens the page; what it asks elsewhere, what its policy forbids and what fails in it fails the test."""
    contexts = []

    def open_page(path: str = "/", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": _DESK} | options)
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


def choose(page: Page, *paths: Path) -> None:
    page.locator("#file").set_input_files([str(one) for one in paths])


def verdict(page: Page) -> str:
    return page.locator(".result .verdict").inner_text()


def table_names(page: Page) -> list[str]:
    found: list[str] = page.locator("#rows tr:visible th").all_inner_texts()
    return found


def table_shown(page: Page) -> None:
    """Wait until all files are in their table."""
    page.locator("#files-title:focus").wait_for()


def table_of(page: Page, *paths: Path) -> None:
    """Choose files and wait for their table."""
    choose(page, *paths)
    table_shown(page)


def test_a_chosen_file_is_shown_and_read_out(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    choose(page, files / "old guid.xml")
    expect(page.locator(".result h2")).to_be_focused()
    assert verdict(page) == _BAD and "old guid.xml" in page.title()
    for words in ("What to do", "For the practice", "Ready to be scored?", "Results of the measures"):
        assert page.get_by_text(words, exact=True).first.is_visible()
    assert page.locator("figure mark").first.inner_text().startswith("extension=")
    page.get_by_role("button", name="Check other files").click()
    expect(page.locator("#file")).to_be_focused()


def dropped(page: Page, *paths: Path) -> None:
    texts = [(one.name, one.read_text(encoding="utf-8")) for one in paths]
    held = page.evaluate_handle(
        """(texts) => { const held = new DataTransfer();
        for (const [name, text] of texts) held.items.add(new File([text], name)); return held; }""",
        texts,
    )
    for event in ("dragenter", "dragover"):
        page.dispatch_event("#drop", event, {"dataTransfer": held})
    assert "over" in (page.locator("#drop").get_attribute("class") or "")
    page.dispatch_event("#drop", "drop", {"dataTransfer": held})


def test_a_dropped_file_is_shown(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    dropped(page, files / "good.xml")
    page.locator(".result").wait_for()
    assert verdict(page) == _GOOD


def test_a_file_dropped_onto_a_result_takes_its_place(opened: Callable[..., Page], files: Path) -> None:
    page = opened()
    choose(page, files / "good.xml")
    page.locator(".result").wait_for()
    dropped(page, files / "old guid.xml", files / "good.xml")
    expect(page.locator("#files-title")).to_have_text("2 files")


def dropped_from_disk(page: Page, *paths: Path) -> None:
    """Drop what is on disk, folders too, as only the browser itself can."""
    box = page.locator("#drop").bounding_box()
    assert box is not None
    data = {"items": [], "files": [str(one) for one in paths], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for event in ("dragEnter", "dragOver", "drop"):
        where = {"x": box["x"] + 20, "y": box["y"] + 20}
        session.send("Input.dispatchDragEvent", {"type": event, "data": data, **where})


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
    assert verdict(page) == _BAD and page.locator(".result h2").inner_text() == "pasted text.xml"


@pytest.mark.parametrize("name", ["cut.xml", "picture.xml"])
def test_a_broken_file_is_told_in_words(opened: Callable[..., Page], files: Path, name: str) -> None:
    page = opened()
    choose(page, files / name)
    page.locator(".result").wait_for()
    assert verdict(page) != _GOOD and page.locator(".finding.error").count() >= 1
    assert page.get_by_text("What to do", exact=True).first.is_visible()


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
    assert verdict(page) == _BAD
    page.get_by_role("button", name="All files").click()
    assert page.locator("#rows tr:visible").count() == 2
    page.locator("#rows").get_by_role("button", name="good.xml").click()
    page.locator(".result .verdict", has_text=_GOOD).wait_for()
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
    page.get_by_role("button", name="Copy a message for the vendor").click()
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


def tabbed_to(page: Page, selector: str, most: int = 60, key: str = "Tab") -> None:
    """Press Tab until the focus is on an element."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the keyboard does not lead to {selector}")


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
    assert verdict(page) == _BAD
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


@pytest.mark.parametrize(("size", "scheme"), [(_DESK, "light"), (_PHONE, "dark")], ids=["desk", "phone"])
def test_axe_has_nothing_against_it(
    opened: Callable[..., Page], files: Path, url: str, size: ViewportSize, scheme: str
) -> None:
    page = opened(viewport=size, color_scheme=scheme, bypass_csp=True)
    for view in views(page, files, url):
        found = Axe().run(page).response["violations"]
        assert [(view, one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_a_phone_need_not_scroll_sideways(opened: Callable[..., Page], files: Path, url: str) -> None:
    page = opened(viewport=_PHONE)
    for view in views(page, files, url):
        assert (view, page.evaluate("document.documentElement.scrollWidth")) == (view, _PHONE["width"])


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
    assert verdict(page) == _GOOD and TIN not in page.content()
    assert page.locator("button:visible").all_inner_texts() == [
        "Show the result", "QPP JSON", "Error report (JSON)", "Report (HTML)", "Findings (CSV)",
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
    assert verdict(page) == _BAD
    page.get_by_role("link", name="Check files").click()
    choose(page, files / "all.zip")
    page.get_by_role("button", name="Check the file").click()
    assert page.locator("tbody tr").count() == 3
    page.get_by_label("The same file").set_input_files(str(files / "all.zip"))
    page.get_by_label("Which of them").select_option(label="all.zip/good.xml")
    page.get_by_role("button", name="Show the result").click()
    assert verdict(page) == _GOOD
    page.get_by_role("link", name="Look up").click()
    page.get_by_role("searchbox").fill("GUID002")
    page.get_by_role("button", name="Look up").click()
    assert page.locator("#found h2").first.inner_text() == "GUID002 measure-guid-of-another-year"


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
    assert verdict(page) == _GOOD and len(seen) == 3


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


def test_the_token_is_asked_for_once(browser: Browser, files: Path) -> None:
    with serving(token=_TOKEN) as service:
        context = browser.new_context(viewport=_DESK)
        page = context.new_page()
        page.goto(str(service.client.base_url))
        page.get_by_label("Token").fill("not-the-right-token-at-all")
        page.get_by_role("button", name="Sign in").click()
        assert page.get_by_role("alert").inner_text() == "This is not the token of the service."
        page.get_by_label("Token").fill(_TOKEN)
        page.keyboard.press("Enter")
        choose(page, files / "good.xml")
        page.locator(".result").wait_for()
        assert verdict(page) == _GOOD
        assert page.evaluate("document.cookie") == ""
        context.close()
