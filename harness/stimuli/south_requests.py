"""Every request of the south face (guide §2) once, proper but about nobody: what a table varies starts from these."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from harness.gateways.south import Request, Staff
from harness.stimuli.citations import Citation
from harness.stimuli.stage import Resident, Stage

Body = dict[str, Any]
_LEGIBLE: Final = re.compile(r"[!-~]{1,400}")


def told(answer: object, name: str) -> str | None:
    """An id or a session that an answer tells; None for none, and for what could stand in no path and no header."""
    text = answer.get(name) if isinstance(answer, dict) else None
    return text if isinstance(text, str) and _LEGIBLE.fullmatch(text) else None


def record_key(row: Body) -> Body:
    """Of a record: what it is known by (schema record-key)."""
    return {name: row[name] for name in ("local_id", "information", "key")}


def log_about(log: str, correlation_id: str) -> Request:
    """What a log has about one enquiry."""
    return Request("GET", f"/v1/logs/{log}?correlation_id={correlation_id}", "audit")


def enquiry(citation: Citation, local_id: str, **members: object) -> Body:
    """The body of a 照会依頼 of a バッチ; one of its own has `mode` beside (schemas batch, enquiry)."""
    return {
        "local_id": local_id,
        "to": citation.provider.code,
        "basis": dict(citation.basis),
        "affair": citation.affair,
        "information": citation.information,
        "key": {},
        **members,
    }


def notice(citation: Citation, local_id: str, **members: object) -> Body:
    """The body of a 連絡 (schema notice)."""
    about = enquiry(citation, local_id)
    return {**{name: member for name, member in about.items() if name != "key"}, "items": {}, **members}


@dataclass(frozen=True)
class Proper:
    """`name`: method and path of the guide's table; `acts`: somebody of the staff does."""

    name: str
    request: Request
    acts: bool = False


def proper_requests(stage: Stage, resident: Resident, citation: Citation) -> Iterator[Proper]:
    """In the order of the guide's table. Ids of enquiries, batches and the like are of nobody's."""
    id_ = stage.unused_id()
    yield from _kept(stage, resident, citation)
    yield from _asked(stage, resident, citation, id_)
    yield from _shown(resident, citation, id_)
    yield from _decided(stage, citation, id_)


def _kept(stage: Stage, resident: Resident, citation: Citation) -> Iterator[Proper]:
    local_id, staff = resident.local_id, stage.staff(citation.role)
    place = {"local_id": local_id, "information": citation.information, "key": {}}
    record = {**place, "items": {}}
    file = {"information": "住民票関係情報", "file": ""}
    handling = {"scope": "subject", "key": local_id, "mode": "自動", "reason": stage.words("reason")}
    yield Proper("PUT /v1/subjects", stage.registration(resident))
    yield _proper("PUT /v1/records", body=record)
    yield _proper("POST /v1/records/bulk", body={"records": [record]})
    yield _proper("POST /v1/records/deletion", body=place)
    yield _proper("POST /v1/imports", body=file)
    yield _proper("PUT /v1/handling", "staff", body=handling, staff=staff)


def _asked(stage: Stage, resident: Resident, citation: Citation, id_: str) -> Iterator[Proper]:
    staff, row = stage.staff(citation.role), enquiry(citation, resident.local_id)
    yield _proper("POST /v1/enquiries", body={**row, "mode": "オンライン"}, staff=staff)
    yield _proper("GET /v1/enquiries/{id}", id_=id_)
    yield _proper("GET /v1/enquiries/{id}/result", id_=id_)
    yield _proper("POST /v1/batches", body={"rows": [row]}, staff=staff)
    yield _proper("GET /v1/batches/{id}", id_=id_)
    yield _proper("POST /v1/batches/{id}/resend", body={}, staff=staff, id_=id_)
    yield _proper("POST /v1/notices", body=notice(citation, resident.local_id), staff=staff)
    yield Proper("GET /v1/notices", Request("GET", f"/v1/notices?correlation_id={id_}", "business"))
    yield _proper("GET /v1/notices/{id}", id_=id_)


def _shown(resident: Resident, citation: Citation, id_: str) -> Iterator[Proper]:
    place = {"local_id": resident.local_id, "information": citation.information, "key": {}}
    yield _proper("POST /v1/portal-sessions", body={"local_id": resident.local_id})
    own = _proper("POST /v1/own-information", body=place)
    yield replace(own, request=replace(own.request, headers={"X-Portal-Session": id_}))


def _decided(stage: Stage, citation: Citation, id_: str) -> Iterator[Proper]:
    staff = stage.staff(citation.role)
    yield _proper("GET /v1/pending", "staff", staff=staff)
    yield _proper("POST /v1/pending/{id}/approval", "staff", body={}, staff=staff, id_=id_)
    yield _proper(
        "POST /v1/pending/{id}/refusal", "staff", body={"reason": stage.words("reason")}, staff=staff, id_=id_
    )
    for log in ("access", "audit", "business"):
        yield Proper(f"GET /v1/logs/{log}", log_about(log, id_))


def _proper(
    name: str, caller: str = "business", *, body: object = None, staff: Staff | None = None, id_: str = ""
) -> Proper:
    method, path = name.split(" ")
    return Proper(
        name, Request(method, path.replace("{id}", id_), caller, body, staff), acts=staff is not None
    )


def by(proper: Proper, caller: str) -> Request:
    """With somebody else's token."""
    return replace(proper.request, caller=caller)
