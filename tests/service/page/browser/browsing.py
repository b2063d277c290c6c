"""What the tests in a browser do on the page, and what they see."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

DESK, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
GOOD, BAD = "Nothing found that CMS would reject", "CMS would reject it"


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


def dropped_from_disk(page: Page, *paths: Path) -> None:
    """Drop what is on disk, folders too, as only the browser itself can."""
    box = page.locator("#drop").bounding_box()
    assert box is not None
    data = {"items": [], "files": [str(one) for one in paths], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for event in ("dragEnter", "dragOver", "drop"):
        where = {"x": box["x"] + 20, "y": box["y"] + 20}
        session.send("Input.dispatchDragEvent", {"type": event, "data": data, **where})


def tabbed_to(page: Page, selector: str, most: int = 60, key: str = "Tab") -> None:
    """Press Tab until the focus is on an element."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the keyboard does not lead to {selector}")
