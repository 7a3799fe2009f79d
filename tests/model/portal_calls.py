"""What the residents' portal asks, and what it is answered."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from tests.model.bodies import TAX, YEAR, record, refused
from tests.model.histories import Told

INVALID, OTHER, NOT_FOUND = "PORTAL_SESSION_INVALID", "NOT_THE_SUBJECT", "NOT_FOUND"
_STATUS = {INVALID: 401, OTHER: 403, NOT_FOUND: 404}
NAMES = tuple(f"{letter * 32}" for letter in "ABCDEF")
ITEMS = {"年税額": 1000, "扶養親族数": 0, "本人障害区分": "1", "総所得額": None, "外の項目": "x"}
SHOWN = {name: value for name, value in ITEMS.items() if name != "外の項目"}


def told_of_two() -> Told:
    """Two residents with a record each of the same year."""
    told = Told()
    for local_id, items in (("a", ITEMS), ("b", {"年税額": 2000})):
        told.register(local_id)
        put(told, local_id, items)
    return told


def put(told: Told, local_id: str, items: Mapping[str, object], **other: Any) -> None:
    """Registers a record of a year."""
    told.call("PUT", "/v1/records", record(local_id, items=items, **other))


def login(
    told: Told, local_id: str = "a", name: str = NAMES[0], seconds: int | None = None, **other: Any
) -> str:
    """Opens a session; `off`: by how much valid_until is wrong."""
    body = {"local_id": local_id} if seconds is None else {"local_id": local_id, "valid_seconds": seconds}
    call = {n: v for n, v in other.items() if n in {"at", "lasts", "status"}}
    opened = told.call("POST", "/v1/portal-sessions", body, **{"status": 201, **call})
    until = datetime.fromtimestamp(opened.span.end + (seconds or 600) + other.get("off", 0), UTC)
    told.exchanges[-1] = replace(opened, answer={"session": name, "valid_until": until.isoformat()})
    return name


def look_up(told: Told, session: str | None, code: str | None = None, **other: Any) -> None:
    """Looks something up: `items`, `lookup_id`, `local_id` and `information` as shown; `asks`: members of the request that differ."""
    body = {"local_id": "a", "information": TAX, "key": YEAR, **other.get("asks", {})}
    shown = {
        "lookup_id": str(uuid4()),
        "local_id": body["local_id"],
        "information": body["information"],
        "items": SHOWN,
        **{n: v for n, v in other.items() if n in {"items", "lookup_id", "local_id", "information"}},
    }
    answer = refused(code) if code else shown
    at = {n: v for n, v in other.items() if n in {"at", "lasts"}}
    told.call(
        "POST",
        "/v1/own-information",
        body,
        status=_STATUS.get(code, 401) if code else 200,
        answer=answer,
        session=session,
        **at,
    )
