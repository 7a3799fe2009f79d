"""What business systems ask for and what a clean gateway makes of it, told by hand: each part can be told otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from harness.contract.messages import new_id
from harness.model.history.exchanges import Call, Delivery, Person, Sending
from tests.model.histories import BEGAN, OFFICER, OWN, PARTNER, Told

LOCAL_ID = "10"
WISH: Mapping[str, object] = {
    "local_id": LOCAL_ID,
    "to": PARTNER,
    "basis": {"table": "2012-02-14", "item": "57"},
    "affair": "児童扶養手当法による児童扶養手当の支給に関する事務",
    "information": "地方税関係情報",
    "key": {"相当年度": "2011"},
}
ENQUIRY: Mapping[str, object] = {**WISH, "mode": "オンライン"}
NOTICE: Mapping[str, object] = {
    **{n: v for n, v in WISH.items() if n != "key"},
    "items": {"所得額": 0, "備考": None},
}
ERROR: Mapping[str, object] = {"code": "RECORD_NOT_FOUND", "phase": "連携情報保管", "reason": "該当なし"}
REFUSED: Mapping[str, object] = {
    "code": "EXPIRED",
    "phase": "情報提供ネットワークシステム接続",
    "reason": "期限",
}
AWAY: Mapping[str, object] = {
    "code": "UNDELIVERED",
    "phase": "情報提供ネットワークシステム接続",
    "reason": "障害",
}
TAKEN: Mapping[str, object] = {
    "code": "REPLAYED",
    "phase": "情報提供ネットワークシステム接続",
    "reason": "既に",
}


def stamp(at: float) -> str:
    """A moment so many seconds after the run began, as it is written."""
    return datetime.fromtimestamp(BEGAN + at, UTC).isoformat(timespec="milliseconds")


@dataclass
class Asked:
    """An enquiry or 連絡 that was confirmed at the second `at`."""

    told: Told
    person: Person
    wish: Mapping[str, object]
    at: float
    id: str = "e-1"
    correlation_id: str = field(default_factory=new_id)
    path: str = "/v1/enquiries"

    @property
    def notice(self) -> bool:
        return "items" in self.wish

    def submit(self, status: str = "受付", **other: Any) -> Call:
        answer = self.shown(status)
        return self.told.call(
            "POST", self.path, self.wish, status=202, answer=answer, staff=OFFICER, at=self.at, **other
        )

    def shown(self, status: str, error: object = None) -> dict[str, object]:
        name = "notice_id" if self.notice else "enquiry_id"
        return {name: self.id, "correlation_id": self.correlation_id, "status": status, "error": error}

    def send(
        self, at: float | None = None, header: Mapping[str, object] | None = None, **other: Any
    ) -> Sending:
        """As a clean gateway does; `header`: members that differ."""
        content = "items" if self.notice else "key"
        life = self.wish.get("expires_in_seconds", 60)
        assert isinstance(life, int)
        said = {
            **{n: self.wish[n] for n in ("to", "basis", "affair", "information")},
            "role": OFFICER.role,
            "mode": self.wish.get("mode", "オンライン"),
            "message_id": self.correlation_id,
            "correlation_id": self.correlation_id,
            "sent_at": stamp(self.at),
            "expires_at": stamp(self.at + life),
            **(header or {}),
        }
        said_inside = other.pop("content", {content: self.wish[content]})
        other.setdefault("token", f"token-{said['message_id']}")
        kind = "連絡" if self.notice else "照会依頼"
        return self.told.send(
            kind, self.person, said_inside, at=self.at + 0.5 if at is None else at, header=said, **other
        )

    def answered(
        self, at: float, content: Mapping[str, object] | None = None, kind: str = "", **other: Any
    ) -> Delivery:
        kind = kind or ("受領" if self.notice else "照会応答")
        header = {
            "correlation_id": self.correlation_id,
            "from": PARTNER,
            "to": OWN,
            "information": self.wish["information"],
            **other.pop("header", {}),
        }
        if content is None:
            content = {} if self.notice else {"items": {"所得額": 0}}
        return self.told.deliver(kind, self.person, content, at=at, header=header, **other)

    def look(self, at: float, status: str, error: object = None, **other: Any) -> Call:
        answer = self.shown(status, error)
        return self.told.call("GET", f"{self.path}/{self.id}", answer=answer, at=at, **other)

    def result(self, at: float, items: object, reasons: object = None, **other: Any) -> Call:
        about = {
            "enquiry_id": self.id,
            "local_id": LOCAL_ID,
            "from": PARTNER,
            "information": self.wish["information"],
        }
        answer = {**about, "items": items, **({} if reasons is None else {"reasons": reasons})}
        return self.told.call("GET", f"{self.path}/{self.id}/result", answer={**answer, **other}, at=at)

    def no_result(self, at: float, code: str = "NOT_READY", status: int = 409) -> Call:
        error = {"code": code, "phase": "連携確認", "reason": "まだ"}
        return self.told.call("GET", f"{self.path}/{self.id}/result", status=status, answer=error, at=at)


def enquiry(told: Told, at: float = 10, id_: str = "e-1", **wish: object) -> Asked:
    """Of somebody who is registered by then; confirmed."""
    return _asked(told, Asked(told, _person(told), {**ENQUIRY, **wish}, at, id_))


def notice(told: Told, at: float = 10, id_: str = "n-1", **wish: object) -> Asked:
    """The same of a 連絡."""
    return _asked(told, Asked(told, _person(told), {**NOTICE, **wish}, at, id_, path="/v1/notices"))


def _asked(told: Told, asked: Asked) -> Asked:
    asked.submit()
    return asked


def _person(told: Told) -> Person:
    return told.persons[0] if told.persons else told.register(LOCAL_ID, at=0)
