"""Each thing that changes something, as many times at once as a gateway takes requests, on different residents and by different
staff; and the same message twice at once (guide §2 HTTP, §3)."""

from collections.abc import Mapping
from typing import Any

from harness.contract.items import informations
from harness.gateways.south import Request
from harness.stimuli.holdings import record
from harness.stimuli.partners import partner_holds
from harness.stimuli.south_requests import enquiry, notice
from harness.stimuli.stage import AT_ONCE, Stage


def at_once(stage: Stage) -> None:
    """What is mixed up shows in what is read afterwards."""
    asks = [c for c in stage.citations(asks=True) if c.information in informations()]
    provides = stage.citations(asks=False)
    residents = stage.registered(2 * AT_ONCE)
    rows = [record(stage, r, informations()[stage.draw.choice(provides).information]) for r in residents]
    stage.at_once([Request("PUT", "/v1/records", "business", row) for row in rows])
    for resident, row in zip(residents, rows, strict=True):
        citation = next(c for c in provides if c.information == row["information"])
        stage.enquired(resident, citation, key=row["key"])
        stage.read[resident.ref] += 1
    said = []
    for submitted in ("/v1/enquiries", "/v1/notices"):
        requests = []
        for number, resident in enumerate(residents[:AT_ONCE]):
            citation = stage.draw.choice(asks)
            partner_holds(stage, resident, citation, {})
            body: Mapping[str, Any] = (
                enquiry(citation, resident.local_id, mode="オンライン")
                if submitted == "/v1/enquiries"
                else notice(citation, resident.local_id)
            )
            requests.append(Request("POST", submitted, "business", body, stage.staff(citation.role, number)))
        said += stage.at_once(requests)
    sessions = stage.at_once(
        [
            Request("POST", "/v1/portal-sessions", "business", {"local_id": r.local_id})
            for r in residents[:AT_ONCE]
        ]
    )
    looks = []
    for reply, row in zip(sessions, rows, strict=False):
        session = reply.body.get("session") if isinstance(reply.body, dict) else None
        place = {name: row[name] for name in ("local_id", "information", "key")}
        headers = {"X-Portal-Session": session if isinstance(session, str) else "none"}
        looks.append(Request("POST", "/v1/own-information", "business", place, headers=headers))
    stage.at_once(looks)
    stage.pause(1.0)
    ids = [r.body.get("enquiry_id") for r in said if isinstance(r.body, dict)]
    stage.at_once(
        [Request("GET", f"/v1/enquiries/{id_}/result", "business") for id_ in ids if isinstance(id_, str)]
    )
    for resident, row in zip(residents[:8], rows, strict=False):
        citation = next(c for c in provides if c.information == row["information"])
        stage.enquired(resident, citation, key=row["key"], alteration="twice-at-once")
        stage.enquired(resident, citation, key=row["key"], alteration="replayed")
