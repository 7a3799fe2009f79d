"""JSON as the contract has it (guide, "JSON and text"), read from what nobody vouches for: a value, or why there is none."""

import json
import math
from typing import Any, NoReturn

DEEPEST = 64  # levels; the schemas of the contract are closed and end at 8
_BOM = "\ufeff"


class UnreadableJsonError(ValueError):
    """Why something is no JSON of the contract, in one clause that quotes nothing of it."""


def read_json(data: bytes) -> Any:
    """The value. UTF-8 without byte order mark, no name twice in an object, no number that only Python knows, no half of
    a surrogate pair, no nesting beyond what any schema allows. Raises UnreadableJsonError."""
    text = _text(data)
    try:
        value = _DECODER.decode(text)
    except RecursionError as error:
        raise UnreadableJsonError("入れ子が深すぎる") from error
    except UnreadableJsonError:
        raise
    except json.JSONDecodeError as error:
        raise UnreadableJsonError(f"{error.lineno} 行 {error.colno} 文字目が JSON ではない") from error
    except ValueError as error:  # an integer of more than 4,300 digits
        raise UnreadableJsonError("数が大きすぎる") from error
    if text.count("{") + text.count("[") > DEEPEST and is_deeper(value, DEEPEST):
        raise UnreadableJsonError("入れ子が深すぎる")
    if "\\u" in text:
        _must_be_text(value)
    return value


def _text(data: bytes) -> str:
    """The bytes decide, not what they look like: Python's own reader guesses UTF-16 and UTF-32."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise UnreadableJsonError("UTF-8 ではない") from error
    if text.startswith(_BOM):
        raise UnreadableJsonError("バイト順の印（BOM）で始まる")
    return text


def _object(members: list[tuple[str, Any]]) -> dict[str, object]:
    found = dict(members)
    if len(found) != len(members):
        raise UnreadableJsonError("一つのオブジェクトに同じ名前の項目が二つある")
    return found


def _no_number(_: str) -> NoReturn:
    raise UnreadableJsonError("NaN と Infinity は JSON の数ではない")


def _number(text: str) -> float:
    if math.isinf(number := float(text)):
        raise UnreadableJsonError("数が大きすぎる")
    return number


def is_deeper(value: Any, levels: int) -> bool:
    """Are there containers within so many others? Level by level: what is deep cannot be walked down by a function that calls itself."""
    level = [value]
    for _ in range(levels):
        level = [
            inner
            for container in level
            if isinstance(container, dict | list)
            for inner in (container.values() if isinstance(container, dict) else container)
        ]
    return any(isinstance(container, dict | list) for container in level)


def _must_be_text(value: Any) -> None:
    """An escape may name half of a surrogate pair, which has no UTF-8: it can be neither stored nor passed on."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise UnreadableJsonError("対にならないサロゲートを含む") from error


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number, parse_float=_number)
