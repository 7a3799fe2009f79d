"""Check digits of the two public codes that a resident and a municipality carry."""

from collections.abc import Mapping
from operator import mul
from types import MappingProxyType
from typing import Final

# Organisations of the bench that have a 全国地方公共団体コード (総務省 table of codes).
MUNICIPALITIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "221007": "静岡市",
        "401307": "福岡市",
        "131016": "千代田区",
        "011002": "札幌市",
        "222062": "三島市",
        "223417": "清水町",
        "232025": "岡崎市",
        "273015": "島本町",
    }
)
PREFECTURES: Final[Mapping[str, str]] = MappingProxyType({"220001": "静岡県", "400009": "福岡県"})

_LOCAL_GOVERNMENT_WEIGHTS: Final = (6, 5, 4, 3, 2)
# P_n of 平成26年総務省令85号5条, highest digit first: n+1 for n <= 6, n-5 for n >= 7.
_MY_NUMBER_WEIGHTS: Final = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def local_government_check_digit(body: str) -> str:
    """Check digit of a 全国地方公共団体コード: `body` is its first 5 digits.

    Raises ValueError unless `body` is exactly 5 ASCII digits. Source: domain rule of §3, 総務省 code table.
    """
    total = _weighted_sum(body, _LOCAL_GOVERNMENT_WEIGHTS, "全国地方公共団体コード")
    return str((11 - total % 11) % 10)


def is_local_government_code(code: str) -> bool:
    """Whether `code` is 6 ASCII digits whose last is the check digit of the first five."""
    return _is_digits(code, 6) and local_government_check_digit(code[:5]) == code[5]


def prefecture_code(municipality: str) -> str:
    """6-digit code of the prefecture that a municipality (6 digits) lies in; ValueError if it is no code."""
    if not is_local_government_code(municipality):
        raise ValueError(f"{municipality!r} は全国地方公共団体コード（検査数字付き6桁）ではない")
    body = municipality[:2] + "000"
    return body + local_government_check_digit(body)


def my_number_check_digit(body: str) -> str:
    """Check digit of a 個人番号: `body` is its first 11 digits.

    Raises ValueError unless `body` is exactly 11 ASCII digits. Source: 平成26年総務省令85号5条.
    """
    remainder = _weighted_sum(body, _MY_NUMBER_WEIGHTS, "個人番号") % 11
    return "0" if remainder <= 1 else str(11 - remainder)


def is_my_number(code: str) -> bool:
    """Whether `code` is 12 ASCII digits whose last is the check digit of the first eleven."""
    return _is_digits(code, 12) and my_number_check_digit(code[:11]) == code[11]


def _is_digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


def _weighted_sum(body: str, weights: tuple[int, ...], name: str) -> int:
    if not _is_digits(body, len(weights)):
        raise ValueError(f"{name}の検査数字は{len(weights)}桁の数字から計算する: {body!r}")
    return sum(map(mul, map(int, body), weights))
