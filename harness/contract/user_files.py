"""Files that users write: TOML, and lists of names. Read, or refused in one sentence."""

import math
import tomllib
from datetime import date
from pathlib import Path

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def text_of(path: Path, refused: type[Exception]) -> str:
    """A file in UTF-8, with or without the BOM that Windows puts before it. Raises `refused`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise refused(f"{path}: 読めない（{error.strerror}）。") from error
    except UnicodeDecodeError as error:
        raise refused(f"{path}: {_not_utf_8(_looks_like(path.read_bytes()))}") from error
    if "\0" in text:
        raise refused(f"{path}: {_not_utf_8('UTF-16')}")
    return text


def parsed(text: str, name: str, refused: type[Exception]) -> dict[str, object]:
    """A TOML text. Raises `refused`."""
    try:
        return tomllib.loads(text, parse_float=_number)
    except tomllib.TOMLDecodeError as error:
        raise refused(_no_toml(name, str(error))) from error
    except ValueError as error:
        raise refused(f"{name}: {error}") from error
    except RecursionError as error:
        raise refused(_no_toml(name, "入れ子が深すぎる")) from error


def with_days_as_texts(value: object) -> object:
    """The same with the days and moments that TOML has written as JSON would, for a schema to look at."""
    if isinstance(value, dict):
        return {name: with_days_as_texts(member) for name, member in value.items()}
    if isinstance(value, list):
        return [with_days_as_texts(member) for member in value]
    return value.isoformat() if isinstance(value, date) else value


def names_in(text: str) -> frozenset[str]:
    """The names of a list, one a line; blank lines and those that begin with # are none."""
    lines = (line.strip() for line in text.split("\n"))
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _no_toml(name: str, why: str) -> str:
    return f"{name}: TOML として読めない（{why}）。"


def _not_utf_8(observed: str) -> str:
    return f"文字コードが UTF-8 ではない（{observed} と見られる）。UTF-8 で保存し直す。"


def _looks_like(content: bytes) -> str:
    if content.startswith(_UTF_16) or b"\0" in content:
        return "UTF-16"
    try:
        content.decode("cp932")
    except UnicodeDecodeError:
        return "ほかの文字コード"
    return "CP932（Shift_JIS）"


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} は数ではない。")
    return number
