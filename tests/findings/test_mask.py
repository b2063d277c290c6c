"""Masking of TINs and NPIs."""

import pytest

from converter.findings.mask import Mask, masked, masked_name

TIN, NPI = "000417263", "2003004175"


@pytest.fixture
def mask() -> Mask:
    return Mask({TIN, NPI}, False)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (TIN, "*****7263"),
        (f"TIN {TIN}, NPI {NPI}.", "TIN *****7263, NPI ******4175."),
        ("00-0417263", "******7263"),
        ("000 417 263", "******* 263"),
        (f"x{TIN}{NPI}x", "x*****7263******4175x"),
        ("2c928083-0004-1726-3189-2bbd31d6064e", "2c928083-0004-1726-3189-2bbd31d6064e"),
        ("2.16.840.1.113883.4.2", "2.16.840.1.113883.4.2"),
        ("nothing", "nothing"),
    ],
)
def test_secrets_of_the_document(mask: Mask, text: str, shown: str) -> None:
    assert mask(text) == shown
    assert len(mask(text)) == len(text)


def test_a_secret_written_with_a_dash_is_found_without() -> None:
    assert Mask({"00-0417263"}, False)(f"{TIN} and 00-0417263") == "*****7263 and ******7263"


def test_a_secret_of_zeros_leaves_guids_alone() -> None:
    guid = "00000000-0000-0000-0000-000000000000"
    assert Mask({"000000000"}, False)(f"{guid} 000000000") == f"{guid} *****0000"


def test_a_short_secret_is_masked_only_as_a_word() -> None:
    assert Mask({"1"}, False)("line 12, TIN 1") == "line 12, TIN *"


@pytest.mark.parametrize("secrets", [set(), {""}, {" "}])
def test_no_secrets(secrets: set[str]) -> None:
    assert Mask(secrets, False)("a b") == "a b"


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        ('<id root="2.16.840.1.113883.4.2" extension="123456789"/>', "*****6789"),
        ('<id extension="1234567890" root="2.16.840.1.113883.4.6"/>', "******7890"),
        ('<id extension="12-3456789"/>', "******6789"),
        ("<id extension='123456789'/>", "*****6789"),
    ],
)
def test_numbers_in_ids_are_masked_in_markup(mask: Mask, xml: str, shown: str) -> None:
    assert shown in mask.markup(xml)
    assert len(mask.markup(xml)) == len(xml)


def test_other_markup_stays(mask: Mask) -> None:
    xml = '<value xsi:type="INT" value="123456789"/><low value="20250101"/><id extension="12345678"/>'
    assert mask.markup(xml) == xml


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("export 123456789.xml", "export *****6789.xml"),
        ("export_1234567890.xml", "export_******7890.xml"),
        ("12-3456789.xml", "******6789.xml"),
        ("QRDA2025_20250116_090000.zip", "QRDA2025_20250116_090000.zip"),
        ("12345678901.xml", "12345678901.xml"),
    ],
)
def test_names_of_sources(name: str, shown: str) -> None:
    assert masked_name(name) == shown
    assert Mask((), False).name(name) == shown


def test_a_secret_in_a_longer_number_of_a_name(mask: Mask) -> None:
    assert mask.name(f"{TIN}{NPI}.xml") == "*****7263******4175.xml"


def test_everything_is_shown_when_asked_for() -> None:
    mask = Mask({TIN}, True)
    for shown in (mask, mask.markup, mask.name, mask.number):
        assert shown(f'<id extension="{TIN}"/>') == f'<id extension="{TIN}"/>'


def test_a_short_number_is_hidden_whole() -> None:
    assert [masked(one) for one in ("", "12", "1234", "12345")] == ["", "**", "****", "*2345"]
