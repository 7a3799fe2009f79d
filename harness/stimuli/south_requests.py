"""Every request of the south face (guide §2) once, proper but about nobody: what a table varies starts from these."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from harness.contract.messages import new_id
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.stage import Resident, Stage


def enquiry(citation: Citation, local_id: str, **members: object) -> dict[str, Any]:
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


def notice(citation: Citation, local_id: str, **members: object) -> dict[str, Any]:
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
    local_id, staff, id_ = resident.local_id, stage.staff(citation.role), new_id()
    place = {"local_id": local_id, "information": citation.information, "key": {}}
    record = {**place, "items": {}}
    row = enquiry(citation, local_id)
    online = {**row, "mode": "オンライン"}
    yield Proper("PUT /v1/subjects", stage.registration(resident))
    yield Proper("PUT /v1/records", Request("PUT", "/v1/records", "business", record))
    yield Proper(
        "POST /v1/records/bulk", Request("POST", "/v1/records/bulk", "business", {"records": [record]})
    )
    yield Proper("POST /v1/records/deletion", Request("POST", "/v1/records/deletion", "business", place))
    yield Proper(
        "POST /v1/imports",
        Request("POST", "/v1/imports", "business", {"information": "住民票関係情報", "file": ""}),
    )
    handling = {"scope": "subject", "key": local_id, "mode": "自動", "reason": "試験"}
    yield Proper("PUT /v1/handling", Request("PUT", "/v1/handling", "staff", handling, staff), acts=True)
    yield Proper("POST /v1/enquiries", Request("POST", "/v1/enquiries", "business", online, staff), acts=True)
    yield Proper("GET /v1/enquiries/{id}", Request("GET", f"/v1/enquiries/{id_}", "business"))
    yield Proper("GET /v1/enquiries/{id}/result", Request("GET", f"/v1/enquiries/{id_}/result", "business"))
    yield Proper(
        "POST /v1/batches", Request("POST", "/v1/batches", "business", {"rows": [row]}, staff), acts=True
    )
    yield Proper("GET /v1/batches/{id}", Request("GET", f"/v1/batches/{id_}", "business"))
    yield Proper(
        "POST /v1/batches/{id}/resend",
        Request("POST", f"/v1/batches/{id_}/resend", "business", {}, staff),
        acts=True,
    )
    yield Proper(
        "POST /v1/notices",
        Request("POST", "/v1/notices", "business", notice(citation, local_id), staff),
        acts=True,
    )
    yield Proper("GET /v1/notices", Request("GET", f"/v1/notices?correlation_id={id_}", "business"))
    yield Proper("GET /v1/notices/{id}", Request("GET", f"/v1/notices/{id_}", "business"))
    yield Proper(
        "POST /v1/portal-sessions", Request("POST", "/v1/portal-sessions", "business", {"local_id": local_id})
    )
    session = {"X-Portal-Session": id_}
    own = Request("POST", "/v1/own-information", "business", place, headers=session)
    yield Proper("POST /v1/own-information", own)
    yield Proper("GET /v1/pending", Request("GET", "/v1/pending", "staff", None, staff), acts=True)
    approval = f"/v1/pending/{id_}/approval"
    yield Proper("POST /v1/pending/{id}/approval", Request("POST", approval, "staff", {}, staff), acts=True)
    refusal = Request("POST", f"/v1/pending/{id_}/refusal", "staff", {"reason": "試験"}, staff)
    yield Proper("POST /v1/pending/{id}/refusal", refusal, acts=True)
    for log in ("access", "audit", "business"):
        yield Proper(f"GET /v1/logs/{log}", Request("GET", f"/v1/logs/{log}?correlation_id={id_}", "audit"))


def by(proper: Proper, caller: str) -> Request:
    """With somebody else's token."""
    return replace(proper.request, caller=caller)
