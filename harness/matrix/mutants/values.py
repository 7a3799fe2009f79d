"""The nearest other values of a member: what a gateway says that gets this one thing wrong. Read from type, form and published schemas,
so that a member that is added to a schema has its mutants at once."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final

from harness.contract.messages import parse_timestamp
from harness.contract.schemas import document, schema_names

Path = tuple[str, ...]
LAST: Final = "[]"  # of a list: its last element
ANY: Final = "*"  # of a map of free names: the first one
_FREE_MAPS: Final = frozenset({"items", "key", "reasons", "detail"})
_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DIGITS: Final = re.compile(r"[0-9]{1,15}")


def members(value: Any, path: Path = (), name: str = "") -> Iterator[tuple[Path, Any]]:
    """Every member at every depth, of lists the last element, of maps of free names the first one."""
    if isinstance(value, dict):
        named = [(ANY, next(iter(value)))] if value and name in _FREE_MAPS else [(n, n) for n in value]
        for shown, key in named:
            yield (*path, shown), value[key]
            yield from members(value[key], (*path, shown), shown)
    elif isinstance(value, list) and value:
        yield from members(value[-1], (*path, LAST), LAST)


def at(value: Any, path: Path) -> Any:
    """What stands there, None where nothing does."""
    for step in path:
        if isinstance(value, list):
            value = value[-1] if value and step == LAST else None
        elif isinstance(value, dict) and value:
            value = next(iter(value.values())) if step == ANY else value.get(step)
        else:
            return None
    return value


def changed(value: Any, path: Path, new: Any, *, absent: bool = False) -> Any:
    """The same with another value at one place, or without it."""
    if not path:
        return new
    step = path[0]
    if isinstance(value, list):
        last = changed(value[-1], path[1:], new, absent=absent)
        return [*value[:-1], last]
    key = next(iter(value)) if step == ANY else step
    if len(path) == 1 and absent:
        return {k: v for k, v in value.items() if k != key}
    return {**value, key: changed(value[key], path[1:], new, absent=absent)}


def others(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Words for what changed, and the value. `name`: of the member, whose enumeration the schemas may know."""
    if value is not None:
        yield "null", None
    if isinstance(value, bool):
        yield "反対", not value
    elif isinstance(value, int):
        yield from (("一つ多い", value + 1), ("一つ少ない", value - 1), ("文字列", str(value)))
    elif isinstance(value, str):
        yield from _texts(name, value)
    elif isinstance(value, list):
        yield from _lists(value)
    elif isinstance(value, dict):
        yield "余分な項目", {**value, "x_extra": "1"}
        if value:
            yield "空", {}


def _lists(value: list[Any]) -> Iterator[tuple[str, Any]]:
    if value:
        yield from (("最後がない", value[:-1]), ("最後が二つ", [*value, value[-1]]))
    if len(value) > 1:
        yield from (("最初がない", value[1:]), ("逆順", value[::-1]), ("空", []))


def _texts(name: str, value: str) -> Iterator[tuple[str, Any]]:
    yield from (("空", ""), ("末尾に空白", f"{value} "))
    if value in (known := _enumerations().get(name, ())):
        yield "別の語", known[(known.index(value) + 1) % len(known)]
    elif _MOMENT.fullmatch(value):
        moment = parse_timestamp(value)
        yield "一秒後", _moment(moment + timedelta(seconds=1))
        yield "一分前", _moment(moment - timedelta(minutes=1))
    elif _DATE.fullmatch(value):
        yield "翌日", (date.fromisoformat(value) + timedelta(days=1)).isoformat()
    elif _DIGITS.fullmatch(value):
        yield from (("次の番号", f"{int(value) + 1:0{len(value)}}"), ("数", int(value)))
    elif value:
        yield "末尾の一字違い", value[:-1] + ("0" if value[-1] != "0" else "1")
        if len(value) > 1:
            yield "末尾の一字なし", value[:-1]


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


@cache
def _enumerations() -> Mapping[str, tuple[str, ...]]:
    """Of every member of the published schemas that has one."""
    found: dict[str, tuple[str, ...]] = {}
    for name in schema_names():
        _collect(document(name), found)
    return found


def _collect(schema: Any, found: dict[str, tuple[str, ...]]) -> None:
    if isinstance(schema, list):
        for one in schema:
            _collect(one, found)
    elif isinstance(schema, dict):
        for name, one in (schema.get("properties") or {}).items():
            if isinstance(one, dict) and "enum" in one:
                found.setdefault(name, tuple(str(v) for v in one["enum"]))
        for one in schema.values():
            _collect(one, found)
