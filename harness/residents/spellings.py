"""The spellings in which a text may hide another: widths, blanks and groups, escapes, percent, hex, base64, backwards."""

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote_to_bytes

import ahocorasick

_NOT_LETTERS = re.compile(r"[\W_]+")
_UNSEEN = re.compile(r"\\+u([0-9a-fA-F]{4})|\\+x([0-9a-fA-F]{2})")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}[\s:_-]?){5,}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}")
_CODINGS = ("utf-8", "cp932", "utf-16-le", "utf-16-be", "euc_jp")
_DEEPEST = 3  # one inside of another
_KANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}  # ひらがな as カタカナ
_SHORTEST = 2  # letters: a name of two is a name


def bare(text: str) -> str:
    """The letters and digits alone, each in one width and case: what is left of a text whatever it was dressed up with."""
    # A mark that changes a letter (濁点) is joined to it first, so that nothing but dress is taken off.
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_KANA)
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", folded))


@dataclass(frozen=True)
class Hidden:
    """Looks for texts in whatever spelling."""

    finder: ahocorasick.Automaton

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Of these texts, forwards and backwards."""
        finder = ahocorasick.Automaton()
        for text in texts:
            if len(letters := bare(text)) >= _SHORTEST:
                finder.add_word(letters[::-1], text)
                finder.add_word(letters, text)
        finder.make_automaton()
        return cls(finder)

    def found(self, text: str) -> tuple[str, ...]:
        """Which of the texts it holds, each once."""
        if not len(self.finder):
            return ()
        looks = {bare(meant) for meant in meanings(text)}
        return tuple(dict.fromkeys(word for look in sorted(looks) for _, word in self.finder.iter(look)))


def meanings(text: str, depth: int = _DEEPEST) -> Iterator[str]:
    """The text, and what it says to whoever takes its escapes or codings off."""
    yield text
    if depth:
        for other in {*_unescaped(text), *_decoded(text)} - {text}:
            yield from meanings(other, depth - 1)


def _unescaped(text: str) -> Iterator[str]:
    if "\\" in text:
        yield _UNSEEN.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
    if "&" in text:
        yield html.unescape(text)
    if "%" in text:
        yield from _read(unquote_to_bytes(text.encode("utf-8", "replace")))


def _decoded(text: str) -> Iterator[str]:
    for found in _HEX.finditer(text):
        yield from _read(bytes.fromhex(re.sub(r"[\s:_-]", "", found[0])))
    for found in _BASE64.finditer(text):
        letters = found[0].replace("-", "+").replace("_", "/")
        for shift in range(4):
            whole = letters[shift : shift + (len(letters) - shift) // 4 * 4]
            rest = letters[shift + len(whole) :]
            padded = whole + (rest + "=" * (-len(rest) % 4) if len(rest) > 1 else "")
            try:
                yield from _read(base64.b64decode(padded))
            except (ValueError, binascii.Error):
                continue


def _read(raw: bytes) -> Iterator[str]:
    """As bytes may be meant; UTF-16 from the first byte or the second."""
    for coding in _CODINGS:
        yield raw.decode(coding, "ignore")
    for coding in ("utf-16-le", "utf-16-be"):
        yield raw[1:].decode(coding, "ignore")
