"""What the suite says in Japanese, in English. Sentences have blanks, and what stands in a blank may be a sentence of its own, or
several that were put together: of all ways to read a text the one is taken that leaves least of it in Japanese. What is in no table
is a name (of an item, an affair, a person) or Gherkin, and stays."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import Final

from harness.languages.brackets import balanced, divided, enclosed
from harness.languages.sentences import Sentence, names, sentences_of, whole
from harness.languages.writing import JAPANESE, is_japanese

# Between sentences, lists and words, from the outermost, with what stands there in English.
_SEPARATORS: Final = {
    "\n": "\n",
    "。": ". ",
    "　": "  ",
    "；": "; ",
    "、": ", ",
    "：": ": ",
    ": ": ": ",
    " ": " ",
}
_STOP: Final = "。"
_BRACKETS: Final = {"「": ('"', '"'), "（": ("(", ")"), "［": ("[", "]")}
_MARKS: Final = str.maketrans(
    {"「": '"', "」": '"', "、": ", ", "。": ". ", "：": ": ", "　": "  ", "；": "; "}
)
_OPENING, _CLOSING = re.compile(r" *（"), re.compile(r"）(?=\w)")
_LOOSE: Final = re.compile(
    r"(?<=[.,:;]) +(?=[)\n]|$)| +(?=[.,:;)](?: |$))"
)  # blanks before a mark, or before nothing
_LONGEST = 600  # characters of a text that is read as one sentence; a longer one is several
_READINGS = 12  # ways to fill the blanks of one sentence
_SENTENCES = 40  # sentences that may have been said, those with most words first
_KEPT = 20_000  # texts

_Said = tuple[int, str]


def english(text: str) -> str:
    """The text in English, with what is in no table as it is."""
    if not is_japanese(text):
        return text
    lead, body, trail = _trimmed(text)
    said = whole().get(body) or _said(body)[1]
    return lead + _marks(said) + trail if said != body else text


@lru_cache(maxsize=_KEPT)
def _said(text: str) -> _Said:
    """How many characters stay Japanese that are no name of the contract, and the text."""
    if not is_japanese(text) or text in names():
        return 0, text
    if text in whole():
        return 0, whole()[text]
    best = (len(JAPANESE.findall(text)), text)
    for read in _readings(text):
        best = min(best, read, key=lambda said: said[0])
        if not best[0]:
            break
    return best


def _readings(text: str) -> Iterator[_Said]:
    if len(text) <= _LONGEST:
        for sentence in islice(_possible(text), _SENTENCES):
            for blanks in islice(filter(_whole_brackets, sentence.read(text)), _READINGS):
                filled = [_said(blank) for blank in blanks]
                yield sum(left for left, _ in filled), sentence.filled([said for _, said in filled])
    for separator, between in _SEPARATORS.items():
        if len(parts := divided(text, separator)) > 1:
            yield _joined(parts, between)
    if len(stopped := _stopped(text)) > 1:
        yield _joined(stopped, " ")
    if bracketed := enclosed(text, _BRACKETS):
        before, kind, inside, after = bracketed
        opening, closing = _BRACKETS[kind]
        said = [_said(part) for part in (before, inside, after)]
        words = [said[0][1].rstrip(), f"{opening}{said[1][1]}{closing}", said[2][1].lstrip()]
        yield sum(left for left, _ in said), " ".join(filter(None, words))


def _stopped(text: str) -> list[str]:
    """Its sentences, each with its full stop."""
    *sentences, rest = divided(text, _STOP)
    return [*(sentence + _STOP for sentence in sentences), *([rest] if rest else [])]


def _joined(parts: list[str], between: str) -> _Said:
    said = [_said(part) for part in parts]
    return sum(left for left, _ in said), between.join(part for _, part in said)


def _whole_brackets(blanks: tuple[str, ...]) -> bool:
    return all(map(balanced, blanks))


def _possible(text: str) -> Iterable[Sentence]:
    pairs = {text[at : at + 2] for at in range(len(text))} | set(text)
    found = (s for pair in pairs for s in _by_pair().get(pair, ()) if all(part in text for part in s.parts))
    return sorted(found, key=lambda sentence: -sentence.words)


@cache
def _by_pair() -> dict[str, list[Sentence]]:
    """Sentences by the first two characters of the longest of their parts, which a text that is one must have."""
    found: dict[str, list[Sentence]] = {}
    for sentence in sentences_of():
        found.setdefault(max(sentence.parts, key=len)[:2], []).append(sentence)
    return found


def _trimmed(text: str) -> tuple[str, str, str]:
    body = text.strip()
    at = text.index(body)
    return text[:at], body, text[at + len(body) :]


def _marks(text: str) -> str:
    """Marks of Japanese that are left between what was put together."""
    text = _CLOSING.sub(") ", _OPENING.sub(" (", text)).replace("）", ")")
    return _LOOSE.sub("", text.translate(_MARKS)).replace("..", ".")
