"""A line of the journal is valid JSON in valid UTF-8, whatever a gateway says, and gives back what was said.

Python reads numbers that JSON does not know (NaN, Infinity) and halves of surrogate pairs, and a gateway may send them.
`␛` (U+241B) stands before what JSON cannot carry: `"␛NaN"`, `"␛Infinity"`, `"␛-Infinity"` in place of the number, `␛d800`
in place of the half, `␛␛` in place of itself. It works on the text of a line, and so at any depth of nesting."""

import json
import re
from collections.abc import Mapping

MARK = "␛"
_NUMBERS = ("NaN", "Infinity", "-Infinity")
_PART = re.compile(r'"(?:[^"\\]|\\.)*"|-?Infinity|NaN', re.DOTALL)
_WILD = re.compile(r"[␛\ud800-\udfff]")
_TAMED = re.compile(r"␛(?:␛|(d[89a-f][0-9a-f]{2}))")
_UNUSUAL = re.compile(r"[␛\ud800-\udfff]|NaN|Infinity")


class DamagedLineError(ValueError):
    """A line that is no entry: no JSON, no object, or nested too deeply to be read."""


def to_line(entry: Mapping[str, object]) -> bytes:
    """One line, with its line feed."""
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    if _UNUSUAL.search(text):
        text = _PART.sub(_carried, text)
    return text.encode() + b"\n"


def from_line(line: bytes) -> dict[str, object]:
    """The entry. Raises DamagedLineError. Lines of before, with halves of pairs and NaN in them, are read as well."""
    try:
        text = line.decode("utf-8", "surrogatepass")
        entry = json.loads(_PART.sub(_meant, text) if MARK in text else text)
    except (ValueError, RecursionError) as error:
        raise DamagedLineError(type(error).__name__) from error
    if not isinstance(entry, dict):
        raise DamagedLineError("オブジェクトではない")
    return entry


def must_be_plain(line: bytes) -> None:
    """Raises DamagedLineError for a line that `to_line` would not have written, as with NaN or a member twice."""
    try:
        same = to_line(from_line(line)) == line
    except RecursionError as error:
        raise DamagedLineError("入れ子が深すぎる") from error
    if not same:
        raise DamagedLineError("記録の綴りではない")


def _carried(found: re.Match[str]) -> str:
    part = found[0]
    return _WILD.sub(_marked, part) if part[0] == '"' else f'"{MARK}{part}"'


def _marked(found: re.Match[str]) -> str:
    return MARK * 2 if found[0] == MARK else f"{MARK}{ord(found[0]):x}"


def _meant(found: re.Match[str]) -> str:
    part = found[0]
    if part[1:2] == MARK and part[2:-1] in _NUMBERS:
        return part[2:-1]
    return _TAMED.sub(lambda tamed: chr(int(tamed[1], 16)) if tamed[1] else MARK, part)
