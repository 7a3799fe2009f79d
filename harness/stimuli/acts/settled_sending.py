"""What contract 2 decides of sending and of the directory (guide §12): odd 202s, refusals of an unknown code, rows that wait, further keys of
the network, a directory that lacks something."""

from collections.abc import Callable
from typing import Final

from harness.contract.items import informations
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.faults import Recipe, of_nobodys_key
from harness.stimuli.holdings import record
from harness.stimuli.partners import ANEW_SECONDS, NOBODY, partner_holds
from harness.stimuli.south_requests import Body, enquiry, notice, told
from harness.stimuli.stage import Resident, Stage

_SILENT: Final = ("silent",)
_ODD: Final = ("other-202", "empty-202", "unknown-code")
_LIFE: Final = 30  # seconds
_BRIEF: Final = 2  # seconds: over before its turn comes
_AWAY: Final = ("UNDELIVERED",) * 7  # about ten seconds
# Wherever a gateway is in its own round of asking for the directory, one of these moments does not come just after it.
_LATER: Final = (4.0, 4.0, 4.0, 4.0)
_STATES: Final = ("next", "former", "expired", "revoked")


def settled_sending(stage: Stage, _: Callable[[], None]) -> None:
    """What needs its time is begun first."""
    asks, provides = stage.citations(asks=True), stage.citations(asks=False)
    looks: list[str] = []
    if asks:
        looks += [_batch(stage, asks[0]), *_notice(stage, asks[0])]
        looks += [path for odd in _ODD for path in _asked(stage, asks[0], odd)]
    for odd in (*_SILENT, *_ODD) if provides else ():
        _provided(stage, provides[0], odd)
    for seconds in _LATER:
        stage.pause(seconds)
        if provides:
            _enquired(stage, provides[0], stage.registered(1)[0], of_nobodys_key("inner"))
    stage.at_once([Request("GET", path, "business") for path in looks if path])
    if provides and asks:
        _directories(stage, provides, asks)


def _batch(stage: Stage, citation: Citation) -> str:
    """A row that is held up, and one behind it that does not live so long."""
    first, second = stage.registered(2)
    stage.control.disturb(first.ref, answers=list(_AWAY))
    rows = [
        enquiry(citation, resident.local_id, expires_in_seconds=life)
        for resident, life in ((first, _LIFE), (second, _BRIEF))
    ]
    said = stage.ask(Request("POST", "/v1/batches", "business", {"rows": rows}, stage.staff(citation.role)))
    id_ = told(said.body, "batch_id")
    return f"/v1/batches/{id_}" if id_ else ""


def _notice(stage: Stage, citation: Citation) -> list[str]:
    """Refused for good when it is sent once more."""
    resident = stage.registered(1)[0]
    stage.control.disturb(resident.ref, answers=["taken", "MALFORMED"])
    stage.control.set_behaviour(citation.provider.code, resident.ref, citation.information, "silent")
    body = notice(citation, resident.local_id, redeliver_after_seconds=1, expires_in_seconds=_LIFE)
    return _submitted(stage, citation, "/v1/notices", body)


def _asked(stage: Stage, citation: Citation, odd: str) -> list[str]:
    """An enquiry and a 連絡, at first met by an odd answer."""
    found: list[str] = []
    for path in ("/v1/enquiries", "/v1/notices"):
        resident = stage.registered(1)[0]
        partner_holds(stage, resident, citation, {})
        stage.control.disturb(resident.ref, answers=[odd])
        body = enquiry(citation, resident.local_id, mode="オンライン", expires_in_seconds=_LIFE)
        if path == "/v1/notices":
            body = notice(citation, resident.local_id, expires_in_seconds=_LIFE)
        found += _submitted(stage, citation, path, body)
    return found


def _submitted(stage: Stage, citation: Citation, path: str, body: Body) -> list[str]:
    said = stage.ask(Request("POST", path, "business", body, stage.staff(citation.role))).body
    id_ = told(said, "notice_id" if path == "/v1/notices" else "enquiry_id")
    return [f"{path}/{id_}"] if id_ else []


def _provided(stage: Stage, citation: Citation, odd: str) -> None:
    """An answer, an エラー and a 受領, at first met by an odd answer."""
    held, none, informed = stage.registered(3)
    row = record(stage, held, informations()[citation.information])
    stage.ask(Request("PUT", "/v1/records", "business", row))
    for resident in (held, none, informed):
        stage.control.disturb(resident.ref, answers=[odd])
    for resident in (held, none):
        stage.enquired(resident, citation, key=row["key"], expires_in_seconds=float(_LIFE))
    about = citation.said_by(citation.requester.code, informed.ref)
    stage.control.notify({**about, "items": {}, "expires_in_seconds": float(_LIFE)})


def _directories(stage: Stage, provides: tuple[Citation, ...], asks: tuple[Citation, ...]) -> None:
    """With further keys of the network; without a version of the table; without the gateway's own organisation; as usual again."""
    resident = stage.registered(1)[0]
    _told(stage, asks[0], resident, network_keys=True)
    for state in _STATES:
        _enquired(stage, provides[0], resident, {"signer": f"network-{state}"})
    tables = sorted({c.table for c in provides if c.table[:1].isdigit()})
    _told(stage, asks[0], resident, tables=tables[:1])
    for citation in {c.table: c for c in provides}.values():
        _enquired(stage, citation, resident, {})
    for citation in {c.table: c for c in asks}.values():
        row = enquiry(citation, resident.local_id, expires_in_seconds=_LIFE)
        staff = stage.staff(citation.role)
        stage.ask(Request("POST", "/v1/enquiries", "business", {**row, "mode": "オンライン"}, staff))
        stage.ask(Request("POST", "/v1/batches", "business", {"rows": [row]}, staff))
    _told(stage, asks[0], resident, without=[stage.own.code])
    _enquired(stage, provides[0], resident, {})
    _told(stage, asks[0], resident)


def _told(stage: Stage, citation: Citation, resident: Resident, **how: object) -> None:
    """From now on, and made known by an organisation that nobody knows; until it is certain that it has been read. That the network is
    there just before and just after shows in registrations."""
    stage.control.tell_directory(**how)
    stage.pause(ANEW_SECONDS)
    body = enquiry(citation, resident.local_id, mode="オンライン", to=NOBODY)
    stage.registered(1)
    stage.ask(Request("POST", "/v1/enquiries", "business", body, stage.staff(citation.role)))
    stage.registered(1)
    stage.pause(ANEW_SECONDS)


def _enquired(stage: Stage, citation: Citation, resident: Resident, recipe: Recipe) -> None:
    stage.enquired(resident, citation, key={}, recipe=dict(recipe))
