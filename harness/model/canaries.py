"""Numbers, names and addresses of residents, looked for in whatever spelling, where they may not stand.

No clean gateway may be blamed by chance, in thousands of runs of some 3,000 residents with a 個人番号 (12 digits) and a
識別番号 (10 digits) each. So a number is met only as a whole run of digits, leading zeros aside, or behind the code of an
organisation: the chance of one random number of ten digits is 3·10^-7, of a random digest of 32 hexadecimal digits 10^-8.
A 個人番号 is met anywhere in a longer run as well, 3·10^-9 for each place. What is the moment of the run, in seconds since
1970 or in parts of them, is left out. In a UUID a number is the last twelve digits or the first (10^-11). What was read
out of hexadecimal or base64 text may be noise, and signatures are: there a name has three characters of UTF-8 (256^-9 for each place), or
eight bytes of CP932 or UTF-16. In the items of an answer, which hold numbers of their own, only those of the scenario are
looked for. What nobody may say anywhere (a token, a session, what staff wrote) is met as it is, from eight characters on: as ASCII letter
by letter, else in the one spelling of names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final, Self

import ahocorasick

from harness.contract.organisations import organisations
from harness.model.numbers import SHORTEST
from harness.model.readings import OTHER_CHARSETS, Reading, Readings, plain, readings
from harness.model.vocabulary import words

NUMBERS: Final = frozenset({"個人番号", "識別番号"})
NAMES: Final = frozenset({"氏名", "氏名カナ", "氏名（空白なし）", "氏名カナ（空白なし）", "住所", "前住所"})
OUTSIDE: Final = frozenset(
    {"提供しない項目の値", "提供しない項目の理由"}
)  # may be equal to values that are given
_SHORTEST_SECRET = 8  # characters
_DIFFERENT = 4  # of them: the same one again and again is met by chance
_LONGEST_NUMBER = 12  # digits of a 個人番号
_DAY = 86_400
_SHORTEST_BYTES = 8  # of a name in noise
_BLANK: Final = "\u3000"  # between the parts of a name


@dataclass(frozen=True)
class Found:
    """What of somebody was met, and how it was spelt. The value itself is not told."""

    kind: str
    spelling: tuple[str, ...]

    @property
    def words(self) -> str:
        """As a report says it."""
        return f"{self.kind}（{'・'.join(self.spelling)}）" if self.spelling else self.kind


@dataclass(frozen=True)
class Canaries:
    """Numbers without leading zeros → kind, `outside`: those that may stand among values; names and addresses in the one spelling
    of names, and as bytes of charsets other than UTF-8; what may stand nowhere: `words` in ASCII, `sentences` in the one spelling."""

    numbers: Mapping[str, str]
    outside: Mapping[str, str]
    names: ahocorasick.Automaton
    encoded: ahocorasick.Automaton
    words: ahocorasick.Automaton
    sentences: ahocorasick.Automaton
    moment: float

    @classmethod
    def of(cls, texts: Iterable[tuple[str, str]], moment: float) -> Self:
        """From pairs of kind and text; `moment`: of the run, in seconds since 1970."""
        numbers: dict[str, str] = {}
        outside: dict[str, str] = {}
        names, encoded, words, sentences = (ahocorasick.Automaton() for _ in range(4))
        for kind, text in texts:
            if kind in NAMES:
                _add_name(names, encoded, kind, text)
            elif text.isascii() and text.isdigit():
                if len(text.lstrip("0")) >= SHORTEST and not _is_about(text, moment):
                    (outside if kind in OUTSIDE else numbers)[text.lstrip("0")] = kind
            else:
                _add_secret(words, sentences, kind, text)
        for automaton in (names, encoded, words, sentences):
            automaton.make_automaton()
        return cls(numbers, outside, names, encoded, words, sentences, moment)

    def anything_in(self, raw: bytes, *, sure: bool = True) -> Found | None:
        """Of a place where nothing of a resident may stand. `sure`: these are no random bytes."""
        return self._first(raw, sure=sure, names=True)

    def number_in(self, raw: bytes) -> Found | None:
        """Of a place that may hold names."""
        return self._first(raw, sure=True, names=False)

    def as_it_is_in(self, raw: bytes) -> Found | None:
        """What nobody may say anywhere, in no other spelling than its own: of a place that is too long for all of them."""
        said = raw.decode("utf-8", "replace").casefold()
        found = self.words.iter(said) if len(self.words) else ()
        return next((Found(kind, ()) for _, kind in found), None)

    def _first(self, raw: bytes, *, sure: bool, names: bool) -> Found | None:
        found = readings(raw, sure=sure)
        for reading in found.each if self._any(found) else ():
            kind = self._number(reading, self.numbers) or self._secret(reading, names=names)
            if names:
                kind = kind or self._name(reading) or self._number(reading, self.outside)
            if kind:
                return Found(kind, reading.spelling)
            if names and (encoded := self._encoded(reading)):
                return encoded
        return None

    def _any(self, found: Readings) -> bool:
        """Is there anything that is worth looking at one reading after the other?"""
        numbers = found.numbers
        return (
            any(self._kind(number, of) for number in numbers for of in (self.numbers, self.outside))
            or _meets(self.words, found.folded)
            or any(_meets(automaton, found.letters) for automaton in (self.names, self.sentences))
            or _meets(self.encoded, found.raw.decode("latin-1"))
        )

    def _number(self, reading: Reading, numbers: Mapping[str, str]) -> str | None:
        kinds = (self._kind(number, numbers) for number in reading.numbers) if numbers else ()
        return next((kind for kind in kinds if kind), None)

    def _kind(self, number: str, numbers: Mapping[str, str]) -> str | None:
        within = number[6:] if number[:6] in organisations() else number
        return numbers.get(number.lstrip("0")) or numbers.get(within.lstrip("0")) or self._inside(number)

    def _inside(self, number: str) -> str | None:
        """A 個人番号 within a longer number, which is not a moment with parts of seconds."""
        if len(number) <= _LONGEST_NUMBER or _is_about(number[:10], self.moment):
            return None
        parts = (
            number[start : start + _LONGEST_NUMBER] for start in range(len(number) - _LONGEST_NUMBER + 1)
        )
        found = (self.numbers.get(part) for part in parts)
        return next((kind for kind in found if kind), None)

    def _secret(self, reading: Reading, *, names: bool) -> str | None:
        found = [*self.words.iter(reading.text.casefold())] if len(self.words) else []
        if len(self.sentences):
            found += self.sentences.iter(reading.letters)
        return next((kind for _, kind in found if names or kind not in OUTSIDE), None)

    def _name(self, reading: Reading) -> str | None:
        if not len(self.names):
            return None
        least = 2 if reading.sure else 3
        found = (value for _, value in self.names.iter(reading.letters))
        return next((str(kind) for kind, length in found if length >= least), None)

    def _encoded(self, reading: Reading) -> Found | None:
        """The bytes themselves, where they are no ASCII."""
        if not len(self.encoded) or reading.raw.isascii():
            return None
        least = 4 if reading.sure else _SHORTEST_BYTES
        for _, (kind, charset, length) in self.encoded.iter(reading.raw.decode("latin-1")):
            if length >= least:
                return Found(kind, (*reading.spelling, charset))
        return None


def _meets(automaton: ahocorasick.Automaton, text: str) -> bool:
    return bool(len(automaton)) and next(automaton.iter(text), None) is not None


def _add_name(names: ahocorasick.Automaton, encoded: ahocorasick.Automaton, kind: str, text: str) -> None:
    letters = plain(text)
    if letters in _contract():
        return
    names.add_word(letters, (kind, len(letters)))
    for spelt, charset in product({text, text.replace(_BLANK, " ")}, OTHER_CHARSETS):
        raw = spelt.encode(charset, "ignore")
        if raw:
            encoded.add_word(raw.decode("latin-1"), (kind, charset, len(raw)))


def _add_secret(words: ahocorasick.Automaton, sentences: ahocorasick.Automaton, kind: str, text: str) -> None:
    """What is shorter may be said by chance, and so may what the contract says."""
    letters = plain(text)
    if len(letters) < _SHORTEST_SECRET or len(set(letters)) < _DIFFERENT or letters in _contract():
        return
    if text.isascii():
        words.add_word(text.casefold(), kind)
    else:
        sentences.add_word(letters, kind)


@cache
def _contract() -> str:
    """What the contract itself says, in the one spelling: every scenario has canaries of its own."""
    return "\n".join(plain(word) for word in words())


def _is_about(number: str, moment: float) -> bool:
    return len(number) == 10 and abs(int(number) - moment) < _DAY
