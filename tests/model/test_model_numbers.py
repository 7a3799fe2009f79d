"""What of a text is a number, however it is spelt."""

import sys
import unicodedata

import pytest

from harness.model.numbers import numbers_in


@pytest.mark.parametrize(
    "text",
    [
        "1234567890",
        "１２３４５６７８９０",
        "1234-567-890",
        "1234\u200b567890",
        "1234\x00567890",
        "x1234567890y",
    ],
)
def test_a_number_is_met_in_every_spelling(text: str) -> None:
    assert "1234567890" in numbers_in(text)


def test_every_character_of_format_takes_no_room() -> None:
    formats = [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) == "Cf"]
    assert [c for c in formats if "1234567890" not in numbers_in(f"12345{c}67890")] == []


@pytest.mark.parametrize("text", ["2027-01-15T08:00:02.345678Z", "123456", "12345\n\n\n\n67890"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert not {"1234567890", "2345678", "20270115"} & set(numbers_in(text))
