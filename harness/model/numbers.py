"""The numbers that a text writes as such, however they are spelt."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

SHORTEST: Final = 7  # digits without leading zeros
UUID: Final = re.compile(
    r"([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})", re.IGNORECASE
)
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?")
# NUL, and the characters of format (Cf) of Unicode.
_WITHOUT_ROOM: Final = re.compile(
    "[\0\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
_DIGITS: Final = re.compile(r"\d+")
# Groups with one and the same separator between them: 1234-5678-9012, 1 2 3 4 5 6 7 8 9 0.
_GROUPS: Final = re.compile(r"\d{1,6}([^0-9A-Za-z]{1,2})\d{1,6}(?:\1\d{1,6})+")
_MANY: Final = re.compile(rf"(?:\d\D{{0,3}}){{{SHORTEST}}}")


def numbers_in(text: str) -> tuple[str, ...]:
    """Runs of digits, those in groups, and the ends of UUIDs."""
    return tuple(_numbers(unicodedata.normalize("NFKC", _visible(text)))) if _MANY.search(text) else ()


def _numbers(text: str) -> Iterator[str]:
    for groups in UUID.finditer(text):
        yield groups[5]
        yield groups[1] + groups[2]
    rest = MOMENT.sub(" ", UUID.sub(" ", text))
    yield from _DIGITS.findall(rest)
    for groups in _GROUPS.finditer(rest):
        yield groups[0].replace(groups[1], "")


def _visible(text: str) -> str:
    """Without what takes no room: zero-width characters, soft hyphens, control characters but line breaks."""
    return text.replace("\0", "") if text.isascii() else _WITHOUT_ROOM.sub("", text)
