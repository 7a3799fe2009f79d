"""Texts looked for in whatever spelling, where it is better to meet too many than too few: what leaves a run folder is masked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

import ahocorasick

from harness.model.readings import OTHER_CHARSETS, Reading, plain, readings

_CHARSETS: Final = (*OTHER_CHARSETS, "euc_jp")
_SHORTEST: Final = 2  # letters: a name of two is a name


@dataclass(frozen=True)
class Hidden:
    """Looks for texts in whatever spelling."""

    finder: ahocorasick.Automaton

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Of these texts, forwards and backwards."""
        finder = ahocorasick.Automaton()
        for text in texts:
            if len(letters := plain(text)) >= _SHORTEST:
                finder.add_word(letters[::-1], text)
                finder.add_word(letters, text)
        finder.make_automaton()
        return cls(finder)

    def found(self, text: str) -> tuple[str, ...]:
        """Which of the texts it holds, each once."""
        if not len(self.finder):
            return ()
        looks = {
            plain(meant) for one in readings(text.encode("utf-8", "replace")).each for meant in _meant(one)
        }
        return tuple(dict.fromkeys(word for look in sorted(looks) for _, word in self.finder.iter(look)))


def _meant(reading: Reading) -> Iterator[str]:
    """As the bytes that were read out of a text may be meant; UTF-16 from the first byte or the second."""
    yield reading.text
    if reading.spelling:
        for charset in _CHARSETS:
            yield reading.raw.decode(charset, "ignore")
            if charset.startswith("utf-16"):
                yield reading.raw[1:].decode(charset, "ignore")
