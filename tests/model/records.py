"""Entries of a north face, as the network keeps them."""

from typing import Any

from harness.contract.messages import new_id

OWN, PARTNER, OTHER = "221007", "401307", "131016"


def delivered(kind: str = "照会依頼", status: int | None = 202, **other: Any) -> Any:
    """What a partner sent and the gateway answered; `other` overrides fields of the header."""
    id_ = new_id()
    header = {"kind": kind, "message_id": id_, "correlation_id": id_, "from": PARTNER, "to": OWN, **other}
    error = {"code": "EXPIRED"} if status and status >= 400 else None
    return _exchange("to_gateway", header, status, error)


def sent(asked: Any, kind: str = "照会応答", status: int = 202, **other: Any) -> Any:
    """What the gateway sent for it."""
    header = asked["header"]
    answer = {"correlation_id": header["correlation_id"], "from": OWN, "to": header["from"]}
    error = {"code": "UNDELIVERED"} if status >= 400 else None
    return _exchange("from_gateway", {"kind": kind, "message_id": new_id(), **answer, **other}, status, error)


def _exchange(direction: str, header: dict[str, Any], status: int | None, error: Any) -> Any:
    about = {"type": "exchange", "face": "north", "seq": 1, "at": "2026-11-28T12:00:00.000Z", "token": ""}
    return {
        **about,
        "direction": direction,
        "header": header,
        "person": "p",
        "status": status,
        "error": error,
        "problem": None,
        "content": None,
        "alteration": None,
        "text": "",
        "seconds": 0.0,
    }
