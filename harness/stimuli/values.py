"""Values at the edges of what the published schemas allow, and characters that break gateways. Drawn by seed."""

from random import Random
from typing import Final

from harness.contract.items import Item
from harness.contract.messages import Value
from harness.residents.difficult_characters import CHARACTERS, MINUSES, WAVES

GREATEST: Final = 2**53 - 1  # an integer of the contract (guide, JSON and text)
REASONS: Final = ("未申告", "調査中", "不開示", "該当なし")  # why there is no value
INTEGERS: Final = (
    0,
    -1,
    1,
    999_999_999_999_999,
    -GREATEST,
    GREATEST,
    1_234_567_890_123_456,
    2**31,
    -(2**31) - 1,
)
# Sequences that a normalisation, a trimming, a mapping or a length in other units would change.
TEXTS: Final = (
    "\u845b\U000e0100\u98fe",  # a variation selector
    "\u30cf\u309a\u30d1",  # a combining mark, and the composed letter
    "\uff21\uff11\uff76\uff9e\u2460\u32ff",  # NFKC would change each
    "\u3000先\u3000頭\u3000",
    " blanks at both ends ",
    "\u30fc\u2015\u2212\uff0d\u301c\uff5e",
    "a\u0301\u0000"[:2],
    "\U0001f600\U00020bb7",
    "ﬀİıßſ",
    "\"\\/<>&'`;--%27",
    "0123",
    "20120801",
    "0099123456789",
    "-0",
    "1e3",
    "null",
    "true",
    "\t\u00a0\u200b\ufeff\u2028",
)


def text(draw: Random, longest: int) -> str:
    """Of difficult characters, as long as the contract allows in one of four."""
    if draw.random() < 0.25:
        return _long(draw, longest)
    return draw.choice(TEXTS)[:longest] or "あ"


def _long(draw: Random, longest: int) -> str:
    """Exactly as many code points as are allowed; many of them are two units of UTF-16."""
    letters = [*CHARACTERS, *WAVES, *MINUSES, "\u30fc", "\U00020bb7"]
    return "".join(draw.choice(letters) for _ in range(longest))


def value(draw: Random, item: Item) -> Value:
    """Of an item, as its table types it; null in one of eight."""
    if draw.random() < 0.125:
        return None
    if item.codes:
        return draw.choice(item.codes).partition(" ")[0] if draw.random() < 0.5 else text(draw, 20)
    return draw.choice(INTEGERS) if item.is_integer else text(draw, 200)


def edge(number: int, item: Item) -> Value:
    """Of an item, another for each number, all of them in turn."""
    edges: tuple[Value, ...] = INTEGERS if item.is_integer else TEXTS
    return edges[number % len(edges)]
