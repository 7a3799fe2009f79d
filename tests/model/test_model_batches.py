"""Resending a バッチ takes what failed alone."""

import pytest

from harness.model.judges.batches import row_states
from harness.model.judges.enquiries import enquiries
from tests.model.asking import REFUSED
from tests.model.histories import OFFICER, broken
from tests.model.submitting import Batch, submitted


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
