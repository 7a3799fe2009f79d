"""Requests about records, and what they are answered."""

from typing import Any

from tests.model.bodies import errors, record, refused
from tests.model.histories import Told

STALE, NOBODY = "VERSION_STALE", "SUBJECT_UNKNOWN"
RECORD, BULK, DELETION = "/v1/records", "/v1/records/bulk", "/v1/records/deletion"


def told_of_one() -> Told:
    told = Told()
    told.register("a")
    return told


def put(told: Told, body: object, code: str | None = None, **other: Any) -> None:
    answer, status = (refused(code), 409) if code else ({}, 200)
    told.call("PUT", RECORD, body, **{"status": status, "answer": answer, **other})


def bulk(told: Told, bodies: list[Any], *rows: tuple[int, str], **other: Any) -> None:
    answer = errors(*rows, total=len(bodies))
    told.call("POST", BULK, {"records": bodies}, **{"answer": answer, **other})


def delete(told: Told, code: str | None = None, **other: Any) -> None:
    body = {
        name: value for name, value in record(**other).items() if name in {"local_id", "information", "key"}
    }
    told.call("POST", DELETION, body, status=404 if code else 200, answer=refused(code) if code else {})
