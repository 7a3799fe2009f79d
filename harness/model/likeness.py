"""When two values of JSON are the same one (guide §2, JSON and text)."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeGuard

from harness.contract.messages import parse_timestamp

_OBJECTS: Final = (dict, Mapping)  # the first is nearly always what it is, and ten times as fast to tell


def same(one: object, other: object) -> bool:
    """The order of members means nothing; 1 is neither 1.0 nor true, and no text is another one."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if _is_list(one) and _is_list(other):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    return type(one) is type(other) and one == other


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list | tuple)


def in_whole_numbers(value: object) -> object:
    """The same, where 812000.0 stands for 812000, as JSON Schema has it."""
    if isinstance(value, _OBJECTS):
        return {name: in_whole_numbers(member) for name, member in value.items()}
    if _is_list(value):
        return [in_whole_numbers(member) for member in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def has_fraction(value: object) -> bool:
    """Is a number in it written as no integer is? At any depth, however deep."""
    level = [value]
    for one in level:
        if isinstance(one, float):
            return True
        if isinstance(one, _OBJECTS):
            level.extend(one.values())
        elif _is_list(one):
            level.extend(one)
    return False


def members(value: object) -> Mapping[str, object]:
    """Of an object of JSON; none of anything else."""
    return value if isinstance(value, _OBJECTS) else {}


def listed(value: object) -> Sequence[object]:
    """Of a list of JSON; none of anything else."""
    return value if isinstance(value, list | tuple) else ()


def moment(value: object) -> float | None:
    """Of RFC 3339, in seconds since 1970; None for what is no moment."""
    try:
        return parse_timestamp(value).timestamp() if isinstance(value, str) else None
    except ValueError:
        return None
