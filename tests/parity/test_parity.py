"""Same JSON, same codes, same places as the official converter, on documents with its outputs.

The documents stay outside of this repository: QRDA2QPP_CORPUS names their folder. The comparison script stands
beside that folder, in `tools/parity.py`.
"""

import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = Path(os.environ.get("QRDA2QPP_CORPUS") or "no-corpus")
SCRIPT = CORPUS.parent / "tools" / "parity.py"
MODES = {"years asserted": ("--min", "100"), "years found": ("--auto", "--min", "99")}
TOTAL = re.compile(
    r"total (?P<number>\d+): outcome (?P<outcome>[\d.]+) %, content (?P<content>[\d.]+) %, place (?P<place>[\d.]+) %, "
    r"better (?P<better>\d+)/(?P<all_better>\d+), order (?P<order>\d+)/(?P<all_order>\d+)"
)

pytestmark = pytest.mark.skipif(
    not (CORPUS.is_dir() and SCRIPT.is_file()),
    reason="no corpus: name its folder in QRDA2QPP_CORPUS, with tools/parity.py beside it",
)


def compare(*options: str) -> subprocess.CompletedProcess[str]:
    command = shlex.join([sys.executable, "-m", "converter", "convert"])
    words = [sys.executable, str(SCRIPT), *options, "--command", command, "--corpus"]
    archives = [str(CORPUS / name) for name in ("generated.zip", "cms-samples.zip")]
    return subprocess.run([*words, *archives], capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture(scope="module")
def comparisons() -> dict[str, Future[subprocess.CompletedProcess[str]]]:
    """Both comparisons, run at the same time."""
    with ThreadPoolExecutor(len(MODES)) as pool:
        return {mode: pool.submit(compare, *options) for mode, options in MODES.items()}


@pytest.mark.parametrize("mode", MODES)
def test_same_as_the_official_converter(
    mode: str, comparisons: dict[str, Future[subprocess.CompletedProcess[str]]]
) -> None:
    done = comparisons[mode].result()
    assert done.returncode == 0, done.stdout + done.stderr
    found = TOTAL.match(done.stdout.splitlines()[-1])
    assert found, done.stdout
    assert int(found["number"]) > 0
    assert (found["outcome"], found["content"], found["place"]) == ("100.0", "100.0", "100.0"), done.stdout
    assert found["better"] == found["all_better"], done.stdout
    assert found["order"] == found["all_order"], done.stdout
