"""Texts as gateways write them that do not carry them unchanged (guide §2, JSON and text)."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

Writing = Callable[[str], str]
_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BEYOND_BMP: Final = re.compile("[\U00010000-\U0010ffff]")
_LONG: Final = 60  # characters: a column that is enough for nearly everybody


def _in_cp932(text: str) -> str:
    return text.encode("cp932", "replace").decode("cp932")


TEXTS: Final[Mapping[str, Writing]] = {
    "NFC にした文字": partial(unicodedata.normalize, "NFC"),
    "NFKC にした文字": partial(unicodedata.normalize, "NFKC"),
    "異体字の区別のない文字": partial(_SELECTORS.sub, ""),
    "基本多言語面の文字だけ": partial(_BEYOND_BMP.sub, "\ufffd"),
    "CP932 の文字だけ": _in_cp932,
    "前後の空白のない文字": str.strip,
    "大文字": str.upper,
    "60字まで": lambda text: text[:_LONG],
}


def rewritten(value: Any, write: Writing) -> Any:
    """Every text in it, at any depth; names of members stay as they are."""
    if isinstance(value, str):
        return write(value)
    if isinstance(value, list):
        return [rewritten(one, write) for one in value]
    return {name: rewritten(one, write) for name, one in value.items()} if isinstance(value, dict) else value
