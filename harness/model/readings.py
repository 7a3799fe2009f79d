"""Bytes as somebody may have meant them: encodings undone, one inside another."""

import base64
import binascii
import html
import quopri
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes

_DEEPEST = 3  # encodings one inside another
_MOST = 400  # byte strings of one text; a clean head has fewer than 50
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2}[:\- ]?){5,}[0-9A-Fa-f]{2}[0-9A-Fa-f]?")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_\-]{8,}")
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # looks like base64, and is none
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_HIRAGANA: Final = {code: code + 0x60 for code in range(0x3041, 0x3097)}
OTHER_CHARSETS: Final = ("cp932", "utf-16-le", "utf-16-be")  # beside UTF-8
_URL_SAFE: Final = str.maketrans("-_", "+/")


@dataclass(frozen=True)
class Reading:
    """A text, its bytes and how they were read, outermost first. `sure`: it was written so; else the bytes may be noise that
    only looks like an encoding, as any hexadecimal or base64 text does."""

    text: str
    raw: bytes
    spelling: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True)
class _Bytes:
    raw: bytes
    spelling: tuple[str, ...]
    sure: bool


@lru_cache(maxsize=2048)  # heads of messages are alike
def readings(raw: bytes) -> tuple[Reading, ...]:
    """Every text that these bytes may stand for."""
    found: list[Reading] = []
    seen = {raw}
    waiting = [_Bytes(raw, (), sure=True)]
    while waiting:
        layer = waiting.pop(0)
        text = layer.raw.decode("utf-8", "replace")
        found.append(Reading(text, layer.raw, layer.spelling, layer.sure))
        if len(layer.spelling) == _DEEPEST or not (layer.sure or _is_text(layer.raw)):
            continue
        for inner in _undone(text, layer):
            if inner.raw not in seen and len(seen) < _MOST:
                seen.add(inner.raw)
                waiting.append(inner)
    return tuple(found)


def plain(text: str) -> str:
    """Letters and digits alone, in one spelling: blanks and marks go, widths and cases are one, hiragana is katakana."""
    # A mark that changes a letter (濁点) is joined to it first, so that nothing but dress is taken off.
    wide = unicodedata.normalize("NFKC", text).casefold().translate(_HIRAGANA)
    return "".join(c for c in unicodedata.normalize("NFKC", wide) if c.isalnum())


def _undone(text: str, layer: _Bytes) -> Iterator[_Bytes]:
    for name, undo in _SURE:
        undone = undo(text)
        if undone is not None:
            yield _Bytes(undone, (*layer.spelling, name), layer.sure)
    for run in _HEX.findall(text):
        digits = re.sub(r"[:\- ]", "", run)
        for start in (0, 1):
            even = digits[start : start + (len(digits) - start) // 2 * 2]
            yield _Bytes(bytes.fromhex(even), (*layer.spelling, "16進"), sure=False)
    for run in _BASE64.findall(_UUID.sub(" ", text)):
        for start in range(4):
            yield _Bytes(_decoded(run[start:]), (*layer.spelling, "base64"), sure=False)


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
    """Of base64 in either alphabet, as much of it as makes whole bytes."""
    whole = run.translate(_URL_SAFE)
    if len(whole) % 4 == 1:
        whole = whole[:-1]
    try:
        return base64.b64decode(whole + "=" * (-len(whole) % 4))
    except (ValueError, binascii.Error):
        return b""


def _is_text(raw: bytes) -> bool:
    """Printable ASCII, so that another encoding may be inside: noise is hardly ever."""
    return len(raw) >= 8 and all(0x20 <= byte < 0x7F for byte in raw)
