"""Histories made by hand: one exchange a second, so that nothing overlaps unless a test says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from harness.contract.messages import new_id
from harness.model.cases import Case
from harness.model.history.exchanges import (
    Call,
    Delivery,
    Fetch,
    Person,
    Redemption,
    Repeat,
    Restart,
    Sending,
    Staff,
)
from harness.model.history.history import Declared, History
from harness.model.history.spans import Span
from harness.model.weighing import Judge

OWN, PARTNER, OTHER = "221007", "401307", "131016"
Exchange = TypeVar("Exchange")
BEGAN = 1_800_000_000.0
LISTS = {
    "roles": frozenset({"照会側", "応答側", "連絡"}),
    "use_cases": frozenset({"児童扶養手当", "税務に関する情報提供"}),
    "modes": frozenset({"オンライン", "バッチ"}),
    "handling": frozenset({"自動", "手動"}),
    "tables": frozenset({"2012-02-14", "2015-09-09"}),
    "legacy_files": frozenset({"CP932固定長"}),
}
_DEFAULTS: tuple[tuple[str, Any], ...] = (("code", None), ("at", None), ("lasts", 0.1), ("header", {}))
NOBODY = Staff(None, None, None)
OFFICER = Staff("s-1", "child-allowance", None)


@dataclass
class Told:
    """Tells a history, exchange by exchange. Each method returns what it told; `lasts` in seconds, `at` in seconds after the
    run began (the next whole second where it is not given)."""

    declared: Declared = field(default_factory=lambda: Declared("1", OWN, LISTS, {}))
    clock: float = BEGAN
    exchanges: list[Any] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    tells_repeats: bool = False

    def span(self, at: float | None = None, lasts: float = 0.1) -> Span:
        begin = BEGAN + at if at is not None else self.clock + 1
        self.clock = max(self.clock, begin)
        return Span(begin, begin + lasts)

    def person(self, ref: str) -> Person:
        person = Person(
            ref,
            {o: f"token-{ref}-{o}" for o in (OWN, PARTNER, OTHER)},
            {o: f"code-{ref}-{o}" for o in (OWN, PARTNER, OTHER)},
        )
        self.persons.append(person)
        return person

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        status: int | None = 200,
        answer: object = None,
        caller: str = "business",
        staff: Staff = NOBODY,
        at: float | None = None,
        lasts: float = 0.1,
        **other: Any,
    ) -> Call:
        path, _, query = path.partition("?")
        pairs = tuple((n, v) for n, _, v in (pair.partition("=") for pair in query.split("&") if pair))
        call = Call(
            len(self.exchanges),
            self.span(at, lasts),
            "s",
            method,
            path,
            pairs,
            caller,
            staff,
            None,
            body,
            None,
            status,
            {} if answer is None else answer,
            None if status else "TIMED_OUT",
        )
        return self._told(replace(call, **other))

    def register(
        self, local_id: str, person: Person | None = None, status: int = 201, **other: Any
    ) -> Person:
        person = person or self.person(f"p-{local_id}")
        body = {
            "enrolment_token": person.tokens[OWN],
            "my_number": "123456789012",
            "name": "山田花子",
            "kana": "ヤマダハナコ",
            "birth_date": "1990-01-01",
            "sex": "2",
            "address": "静岡市葵区",
        }
        told = {"answer": {"local_id": local_id}, **other}
        self.call("PUT", f"/v1/subjects/{local_id}", body, status=status, **told)
        return person

    def deliver(
        self,
        kind: str = "照会依頼",
        person: Person | None = None,
        content: Mapping[str, object] | None = None,
        **told: Any,
    ) -> Delivery:
        """`header`: members that differ; `status`, `code`: what the inbox said; `at`, `lasts`; any field of a Delivery."""
        code, at, lasts, header = (told.pop(n, d) for n, d in _DEFAULTS)
        said = {**_opening(kind), "link_code": person.codes[OWN] if person else "nobody", **header}
        number = len(self.exchanges)
        delivery = Delivery(
            number, self.span(at, lasts), number, "", said, content, None, person.ref if person else None,
            None, 202, _error(code), "", None,
        )  # fmt: skip
        return self._told(replace(delivery, **told))

    def send(
        self,
        kind: str,
        person: Person | None = None,
        content: Mapping[str, object] | None = None,
        *,
        asked: Delivery | None = None,
        **told: Any,
    ) -> Sending:
        """`asked`: what it answers; the rest as of `deliver`, with what the network said."""
        code, at, lasts, header = (told.pop(n, d) for n, d in _DEFAULTS)
        base = dict(asked.header) if asked else _opening(kind)
        id_, number = new_id(), len(self.exchanges)
        own = {"link_code": person.codes[OWN]} if person else {}
        ends = {"from": OWN, "to": asked.header["from"] if asked else PARTNER}
        said = {**base, **ends, "message_id": id_, "kind": kind, **own, **header}
        ref = person.ref if person else None
        sending = Sending(
            number, self.span(at, lasts), number, f"token-{id_}", said, content, ref, 202, _error(code), None
        )
        return self._told(replace(sending, **told))

    def told(self, exchange: Redemption | Fetch | Repeat | Restart) -> None:
        self._told(exchange)

    def history(self) -> History:
        def of(kind: type) -> tuple[Any, ...]:
            return tuple(e for e in self.exchanges if isinstance(e, kind))

        return History(
            self.declared,
            BEGAN,
            self.clock + 60,
            of(Call),
            of(Delivery),
            of(Sending),
            of(Redemption),
            of(Fetch),
            of(Restart),
            tuple(self.persons),
            repeats=of(Repeat),
            tells_repeats=self.tells_repeats,
        )

    def _told(self, exchange: Exchange) -> Exchange:
        self.exchanges.append(exchange)
        return exchange


def _opening(kind: str) -> dict[str, object]:
    id_ = new_id()
    return {
        "version": "1",
        "message_id": id_,
        "correlation_id": id_,
        "kind": kind,
        "from": PARTNER,
        "to": OWN,
        "basis": {"table": "2012-02-14", "item": "57"},
        "affair": "児童扶養手当の支給に関する事務",
        "information": "地方税関係情報",
        "role": "child-allowance",
        "mode": "オンライン",
        "sent_at": "2027-01-15T08:00:00.000Z",
        "expires_at": "2027-01-15T09:00:00.000Z",
    }


def _error(code: str | None) -> dict[str, str] | None:
    return {"code": code, "phase": "", "reason": ""} if code else None


def broken(judge: Judge, told: Told) -> list[str]:
    """Rules that a judge finds broken, in order."""
    return [case.rule for case in judge(told.history()) if case.breach]


def occasions(judge: Judge, told: Told) -> set[tuple[str, str]]:
    """Rules and alternatives that had an occasion."""
    return {(case.rule, case.alternative) for case in judge(told.history())}


__all__ = ["BEGAN", "NOBODY", "OFFICER", "OTHER", "OWN", "PARTNER", "Case", "Told", "broken", "occasions"]
