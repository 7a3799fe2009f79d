"""Which members of a request stand at a bound of their published schema: where a gateway that is off by one says something else."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from harness.contract.schemas import document

_LENGTHS: Final = re.compile(r"\^\[[^\]]+\]\{(\d+),(\d+)\}\$")  # of a text whose pattern says how long it is
_LEAST, _MOST = "最も小さい", "最も大きい"
_BY_TYPE: Final[Mapping[type, tuple[str, str]]] = {
    str: ("minLength", "maxLength"),
    int: ("minimum", "maximum"),
    list: ("minItems", "maxItems"),
    dict: ("minProperties", "maxProperties"),
}


def limits(schema: str, value: object) -> Iterator[tuple[str, str]]:
    """Member and bound, at every depth; of free names the member that has them."""
    yield from _limits(document(schema), document(schema), value, "")


def _limits(root: Any, schema: Any, value: object, name: str) -> Iterator[tuple[str, str]]:
    root, schema = _resolved(root, schema)
    if not isinstance(schema, dict):
        return
    for bound, limit in _bounds(schema, value):
        if limit == _size(value):
            yield name or "全体", bound
    for part in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from _limits(root, part, value, name)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        for member, inner in value.items():
            below = known.get(member, schema.get("additionalProperties"))
            yield from _limits(root, below, inner, member if member in known else name)
        for member in value:
            yield from _limits(root, schema.get("propertyNames"), member, f"{name} の名")
    elif isinstance(value, list):
        for inner in value:
            yield from _limits(root, schema.get("items"), inner, name)


def _resolved(root: Any, schema: Any) -> tuple[Any, Any]:
    """A reference is to a part of the same document, or to another one by its name."""
    while isinstance(schema, dict) and "$ref" in schema:
        place, _, within = schema["$ref"].partition("#")
        if place:
            root = document(place.rpartition("/")[2].removesuffix(".schema.json"))
        schema = root
        for step in within.strip("/").split("/") if within else ():
            schema = schema[step]
    return root, schema


def _bounds(schema: Mapping[str, Any], value: object) -> Iterator[tuple[str, int]]:
    least, most = _BY_TYPE.get(type(value), ("", ""))
    if least in schema:
        yield _LEAST, schema[least]
    if most in schema:
        yield _MOST, schema[most]
    lengths = _LENGTHS.fullmatch(schema.get("pattern", "")) if isinstance(value, str) else None
    if lengths:
        yield from zip((_LEAST, _MOST), map(int, lengths.groups()), strict=True)


def _size(value: object) -> object:
    return len(value) if isinstance(value, str | list | dict) else value
