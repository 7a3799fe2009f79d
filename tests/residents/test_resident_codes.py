"""Check digits: against known codes, and against python-stdnum."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.jp import in_ as stdnum_my_number

from harness.residents.codes import (
    MUNICIPALITIES,
    PREFECTURES,
    is_local_government_code,
    is_my_number,
    local_government_check_digit,
    my_number_check_digit,
    prefecture_code,
)


@pytest.mark.parametrize("code", ["131016", "221007", "401307", "011002", "220001", "400009"])
def test_known_codes_are_valid(code: str) -> None:
    assert is_local_government_code(code)
    assert local_government_check_digit(code[:5]) == code[5]


def test_the_listed_organisations_carry_valid_codes() -> None:
    assert all(is_local_government_code(code) for code in (*MUNICIPALITIES, *PREFECTURES))
    assert MUNICIPALITIES["221007"] == "静岡市"
    assert PREFECTURES[prefecture_code("401307")] == "福岡県"
    assert prefecture_code("221007") == "220001"


@given(st.text("0123456789", min_size=5, max_size=5))
def test_a_government_code_makes_its_weighted_sum_divisible(body: str) -> None:
    """With weight 1 for the check digit the sum is 0 mod 11, but where 10 and 11 are written 0 and 1."""
    digit = local_government_check_digit(body)
    total = sum(int(d) * w for d, w in zip(body + digit, (6, 5, 4, 3, 2, 1), strict=True))
    assert total % 11 == {"0": 1, "1": total % 11}.get(digit, 0)
    assert [is_local_government_code(body + other) for other in "0123456789"].count(True) == 1


@given(st.text("0123456789", min_size=11, max_size=11))
def test_my_number_agrees_with_stdnum(body: str) -> None:
    digit = my_number_check_digit(body)
    assert digit == stdnum_my_number.calc_check_digit(body)
    assert is_my_number(body + digit)
    assert stdnum_my_number.is_valid(body + digit)
    others = [body + other for other in "0123456789" if other != digit]
    assert not any(is_my_number(other) for other in others)


def test_the_published_example_is_valid() -> None:
    assert is_my_number("123456789018")
    assert not is_my_number("123456789012")


@pytest.mark.parametrize(
    "text", ["", "12345678901", "1234567890123", "12345678901x", "１２３４５６７８９０１８"]
)
def test_what_is_no_number_is_not_valid(text: str) -> None:
    assert not is_my_number(text)
    assert not is_local_government_code(text)


@pytest.mark.parametrize("body", ["", "1310", "131016", "1310a", "１３１０１"])
def test_a_body_of_another_shape_is_rejected(body: str) -> None:
    with pytest.raises(ValueError, match="5桁"):
        local_government_check_digit(body)
    with pytest.raises(ValueError, match="11桁"):
        my_number_check_digit(body)


def test_a_prefecture_is_only_derived_from_a_valid_code() -> None:
    with pytest.raises(ValueError, match="221008"):
        prefecture_code("221008")
