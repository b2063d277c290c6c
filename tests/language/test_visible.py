"""Escapes for what is not to be shown raw."""

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.language.visible import visible, visible_json, visible_lines
from tests.fuzz.hostile import raw


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[2J", r"\x1b[2J"),
        ("a\tb\nc\r", r"a\tb\nc\r"),
        ("\x00\x7f\x9b", r"\x00\x7f\x9b"),
        ("\u202etxt\u2066", r"\u202etxt\u2066"),
        ("é ☃ \U0001f600 \xa0", "é ☃ \U0001f600 \xa0"),
        ("\udce9", r"\udce9"),
    ],
)
def test_escapes(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_every_control_character_has_one() -> None:
    controls = [one for one in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(one) == "Cc"]
    assert len(controls) == 65
    assert all(visible(one).startswith("\\") for one in controls)
    assert [one for one in controls if visible_lines(one) == one] == ["\n"]


@given(st.text())
def test_what_is_shown_is_not_raw_and_stays_so(text: str) -> None:
    assert raw(visible_lines(text)) == ""
    assert "\n" not in visible(text)
    assert visible(visible(text)) == visible(text)
    assert "\n".join(map(visible, text.split("\n"))) == visible_lines(text)


@given(st.recursive(st.text() | st.integers() | st.none(), lambda one: st.lists(one) | st.dictionaries(st.text(), one)))
def test_json_means_the_same(value: object) -> None:
    written = visible_json(json.dumps(value, ensure_ascii=False, indent=2))
    assert raw(written) == ""
    assert json.loads(written) == value
