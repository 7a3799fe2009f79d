"""Histories of a gateway that is asked: one resident with one record, enquiries of a partner, and replies as they should be."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from harness.contract.messages import new_id
from harness.contract.refusals import refusals
from harness.contract.roles import owner_of
from harness.model.cases import Case
from harness.model.history.exchanges import Call, Delivery, Person, Restart, Sending, Staff
from harness.model.history.history import History
from harness.model.judges.replies import replies
from tests.model.histories import BEGAN, OFFICER, Told, broken, occasions

AFFAIR = "児童扶養手当法による児童扶養手当の支給に関する事務"
TAX, REGISTER = "地方税関係情報", "住民票関係情報"  # with a key, and without
KEY = {"相当年度": "2012"}
HIDDEN = "年税額"  # of TAX, which AFFAIR may not be given
ITEMS: dict[str, Any] = {
    "相当年度": "2012",
    "総所得額": 1_234_567,
    "本人障害区分": None,
    "本人寡婦区分": "",
    "扶養親族数": 0,
    HIDDEN: 55_000,
}
REASONS = {"本人障害区分": "未申告"}
GIVEN = {name: value for name, value in ITEMS.items() if name != HIDDEN}
UNKNOWN_CODE = "a" * 24


@dataclass
class Desk(Told):
    """`own`: the resident A-1, registered and with a record of ITEMS."""

    own: Person = field(init=False)

    def __post_init__(self) -> None:
        self.own = self.register("A-1")
        self.record()

    def record(self, items: Mapping[str, Any] = ITEMS, local_id: str = "A-1", **other: Any) -> Call:
        body = {"local_id": local_id, "information": TAX, "key": KEY, "items": items, "reasons": REASONS}
        told = {name: other.pop(name) for name in ("at", "lasts", "status") if name in other}
        return self.call("PUT", "/v1/records", {**body, **other}, **told)

    def delete(self, local_id: str = "A-1", **other: Any) -> Call:
        body = {"local_id": local_id, "information": TAX, "key": KEY, **other}
        return self.call("POST", "/v1/records/deletion", body)

    def switch(self, scope: str, key: str, mode: str = "手動", **told: Any) -> Call:
        body = {"scope": scope, "key": key, "mode": mode, "reason": ""}
        return self.call("PUT", "/v1/handling", body, caller="staff", staff=OFFICER, **told)

    def ask(self, person: Person | None = None, *, key: Any = KEY, **told: Any) -> Delivery:
        """`told`: members of the header that differ, and what a delivery takes."""
        names = ("at", "lasts", "status", "code", "alteration")
        rest = {name: told.pop(name) for name in names if name in told}
        person = person or self.own
        header = {"affair": AFFAIR, "information": TAX, "expires_at": moment(3600.0), **told}
        return self.deliver("照会依頼", person, {"key": key}, header=header, **rest)

    def same(self, asked: Delivery, *names: str) -> dict[str, Any]:
        """Members of a header, for a message that has the same."""
        return {name: asked.header[name] for name in names or ("message_id", "correlation_id")}

    def stranger(self, **told: Any) -> Delivery:
        """An enquiry about somebody who is not registered."""
        return self.ask(self.person(f"x-{new_id()}"), **told)

    def reply(
        self, asked: Delivery, items: Mapping[str, Any] | None = None, *, kind: str = "照会応答", **told: Any
    ) -> Sending:
        """`items`: GIVEN where there are none; `reasons`; `header`: members that differ."""
        reasons = told.pop("reasons", REASONS if items is None else {})
        given = {"items": GIVEN if items is None else items, **({"reasons": reasons} if reasons else {})}
        return self._said(asked, kind, told.pop("content", given), told)

    def error(self, asked: Delivery, code: str, **told: Any) -> Sending:
        content = {"code": code, "phase": refusals()[code].phase, "reason": refusals()[code].ja}
        return self._said(asked, "エラー", {**content, **told.pop("content", {})}, told)

    def listed(self, *asked: Delivery, **told: Any) -> Call:
        """`differ`: members of the entries that differ, by correlation id. To who owns what is listed, TAX where nothing is."""
        information = str(asked[0].header["information"]) if asked else TAX
        told = {"staff": owner(information), **told}
        differ: Mapping[str, Any] = told.pop("differ", {})
        entries = [
            {
                "correlation_id": a.header["correlation_id"],
                "from": a.header["from"],
                "affair": a.header["affair"],
                "information": a.header["information"],
                "local_id": "A-1",
                "received_at": moment(a.span.end - BEGAN),
                **differ.get(str(a.header["correlation_id"]), {}),
            }
            for a in asked
        ]
        return self.call("GET", "/v1/pending", answer={"pending": entries}, caller="staff", **told)

    def decide(self, asked: Delivery, what: str = "approval", status: int | None = 200, **told: Any) -> Call:
        body = {} if what == "approval" else {"reason": "DVの支援措置のため"}
        code = {404: {"code": "NOT_FOUND"}}.get(status or 0, {})
        path = f"/v1/pending/{asked.header['correlation_id']}/{what}"
        staff = owner(str(asked.header["information"]))
        rest = {"caller": "staff", "staff": staff, "answer": code, "status": status}
        return self.call("POST", path, told.pop("body", body), **{**rest, **told})

    def killed(self, *, lasts: float = 0.5) -> None:
        self.told(Restart(len(self.exchanges), self.span(None, lasts)))

    def automatic_before(self) -> None:
        """Shows that nothing of what AFFAIR and TAX are was left 手動 by an earlier run."""
        self.reply(self.ask())

    def _said(self, asked: Delivery, kind: str, content: Any, told: dict[str, Any]) -> Sending:
        at = told.pop("at", self.clock - BEGAN + 1)
        header = {"sent_at": moment(at), **told.pop("header", {})}
        person = next((p for p in self.persons if p.ref == asked.person), None)
        return self.send(kind, person, content, asked=asked, at=at, header=header, **told)


def owner(information: str) -> Staff:
    """Who decides about what waits of an information."""
    return Staff(OFFICER.id, owner_of(information), None)


def moment(after: float) -> str:
    """So many seconds after the run began."""
    return datetime.fromtimestamp(BEGAN + after, UTC).isoformat(timespec="milliseconds")


def rules_broken(told: Told) -> list[str]:
    return broken(replies, told)


def alternatives_broken(told: Told) -> set[tuple[str, str]]:
    return {(case.rule, case.alternative) for case in breaches(told)}


def breaches(told: Told) -> list[Case]:
    return [case for case in replies(told.history()) if case.breach]


def seen(told: Told) -> set[tuple[str, str]]:
    """Rules and alternatives that had an occasion."""
    return occasions(replies, told)


def shorter(history: History, seconds: float) -> History:
    """The same record, closed so long after the run began."""
    return replace(history, ended=BEGAN + seconds)
