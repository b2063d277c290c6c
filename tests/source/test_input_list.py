"""A list of inputs holds what it was made from, in little memory."""

import gc
import pathlib
import pickle
import sys
import tracemalloc
import zipfile
from functools import partial
from pathlib import Path, PurePosixPath

import pytest

from converter.errors import SourceError
from converter.source.input_list import InputList
from converter.source.inputs import Input, expand, failing, read_file
from converter.source.limits import DEFAULT_LIMITS


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Input]:
    monkeypatch.chdir(tmp_path)
    names = ["in/a.xml", "in/deep/A B.XML", "in/deep/.xml", "in/noending", "in/x.xml.xml", "-.xml", "in/deep/ü.xml"]
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    with zipfile.ZipFile("in/more.zip", "w") as archive:
        archive.writestr("of/it.xml", "of/it.xml")
    missing = failing(Path("in/gone.xml"), PurePosixPath("gone"), SourceError("it is gone"))
    words = ["in", *names, str(tmp_path / "in/a.xml"), "in/deep/*", "./in/deep/../a.xml", "in/more.zip"]
    return [
        *expand(words, DEFAULT_LIMITS),
        missing,
        Input("stdin", PurePosixPath("stdin"), lambda: b"of standard input"),
    ]


def values(item: Input) -> tuple[object, ...]:
    try:
        data: object = item.read()
    except SourceError as error:
        data = str(error)
    return item.name, item.output, item.path, item.size, data


def test_it_holds_what_it_was_made_from(inputs: list[Input]) -> None:
    held = InputList(inputs)
    assert len(held) == len(inputs) > 12
    assert [values(one) for one in held] == [values(one) for one in inputs]
    assert [values(one) for one in held[2:-1]] == [values(one) for one in inputs[2:-1]]
    assert values(held[-1]) == values(inputs[-1])
    with pytest.raises(IndexError):
        held[len(inputs)]


def test_what_is_no_plain_file_stays_as_it_is() -> None:
    path = Path("a.xml")
    ones = [
        Input("another name", PurePosixPath("a"), partial(read_file, path, DEFAULT_LIMITS), path),
        Input("a.xml", PurePosixPath("b"), partial(read_file, path, DEFAULT_LIMITS), path),
        Input("a.xml", PurePosixPath("a"), partial(read_file, Path("b.xml"), DEFAULT_LIMITS), path),
        Input("a.xml", PurePosixPath("a"), partial(read_file, path, DEFAULT_LIMITS), path, 5),
    ]
    assert all(held is one for held, one in zip(InputList(ones), ones, strict=True))


def test_files_of_it_travel(inputs: list[Input]) -> None:
    held = InputList(inputs[:-1])
    assert [values(one) for one in pickle.loads(pickle.dumps(list(held)))] == [values(one) for one in held]


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="sizes are those of CPython")
def test_a_file_takes_little_memory() -> None:
    def many() -> list[Input]:
        paths = (Path(f"exports/exported-2025-clinic-{number:06}.xml") for number in range(2000))
        return [Input(str(one), PurePosixPath(one.stem), partial(read_file, one, DEFAULT_LIMITS), one) for one in paths]

    tracemalloc.start()
    try:
        held = InputList(many())
        gc.collect()
        # The interpreter's own table of names, which pathlib fills, may grow at any time.
        kept = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(False, pathlib.__file__)])
    finally:
        tracemalloc.stop()
    assert sum(one.size for one in kept.statistics("filename")) < 250 * len(held)
