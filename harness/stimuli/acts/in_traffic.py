"""A gateway is killed while requests and messages of every kind are on their way: what it confirmed before is done, what it did not may
be (guide §2 HTTP, §3: a 202 will be worked on)."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from harness.contract.items import informations
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.holdings import Record, record
from harness.stimuli.partners import partner_holds
from harness.stimuli.south_requests import Body, enquiry, notice, told
from harness.stimuli.stage import Resident, Stage

_LIFE: Final = 45  # seconds: longer than the act and the next one
_RECORDS: Final = 6
_OUTAGE: Final = ("UNDELIVERED",) * 3


def in_traffic(stage: Stage, restart: Callable[[], None]) -> None:
    """Everything at once, the kill last; then what became of each."""
    provides = stage.draw.choice(stage.citations(asks=False))
    residents = stage.registered(_RECORDS)
    rows = [record(stage, r, informations()[provides.information], version=1) for r in residents]
    stage.ask(Request("POST", "/v1/records/bulk", "business", {"records": rows}))
    newer = [
        {**record(stage, r, informations()[provides.information], version=2), "key": row["key"]}
        for r, row in zip(residents, rows, strict=True)
    ]
    requests = [Request("PUT", "/v1/records", "business", row) for row in newer]
    requests += list(_asked(stage))
    arriving = [_arriving(stage, r, provides, row) for r, row in zip(residents, rows, strict=True)]
    replies = stage.during([*arriving[:3], restart], requests)
    for resident, row in zip(residents, rows, strict=True):
        stage.enquired(resident, provides, key=row["key"])
    stage.at_once([look for reply in replies for look in _looks(reply.body)])


def _asked(stage: Stage) -> Iterator[Request]:
    """To partners who answer; of some the network takes the message only after a while."""
    known = [c for c in stage.citations(asks=True) if c.information in informations()]
    for number, resident in enumerate(stage.registered(6) if known else ()):
        citation = stage.draw.choice(known)
        partner_holds(stage, resident, citation, {})
        if number % 2:
            stage.control.disturb(resident.ref, answers=list(_OUTAGE))
        life: Body = {"expires_in_seconds": _LIFE}
        path, body = "/v1/enquiries", enquiry(citation, resident.local_id, mode="オンライン", **life)
        if number % 3 == 0:
            path, body = (
                "/v1/notices",
                notice(citation, resident.local_id, redeliver_after_seconds=_LIFE, **life),
            )
        yield Request("POST", path, "business", body, stage.staff(citation.role))


def _arriving(stage: Stage, resident: Resident, citation: Citation, row: Record) -> Callable[[], None]:
    def enquire() -> None:
        stage.enquired(resident, citation, key=row["key"], expires_in_seconds=_LIFE)

    return enquire


def _looks(said: Any) -> Iterator[Request]:
    for name, path in (("enquiry_id", "enquiries"), ("notice_id", "notices")):
        if id_ := told(said, name):
            yield Request("GET", f"/v1/{path}/{id_}", "business")
