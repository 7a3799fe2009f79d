"""Brackets of Japanese: what stands in them belongs together."""

from collections.abc import Container
from typing import Final

_PAIRS: Final = {"「": "」", "（": "）", "［": "］", "『": "』"}
_CLOSING: Final = frozenset(_PAIRS.values())


def balanced(text: str) -> bool:
    """Is each closed that is opened, in the order of opening?"""
    awaited: list[str] = []
    for character in text:
        if character in _PAIRS:
            awaited.append(_PAIRS[character])
        elif character in _CLOSING and (not awaited or awaited.pop() != character):
            return False
    return not awaited


def divided(text: str, separator: str) -> list[str]:
    """The parts between separators that stand outside of all brackets."""
    parts = [""]
    for piece in _with(text.split(separator), separator):
        if parts[-1] and not balanced(parts[-1]):
            parts[-1] += piece
        elif piece == separator:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def enclosed(text: str, kinds: Container[str]) -> tuple[str, str, str, str] | None:
    """The first brackets of one of these kinds: what is before, which they are, what is inside, what comes after. None where there are
    none that are closed."""
    for at, character in enumerate(text):
        if character in _PAIRS and character in kinds:
            for end in range(at + 1, len(text)):
                if text[end] == _PAIRS[character] and balanced(text[at + 1 : end]):
                    return text[:at], character, text[at + 1 : end], text[end + 1 :]
    return None


def _with(pieces: list[str], separator: str) -> list[str]:
    found = [pieces[0]]
    for piece in pieces[1:]:
        found += [separator, piece]
    return found
