"""A list of inputs in little memory: a run may have tens of thousands."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeAlias, overload

from converter.source.inputs import Input, read_file, stem
from converter.source.limits import Limits


class _Folder(NamedTuple):
    """What the files of a folder share: its path, where their results belong, and the limits."""

    path: str
    output: str
    limits: Limits


_Row: TypeAlias = tuple[_Folder, str] | Input
"""A folder and the name of a file in it; anything else stays as it is."""


class InputList(Sequence[Input]):
    """Inputs in their order. Of a file its name is kept, and the rest is made when it is asked for."""

    __slots__ = ("_rows",)

    def __init__(self, inputs: Iterable[Input]) -> None:
        folders: dict[_Folder, _Folder] = {}
        self._rows: list[_Row] = [_packed(one, folders) for one in inputs]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Input]:
        return map(_unpacked, self._rows)

    @overload
    def __getitem__(self, place: int) -> Input: ...
    @overload
    def __getitem__(self, place: slice) -> list[Input]: ...
    def __getitem__(self, place: int | slice) -> Input | list[Input]:
        if isinstance(place, slice):
            return [_unpacked(one) for one in self._rows[place]]
        return _unpacked(self._rows[place])


def _packed(item: Input, folders: dict[_Folder, _Folder]) -> _Row:
    path, read = item.path, item.read
    if isinstance(path, Path) and isinstance(read, partial) and read.func is read_file:
        one = _Folder(str(path.parent), str(item.output.parent), read.args[1])
        # Not the name that the path has: what is kept of a path, the interpreter keeps in a table of its own as well.
        row = folders.setdefault(one, one), os.path.basename(item.name)
        if _unpacked(row)[:2] == item[:2] and read.args[0] == path and item.size is None:
            return row
    return item


def _unpacked(row: _Row) -> Input:
    if isinstance(row, Input):
        return row
    folder, name = row
    path = Path(folder.path, name)
    return Input(str(path), PurePosixPath(folder.output, stem(name)), partial(read_file, path, folder.limits), path)
