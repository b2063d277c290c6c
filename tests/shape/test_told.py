"""What rules have reported: found at a value, above it or in it, and looked up without going through all of it."""

import pytest

from converter.shape.told import Told
from tests.counting import calls

_ID = "SUB041"


@pytest.mark.parametrize(
    ("told", "pointer", "expected"),
    [
        ("/a/1", "/a/1", True),
        ("/a", "/a/1", True),
        ("", "/a/1", True),
        ("/a/1/b", "/a/1", True),
        ("/a/1/b", "", True),
        ("/a/1", "/a/12", False),
        ("/a/12", "/a/1", False),
        ("/a/1/b", "/a/1/c", False),
    ],
)
def test_around(told: str, pointer: str, expected: bool) -> None:
    found = Told([(_ID, told), ("SUB042", pointer)])
    assert found.around(_ID, pointer) is expected
    assert not found.around("SUB043", pointer)


def test_many_are_looked_up_in_many() -> None:
    def looked_up(n: int) -> None:
        pointers = [f"/measurementSets/{number}/cehrtId" for number in range(n)]
        told = Told((_ID, one) for one in pointers)
        assert all(told.around(_ID, one) for one in pointers)

    assert calls(lambda: looked_up(400)) < 5 * calls(lambda: looked_up(100))
