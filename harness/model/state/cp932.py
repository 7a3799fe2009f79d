"""CP932 as the contract has it (guide §2 Files): Microsoft's mapping, and no character in place of another."""

from dataclasses import dataclass
from typing import Final

UNMAPPABLE: Final = "CHARACTER_UNMAPPABLE"
MALFORMED: Final = "LINE_MALFORMED"
_CODEC: Final = "cp932"  # Microsoft's in all but single bytes that have no character, and 外字
_LEADS: Final = frozenset((*range(0x81, 0xA0), *range(0xE0, 0xFD)))
_TRAILS: Final = frozenset((*range(0x40, 0x7F), *range(0x80, 0xFD)))
_OWN_MAKING: Final = frozenset(range(0xF0, 0xFA))  # lead bytes of 外字
_SINGLE: Final = frozenset((*range(0x80), *range(0xA1, 0xE0)))
_BLANKS: Final = " \u3000"
CUT: Final = "切れた文字"
# U+0080 and the private use area: what Python makes of bytes without a character, and of 外字.
_NO_CHARACTERS: Final = frozenset("\x80") | frozenset(map(chr, range(0xE000, 0xF900)))


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` without the blanks on its right, None where the bytes are none; `codes`: which of them a refusal may name: both where
    the guide does not say whether bytes are a code. `traits`: which kinds of fault."""

    text: str | None
    codes: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()

    @property
    def cut(self) -> bool:
        """The last byte is half of a character."""
        return CUT in self.traits


def decoded(data: bytes) -> Decoded:
    """A field as text."""
    try:
        text = data.decode(_CODEC)
    except UnicodeDecodeError:
        return _faulty(data)
    if _NO_CHARACTERS.isdisjoint(text):
        return Decoded(text.rstrip(_BLANKS))
    return _faulty(data)


def _faulty(data: bytes) -> Decoded:
    """Byte by byte: the first fault of each kind counts, so that all of them are looked for."""
    codes: set[str] = set()
    traits: set[str] = set()
    at = 0
    while at < len(data):
        pair = data[at : at + 2]
        if pair[0] in _SINGLE:
            at += 1
        elif pair[0] in _LEADS and len(pair) == 2 and pair[1] in _TRAILS:
            at += 2
            if trait := _fault_of(pair):
                codes.add(UNMAPPABLE)
                traits.add(trait)
        else:
            at += 1
            codes |= {UNMAPPABLE, MALFORMED}
            traits.add(CUT if pair[0] in _LEADS and len(pair) == 1 else "符号でないバイト")
    return Decoded(None, frozenset(codes), frozenset(traits))


def _fault_of(pair: bytes) -> str:
    """Empty for a character."""
    if pair[0] in _OWN_MAKING:
        return "外字"
    try:
        pair.decode(_CODEC)
    except UnicodeDecodeError:
        return "割当てのない符号"
    return ""
