"""Each thing that changes something, as many times at once as a gateway takes requests, on different residents and by different
staff; and the same message twice at once (guide §2 HTTP, §3)."""

from collections.abc import Sequence

from harness.contract.items import informations
from harness.gateways.exchange import Reply
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.holdings import Record, record
from harness.stimuli.partners import partner_holds
from harness.stimuli.sessions import look
from harness.stimuli.south_requests import enquiry, notice, told
from harness.stimuli.stage import AT_ONCE, Resident, Stage


def at_once(stage: Stage) -> None:
    """What is mixed up shows in what is read afterwards."""
    provides = stage.citations(asks=False)
    residents = stage.registered(2 * AT_ONCE)
    rows = [record(stage, r, informations()[stage.draw.choice(provides).information]) for r in residents]
    stage.at_once([Request("PUT", "/v1/records", "business", row) for row in rows])
    for resident, row in zip(residents, rows, strict=True):
        stage.enquired(resident, _citing(provides, row), key=row["key"])
    said = [*_submitted(stage, residents, "/v1/enquiries"), *_submitted(stage, residents, "/v1/notices")]
    _looked_at(stage, residents, rows)
    stage.pause(1.0)
    ids = [told(reply.body, "enquiry_id") for reply in said]
    results = [f"/v1/enquiries/{id_}/result" for id_ in ids if id_]
    stage.at_once([Request("GET", path, "business") for path in results])
    for resident, row in zip(residents[:8], rows, strict=False):
        for alteration in ("twice-at-once", "replayed"):
            stage.enquired(resident, _citing(provides, row), key=row["key"], alteration=alteration)


def _citing(provides: Sequence[Citation], row: Record) -> Citation:
    return next(citation for citation in provides if citation.information == row["information"])


def _submitted(stage: Stage, residents: Sequence[Resident], path: str) -> list[Reply]:
    """Each by somebody else of the staff."""
    asks = [c for c in stage.citations(asks=True) if c.information in informations()]
    requests = []
    for number, resident in enumerate(residents[:AT_ONCE]):
        citation = stage.draw.choice(asks)
        partner_holds(stage, resident, citation, {})
        online = enquiry(citation, resident.local_id, mode="オンライン")
        body = notice(citation, resident.local_id) if path == "/v1/notices" else online
        requests.append(Request("POST", path, "business", body, stage.staff(citation.role, number)))
    return stage.at_once(requests)


def _looked_at(stage: Stage, residents: Sequence[Resident], rows: Sequence[Record]) -> None:
    """On the portal, each by the resident alone."""
    logins = [{"local_id": resident.local_id} for resident in residents[:AT_ONCE]]
    opened = stage.at_once([Request("POST", "/v1/portal-sessions", "business", login) for login in logins])
    sessions = [told(reply.body, "session") or "none" for reply in opened]
    looks = [look(session, row) for session, row in zip(sessions, rows, strict=False)]
    stage.at_once(looks)
