"""What the suite says in Japanese, in English. Sentences have blanks, and what stands in a blank may be a sentence of its own, or
several that were put together: of all ways to read a text the one is taken that leaves least of it in Japanese. What is in no table
is a name (of an item, an affair, a person) or Gherkin, and stays, with its marks; so does what is quoted."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import Final

from harness.languages.brackets import balanced, divided, enclosed
from harness.languages.quoted import with_quoted, without_quoted
from harness.languages.sentences import Sentence, names, sentences_of, whole
from harness.languages.writing import is_japanese

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
_LETTER: Final = re.compile(r"[\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff]")  # a dot between names is none
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
_TRIED: Final = (
    4000  # readings of one text, many times what any of the suite takes; gateways choose words, too
)
_KEPT = 20_000  # texts
# Around what stays Japanese: characters that are none, by which what joins the parts is told from what they say.
_KEEP, _KEPT_SO_FAR = "\ufdd0", "\ufdd1"
_AS_IT_IS: Final = re.compile(f"{_KEEP}([^{_KEPT_SO_FAR}]*){_KEPT_SO_FAR}")

_Said = tuple[int, str]


@lru_cache(maxsize=_KEPT)
def english(text: str) -> str:
    """The text in English, with what is in no table as it is; as it is altogether where reading it would take too long."""
    if not is_japanese(text) or _KEEP in text or _KEPT_SO_FAR in text:
        return text
    lead, body, trail = _trimmed(text)
    if body in whole():
        return lead + whole()[body] + trail
    plain, quoted = without_quoted(body)
    try:
        _, said = Reading(quoted).of(plain)
    except EndlessError:
        return text
    return lead + with_quoted(_marks(said), quoted) + trail if said != _kept(plain) else text


class EndlessError(Exception):
    """A text with more readings than are tried."""


class Reading:
    """One text being read; `quoted`: what its stand-ins stand for; `tried`: readings so far."""

    def __init__(self, quoted: Mapping[str, str]) -> None:
        self.quoted = quoted
        self.tried = 0
        self.known: dict[str, _Said] = {}

    def of(self, text: str) -> _Said:
        """How many characters stay Japanese that are no name of the contract, and the text. Raises EndlessError."""
        if not is_japanese(text) or text in names():
            return 0, text
        if said := whole().get(with_quoted(text, self.quoted)):
            return 0, said
        if text not in self.known:
            self.known[text] = self._best(text)
        return self.known[text]

    def _best(self, text: str) -> _Said:
        self._try()
        best = (len(_LETTER.findall(text)), _kept(text))
        for read in self._readings(text):
            best = min(best, read, key=lambda said: said[0])
            if not best[0]:
                break
        return best

    def _readings(self, text: str) -> Iterator[_Said]:
        if len(text) <= _LONGEST:
            listed = _is_list(text)
            for sentence in islice(_possible(text), _SENTENCES):
                for blanks in islice(filter(self._whole_brackets, sentence.read(text)), _READINGS):
                    filled = [self.of(blank) for blank in blanks]
                    left = sum(left for left, _ in filled)
                    if not (sentence.joins and (left or (listed and any(map(_is_list, blanks))))):
                        yield left, sentence.filled([said for _, said in filled])
        for separator, between in _SEPARATORS.items():
            if len(parts := divided(text, separator)) > 1:
                yield self._joined(parts, separator, between)
        if len(stopped := _stopped(text)) > 1:
            yield self._joined(stopped, "", " ")
        if bracketed := enclosed(text, _BRACKETS):
            before, kind, inside, after = bracketed
            opening, closing = _BRACKETS[kind]
            said = [self.of(part) for part in (before, inside, after)]
            words = [said[0][1].rstrip(), f"{opening}{said[1][1]}{closing}", said[2][1].lstrip()]
            yield sum(left for left, _ in said), " ".join(filter(None, words))

    def _joined(self, parts: list[str], separator: str, between: str) -> _Said:
        """Between two parts that both stay Japanese stands what stood there."""
        said = [self.of(part) for part in parts]
        stays = [each[1] == _kept(part) for each, part in zip(said, parts, strict=True)]
        marks = [_kept(separator) if all(both) else between for both in pairwise(stays)]
        text = "".join(each + mark for (_, each), mark in zip(said, [*marks, ""], strict=True))
        return sum(left for left, _ in said), text

    def _whole_brackets(self, blanks: tuple[str, ...]) -> bool:
        self._try()
        return all(map(balanced, blanks))

    def _try(self) -> None:
        self.tried += 1
        if self.tried > _TRIED:
            raise EndlessError


def _is_list(text: str) -> bool:
    """Is it several that were put together? What a particle joins are two of one."""
    return len(divided(text, "、")) > 1


def _stopped(text: str) -> list[str]:
    """Its sentences, each with its full stop."""
    *sentences, rest = divided(text, _STOP)
    return [*(sentence + _STOP for sentence in sentences), *([rest] if rest else [])]


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


def _kept(text: str) -> str:
    """Marked as what stays Japanese, which nothing alters."""
    return f"{_KEEP}{text}{_KEPT_SO_FAR}" if text else ""


def _marks(text: str) -> str:
    """Marks of Japanese that are left between what was put together."""
    kept = _AS_IT_IS.findall(text)
    text = _AS_IT_IS.sub(_KEEP, text)
    text = _CLOSING.sub(") ", _OPENING.sub(" (", text)).replace("）", ")")
    text = _LOOSE.sub("", text.translate(_MARKS)).replace("..", ".")
    first, *following = text.split(_KEEP)
    return first + "".join(as_it_was + more for as_it_was, more in zip(kept, following, strict=True))
