"""Operations of business systems, staff and auditors."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from harness.explore.cast import Arrived, Asked, Cast, id_of, newest
from harness.explore.moves import NOTHING, Move, Said
from harness.explore.story import Op
from harness.gateways.south import Request
from harness.stimuli import waiting
from harness.stimuli.citations import Citation
from harness.stimuli.south_requests import Body, enquiry, log_about, notice

_LIFE: Final = 60  # seconds: longer than a story


def _register(cast: Cast, op: Op) -> Move:
    who = op.number("who")
    resident, holder = cast.at(who), cast.at(who + (op.text("token_of") == "next"))
    token = holder.enrolled["enrolment_tokens"][cast.stage.own.code]
    return Move(cast.stage.registration(resident, enrolment_token=token))


def _record(cast: Cast, op: Op, who: int, further: int = 0) -> Body:
    place = cast.place(who, op.number("kind"), op.number("key"))
    items = cast.items(str(place["information"]), op.number("content") + further)
    version = op.number("version")
    return {**place, "items": items, **({"version": version} if version else {})}


def put_record(cast: Cast, op: Op) -> Request:
    """What an operation that registers says, of its first resident."""
    return Request("PUT", "/v1/records", "business", _record(cast, op, op.number("who")))


def _bulk(cast: Cast, op: Op) -> Move:
    who = op.number("who")
    second = _record(cast, op, who + (op.text("second") == "next"), 1)
    rows = [_record(cast, op, who), second]
    return Move(Request("POST", "/v1/records/bulk", "business", {"records": rows}))


def _delete(cast: Cast, op: Op) -> Move:
    place = cast.place(op.number("who"), op.number("kind"), op.number("key"))
    return Move(Request("POST", "/v1/records/deletion", "business", place))


def switch(cast: Cast, scope: str, key: str, mode: str) -> Request:
    """自動 or 手動."""
    return waiting.switching(scope, key, mode, "試験", cast.stage.staff(cast.provides[0].role))


def _switch(cast: Cast, op: Op) -> Move:
    scope = op.text("scope")
    return Move(switch(cast, scope, scope_key(cast, scope, op), op.text("mode")))


def scope_key(cast: Cast, scope: str, op: Op) -> str:
    """Whom or what a setting is about."""
    citation = cast.provides[op.number("kind")]
    keys = {"information": citation.information, "affair": citation.affair}
    return keys.get(scope) or cast.at(op.number("who")).local_id


def pending(cast: Cast, kind: int) -> Request:
    """What waits, as who owns that kind of information is shown it."""
    return waiting.pending(cast.stage.staff(cast.provides[kind].owner))


def all_pending(cast: Cast) -> list[Request]:
    """What waits, as each office is shown it that owns an information that was asked for."""
    kinds = sorted({asked.kind for asked in cast.arrived}) or [0]
    return list({cast.provides[kind].owner: pending(cast, kind) for kind in kinds}.values())


def decision(cast: Cast, asked: Arrived, what: str, body: Body) -> Request:
    """`what`: approval or refusal, of who may."""
    staff = cast.stage.staff(cast.provides[asked.kind].owner)
    return Request("POST", f"/v1/pending/{asked.correlation_id}/{what}", "staff", body, staff)


def _decide(cast: Cast, op: Op) -> Move:
    found = newest(cast.arrived, op.number("last"))
    if not found:
        return NOTHING
    what, body = ("approval", {}) if op.name == "承認" else ("refusal", {"reason": "本人の安全のため"})
    id_ = found.correlation_id
    return Move(
        decision(cast, found, what, body),
        remember=lambda said: cast.decided.append(id_) if "code" not in said else None,
    )


def _enquire(cast: Cast, op: Op) -> Move:
    citation, resident = cast.asks[op.number("kind")], cast.at(op.number("who"))
    altered, partner = op.text("alteration"), op.text("partner")
    how = {"alteration": altered or None, "delay_seconds": float(op.number("delay"))}
    _partner(cast, citation, op.number("who"), partner, **how)
    life = op.number("life")
    about = {"mode": "オンライン", **({"expires_in_seconds": life} if life != _LIFE else {})}
    body = enquiry(citation, resident.local_id, **about)
    answered = partner != "silent" and not altered and op.number("who") not in cast.refused
    request = Request("POST", "/v1/enquiries", "business", body, cast.stage.staff(citation.role))
    asked = Asked("", answered, passes=life != _LIFE and not answered)
    return Move(request, remember=lambda said: _keep(cast.enquiries, said, "enquiry_id", asked))


def _partner(cast: Cast, citation: Citation, who: int, behaviour: str, **how: object) -> None:
    about = (citation.provider.code, cast.at(who).ref, citation.information)
    cast.stage.control.put_record(*about, {}, cast.items(citation.information, 7))
    cast.stage.control.set_behaviour(*about, behaviour, **how)


def _batch(cast: Cast, op: Op) -> Move:
    citation, first = cast.asks[op.number("kind")], op.number("who")
    people = range(first, first + op.number("rows"))
    for who in people:
        _partner(cast, citation, who, op.text("partner"))
    rows = [enquiry(citation, cast.at(who).local_id) for who in people]
    request = Request("POST", "/v1/batches", "business", {"rows": rows}, cast.stage.staff(citation.role))
    answered = op.text("partner") != "silent"
    return Move(request, remember=lambda said: _keep(cast.batches, said, "batch_id", Asked("", answered)))


def _resend(cast: Cast, op: Op) -> Move:
    found = newest(cast.batches, op.number("last"))
    staff = cast.stage.staff(cast.asks[0].role)
    path = f"/v1/batches/{found.id}/resend" if found else ""
    return Move(Request("POST", path, "business", {}, staff)) if found else NOTHING


def _notify(cast: Cast, op: Op) -> Move:
    citation, resident = cast.asks[op.number("kind")], cast.at(op.number("who"))
    _partner(cast, citation, op.number("who"), op.text("partner"))
    again = op.number("again_after")
    about = {"redeliver_after_seconds": again} if again else {}
    body = notice(citation, resident.local_id, items=cast.items(citation.information, 8), **about)
    request = Request("POST", "/v1/notices", "business", body, cast.stage.staff(citation.role))
    answered = op.text("partner") not in ("silent", "refuses") and op.number("who") not in cast.refused
    asked = Asked("", answered, sent=2 if again and op.text("partner") == "silent" else 1)
    return Move(request, remember=lambda said: _keep(cast.notices, said, "notice_id", asked))


def _keep(kept: list[Asked], said: Said, name: str, asked: Asked) -> None:
    """`asked`: what is known of it already."""
    if id_ := id_of(said, name):
        kept.append(replace(asked, id=id_, correlation_id=id_of(said, "correlation_id")))


def _look(kept: Callable[[Cast], list[Asked]], path: str) -> Callable[[Cast, Op], Move]:
    def look(cast: Cast, op: Op) -> Move:
        found = newest(kept(cast), op.number("last"))
        return Move(Request("GET", path.format(found.id), "business")) if found else NOTHING

    return look


def _received(cast: Cast, op: Op) -> Move:
    found = newest(cast.told, op.number("last"))
    return Move(received(found.correlation_id)) if found else NOTHING


def received(correlation_id: str) -> Request:
    """連絡 that arrived."""
    return Request("GET", f"/v1/notices?correlation_id={correlation_id}", "business")


def _open(cast: Cast, op: Op) -> Move:
    who, valid = op.number("who"), op.number("valid")
    body = {"local_id": cast.at(who).local_id, **({"valid_seconds": valid} if valid else {})}

    def remember(said: Said) -> None:
        if session := id_of(said, "session"):
            cast.sessions.append((session, who))

    return Move(Request("POST", "/v1/portal-sessions", "business", body), remember=remember)


def _own(cast: Cast, op: Op) -> Move:
    found = newest(cast.sessions, op.number("last"))
    if not found:
        return NOTHING
    session, who = found
    whose = who + (op.text("whose") == "next")
    return Move(own_information(cast, session, whose, op.number("kind"), op.number("key")))


def own_information(cast: Cast, session: str, who: int, kind: int, key: int) -> Request:
    """A look at the portal."""
    headers, place = {"X-Portal-Session": session}, cast.place(who, kind, key)
    return Request("POST", "/v1/own-information", "business", place, headers=headers)


def _log(cast: Cast, op: Op) -> Move:
    found = newest([*cast.told, *cast.arrived], op.number("last"))
    return Move(log_about(op.text("log"), found.correlation_id)) if found else NOTHING


SOUTH_MOVES: Final[Mapping[str, Callable[[Cast, Op], Move]]] = MappingProxyType(
    {
        "登録": _register,
        "情報登録": lambda cast, op: Move(put_record(cast, op)),
        "一括登録": _bulk,
        "情報削除": _delete,
        "手動自動": _switch,
        "保留を見る": lambda cast, _: Move(pending(cast, 0)),
        "承認": _decide,
        "拒否": _decide,
        "照会する": _enquire,
        "処理状況を見る": _look(lambda cast: cast.enquiries, "/v1/enquiries/{}"),
        "結果を見る": _look(lambda cast: cast.enquiries, "/v1/enquiries/{}/result"),
        "バッチ": _batch,
        "バッチを見る": _look(lambda cast: cast.batches, "/v1/batches/{}"),
        "再送": _resend,
        "連絡する": _notify,
        "連絡の状況を見る": _look(lambda cast: cast.notices, "/v1/notices/{}"),
        "届いた連絡を見る": _received,
        "窓口を開く": _open,
        "自己情報を見る": _own,
        "記録を見る": _log,
    }
)
