"""Schemas of contract 2 where they differ: those of contract 1 with what the rows of changes.toml add."""

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from harness.contract.schemas import Schema, document

_FRACTION: Final = r"(\.[0-9]{1,9})?"
_MOST_FILES: Final = 1_000  # of one set (own)
_GREATEST: Final = 2**53 - 1  # an integer of the contract
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


def _file_set(schema: Schema) -> None:
    """That a file is one of several, how many they are, and how many lines it has."""
    most = {"minimum": 1, "maximum": _MOST_FILES}
    id_ = "組の識別。同じ組のファイルに共通 / Id of the set, the same for all of its files"
    number, of = "何番目のファイルか / Which file of the set", "組のファイルの数 / How many files the set has"
    lines = "このファイルの行数 / Lines of this file"
    schema["properties"]["set"] = {
        "description": "幾つかに分けたファイルの一つであること / That the file is one of several",
        "type": "object",
        "properties": {
            "id": {"description": id_, "type": "string", "pattern": "^[0-9A-Za-z_-]{1,64}$"},
            "number": {"description": number, "type": "integer", **most},
            "of": {"description": of, "type": "integer", **most},
            "lines": {"description": lines, "type": "integer", "minimum": 0, "maximum": _GREATEST},
        },
        "required": ["id", "number", "of", "lines"],
        "additionalProperties": False,
    }


def _missing_files(schema: Schema) -> None:
    schema["properties"]["missing"] = {
        "description": "組のうち、まだ取り込んでいないファイルの番号。昇順。`set` のある要求への応答だけにある / "
        "Files of the set that are not there yet, in order; only where the request has `set`",
        "type": "array",
        "items": {"type": "integer", "minimum": 1, "maximum": _MOST_FILES},
    }


_CHANGES: Final[Mapping[str, Callable[[Schema], None]]] = {
    "health": _health,
    "enquiry-status": _status_error,
    "enquiry-result": _no_empty_reasons,
    "content": _no_empty_reasons,
    "access-log": _access_log,
    "audit-log": _log_moments,
    "import": _file_set,
    "import-result": _missing_files,
}
