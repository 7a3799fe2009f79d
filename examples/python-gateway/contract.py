"""The published files of the contract. A project of its own would keep a copy of them; this one reads those of renkei."""

import json
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from jsonschema_rs import Draft202012Validator, Registry

PUBLISHED = files("harness.contract").joinpath("published")
TABLE = "2015-09-09"


def document(name: str) -> Any:
    """One of the JSON files."""
    return json.loads(PUBLISHED.joinpath(name).read_text(encoding="utf-8"))


REFUSALS, ROLES, ITEMS = document("refusals.json"), document("roles.json"), document("items.json")
ROWS = document("legal_basis.json")[TABLE]
_SCHEMAS = {
    f.name: json.loads(f.read_text(encoding="utf-8")) for f in PUBLISHED.joinpath("schemas").iterdir()
}
_REGISTRY = Registry([(schema["$id"], schema) for schema in _SCHEMAS.values()])
_VALIDATORS = {
    name.removesuffix(".schema.json"): Draft202012Validator(schema, registry=_REGISTRY, validate_formats=True)
    for name, schema in _SCHEMAS.items()
}


def meets(schema: str, value: Any) -> bool:
    """Does a value meet a schema?"""
    return _VALIDATORS[schema].is_valid(value)


def may_cite(role: str, affair: str) -> bool:
    """May this role cite this affair?"""
    return affair in ROLES.get(role, {}).get("affairs", ())


def is_lawful(header: dict[str, Any], requester_kind: str, provider_kind: str) -> bool:
    """Does a row of the table allow the enquiry?"""
    return header["basis"]["table"] == TABLE and any(
        row["item"] == header["basis"]["item"]
        and row["affair"] == header["affair"]
        and header["information"] in row["information"]
        and requester_kind in row["requester_kinds"]
        and provider_kind in row["provider_kinds"]
        for row in ROWS
    )


def needed(information: str, affair: str) -> set[str]:
    """The items that an affair may be given (必要最小限)."""
    return {item["name"] for item in ITEMS[information]["items"] if affair in item["used_by"]}


def refusal(code: str) -> dict[str, str]:
    """The error object of a code."""
    return {"code": code, "phase": REFUSALS[code]["phase"], "reason": REFUSALS[code]["ja"]}


def now() -> str:
    """This moment."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def is_past(moment: str) -> bool:
    """Is it over?"""
    return datetime.fromisoformat(moment) <= datetime.now(UTC)
