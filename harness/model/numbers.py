"""The numbers that a text writes as such, however they are spelt."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

SHORTEST: Final = 7  # digits without leading zeros
UUID: Final = re.compile(
    r"([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})", re.IGNORECASE
)
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?")
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
    return text.replace("\0", "") if text.isascii() else _without_room().sub("", text)


@cache
def _without_room() -> re.Pattern[str]:
    formats = (c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) == "Cf")
    return re.compile(f"[\0{''.join(formats)}]")
