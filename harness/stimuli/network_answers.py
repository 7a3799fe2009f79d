"""Everything that a gateway sends × everything that network and partner may answer, at the same time for many residents (guide §2
処理状況, §4)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from harness.contract.items import informations
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.holdings import record
from harness.stimuli.partners import partner_holds
from harness.stimuli.south_requests import enquiry, notice, told
from harness.stimuli.stage import Resident, Stage
from harness.stimuli.values import TEXTS, edge, value

_LIFE: Final = 30  # seconds: longer than all odd answers together
_OUT: Final = ("UNDELIVERED",) * 60  # until whatever is tried again and again is over
# One after the other; what follows the last is as the contract says.
_NETWORK: Final = (
    ("UNDELIVERED",) * 7,
    ("proxy-404", "proxy-403"),
    ("proxy-503", "server-error", "proxy-200"),
    ("foreign-error", "redirect"),
    ("broken", "UNDELIVERED"),
    ("lost",),
    ("lost", "REPLAYED"),
    ("lost", "UNDELIVERED", "lost"),
    ("REPLAYED",),
    ("MALFORMED",),
    ("UNDELIVERED", "SUBJECT_UNKNOWN"),
    ("EXPIRED",),
    ("silent",),
    _OUT,
)
_PARTNER: Final = ("answers", "answers-twice", "silent", "refuses")
_SHORT: Final = 2  # seconds that an enquiry lives whose partner stays silent


def network_answers(stage: Stage) -> None:
    """Enquiries, 連絡, answers and errors meet each sequence of answers; results are looked at when all is over."""
    asks = [c for c in stage.citations(asks=True) if c.information in informations()]
    provides = stage.citations(asks=False)
    kinds = ("照会依頼", "連絡", "照会応答", "エラー", "受領")
    residents = stage.registered(len(_NETWORK) * len(kinds))
    asked: list[Any] = []
    for number, resident in enumerate(residents):
        answers, kind = _NETWORK[number // len(kinds)], kinds[number % len(kinds)]
        life = _SHORT if answers is _OUT else _LIFE
        stage.control.disturb(resident.ref, answers=list(answers))
        if kind in ("照会依頼", "連絡"):
            said = _submit(stage, resident, stage.draw.choice(asks), kind, expires_in_seconds=life)
            asked.append(said)
        elif kind == "受領":
            stage.notified(resident, stage.draw.choice(provides), expires_in_seconds=float(life))
        else:
            _provide(stage, resident, stage.draw.choice(provides), life, held=kind == "照会応答")
    asked += list(_partners(stage, asks))
    asked += list(_edges(stage, asks))
    forgotten = list(_forgotten(stage, asks))
    asked += [said for said, _ in forgotten]
    for moment in (0.5, 3.0, 9.0):
        stage.pause(moment)
        stage.at_once([request for said in asked for request in _look(said)])
    for said, answer in forgotten:
        stage.control.notify(answer)
        stage.at_once(list(_look(said)))


def _edges(stage: Stage, asks: list[Citation]) -> Iterator[Any]:
    """Each difficult value as an answer: what is drawn beside meets only some of them."""
    whole = [c for c in asks if any(item.is_integer for item in informations()[c.information].items)]
    for number, resident in enumerate(stage.registered(len(TEXTS))):
        citation = stage.draw.choice(whole or asks)
        items = {item.name: edge(number, item) for item in informations()[citation.information].items}
        stage.control.put_record(
            citation.provider.code, resident.ref, citation.information, dict(_KEY), items
        )
        yield _sent(stage, resident, citation, "照会依頼")


def _forgotten(stage: Stage, asks: list[Citation]) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    """Enquiries whose time is over, and what their partners say then; so is its 受領 of a 連絡."""
    for kind, replies in (("照会依頼", ("照会応答", "エラー")), ("連絡", ("受領", "エラー"))):
        for reply in replies:
            resident, citation = stage.registered(1)[0], stage.draw.choice(asks)
            partner = citation.provider.code
            stage.control.set_behaviour(partner, resident.ref, citation.information, "silent")
            said = _submit(stage, resident, citation, kind, expires_in_seconds=_SHORT)
            id_ = told(said, "correlation_id")
            if id_:
                about = citation.said_by(partner, resident.ref)
                yield said, {**about, "kind": reply, "correlation_id": id_, "items": {}}


def _submit(stage: Stage, resident: Resident, citation: Citation, kind: str, **members: object) -> Any:
    """What the gateway said, whose partner holds what is drawn."""
    partner_holds(stage, resident, citation, _KEY)
    return _sent(stage, resident, citation, kind, **members)


def _sent(stage: Stage, resident: Resident, citation: Citation, kind: str, **members: object) -> Any:
    """What the gateway said: ids by which it can be asked later."""
    staff = stage.staff(citation.role, stage.draw.randrange(4))
    life = {"expires_in_seconds": _LIFE, **members}
    if kind == "連絡":
        items = {
            item.name: value(stage.draw, item) for item in informations()[citation.information].items[:5]
        }
        body = notice(citation, resident.local_id, items=items, **life)
        return stage.ask(Request("POST", "/v1/notices", "business", body, staff)).body
    mode = stage.draw.choice(("オンライン", "バッチ"))
    body = enquiry(citation, resident.local_id, key=_KEY, mode=mode, **life)
    return stage.ask(Request("POST", "/v1/enquiries", "business", body, staff)).body


_KEY: Final = {"相当年度": "2012", "区分\u3000": " \u845b\U000e0100"}


def _provide(stage: Stage, resident: Resident, citation: Citation, life: int, *, held: bool) -> None:
    row = record(stage, resident, informations()[citation.information])
    if held:
        stage.ask(Request("PUT", "/v1/records", "business", row))
    stage.enquired(resident, citation, key=row["key"], expires_in_seconds=float(life))


def _partners(stage: Stage, asks: list[Citation]) -> Iterator[Any]:
    """Partners that answer, twice, not at all, late, with an error, and with nothing left."""
    for behaviour in _PARTNER:
        for kind in ("照会依頼", "連絡"):
            for resident in stage.registered(2):
                citation = stage.draw.choice(asks)
                stage.control.set_behaviour(
                    citation.provider.code, resident.ref, citation.information, behaviour
                )
                life = _SHORT if behaviour == "silent" else _LIFE
                yield _submit(stage, resident, citation, kind, expires_in_seconds=life)
    for resident in stage.registered(2):
        citation = stage.draw.choice(asks)
        stage.control.set_behaviour(
            citation.provider.code, resident.ref, citation.information, "answers", delay_seconds=4.0
        )
        yield _submit(stage, resident, citation, "照会依頼", expires_in_seconds=_SHORT)
    for kind in ("照会依頼", "連絡"):  # the error comes before the network's 202
        resident, citation = stage.registered(1)[0], stage.draw.choice(asks)
        stage.control.set_behaviour(citation.provider.code, resident.ref, citation.information, "refuses")
        stage.control.disturb(resident.ref, slow_seconds=1.0)
        yield _submit(stage, resident, citation, kind)
    for resident in stage.registered(3):
        citation = stage.draw.choice(asks)
        said = _submit(stage, resident, citation, "照会依頼")
        stage.control.put_record(citation.provider.code, resident.ref, citation.information, _KEY, {})
        yield said


def _look(said: Any) -> Iterator[Request]:
    """At the status of what was submitted, and at its result."""
    if id_ := told(said, "enquiry_id"):
        yield Request("GET", f"/v1/enquiries/{id_}", "business")
        yield Request("GET", f"/v1/enquiries/{id_}/result", "business")
    elif id_ := told(said, "notice_id"):
        yield Request("GET", f"/v1/notices/{id_}", "business")
