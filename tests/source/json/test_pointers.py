"""JSON pointers: what is made of steps leads back to them, and a pointer leads to one value or to none."""

import pytest

from converter.source.json.pointers import escape, follow, join, split, unescape

DATA = {"a": [10, {"b/c": 20}], "": 30, "1": 40}


@pytest.mark.parametrize("step", ["", "a", "a/b", "~", "~1", "~0~1/", "é"])
def test_escapes(step: str) -> None:
    assert "/" not in escape(step)
    assert unescape(escape(step)) == step
    assert join([step, 3]) == f"/{escape(step)}/3"
    assert split(join([step, 3])) == [step, "3"]


def test_the_empty_pointer_is_the_whole() -> None:
    assert split("") == []
    assert join([]) == ""
    assert follow(DATA, "") is DATA


@pytest.mark.parametrize(("pointer", "value"), [("/a/0", 10), ("/a/1/b~1c", 20), ("/", 30), ("/1", 40)])
def test_a_pointer_leads_to_its_value(pointer: str, value: int) -> None:
    assert follow(DATA, pointer) == value


@pytest.mark.parametrize("pointer", ["a", "/b", "/a/2", "/a/-1", "/a/00", "/a/x", "/a/\u0661", "/a/0/b"])
def test_other_pointers_lead_nowhere(pointer: str) -> None:
    with pytest.raises((LookupError, ValueError)):
        follow(DATA, pointer)
