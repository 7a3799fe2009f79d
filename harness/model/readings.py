"""Bytes as somebody may have meant them: encodings undone, one inside another."""

import binascii
import html
import quopri
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes

from harness.model.numbers import numbers_in

_DEEPEST = 3  # encodings one inside another
_MOST = 400  # byte strings of one text; a clean head has fewer than 50
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2}[:\- ]?){5,}[0-9A-Fa-f]{2}[0-9A-Fa-f]?")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_\-]{8,}")
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # looks like base64, and is none
_JAPANESE: Final = re.compile("[\u3005-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]")
_BETWEEN: Final = b"\n" * 4  # more than there is between the groups of one number
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_PRINTABLE: Final = bytes(range(0x20, 0x7F))
_HIRAGANA: Final = {code: code + 0x60 for code in range(0x3041, 0x3097)}
OTHER_CHARSETS: Final = ("cp932", "utf-16-le", "utf-16-be")  # beside UTF-8
_URL_SAFE: Final = str.maketrans("-_", "+/")


@dataclass(frozen=True)
class Reading:
    """Bytes, and how they were read, outermost first. `sure`: it was written so; else they may be noise that only looks like an
    encoding, as any hexadecimal or base64 text does."""

    raw: bytes
    spelling: tuple[str, ...] = ()
    sure: bool = True

    @cached_property
    def text(self) -> str:
        """As UTF-8."""
        return self.raw.decode("utf-8", "replace")

    @property
    def numbers(self) -> tuple[str, ...]:
        """What it writes as a number."""
        return numbers_in(self.text)

    @cached_property
    def letters(self) -> str:
        """In the one spelling of names; nothing where no letter is a Japanese one."""
        return plain(self.text) if _JAPANESE.search(self.text) else ""


@dataclass(frozen=True)
class Readings:
    """All readings of the same bytes. What is looked for in each is looked for in all of them at once; only where something
    is met there does it matter in which: hardly ever."""

    each: tuple[Reading, ...]

    @cached_property
    def raw(self) -> bytes:
        """All bytes."""
        return _BETWEEN.join(reading.raw for reading in self.each)

    @cached_property
    def folded(self) -> str:
        """All texts, without cases."""
        return self._text.casefold()

    @cached_property
    def letters(self) -> str:
        """All texts in the one spelling of names."""
        return plain(self._text) if _JAPANESE.search(self._text) else ""

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """All numbers, once."""
        return tuple(dict.fromkeys(numbers_in(self._text)))

    @cached_property
    def _text(self) -> str:
        return self.raw.decode("utf-8", "replace")


@lru_cache(maxsize=2048)  # heads of messages are alike
def readings(raw: bytes, *, sure: bool = True) -> Readings:
    """Every text that these bytes may stand for. `sure`: they were written, and are not random."""
    found = [Reading(raw, sure=sure)]
    seen = {raw}
    for layer in found:  # it grows
        if len(layer.spelling) == _DEEPEST or not (layer.sure or _is_text(layer.raw)):
            continue
        for inner in _undone(layer):
            if inner.raw not in seen and len(seen) < _MOST:
                seen.add(inner.raw)
                found.append(inner)
    return Readings(tuple(found))


def plain(text: str) -> str:
    """Letters and digits alone, in one spelling: blanks and marks go, widths and cases are one, hiragana is katakana."""
    # A mark that changes a letter (濁点) is joined to it first, so that nothing but dress is taken off.
    wide = unicodedata.normalize("NFKC", text).casefold().translate(_HIRAGANA)
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", wide))


def _undone(layer: Reading) -> Iterator[Reading]:
    text = layer.text
    for name, undo in _SURE:
        undone = undo(text)
        if undone is not None:
            yield Reading(undone, (*layer.spelling, name), layer.sure)
    spelling = (*layer.spelling, "16進")
    for run in _HEX.findall(text):
        digits = re.sub(r"[:\- ]", "", run)
        for start in (0, 1):
            even = digits[start : start + (len(digits) - start) // 2 * 2]
            yield Reading(bytes.fromhex(even), spelling, sure=False)
    spelling = (*layer.spelling, "base64")
    for run in _BASE64.findall(_UUID.sub(" ", text)):
        standard = run.translate(_URL_SAFE)
        for start in range(4):
            yield Reading(_decoded(standard[start:]), spelling, sure=False)


def _percent(text: str) -> bytes | None:
    return unquote_to_bytes(text) if "%" in text else None


def _quoted(text: str) -> bytes | None:
    return quopri.decodestring(text.encode("utf-8", "replace")) if "=" in text else None


def _entities(text: str) -> bytes | None:
    return html.unescape(text).encode("utf-8", "replace") if "&" in text else None


def _escapes(text: str) -> bytes | None:
    if "\\" not in text:
        return None
    plain = _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else m[3], text)
    paired = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return paired.encode("utf-8", "replace")


_SURE: Final[tuple[tuple[str, Callable[[str], bytes | None]], ...]] = (
    ("パーセント符号化", _percent),
    ("quoted-printable", _quoted),
    ("HTML の文字参照", _entities),
    ("JSON の逆斜線", _escapes),
)


def _decoded(run: str) -> bytes:
    """As much of it as makes whole bytes."""
    whole = run[:-1] if len(run) % 4 == 1 else run
    return binascii.a2b_base64(whole + "=" * (-len(whole) % 4))


def _is_text(raw: bytes) -> bool:
    """Printable ASCII, so that another encoding may be inside: noise is hardly ever."""
    return len(raw) >= 8 and not raw.translate(None, _PRINTABLE)
