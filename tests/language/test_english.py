"""English helpers, and the terms that are made with them."""

import pytest

from converter.language.english import count_of, cut, listed, number_of, plural, shortened, with_article
from converter.language.terms import CATEGORY_NAMES, ENTITY_NAMES, ENTRY_NAMES, MEMBER_OF_ROLE, ROLE_NAMES


@pytest.mark.parametrize(
    ("most", "kept", "expected"),
    [(6, None, "abcdef"), (5, None, "ab..."), (5, 5, "abcde..."), (5, 2, "ab...")],
)
def test_a_long_text_is_cut(most: int, kept: int | None, expected: str) -> None:
    assert cut("abcdef", most, kept) == expected


def test_a_long_list_is_cut_only_where_that_saves_something() -> None:
    names = list("ABCDEFG")
    assert shortened(names[:6]) == "A, B, C, D, E and F"
    assert shortened(names) == "A, B, C, D, E and 2 more"
    assert listed([]) == ""


def test_numbers_have_the_right_noun() -> None:
    assert [count_of(number, "activity") for number in range(3)] == ["no activity", "1 activity", "2 activities"]
    assert count_of(2, "stratum", "strata") == "2 strata"
    assert [number_of(number, "error") for number in (0, 1, 1204)] == ["0 errors", "1 error", "1,204 errors"]
    assert plural("measure") == "measures"


def test_terms_have_the_right_article() -> None:
    assert with_article("APM entity") == ENTITY_NAMES["apm"] == "an APM entity"
    assert ENTITY_NAMES["virtualGroup"] == "a virtual group"
    assert list(ENTRY_NAMES.values()) == [
        "a quality measure",
        "a promoting interoperability measure",
        "an advancing care information measure",
        "an improvement activity",
    ]


def test_what_is_made_of_a_table_is_in_it() -> None:
    assert ENTRY_NAMES.keys() < CATEGORY_NAMES.keys()
    assert MEMBER_OF_ROLE.keys() < ROLE_NAMES.keys()
