"""Rows of a バッチ: in order, and refused ones in nobody's way."""

import pytest

from harness.contract.messages import new_id
from harness.model.history.exchanges import Fetch, Restart
from harness.model.judges.batches import row_states
from harness.model.judges.rows import rows
from harness.model.judges.statuses import statuses
from harness.model.judges.unasked import unasked
from harness.model.rules import rules
from tests.model.asking import AWAY, REFUSED, stamp
from tests.model.histories import broken, occasions
from tests.model.submitting import ALL, UNKNOWN_SUBJECT, Batch, submitted


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


def test_a_row_that_waits_without_ids_behind_a_refused_one_is_held_up() -> None:
    batch = Batch()
    ids, batch.ids = batch.ids, [None, None, None]
    batch.submit()
    batch.ids = [ids[0], None, None]
    batch.send(0, 11, status=404, error=UNKNOWN_SUBJECT)
    waiting = [batch.row(0, "エラー", UNKNOWN_SUBJECT), batch.row(1), batch.row(2)]
    batch.look(14, *waiting)
    assert broken(rows, batch.told) == []
    batch.look(40, *waiting)
    assert broken(rows, batch.told) == ["row-sent-soon"]


def test_a_row_that_expired_holds_up_no_other() -> None:
    batch = Batch()
    batch.wishes[0]["expires_in_seconds"] = 20
    batch.submit()
    batch.send(0, 11, status=502, error=AWAY, header={"expires_at": stamp(30)})
    batch.send(1, 36)
    batch.send(2, 37)
    assert broken(rows, batch.told) == []


def test_a_row_does_not_go_back() -> None:
    batch = submitted()
    batch.send(0, 11)
    batch.look(13, batch.row(0, "送信済"), batch.row(1), batch.row(2))
    batch.look(14, batch.row(0, "受付"), batch.row(1), batch.row(2))
    assert broken(statuses, batch.told) == ["status-sent"]


def test_an_answer_that_was_lost_may_have_been_the_202() -> None:
    batch = submitted()
    batch.send(0, 11, status=None)
    batch.send(1, 12)
    batch.send(2, 13)
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


def test_a_refused_row_stays_so() -> None:
    batch = refused_first()
    refused = batch.row(0, "エラー", UNKNOWN_SUBJECT)
    batch.look(20, refused, batch.row(1), batch.row(2))
    assert broken(row_states, batch.told) == []
    batch.look(21, batch.row(0), batch.row(1), batch.row(2))
    assert broken(row_states, batch.told) == ["outcome-stands"]


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
