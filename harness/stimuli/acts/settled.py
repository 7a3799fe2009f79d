"""What contract 2 decides and contract 1 leaves open, of residents, records and requests (guide §12): sent to a gateway of contract 2
alone, as one of contract 1 may do with it what it likes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from harness.contract.items import informations
from harness.contract.messages import Kind, new_id
from harness.contract.organisations import network_organisation
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.faults import Recipe, meaning, moment
from harness.stimuli.holdings import Record, deletion, record
from harness.stimuli.partners import NOBODY
from harness.stimuli.sessions import look, opened
from harness.stimuli.south_requests import Body, enquiry, notice, told
from harness.stimuli.stage import AT_ONCE, Resident, Stage
from harness.stimuli.waiting import approval, switching, until_listed

_WRITTEN: Final = 812000.0  # an integer, as JSON Schema sees it
_ITEM: Final = "所得額"
_MOST: Final = 64_000_000  # bytes (guide §2 HTTP)
_ROUNDS: Final = 3  # of the same at once: on a busy machine those of one may follow each other
_PROPER: Final[Recipe] = {}
_UNKNOWN: Final = {"code": "SUSPENDED_BY_LAW", "phase": "連携情報保管", "reason": "停止中"}


def settled(stage: Stage, _: Callable[[], None]) -> None:
    """Of each decision both ways, as far as a statement that declares everything has them."""
    provides, asks = stage.citations(asks=False), stage.citations(asks=True)
    keyed = [c for c in provides if informations()[c.information].key]
    keyless = [c for c in provides if not informations()[c.information].key]
    if keyed:
        _numbers(stage, keyed[0])
        _too_long(stage, keyed[0].role)
        _at_once(stage, keyed[0])
    for citation in keyless[:1]:
        _last_of_any(stage, citation)
        _waited(stage, citation)
    if asks:
        _answered_anew(stage, asks[0])
        _answered_in_numbers(stage, asks[0])
        _to_odd_partners(stage, asks)
        _plus(stage, asks[0])
    stage.ask(Request("DELETE", "/v1/records", "unknown"))


def _in_fractions(row: Record) -> Record:
    return {**row, "items": {n: _WRITTEN if type(v) is int else v for n, v in row["items"].items()}}


def _numbers(stage: Stage, citation: Citation) -> None:
    """By one record, by many, asked for and looked at."""
    for path in ("/v1/records", "/v1/records/bulk"):
        resident = stage.registered(1)[0]
        row = _in_fractions(record(stage, resident, informations()[citation.information]))
        many = path.endswith("bulk")
        stage.ask(Request("POST" if many else "PUT", path, "business", {"records": [row]} if many else row))
        stage.enquired(resident, citation, key=row["key"])
        stage.settled({resident.ref: 1})
        stage.ask(look(opened(stage, resident), row))


def _too_long(stage: Stage, role: str) -> None:
    """By a byte: alone, and beside each fault that decides before it."""
    long = b"{}".ljust(_MOST + 1)
    stage.ask(Request("PUT", "/v1/records", "business", {}, written=long))
    stage.ask(Request("PUT", "/v1/records", "unknown", {}, written=long))
    for staff in (None, stage.staff(role, valid_until=moment(-10, "Z"))):
        stage.ask(Request("PUT", "/v1/handling", "staff", {}, staff, written=long))


def _at_once(stage: Stage, citation: Citation) -> None:
    """A resident registered, and one record replaced, several times at once."""
    for resident in (anew := stage.residents(_ROUNDS)):
        stage.at_once([stage.registration(resident)] * AT_ONCE)
    resident = anew[0]
    session = opened(stage, resident)
    rows = [record(stage, resident, informations()[citation.information]) for _ in range(AT_ONCE)]
    rows = [{**row, "key": rows[0]["key"]} for row in rows]
    for _ in range(_ROUNDS):
        stage.at_once([Request("PUT", "/v1/records", "business", row) for row in rows])
        stage.ask(look(session, rows[0]))


def _last_of_any(stage: Stage, citation: Citation) -> None:
    """Of an information without a key: the last record of any key is shown, and the exact one is deleted."""
    resident = stage.registered(1)[0]
    row = record(stage, resident, informations()[citation.information], key={})
    other = {**record(stage, resident, informations()[citation.information]), "key": {"甲": "1"}}
    session = opened(stage, resident)
    for step in (other, row, other):
        stage.ask(Request("PUT", "/v1/records", "business", step))
        stage.ask(look(session, row))
        stage.enquired(resident, citation)
        stage.read[resident.ref] += 1
        stage.settled({resident.ref: stage.read[resident.ref]})
    stage.ask_all([deletion(row), deletion(row), look(session, row)])


def _waited(stage: Stage, citation: Citation) -> None:
    """Somebody gets another link code while an enquiry waits."""
    resident, anew = stage.registered(1)[0], stage.residents(1)[0]
    row = record(stage, resident, informations()[citation.information], key={})
    stage.ask(Request("PUT", "/v1/records", "business", row))
    staff = stage.staff(citation.owner)
    stage.ask(switching("subject", resident.local_id, "手動", stage.words("reason"), staff))
    id_ = str(stage.enquired(resident, citation, expires_in_seconds=40.0)["correlation_id"])
    until_listed(stage, [id_], staff, 3.0)
    _register_as(stage, resident, anew)
    stage.ask(approval(id_, staff))
    stage.settled({resident.ref: 1})


def _register_as(stage: Stage, resident: Resident, anew: Resident) -> None:
    """With the token of another procedure, which gives another link code."""
    token = anew.enrolled["enrolment_tokens"][stage.own.code]
    stage.ask(stage.registration(resident, enrolment_token=token))


def _silent(stage: Stage, citation: Citation, resident: Resident, path: str, **members: object) -> Body:
    """What the gateway said to what its partner does not answer."""
    stage.control.set_behaviour(citation.provider.code, resident.ref, citation.information, "silent")
    body = enquiry(citation, resident.local_id, mode="オンライン", **members)
    if path == "/v1/notices":
        body = notice(citation, resident.local_id, **members)
    said = stage.ask(Request("POST", path, "business", body, stage.staff(citation.role))).body
    return said if isinstance(said, dict) else {}


@dataclass(frozen=True)
class _Partner:
    """Who says something about a resident (ref) that the gateway asked, or of his own."""

    stage: Stage
    citation: Citation
    person: str

    def says(self, kind: str, said: Body, recipe: Recipe = _PROPER) -> None:
        """In reply to what the gateway `said` it had begun."""
        message = {
            "kind": kind,
            "correlation_id": told(said, "correlation_id") or new_id(),
            "items": {_ITEM: 1} if kind in (Kind.ANSWER, Kind.NOTICE) else {},
            "recipe": dict(recipe),
        }
        about = self.citation.said_by(self.citation.provider.code, self.person)
        self.stage.control.notify({**about, **message})


def _answered_anew(stage: Stage, citation: Citation) -> None:
    """By the link code that it got later, and by that with which it was asked."""
    for kind in (Kind.ANSWER, Kind.ERROR):
        resident, anew = stage.registered(1)[0], stage.residents(1)[0]
        said = _silent(stage, citation, resident, "/v1/enquiries")
        stage.settled({resident.ref: 1})
        _register_as(stage, resident, anew)
        for person in (anew.ref, resident.ref):
            _Partner(stage, citation, person).says(kind, said)


def _answered_in_numbers(stage: Stage, citation: Citation) -> None:
    """Numbers with a fraction in an answer and in a 連絡; an エラー of a code that nobody knows; and a 連絡 of its own with such a number."""
    change = {"layer": "inner", "path": ["content", "items", _ITEM], "op": "number", "value": str(_WRITTEN)}
    first, second, third = stage.registered(3)
    said = _silent(stage, citation, first, "/v1/enquiries")
    _Partner(stage, citation, first.ref).says(Kind.ANSWER, said, {"changes": [change]})
    stage.ask(Request("GET", f"/v1/enquiries/{told(said, 'enquiry_id')}/result", "business"))
    id_ = new_id()
    _Partner(stage, citation, second.ref).says(Kind.NOTICE, {"correlation_id": id_}, {"changes": [change]})
    stage.settled({second.ref: 1})
    stage.ask(Request("GET", f"/v1/notices?correlation_id={id_}", "business"))
    _silent(stage, citation, third, "/v1/notices", items={_ITEM: _WRITTEN})
    for path, name in (("/v1/enquiries", "enquiry_id"), ("/v1/notices", "notice_id")):
        resident = stage.registered(1)[0]
        said = _silent(stage, citation, resident, path)
        stage.settled({resident.ref: 1})
        _Partner(stage, citation, resident.ref).says(Kind.ERROR, said, meaning(content=_UNKNOWN))
        stage.pause(6.0)
        stage.ask(Request("GET", f"{path}/{told(said, name)}", "business"))


def _to_odd_partners(stage: Stage, asks: tuple[Citation, ...]) -> None:
    """To the network, and to its own organisation; singly, as a row, and as a 連絡."""
    own = next((c for c in asks if c.provider.kind == stage.own.kind), asks[0])
    resident = stage.registered(1)[0]
    for to in (network_organisation().code, stage.own.code):
        staff = stage.staff(own.role)
        body = enquiry(own, resident.local_id, to=to, expires_in_seconds=5)
        stage.ask(Request("POST", "/v1/enquiries", "business", {**body, "mode": "オンライン"}, staff))
        stage.ask(Request("POST", "/v1/batches", "business", {"rows": [body]}, staff))
    told_ = notice(own, resident.local_id, to=network_organisation().code)
    stage.ask(Request("POST", "/v1/notices", "business", told_, stage.staff(own.role)))


def _plus(stage: Stage, citation: Citation) -> None:
    """Two of the staff whose ids differ by what a plus may be read as."""
    resident = stage.registered(1)[0]
    name = stage.staff(citation.role).id
    body = enquiry(citation, resident.local_id, mode="オンライン", to=NOBODY)
    for between in ("+", " "):
        staff = stage.staff(citation.role)
        acting = type(staff)(f"{name[:20]}{between}1", staff.role)
        stage.ask(Request("POST", "/v1/enquiries", "business", body, acting))
    stage.ask_all(list(_queries(name[:20])))


def _queries(name: str) -> Iterator[Request]:
    for written in ("%2B", "+", "%20"):
        yield Request("GET", f"/v1/logs/audit?staff_id={name}{written}1", "audit")
