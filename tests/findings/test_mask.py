"""Masking of TINs and NPIs."""

import pytest

from converter.findings.mask import Mask, masked, masked_text

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
        ("123456789 cases", "123456789 cases"),
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
    assert Mask({"00\u20110417263"}, False)(f"{TIN} and 00\u20130417263") == "*****7263 and ******7263"


def test_a_secret_of_zeros_leaves_guids_alone() -> None:
    guid = "00000000-0000-0000-0000-000000000000"
    assert Mask({"000000000"}, False)(f"{guid} 000000000") == f"{guid} *****0000"


def test_a_secret_of_few_characters_hides_no_figures() -> None:
    assert Mask({"1", "42"}, False)("line 12, 42 of 1204 cases") == "line 12, 42 of 1204 cases"


def test_a_secret_of_a_million_characters_costs_no_more_than_its_length() -> None:
    secret = "1234567890" * 100_000
    assert Mask({secret}, False)(f"<{secret}>") == f"<{masked(secret)}>"


@pytest.mark.parametrize("secrets", [set(), {""}, {" "}])
def test_no_secrets(secrets: set[str]) -> None:
    assert Mask(secrets, False)("a b") == "a b"


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        ('<id root="2.16.840.1.113883.4.2" extension="123456789"/>', "*****6789"),
        ('<id extension="1234567890" root="2.16.840.1.113883.4.6"/>', "******7890"),
        ('<id extension="12-3456789"/>', "******6789"),
        ('<value xsi:type="INT" value="123456789"/>', "*****6789"),
        ("<title>123 456 7890</title>", "********7890"),
        ('"npi": 1234567890,', "******7890"),
        ("<id extension='123456789'/>", "*****6789"),
    ],
)
def test_numbers_are_masked_in_markup(mask: Mask, xml: str, shown: str) -> None:
    assert shown in mask.markup(xml)
    assert len(mask.markup(xml)) == len(xml)


def test_codes_of_snomed_stay_in_markup(mask: Mask) -> None:
    xml = '<code code="252116004" codeSystem="2.16.840.1.113883.6.96"/><id extension="123456789"/>'
    assert mask.markup(xml) == xml.replace("123456789", "*****6789")


@pytest.mark.parametrize(
    "text",
    [
        '<value xsi:type="INT" value="12345678"/><low value="20250101"/><id extension="12345678901"/>',
        '<low value="20250101120000-0500"/>',
        "2c928085806c39a201807092fa9b0145",
        "SHA-256 75e8a48a25df77f6c316a6317361565074fd0bcbf11fa0a3ff2fa074c96830d1",
        "2025C1234567890",
        "0015E1234567890",
        "2025-01-01 to 2025-12-31, 1,204 of 1,000,000 cases, 20.27.3.25",
    ],
)
def test_what_is_no_identifier_stays(mask: Mask, text: str) -> None:
    assert mask(text) == mask.foreign(text) == mask.markup(text) == text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("export 123456789.xml", "export *****6789.xml"),
        ("export_1234567890.xml", "export_******7890.xml"),
        ("12-3456789.xml", "******6789.xml"),
        ("QRDA2025_20250116_090000.zip", "QRDA2025_20250116_090000.zip"),
        ("12345678901.xml", "12345678901.xml"),
        ("EXPORT123456789.xml", "EXPORT*****6789.xml"),
        ("12\u20113456789.xml", "******6789.xml"),
        ("12\u20133456789.xml", "******6789.xml"),
        ("12\u00a03456789.xml", "******6789.xml"),
        ("1234 567 890.xml", "******** 890.xml"),
    ],
)
def test_names_of_sources(name: str, shown: str) -> None:
    assert masked_text(name) == shown
    assert Mask((), False).foreign(name) == shown


def test_a_secret_in_a_longer_number_of_a_name(mask: Mask) -> None:
    assert mask(f"{TIN}{NPI}.xml") == "*****7263******4175.xml"
    assert mask(f"20250116{TIN}{NPI}.xml") == "20250116*****7263******4175.xml"
    assert mask(f"EXPORT{TIN}.xml") == "EXPORT*****7263.xml"


def test_everything_is_shown_when_asked_for() -> None:
    mask = Mask({TIN}, True)
    for shown in (mask, mask.foreign, mask.markup, mask.number):
        assert shown(f'<id extension="{TIN}"/>') == f'<id extension="{TIN}"/>'


def test_a_short_number_is_hidden_whole() -> None:
    assert [masked(one) for one in ("", "12", "1234", "12345")] == ["", "**", "****", "*2345"]
