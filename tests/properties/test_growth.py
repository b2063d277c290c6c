"""Work grows with the size of the input and not with its square: four times as much is counted and timed."""

import gc
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import converter
from converter.emitters.reports.formats import FORMATS
from converter.source.inputs import expand
from converter.source.limits import DEFAULT_LIMITS
from tests.cli.runner import qrda2qpp
from tests.counting import calls
from tests.documents import document
from tests.growth_shapes import SHAPES

_MOST_CALLS = 5.3
"""An exponent of 1.2."""
_MOST_TIME = 9
"""What takes so much longer grows nearly with the square; a busy machine does not make it so twice."""


def seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(2):
        gc.collect()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def everything(data: bytes) -> None:
    """Check a document, and make all reports of it."""
    result = converter.check(data)
    for form in FORMATS:
        converter.render(result, form)


@pytest.mark.every(6)
@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_as_much_is_not_sixteen_times_the_work(shape: str) -> None:
    make, number = SHAPES[shape]
    everything(make(1))  # what is loaded once
    every, small, large = (calls(lambda n=n: everything(make(n))) for n in (1, number, 4 * number))  # type: ignore[misc]
    assert large - every < _MOST_CALLS * max(small - every, every // 20)


@pytest.mark.long
@pytest.mark.parametrize("shape", [one for one in SHAPES if re.search("attributes|templates|siblings|digits", one)])
def test_four_times_as_much_does_not_take_sixteen_times_as_long(shape: str) -> None:
    """Of what lxml and regular expressions do, calls tell nothing."""
    make, number = SHAPES[shape]
    small, large = make(4 * number), make(16 * number)
    assert seconds(lambda: everything(large)) < _MOST_TIME * seconds(lambda: everything(small))


def test_the_directory_of_an_archive_is_not_read_for_each_of_its_members(tmp_path: Path) -> None:
    def read(members: int) -> int:
        path = tmp_path / f"{members}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for number in range(members):
                archive.writestr(f"{number}.xml", b"<a/>")
        return calls(lambda: [item.read() for item in expand([str(path)], DEFAULT_LIMITS)])

    assert read(400) < _MOST_CALLS * read(100)


def test_links_in_a_circle_end_a_pattern_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "below").mkdir(parents=True)
    (folder / "x.xml").write_bytes(document(2025).bytes())
    try:
        for name in ("a", "b", "below/c"):
            (folder / name).symlink_to(folder, target_is_directory=True)
    except OSError:
        pytest.skip("links need a right that this account does not have")
    assert [item.path for item in expand([f"{folder}/**/x.xml"], DEFAULT_LIMITS)] == [folder / "x.xml"]
    assert qrda2qpp("convert", f"{folder}/**/*.xml", "--out", tmp_path / "out", "-q").code == 0
