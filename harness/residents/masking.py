"""Tokens in place of what identifies residents: the same text gives the same token, and only who can make the
residents anew, from the seed of the run, can turn it back."""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from typing import Any

from harness.residents.identifying import identifying
from harness.residents.people import Person

_OPEN, _CLOSE = "⟦", "⟧"
_DIGITS = 12  # of the token, hexadecimal: 281 trillion for some 20,000 texts of a run


def token(kind: str, text: str, seed: int) -> str:
    """What stands in place of a text."""
    digest = hmac.new(str(seed).encode(), f"{kind}\0{text}".encode("utf-8", "surrogatepass"), hashlib.sha256)
    return f"{_OPEN}{kind} {digest.hexdigest()[:_DIGITS]}{_CLOSE}"


def tokens_of(people: Iterable[Person], seed: int) -> dict[str, str]:
    """Token → text, of everything that identifies these people."""
    return {token(kind, text, seed): text for p in people for kind, text in identifying(p).items()}


def revealed(value: Any, texts: dict[str, str]) -> Any:
    """A JSON value with the texts of known tokens back in their places."""
    return mapped(value, lambda text: _reveal(text, texts) if _OPEN in text else text)


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    """A JSON value with every text of it changed, names of members included."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [mapped(one, change) for one in value]
    if isinstance(value, dict):
        return {change(name): mapped(one, change) for name, one in value.items()}
    return value


def _reveal(text: str, texts: dict[str, str]) -> str:
    for token_, plain in texts.items():
        if token_ in text:
            text = text.replace(token_, plain)
    return text
