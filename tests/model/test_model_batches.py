"""バッチ: rows in order, refused ones in nobody's way, and resending of what failed alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from harness.contract.messages import new_id
from harness.model.history.exchanges import Call, Fetch, Person, Restart, Sending, Staff
from harness.model.judges.batches import row_states
from harness.model.judges.enquiries import enquiries
from harness.model.judges.rows import rows
from harness.model.judges.statuses import statuses
from harness.model.judges.unasked import unasked
from harness.model.rules import rules
from tests.model.asking import AWAY, REFUSED, WISH, stamp
from tests.model.histories import OFFICER, Told, broken, occasions

ALL = (rows, row_states, enquiries, statuses, unasked)
UNKNOWN_SUBJECT = {"code": "SUBJECT_UNKNOWN", "phase": "ID変換", "reason": "いない"}


@dataclass
class Batch:
    """Three rows about three residents, submitted at 10. `ids`: of the enquiries that the rows are at the moment."""

    told: Told = field(default_factory=Told)
    persons: list[Person] = field(default_factory=list)
    wishes: list[dict[str, object]] = field(default_factory=list)
    ids: list[tuple[str, str] | None] = field(default_factory=list)
    role: str | None = OFFICER.role

    def __post_init__(self) -> None:
        self.told.told(Fetch(0, self.told.span(0), 200, {}))
        self.persons = [self.told.register(str(n), at=n) for n in range(3)]
        self.wishes = [{**WISH, "local_id": str(n)} for n in range(3)]
        self.ids = [(f"e-{n}", new_id()) for n in range(3)]

    def row(self, number: int, status: str = "受付", error: object = None) -> dict[str, object]:
        id_, correlation_id = self.ids[number] or (None, None)
        return {"enquiry_id": id_, "correlation_id": correlation_id, "status": status, "error": error}

    def answer(self, shown: Sequence[Mapping[str, object]] | None = None) -> dict[str, object]:
        return {"batch_id": "b-1", "rows": list(shown or (self.row(n) for n in range(3)))}

    def submit(self, shown: Sequence[Mapping[str, object]] | None = None) -> Call:
        body = {"rows": self.wishes}
        staff = Staff("s-1", self.role, None)
        return self.told.call(
            "POST", "/v1/batches", body, status=202, answer=self.answer(shown), staff=staff, at=10
        )

    def look(self, at: float, *shown: Mapping[str, object]) -> Call:
        return self.told.call("GET", "/v1/batches/b-1", answer=self.answer(shown), at=at)

    def resend(self, at: float, *shown: Mapping[str, object], role: str | None = OFFICER.role) -> Call:
        staff = Staff("s-2", role, None)
        return self.told.call(
            "POST", "/v1/batches/b-1/resend", {}, status=202, answer=self.answer(shown), staff=staff, at=at
        )

    def send(
        self, number: int, at: float, header: Mapping[str, object] | None = None, **other: Any
    ) -> Sending:
        ids = self.ids[number]
        assert ids is not None
        wish = self.wishes[number]
        said = {
            **{n: wish[n] for n in ("to", "basis", "affair", "information")},
            "role": OFFICER.role,
            "mode": "バッチ",
            "message_id": ids[1],
            "correlation_id": ids[1],
            "sent_at": stamp(at),
            "expires_at": stamp(at + 60),
            **(header or {}),
        }
        other.setdefault("token", f"token-{said['message_id']}")
        return self.told.send(
            "照会依頼", self.persons[number], {"key": wish["key"]}, at=at, header=said, **other
        )

    def again(self, number: int) -> None:
        """The row becomes another enquiry."""
        self.ids[number] = (f"e-{number}-{new_id()[:4]}", new_id())

    def broken(self) -> list[str]:
        return [rule for judge in ALL for rule in broken(judge, self.told)]


def submitted() -> Batch:
    batch = Batch()
    batch.submit()
    return batch


def test_rows_that_leave_one_after_the_other_break_nothing() -> None:
    batch = submitted()
    for number in range(3):
        batch.send(number, 11 + number)
    batch.look(20, *(batch.row(n, "送信済") for n in range(3)))
    assert batch.broken() == []
    for judge in ALL:
        assert all(alternative in rules_of(rule) for rule, alternative in occasions(judge, batch.told))


def rules_of(rule: str) -> tuple[str, ...]:
    return rules()[rule].alternatives


def test_rows_leave_in_their_order() -> None:
    batch = submitted()
    for number, at in ((1, 11), (0, 12), (2, 13)):
        batch.send(number, at)
    assert batch.broken() == ["rows-in-order"]


def test_a_row_waits_until_the_network_took_the_one_before() -> None:
    batch = submitted()
    batch.send(0, 11, status=502, error=AWAY)
    batch.send(1, 12)
    batch.send(0, 13)
    batch.send(2, 14)
    assert broken(rows, batch.told) == ["rows-in-order"]


def test_a_row_that_the_network_refuses_holds_up_no_other() -> None:
    batch = submitted()
    batch.send(0, 11, status=410, error=REFUSED)
    batch.send(1, 12)
    batch.send(2, 13)
    batch.look(20, batch.row(0, "エラー", REFUSED), batch.row(1, "送信済"), batch.row(2, "送信済"))
    assert batch.broken() == []
    batch = submitted()
    batch.send(0, 11, status=410, error=REFUSED)
    batch.told.call("GET", "/v1/health", at=200)
    assert broken(rows, batch.told) == ["row-sent-soon"]


def test_a_row_that_expired_holds_up_no_other() -> None:
    batch = Batch()
    batch.wishes[0]["expires_in_seconds"] = 20
    batch.submit()
    batch.send(0, 11, status=502, error=AWAY, header={"expires_at": stamp(30)})
    batch.send(1, 36)
    batch.send(2, 37)
    assert broken(rows, batch.told) == []


def test_a_killed_gateway_goes_on_with_the_rows() -> None:
    batch = submitted()
    batch.send(0, 11)
    batch.told.told(Restart(99, batch.told.span(12, 10)))
    batch.send(1, 26)
    batch.send(2, 27)
    assert broken(rows, batch.told) == []


def refused_first(code: str | None = "SUBJECT_UNKNOWN") -> Batch:
    batch = Batch()
    batch.wishes[0]["local_id"] = "nobody"
    batch.ids[0] = None
    batch.submit([batch.row(0, "エラー", {**UNKNOWN_SUBJECT, "code": code}), batch.row(1), batch.row(2)])
    return batch


def test_a_refused_row_is_an_error_and_holds_up_no_other() -> None:
    batch = refused_first()
    batch.send(1, 12)
    batch.send(2, 13)
    assert batch.broken() == []
    batch = refused_first()
    batch.told.call("GET", "/v1/health", at=200)
    assert broken(rows, batch.told) == ["row-sent-soon"]
    batch = refused_first()
    batch.look(
        20, {**batch.row(0, "エラー", UNKNOWN_SUBJECT), "enquiry_id": "e-0"}, batch.row(1), batch.row(2)
    )
    assert "refused-row" in batch.broken()
    batch = refused_first()
    batch.look(20, batch.row(0, "送信済"), batch.row(1), batch.row(2))
    assert "refused-row" in batch.broken()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"affair": "児童手当の支給に関する事務"}, "ROLE_NOT_ALLOWED"),
        ({"to": "999999"}, "PARTNER_UNKNOWN"),
        ({"basis": {"table": "2012-02-14", "item": "58"}}, "BASIS_NOT_LAWFUL"),
        ({"basis": {"table": "条例", "item": "1"}}, "BASIS_NOT_LAWFUL"),
        ({"information": "住民票関係情報x"}, "BASIS_NOT_LAWFUL"),
        ({"local_id": "nobody"}, "SUBJECT_UNKNOWN"),
        ({"local_id": "nobody", "to": "999999"}, "PARTNER_UNKNOWN"),
        ({"local_id": "nobody", "basis": {"table": "x", "item": "57"}}, "BASIS_NOT_LAWFUL"),
    ],
)
def test_the_first_fault_of_a_row_decides(change: dict[str, object], code: str) -> None:
    rule = f"row-{code.lower().replace('_', '-')}"
    for said, found in ((code, []), ("INVALID_REQUEST", [rule]), (None, [rule])):
        batch = Batch()
        batch.wishes[0] |= change
        if said is None:
            batch.submit()
        else:
            batch.ids[0] = None
            batch.submit(
                [batch.row(0, "エラー", {**UNKNOWN_SUBJECT, "code": said}), batch.row(1), batch.row(2)]
            )
        assert broken(row_states, batch.told) == found


def test_a_proper_row_is_taken() -> None:
    batch = Batch()
    batch.ids[0] = None
    batch.submit([batch.row(0, "エラー", UNKNOWN_SUBJECT), batch.row(1), batch.row(2)])
    assert broken(row_states, batch.told) == ["row-taken"]


def test_the_network_itself_as_partner_is_left_open() -> None:
    for code in ("PARTNER_UNKNOWN", "BASIS_NOT_LAWFUL"):
        batch = Batch()
        batch.wishes[0]["to"] = "000001"
        batch.ids[0] = None
        batch.submit([batch.row(0, "エラー", {**UNKNOWN_SUBJECT, "code": code}), batch.row(1), batch.row(2)])
        assert broken(row_states, batch.told) == []


def test_without_a_directory_rows_are_undelivered() -> None:
    batch = Batch()
    batch.told.exchanges = [e for e in batch.told.exchanges if not isinstance(e, Fetch)]
    batch.ids[0] = None
    batch.submit(
        [batch.row(0, "エラー", {**UNKNOWN_SUBJECT, "code": "UNDELIVERED"}), batch.row(1), batch.row(2)]
    )
    assert broken(row_states, batch.told) == []


def test_a_refused_row_leaves_no_trace() -> None:
    batch = refused_first()
    id_ = new_id()
    batch.ids[0] = ("e-x", id_)
    batch.send(0, 12)
    batch.ids[0] = None
    assert broken(unasked, batch.told) == ["no-trace-of-subject-unknown"]


def test_rows_may_get_their_ids_when_their_turn_comes() -> None:
    batch = Batch()
    ids, batch.ids = batch.ids, [None, None, None]
    batch.submit()
    batch.ids = ids
    for number in range(3):
        batch.send(number, 11 + number)
    assert broken(unasked, batch.told) == []
    batch.look(20, *(batch.row(n, "送信済") for n in range(3)))
    assert batch.broken() == []


@pytest.mark.parametrize("count", [2, 4])
def test_there_is_a_row_for_each_row(count: int) -> None:
    batch = submitted()
    batch.look(20, *(batch.row(n % 3) for n in range(count)))
    assert broken(row_states, batch.told) == ["batch-row-for-row"]


def half_failed() -> Batch:
    """The first row was refused by the network, the second answered, the third never was."""
    batch = submitted()
    batch.send(0, 11, status=410, error=REFUSED)
    batch.send(1, 12)
    batch.send(2, 13)
    ids = batch.ids[1]
    assert ids is not None
    header = {"correlation_id": ids[1], "information": batch.wishes[1]["information"]}
    batch.told.deliver("照会応答", batch.persons[1], {"items": {}}, at=14, header=header)
    batch.look(30, batch.row(0, "エラー", REFUSED), batch.row(1, "応答済"), batch.row(2, "送信済"))
    return batch


def test_resending_takes_what_failed_and_leaves_the_others() -> None:
    batch = half_failed()
    batch.again(0)
    batch.resend(40, batch.row(0), batch.row(1, "応答済"), batch.row(2, "送信済"))
    batch.send(0, 41)
    batch.look(50, batch.row(0, "送信済"), batch.row(1, "応答済"), batch.row(2, "送信済"))
    assert batch.broken() == []
    batch = half_failed()
    batch.resend(40, batch.row(0, "エラー", REFUSED), batch.row(1, "応答済"), batch.row(2, "送信済"))
    batch.look(50, batch.row(0, "エラー", REFUSED), batch.row(1, "応答済"), batch.row(2, "送信済"))
    assert batch.broken() == ["resend-takes-failed"]


@pytest.mark.parametrize("number", [1, 2])
def test_resending_leaves_what_did_not_fail(number: int) -> None:
    batch = half_failed()
    batch.again(0)
    batch.again(number)
    batch.resend(40, *(batch.row(n, "応答済" if n == 1 != number else "受付") for n in range(3)))
    assert "resend-leaves-others" in broken(row_states, batch.told)


def test_what_expires_while_it_is_resent_may_be_either() -> None:
    for resent in (False, True):
        batch = half_failed()
        batch.again(0)
        if resent:
            batch.again(2)
        shown = (batch.row(0), batch.row(1, "応答済"), batch.row(2, "受付" if resent else "期限切れ"))
        batch.resend(73, *shown)
        assert broken(row_states, batch.told) == []


def test_a_row_becomes_no_other_enquiry_by_itself() -> None:
    batch = half_failed()
    batch.again(0)
    batch.look(40, batch.row(0), batch.row(1, "応答済"), batch.row(2, "送信済"))
    assert broken(row_states, batch.told) == ["row-keeps-enquiry"]


def test_the_role_of_a_resent_row_is_that_of_either() -> None:
    for role, kept in ((OFFICER.role, True), ("child-benefit", True), ("resident-tax", False)):
        batch = half_failed()
        batch.again(0)
        batch.resend(40, batch.row(0), batch.row(1, "応答済"), batch.row(2, "送信済"), role="child-benefit")
        batch.send(0, 41, header={"role": role})
        assert (broken(enquiries, batch.told) == []) is kept


def test_the_mode_is_that_of_a_batch() -> None:
    batch = submitted()
    batch.send(0, 11, header={"mode": "オンライン"})
    assert broken(enquiries, batch.told) == ["row-mode"]
