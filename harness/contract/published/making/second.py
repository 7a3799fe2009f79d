"""Schemas of contract 2 where they differ: those of contract 1 with what the rows of changes.toml add."""

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from harness.contract.schemas import Schema, document

_FRACTION: Final = r"(\.[0-9]{1,9})?"
_MILLISECONDS: Final = r"\.[0-9]{3,9}"


def second() -> dict[str, Schema]:
    """By name, without ending. What they refer to stays with contract 1."""
    return {name: _changed(name, change) for name, change in _CHANGES.items()}


def _changed(name: str, change: Callable[[Schema], None]) -> Schema:
    schema: Schema = copy.deepcopy(document(name))
    schema["$id"] = schema["$id"].replace("/v1/", "/v2/")
    for node in _nodes(schema):
        if str(node.get("$ref", "")).endswith(".schema.json"):
            node["$ref"] = f"../v1/{node['$ref']}"
    change(schema)
    return schema


def _nodes(node: Any) -> Iterator[Schema]:
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _nodes(inner)


def _status_error(schema: Schema) -> None:
    schema["required"] = [*schema["required"], "error"]


def _no_empty_reasons(schema: Schema) -> None:
    for node in _nodes(schema):
        if "reasons" in node.get("properties", {}):
            node["properties"]["reasons"]["minProperties"] = 1


def _log_moments(schema: Schema) -> None:
    moment = _entry(schema)["properties"]["recorded_at"]
    moment["pattern"] = moment["pattern"].replace(_FRACTION, _MILLISECONDS)


def _access_log(schema: Schema) -> None:
    _log_moments(schema)
    refused = {"properties": {"event": {"const": "拒否"}}}
    _entry(schema)["allOf"] = [{"if": refused, "then": {"properties": {"items": {"maxItems": 0}}}}]


def _entry(schema: Schema) -> Schema:
    entry: Schema = schema["properties"]["entries"]["items"]
    return entry


def _health(schema: Schema) -> None:
    schema["properties"]["contract"]["enum"] = ["2"]


_CHANGES: Final[Mapping[str, Callable[[Schema], None]]] = {
    "health": _health,
    "enquiry-status": _status_error,
    "enquiry-result": _no_empty_reasons,
    "content": _no_empty_reasons,
    "access-log": _access_log,
    "audit-log": _log_moments,
}
