"""Kinds of item value, as far as a gateway may treat one and not the other as it should (guide §2 JSON and text)."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

_LARGE: Final = 2**31  # beyond 32 bits
_SELECTORS: Final = frozenset(range(0xFE00, 0xFE10)) | frozenset(range(0xE0100, 0xE01F0))
_TEXT: Final = (
    "ASCII",
    "BMP",
    "BMP の外",
    "異体字セレクター",
    "結合文字・互換文字",
    "空の文字列",
    "前後の空白",
)
_NUMBERS: Final = ("0", "正の数", "負の数", "大きな数", "数字の文字列")
VALUE_RULES: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(_TEXT, "text-unchanged")
    | dict.fromkeys(_NUMBERS, "numbers-unchanged")
    | {"null": "null-unchanged"}
)


def kind_of_value(value: object) -> str:
    """An alternative of the rule that VALUE_RULES names for it."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return _kind_of_text(value)
    if not isinstance(value, int) or abs(value) >= _LARGE:
        return "大きな数"
    return "0" if value == 0 else "正の数" if value > 0 else "負の数"


@lru_cache(maxsize=4096)  # most values are codes
def _kind_of_text(text: str) -> str:
    if not text:
        return "空の文字列"
    if text != text.strip():
        return "前後の空白"
    if text.isascii():
        return "数字の文字列" if text.isdigit() else "ASCII"
    if any(ord(character) in _SELECTORS for character in text):
        return "異体字セレクター"
    if max(text) > "\uffff":
        return "BMP の外"
    return "BMP" if unicodedata.is_normalized("NFKC", text) else "結合文字・互換文字"
