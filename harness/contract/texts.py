"""Texts that a gateway may have written, made fit to be shown: nothing invisible, nothing without end."""

import json
import re
from collections.abc import Collection, Mapping

# C0 and C1 controls (ESC opens a terminal sequence, C1 0x9B does so alone), line and paragraph separators,
# marks that turn the writing direction, lone surrogates (no UTF-8) and U+FFFE, U+FFFF (forbidden in XML 1.0 §2.2).
# Zero-width and variation selectors stay: names are made of them.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BLANKS = re.compile(r"[ \t\r\n]+")
# By which Azure, TeamCity and (older) GitHub take orders, wherever in a line it stands.
_ORDER = re.compile(r"##(?=\[|vso\[|teamcity\[)")
_CONTROL_PICTURES = 0x2400
_DELETE_PICTURE = "\u2421"
_REPLACEMENT = "\ufffd"
ELLIPSIS = "…"


def visible(text: str) -> str:
    """The same text with every character that could act instead of being read replaced: C0 and DEL by their
    control pictures, others by U+FFFD. Line feed and tab stay. Fit for XML 1.0 and UTF-8."""
    return _UNFIT.sub(_picture, text)


def one_line(text: str, limit: int) -> str:
    """At most `limit` characters on one line, blanks collapsed. U+3000 is not a blank here: names have it."""
    return visible(_BLANKS.sub(" ", bounded(text, limit)).strip())


def bounded(text: str, limit: int) -> str:
    """At most `limit` characters. What is left out is the middle: an answer shows what it is at its start, an
    error says why at its end."""
    if len(text) <= limit:
        return text
    tail = limit // 4
    return text[: limit - tail - 1] + ELLIPSIS + text[len(text) - tail :]


def without_orders(text: str) -> str:
    """The same with nothing in it that a build server, which reads along, would take for an order within a line."""
    return _ORDER.sub("＃#", text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return _DELETE_PICTURE if code == 0x7F else _REPLACEMENT


def told(value: object) -> str:
    """A value as a reader who knows no Python is told it: lists with 、, what is not there as なし."""
    if value is None or value == "" or (isinstance(value, Collection) and not value):
        return "なし"
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, Mapping):
        return "、".join(f"{name}: {_inner(member)}" for name, member in value.items())
    if isinstance(value, Collection) and not isinstance(value, str | bytes):
        return "、".join(_inner(member) for member in value)
    return str(value)


def in_json(value: object) -> str:
    """A value as it travels: a text stays apart from a number."""
    return json.dumps(value, ensure_ascii=False)


def _inner(value: object) -> str:
    nested = isinstance(value, Collection) and not isinstance(value, str | bytes) and len(value) > 1
    return f"（{told(value)}）" if nested else told(value)
