"""Texts that stand for numbers and dates."""

import pytest

from converter.model.numbers import decimal_number, iso_date, whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("42", 42),
        ("123456789", 123456789),
        ("1234567890", 1234567890),
        ("2147483647", 2147483647),
        ("-2147483648", -2147483648),
        ("+5", 5),
        ("-5", -5),
        ("+0", 0),
        ("-0", 0),
        ("007", 7),
        ("-007", -7),
        ("0" * 50 + "9", 9),
    ],
)
def test_whole_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        None, "", " ", "+", "-", "--5", "+-5", "5-", "1.0", "1.", ".5", "12.5", "1e3", "1E3", "0x1F", "0b1", "1_000",
        "1,000", " 7", "7 ", "7\n", "\t7", "seven", "NaN", "null", "²", "½", "2147483648", "-2147483649", "9999999999",
        "9" * 99, "9" * 100, "9" * 5000, "-" + "9" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_whole_number(text: str | None) -> None:
    assert whole_number(text) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("20250101", "2025-01-01"),
        ("20251231", "2025-12-31"),
        ("2025-01-01", "2025-01-01"),
        ("2025/01/01", "2025-01-01"),
        ("20240229", "2024-02-29"),
        ("2000-02-29", "2000-02-29"),
        ("202501010830", "2025-01-01"),
        ("20250101120000", "2025-01-01"),
        ("20250101120000-0500", "2025-01-01"),
        ("20250101120000.000+0000", "2025-01-01"),
        ("2025-01-01T00:00:00", "2025-01-01"),
        ("2025-01-01T00:00:00.000Z", "2025-01-01"),
        ("2025-01-01 12:00", "2025-01-01"),
        ("2025/01/01 12:00", "2025-01-01"),
        (" 20250101\n", "2025-01-01"),
        ("00010101", "0001-01-01"),
    ],
)
def test_iso_date(text: str, date: str) -> None:
    assert iso_date(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "2025", "202501", "2025-01", "2025010", "202501011", "20250230", "20251301", "20250001", "20250100",
        "20230229", "19000229", "2025-1-1", "2025-01/01", "2025/01-01", "2025.01.01", "01/01/2025", "1/1/2025",
        "01-01-2025", "25-01-01", "January 1, 2025", "soon", "00000101", "-20250101", "+20250101", "x20250101",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert iso_date(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0.0),
        ("1", 1.0),
        ("0.0", 0.0),
        ("1.000", 1.0),
        ("0.85", 0.85),
        (".85", 0.85),
        ("1.", 1.0),
        ("+0.5", 0.5),
        ("-0.5", -0.5),
        ("85", 85.0),
        ("8.5e-1", 0.85),
        ("0.333333333333333333333", 1 / 3),
    ],
)
def test_decimal_number(text: str, number: float) -> None:
    assert decimal_number(text) == pytest.approx(number)


@pytest.mark.parametrize(
    "text",
    ["", " ", "85%", "0,85", "1/2", "NaN", "nan", "inf", "-inf", "Infinity", "1e999", "NA", "0_5", "0x1", "1 2"],
)
def test_what_is_no_decimal_number(text: str) -> None:
    assert decimal_number(text) is None
