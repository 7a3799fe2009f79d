"""TOML that users write for load: read, or refused in one sentence."""

import math
import tomllib
from pathlib import Path
from typing import Any


def text_of(path: Path, refused: type[ValueError]) -> str:
    """A file, UTF-8. Raises `refused`."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise refused(f"{path}: 読めない（{error.strerror}）。") from error
    except UnicodeDecodeError as error:
        raise refused(f"{path}: UTF-8 ではない。") from error


def parsed(text: str, name: str, refused: type[ValueError]) -> dict[str, Any]:
    """A TOML text. Raises `refused`."""
    try:
        return tomllib.loads(text, parse_float=_number)
    except tomllib.TOMLDecodeError as error:
        raise refused(f"{name}: TOML として読めない（{error}）。") from error
    except ValueError as error:
        raise refused(f"{name}: {error}") from error


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} は数ではない。")
    return number
