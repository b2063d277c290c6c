"""When a file that arrives is complete, by its last bytes and by how long it stays as it is."""

import os
import zipfile
from pathlib import Path
from threading import Event

import pytest

from converter.batch.arrivals import Pace, _Files, has_end
from converter.errors import SourceError

PACE = Pace(look=1, whole=2, broken=30, scan=30)
WHOLE, HALF = b"<a><b></b></a>", b"<a><b></b>"


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Watched:
    """A folder whose files are looked at, in time that is made up."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, Clock()
        self.files = _Files(folder, (".xml",), PACE, self.clock)

    def write(self, name: str, data: bytes, told: bool = True) -> None:
        path = self.folder / name
        path.write_bytes(data)
        # Two writes in one tick of the system's clock would be one.
        os.utime(path, (self.clock.now, self.clock.now))
        if told:
            self.files.see([str(path)])

    def after(self, seconds: float) -> list[str]:
        self.clock.now += seconds
        return [one.path.relative_to(self.folder).as_posix() for one in self.files.complete()]


@pytest.fixture
def folder(tmp_path: Path) -> Watched:
    return Watched(Path(os.path.realpath(tmp_path)))


@pytest.mark.parametrize(
    ("data", "whole"),
    [
        (WHOLE, True),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<n:Doc xmlns:n='u'>x</n:Doc >\n<!-- y -->\r\n", True),
        ("<?xml version='1.0' encoding='UTF-16'?><a>x</a>".encode("utf-16"), True),
        (b"<a>" + b"x" * 20_000 + b"</a>", True),
        (b"<no>document</no>", True),
        (HALF, False),
        (b"<a><aa></aa>", False),
        (b"<a.b></aab>", False),
        (b"", False),
        (b"</a>", False),
        (b"no xml at all", False),
    ],
)
def test_end_of_a_document(data: bytes, whole: bool, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(data)
    assert has_end(tmp_path / "a.xml") is whole


def test_end_of_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.ZIP"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", WHOLE)
    assert has_end(path)
    path.write_bytes(path.read_bytes()[:-30])
    assert not has_end(path)
    assert not has_end(tmp_path / "missing.zip") and not has_end(tmp_path / "missing.xml")


def test_a_whole_file_is_complete_when_it_has_stayed_so(folder: Watched) -> None:
    folder.write("a.xml", WHOLE)
    assert folder.after(1.9) == []
    assert folder.after(0.1) == ["a.xml"]
    folder.files.scan()
    assert folder.after(60) == []


def test_what_is_written_further_is_waited_for(folder: Watched) -> None:
    for _ in range(5):
        folder.write("a.xml", WHOLE)
        assert folder.after(1.5) == []
    assert folder.after(1.5) == []  # the last look saw another state
    assert folder.after(2) == ["a.xml"]


def test_a_file_without_an_end_is_waited_for_longer(folder: Watched) -> None:
    folder.write("a.xml", HALF)
    assert folder.after(29) == []
    folder.write("a.xml", HALF + b"</a")
    assert folder.after(1) == []
    assert folder.after(29) == []
    assert folder.after(1) == ["a.xml"]
    folder.write("a.xml", WHOLE)
    assert folder.after(2) == ["a.xml"]


@pytest.mark.parametrize("told", [True, False])
def test_a_file_that_changes_comes_again(told: bool, folder: Watched) -> None:
    folder.write("a.xml", WHOLE)
    assert folder.after(2) == ["a.xml"]
    folder.write("a.xml", WHOLE, told)
    folder.files.scan()
    assert folder.after(2) == ["a.xml"]


@pytest.mark.parametrize("told", [True, False])
def test_a_file_that_goes_and_comes_back(told: bool, folder: Watched) -> None:
    folder.write("a.xml", WHOLE)
    assert folder.after(2) == ["a.xml"]
    (folder.folder / "a.xml").unlink()
    if told:
        folder.files.see([str(folder.folder / "a.xml")])
    else:
        folder.files.scan()
    folder.clock.now = 0  # so that it is of the same time as before
    folder.write("a.xml", WHOLE)
    assert folder.after(2) == ["a.xml"]


def test_a_file_that_goes_while_it_is_waited_for(folder: Watched) -> None:
    folder.write("a.xml", WHOLE)
    (folder.folder / "a.xml").unlink()
    assert folder.after(2) == folder.after(60) == []


@pytest.mark.parametrize(
    "name", ["a.txt", "a.xml.part", ".a.xml", "a-qpp.json", "a-error.json", ".sub/a.xml", "sub/.deep/a.xml"]
)
def test_what_is_left_out(name: str, folder: Watched) -> None:
    (folder.folder / name).parent.mkdir(parents=True, exist_ok=True)
    folder.write(name, WHOLE)
    folder.files.scan()
    assert folder.after(60) == []


def test_paths_elsewhere_are_left_out(folder: Watched) -> None:
    beside = folder.folder.parent / f"{folder.folder.name}-2"
    beside.mkdir()
    (beside / "a.xml").write_bytes(WHOLE)
    folder.files.see([str(beside / "a.xml"), "/a.xml", "a.xml"])
    assert folder.after(60) == []


def test_a_new_folder_is_looked_into(folder: Watched) -> None:
    (folder.folder / "sub/deep").mkdir(parents=True)
    folder.write("sub/deep/a.xml", WHOLE, told=False)
    folder.files.see([str(folder.folder / "sub")])
    assert folder.after(2) == ["sub/deep/a.xml"]


def test_a_folder_that_is_gone(folder: Watched) -> None:
    folder.folder.rmdir()
    with pytest.raises(SourceError, match=r"No such file|cannot find"):
        folder.files.see([])
    folder.folder.write_bytes(b"")
    with pytest.raises(SourceError, match="not a folder"):
        folder.files.scan()


def test_nothing_is_looked_at_once_it_is_to_end(tmp_path: Path) -> None:
    from converter.batch.arrivals import arrivals

    stop = Event()
    stop.set()
    (tmp_path / "a.xml").write_bytes(WHOLE)
    assert list(arrivals(tmp_path, (".xml",), stop, PACE)) == []
