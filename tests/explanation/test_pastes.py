"""Everything that people paste is answered (`pastes.py`)."""

import pytest

import converter
from converter import Certainty
from tests.explanation import pastes
from tests.explanation.pastes import Paste

ALL = [*pastes.GUIDS, *pastes.IDS, *pastes.CODES]


@pytest.mark.parametrize("paste", ALL, ids=lambda one: one.word)
def test_what_is_pasted_is_answered(paste: Paste) -> None:
    one = converter.explain(paste.word, year=2025)
    assert (one.what, one.id, one.certain) == (paste.what, paste.id, paste.certain), one.text
    for words in paste.words:
        assert words in one.text
    assert one.found is (paste.certain is not Certainty.NOT_KNOWN)


def test_the_table_is_long_and_says_nothing_twice() -> None:
    assert len({one.word for one in ALL}) == len(ALL) >= 100


def test_several_guids_are_parts() -> None:
    one = converter.explain(f"{pastes.OLD} and {pastes.OTHER.replace('-', '')}", year=2025)
    assert [part.id for part in one.parts] == [pastes.OLD, pastes.OTHER]
    assert all(part.text in one.text for part in one.parts)


def test_a_cms_id_is_answered_for_its_own_year_without_a_year() -> None:
    one = converter.explain("CMS165v12")
    assert (one.id, one.years) == ("CMS165v12", (2024,))
    assert pastes.OLD in one.text
    assert one.guid != pastes.OLD
