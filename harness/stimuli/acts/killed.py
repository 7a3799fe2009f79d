"""A gateway is killed with something waiting in every state, starts again, and is asked for everything that it confirmed (guide §2
HTTP: 200, 201 and 202 mean done durably; §3: a 202 will be worked on)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from harness.contract.items import informations
from harness.gateways.south import Request
from harness.stimuli.acts.replayed import accepted, other_validity, replayed, signed_by_each
from harness.stimuli.citations import Citation
from harness.stimuli.holdings import Record, deletion, record
from harness.stimuli.partners import partner_holds
from harness.stimuli.sessions import look
from harness.stimuli.south_requests import Body, enquiry, notice, told
from harness.stimuli.stage import Resident, Stage
from harness.stimuli.waiting import approval, pending, switching

_LIFE: Final = 45.0  # seconds: longer than the act
_SOON: Final = 6  # seconds: over when the gateway is there again
_OUTAGES: Final = ("UNDELIVERED",) * 6  # as many times is something tried before it is killed, and after
_OUT: Final = ("UNDELIVERED",) * 60  # until it is killed, whenever that is


@dataclass
class _Waiting:
    """What was confirmed, by the ids that the gateway gave."""

    looks: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    sessions: list[tuple[str, Record]] = field(default_factory=list)
    arrived: list[Resident] = field(default_factory=list)

    def arrive(self, stage: Stage) -> None:
        """The network has what was tried in vain about these after all, and says so to whoever tries again (guide §4)."""
        for resident in self.arrived:
            stage.control.disturb(resident.ref, answers=["REPLAYED"])


def killed(stage: Stage, restart: Callable[[], None]) -> None:
    """The last things are confirmed in the moment before."""
    provides = stage.draw.choice(stage.citations(asks=False))
    residents = stage.registered(16)
    rows = [record(stage, r, informations()[provides.information], version=3) for r in residents]
    stage.ask(Request("POST", "/v1/records/bulk", "business", {"records": rows[:8]}))
    stage.at_once([Request("PUT", "/v1/records", "business", row) for row in rows[8:]])
    waiting = _Waiting()
    _asked(stage, waiting)
    _provided(stage, waiting, provides, residents, rows)
    _looked(stage, waiting, residents, rows)
    before = accepted(stage)
    stage.pause(0.3)
    last = [
        {**row, "items": record(stage, r, informations()[provides.information])["items"], "version": 4}
        for r, row in zip(residents, rows, strict=True)
    ]
    stage.ask(Request("POST", "/v1/records/bulk", "business", {"records": last[:4]}))
    stage.at_once([Request("PUT", "/v1/records", "business", row) for row in last[4:12]])
    stage.ask(deletion(rows[15]))
    for resident, row in zip(residents[:4], rows, strict=False):
        stage.enquired(resident, provides, key=row["key"], expires_in_seconds=_LIFE)
    other_validity(stage)
    waiting.arrive(stage)
    restart()
    replayed(stage, before)
    _again(stage, waiting, provides, residents, last)
    signed_by_each(stage, before)
    stage.control.tell_directory()


def _asked(stage: Stage, waiting: _Waiting) -> None:
    """Enquiries and 連絡: answered, waiting for an answer, about to expire, not sent yet; a batch in the middle."""
    asks = [c for c in stage.citations(asks=True) if c.information in informations()]
    if not asks:
        return
    for behaviour, answers, life in (
        ("answers", (), 45),
        ("silent", (), 45),
        ("silent", (), _SOON),
        ("answers", _OUTAGES, 45),
        ("silent", _OUT, 45),
    ):
        for path in ("/v1/enquiries", "/v1/notices"):
            resident, citation = stage.registered(1)[0], stage.draw.choice(asks)
            _partner(stage, resident, citation, behaviour, answers)
            waiting.arrived += [resident] if answers is _OUT else []
            about = {"expires_in_seconds": life}
            body = enquiry(citation, resident.local_id, mode="オンライン", **about)
            if path == "/v1/notices":
                body = notice(citation, resident.local_id, redeliver_after_seconds=4, **about)
            said = stage.ask(Request("POST", path, "business", body, stage.staff(citation.role))).body
            waiting.looks += [f"{path}/{id_}" for id_ in _ids(said, "enquiry_id", "notice_id")]
    rows: list[Body] = []
    citation = stage.draw.choice(asks)
    for behaviour, answers in (("answers", ()), ("answers", _OUTAGES), ("answers", ()), ("refuses", ())):
        resident = stage.registered(1)[0]
        _partner(stage, resident, citation, behaviour, answers)
        rows.append(enquiry(citation, resident.local_id, expires_in_seconds=45))
    said = stage.ask(
        Request("POST", "/v1/batches", "business", {"rows": rows}, stage.staff(citation.role))
    ).body
    waiting.looks += [f"/v1/batches/{id_}" for id_ in _ids(said, "batch_id")]


def _partner(
    stage: Stage, resident: Resident, citation: Citation, behaviour: str, answers: tuple[str, ...]
) -> None:
    partner_holds(stage, resident, citation, {})
    stage.control.set_behaviour(citation.provider.code, resident.ref, citation.information, behaviour)
    if answers:
        stage.control.disturb(resident.ref, answers=list(answers))


def _provided(
    stage: Stage, waiting: _Waiting, provides: Citation, residents: list[Resident], rows: list[Record]
) -> None:
    """Enquiries that were answered, whose answer is not out yet, and that wait for staff."""
    staff = stage.staff(provides.owner)
    for resident in residents[8:12]:
        stage.ask(switching("subject", resident.local_id, "手動", stage.words("reason"), staff))
    for resident in residents[4:6]:
        stage.control.disturb(resident.ref, answers=list(_OUTAGES))
    for resident, row in zip(residents[:12], rows, strict=False):
        said = stage.enquired(resident, provides, key=row["key"], expires_in_seconds=_LIFE)
        waiting.messages.append(str(said["message_id"]))
        if resident in residents[8:12]:
            waiting.pending.append(str(said["correlation_id"]))
    stage.settled({r.ref: 1 for r in residents[:4]})
    stage.ask(approval(waiting.pending[0], staff))


def _looked(stage: Stage, waiting: _Waiting, residents: list[Resident], rows: list[Record]) -> None:
    if "税務に関する情報提供" not in stage.south.statement.declares.use_cases:
        return
    for resident, row in zip(residents[:2], rows, strict=False):
        said = stage.ask(
            Request("POST", "/v1/portal-sessions", "business", {"local_id": resident.local_id})
        ).body
        waiting.sessions += [(session, row) for session in _ids(said, "session")]


def _again(
    stage: Stage, waiting: _Waiting, provides: Citation, residents: list[Resident], rows: list[Record]
) -> None:
    """Everything that was confirmed, asked for; then what comes of it."""
    staff = stage.staff(provides.owner)
    stage.ask(pending(staff))
    stage.at_once(list(_views(waiting)))
    for resident, id_ in zip(residents, waiting.messages, strict=False):
        stage.enquired(resident, provides, replay_of=id_)
    for id_ in waiting.pending:
        stage.ask(approval(id_, staff))
    _held_again(stage, residents, rows)
    for resident, row in zip(residents, rows, strict=True):
        stage.enquired(resident, provides, key=row["key"], expires_in_seconds=20.0)
    stage.pause(7.0)
    stage.at_once(list(_views(waiting)))


def _held_again(stage: Stage, residents: list[Resident], rows: list[Record]) -> None:
    """What is held still decides what is taken: versions, link codes and the tokens that gave them, what was deleted."""
    stale = [{**row, "version": 2} for row in rows]
    stage.ask(Request("POST", "/v1/records/bulk", "business", {"records": stale[:12]}))
    stage.at_once([Request("PUT", "/v1/records", "business", row) for row in stale[10:14]])
    stage.at_once([stage.registration(resident) for resident in residents[11:14]])
    stage.ask_all([deletion(rows[number]) for number in (14, 14, 15)])
    taken = residents[13].enrolled["enrolment_tokens"][stage.own.code]
    stage.ask(stage.registration(residents[12], enrolment_token=taken))


def _views(waiting: _Waiting) -> Iterator[Request]:
    for path in waiting.looks:
        yield Request("GET", path, "business")
        if path.startswith("/v1/enquiries"):
            yield Request("GET", f"{path}/result", "business")
    for session, row in waiting.sessions:
        yield look(session, row)


def _ids(said: Any, *names: str) -> list[str]:
    found = (told(said, name) for name in names)
    return [id_ for id_ in found if id_]
