"""Tokens in place of what identifies residents: the same text gives the same token, and only who can make the
residents anew, from the seed of the run, can turn it back."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

import ahocorasick

from harness.residents.identifying import identifying
from harness.residents.people import Person

_OPEN, _CLOSE = "⟦", "⟧"
_DIGITS = 12  # of the token, hexadecimal: 281 trillion for some 20,000 texts of a run
_BASE64 = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
MASKED = re.compile(f"{_OPEN}[^{_OPEN}{_CLOSE}]*{_CLOSE}")
_ENDS = re.compile("([^…（]*)(…|（|$)")  # where the observations of the suite are cut
_SHORTEST_REST, _LONGEST_REST = 3, 60  # characters of a text that was cut
REST = "切れた先頭"
FILE, MESSAGE = "ファイル", "電文"
# Two kinds whose texts may be the same show the same word, so that one text has one token.
_SHOWN = {"氏名（空白なし）": "氏名", "氏名カナ（空白なし）": "氏名カナ", "前住所": "住所"}


def token(kind: str, text: str, seed: int) -> str:
    """What stands in place of a text."""
    digest = hmac.new(str(seed).encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return f"{_OPEN}{_SHOWN.get(kind, kind)} {digest.hexdigest()[:_DIGITS]}{_CLOSE}"


@dataclass(frozen=True)
class Masks:
    """Everything that identifies somebody, and how to find it."""

    seed: int
    tokens: Mapping[str, str]
    finder: ahocorasick.Automaton
    texts: Mapping[str, str]

    @classmethod
    def of(cls, texts: Iterable[tuple[str, str]], seed: int) -> Self:
        """From pairs of a kind and a text."""
        tokens = {text: token(kind, text, seed) for kind, text in texts}
        finder = ahocorasick.Automaton()
        for text in tokens:
            finder.add_word(text, text)
        finder.make_automaton()
        return cls(seed, tokens, finder, {token_: text for text, token_ in tokens.items()})

    @classmethod
    def of_people(cls, people: Iterable[Person], seed: int) -> Self:
        """Of these residents."""
        return cls.of((pair for person in people for pair in identifying(person).items()), seed)

    def masked(self, value: Any) -> Any:
        """A JSON value with tokens in their places; a file in base64 that holds one is a token as a whole."""
        return mapped(value, self._masked)

    def revealed(self, value: Any) -> Any:
        """The way back, but for files."""
        return mapped(value, self._revealed)

    def cut_masked(self, text: str) -> str:
        """A masked text that was cut somewhere, without what is left of somebody where it was."""
        return _ENDS.sub(lambda end: self._without_rest(end[1]) + end[2], text)

    def _without_rest(self, text: str) -> str:
        for length in range(min(_LONGEST_REST, len(text)), _SHORTEST_REST - 1, -1):
            if any(True for _ in self.finder.keys(text[-length:])):
                return f"{text[:-length]}{_OPEN}{REST}{_CLOSE}"
        return text

    def _masked(self, text: str) -> str:
        if not self.tokens:
            return text
        if _BASE64.fullmatch(text) and next(self.finder.iter_long(_decoded(text)), None):
            return token(FILE, text, self.seed)
        parts, done = [], 0
        for last, word in self.finder.iter_long(text):  # the longest where several begin at one place
            parts += [text[done : last + 1 - len(word)], self.tokens[word]]
            done = last + 1
        return "".join((*parts, text[done:]))

    def _revealed(self, text: str) -> str:
        return MASKED.sub(lambda found: self.texts.get(found[0], found[0]), text) if _OPEN in text else text


def texts_of(people: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """Kind and text of what identifies people, as the journal keeps it: ref → kind → text."""
    return (pair for person in people.values() for pair in person.items())


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    """A JSON value with every text of it changed, names of members included."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [mapped(member, change) for member in value]
    if isinstance(value, dict):
        return {change(name): mapped(member, change) for name, member in value.items()}
    return value


def _decoded(text: str) -> str:
    """What base64 holds: files of the contract are CP932, anything else is read as UTF-8."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return ""
    return raw.decode("cp932", "replace") + "\n" + raw.decode("utf-8", "replace")
