"""A headless Chromium for tests: the one of the machine, else the one that `playwright install chromium` fetches."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright


def chromium() -> Iterator[Browser]:
    """Yield a browser, and close it; tests are skipped where there is none."""
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
        if not found and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("there is no Chromium here")
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        made = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"] if root else [])
        yield made
        made.close()
