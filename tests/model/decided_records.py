"""What contract 2 decides of records, numbers and what concerns the same resident at once, told."""

from collections.abc import Mapping
from typing import Any, Final

from harness.contract.messages import new_id
from harness.model.judges.settled_at_once import at_once
from harness.model.judges.settled_numbers import numbers
from harness.model.judges.settled_records import records_by_contract_2
from tests.model.bodies import errors
from tests.model.desk import KEY, REGISTER, Desk
from tests.model.histories import Told
from tests.model.trials import Trial, telling


def in_bulk(*versions: int, refused: tuple[int, ...]) -> Told:
    told = Told()
    told.register("a")
    rows = [
        {"local_id": "a", "information": "地方税関係情報", "key": KEY, "items": {}, "version": v}
        for v in versions
    ]
    answer = errors(*((index, "VERSION_STALE") for index in refused), total=len(rows))
    told.call("POST", "/v1/records/bulk", {"records": rows}, answer=answer)
    return told


def replaced(*, by_hand: bool = False) -> Desk:
    """Of an information without a key: one record, another, and the first one anew."""
    desk = Desk()
    if by_hand:
        desk.switch("subject", "A-1")
    for key, address in (({}, "一"), ({"甲": "1"}, "二"), ({}, "三")):
        desk.record({"住所": address}, information=REGISTER, key=key, reasons={})
    return desk


def last_provided(way: str, *, kept: bool) -> Told:
    desk = replaced(by_hand=way == "承認")
    asked = desk.ask(key={}, information=REGISTER)
    if way == "承認":
        desk.listed(asked)
        desk.decide(asked)
    desk.reply(asked, {"住所": "三" if kept else "二"})
    return desk


def last_shown(*, kept: bool) -> Told:
    desk = Desk()
    desk.record({"住所": "一"}, information=REGISTER, key={"甲": "1"}, reasons={})
    body = {"local_id": "A-1", "information": REGISTER, "key": {}}
    shown = {"lookup_id": new_id(), "local_id": "A-1", "information": REGISTER, "items": {}}
    refused = {"code": "NOT_FOUND", "phase": "", "reason": ""}
    how: Mapping[str, Any] = {"answer": shown} if kept else {"status": 404, "answer": refused}
    desk.call("POST", "/v1/own-information", body, **how)
    return desk


def deleted(*, kept: bool) -> Told:
    desk = replaced()
    body = {"local_id": "A-1", "information": REGISTER, "key": {"乙": "9"}}
    refused = {"code": "NOT_FOUND", "phase": "", "reason": ""}
    how: Mapping[str, Any] = {"status": 404, "answer": refused} if kept else {}
    desk.call("POST", "/v1/records/deletion", body, **how)
    return desk


def waited(*, kept: bool) -> Told:
    desk = Desk()
    desk.switch("subject", "A-1")
    asked = desk.ask()
    desk.listed(asked)
    desk.register("A-1", desk.person("anew"), status=200)
    desk.decide(asked)
    if kept:
        desk.error(asked, "SUBJECT_UNKNOWN")
    else:
        desk.reply(asked)
    return desk


def together(what: str, *, kept: bool) -> Told:
    """Two of the same that overlap."""
    if what == "登録":
        told = Told()
        person = told.register("a", at=10, lasts=2)
        told.register("a", person, at=11, lasts=2, status=200 if kept else 201)
        return told
    desk = Desk()
    if what == "応答待ち":
        desk.switch("subject", "A-1")
        asked = desk.ask()
        desk.listed(asked)
        desk.decide(asked, at=50, lasts=2)
        desk.decide(asked, at=51, lasts=2, status=404 if kept else 200)
        return desk
    desk.record({"年税額": 1}, reasons={}, at=50, lasts=2)
    desk.record({"年税額": 2}, reasons={}, at=51, lasts=2)
    body = {"local_id": "A-1", "information": "地方税関係情報", "key": KEY}
    shown = {"lookup_id": new_id(), "local_id": "A-1", "information": "地方税関係情報"}
    desk.call(
        "POST", "/v1/own-information", body, answer={**shown, "items": {"年税額": 2 if kept else 3}}, at=60
    )
    return desk


def carried(where: str, *, kept: bool) -> Told:
    """A record with 812000.0, and what comes of it."""
    told: Desk | Told = Desk()
    assert isinstance(told, Desk)
    told.record({"総所得額": 812000.0}, reasons={})
    number: object = 812000 if kept else 812000.0
    items = {"items": {"総所得額": number}}
    if where in {"照会応答", "連絡"}:
        told.send(where, told.own, items)
    elif where == "自己情報":
        told.call("POST", "/v1/own-information", {}, answer=items)
    elif where == "結果":
        told.call("GET", "/v1/enquiries/e-1/result", answer=items)
    else:
        told.call("GET", "/v1/notices", answer={"notices": [items]})
    return told


TRIALS: Final = [
    Trial("bulk-in-order", "先の件より小さい版", records_by_contract_2,
          lambda kept: in_bulk(4, 3, refused=(1,) if kept else ())),
    Trial("bulk-in-order", "先の件の後の版", records_by_contract_2,
          lambda kept: in_bulk(4, 5, refused=() if kept else (1,))),
    *(
        Trial("last-registered", way, records_by_contract_2,
              telling(last_provided, way))
        for way in ("自動", "承認")
    ),
    Trial("portal-last-record", "閲覧", records_by_contract_2, telling(last_shown)),
    Trial("portal-last-record", "削除", records_by_contract_2, telling(deleted)),
    Trial("pending-link-code", "承認", records_by_contract_2, telling(waited)),
    *(
        Trial("one-resident-at-once", what, at_once, telling(together, what))
        for what in ("登録", "応答待ち", "件")
    ),
    *(
        Trial("whole-numbers", where, numbers, telling(carried, where))
        for where in ("照会応答", "連絡", "結果", "届いた連絡", "自己情報")
    ),
]  # fmt: skip
