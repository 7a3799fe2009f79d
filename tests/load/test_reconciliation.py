"""The three records: each way in which they may differ is found, and the verdict names what weighs most."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from harness.catalogue.verdicts import Verdict
from load.judge.reconciliation import (
    LONGEST_LIST,
    Facts,
    Reconciliation,
    Recorded,
    judge,
    reconcile,
    recorded,
)
from load.judge.sample import Checked
from load.send.sent import STOPPED, Sent
from tests.load.test_answers import FakeControl, answers

GOOD = Checked(0, "n", "c0", Verdict.PASS)
BAD = Checked(1, "n", "c1", Verdict.FAIL, "WRONG_RECORD", "別の人", "その人")


def sent(count: int = 3, status: int = 202) -> list[Sent]:
    """All at once."""
    return [Sent(n, 0, 0, 0, status) for n in range(count)]


def found(folder: Path, happened: list[str], record: dict[tuple[str, str], int]) -> Reconciliation:
    """Three enquiries were accepted; the gateway answered those, and has this on record."""
    control = FakeControl()
    known = answers(control, folder, 3)
    for correlation_id in happened:
        control.happen(correlation_id)
    known.collect()
    return reconcile(sent(), known, Recorded(Counter(record)))


ASKED = {("受信", "c0"): 1, ("受信", "c1"): 1, ("受信", "c2"): 1}
GIVEN = {("送信", "m1"): 1, ("送信", "m2"): 1, ("送信", "m3"): 1}


def test_where_all_three_agree_there_is_nothing_to_say(tmp_path: Path) -> None:
    whole = found(tmp_path, ["c0", "c1", "c2"], {**ASKED, **GIVEN})
    assert whole == Reconciliation(3, 3, 3)
    assert judge(whole, [GOOD]).verdict == Verdict.PASS


def test_an_enquiry_without_an_answer_is_lost(tmp_path: Path) -> None:
    whole = found(tmp_path, ["c0", "c2"], {**ASKED, ("送信", "m1"): 1, ("送信", "m2"): 1})
    assert (whole.lost, whole.answered) == (("c1",), 2)
    assert judge(whole, [GOOD]).code == "NO_ANSWER"


def test_an_enquiry_that_is_answered_twice_is_found(tmp_path: Path) -> None:
    record = {**ASKED, **GIVEN, ("送信", "m4"): 1}
    whole = found(tmp_path, ["c0", "c1", "c2", "c2"], record)
    assert (whole.doubled, whole.lost) == (("c2",), ())
    assert judge(whole, [GOOD]).code == "DUPLICATE_ANSWER"


@pytest.mark.parametrize(
    ("change", "name", "ids"),
    [
        ({("送信", "m2"): 0}, "unrecorded", ("送信 m2",)),
        ({("受信", "c0"): 0}, "unrecorded", ("受信 c0",)),
        ({("受信", "c1"): 2}, "recorded_twice", ("受信 c1",)),
        ({("送信", "x"): 1}, "recorded_only", ("送信 x",)),
    ],
)
def test_a_record_that_differs_is_found(
    tmp_path: Path, change: dict[tuple[str, str], int], name: str, ids: tuple[str, ...]
) -> None:
    record = {place: times for place, times in ({**ASKED, **GIVEN} | change).items() if times}
    whole = found(tmp_path, ["c0", "c1", "c2"], record)
    assert getattr(whole, name) == ids
    assert judge(whole, [GOOD]).code == "RECORD_MISMATCH"


def test_an_enquiry_whose_acceptance_did_not_arrive_is_neither_lost_nor_wrong(tmp_path: Path) -> None:
    control = FakeControl()
    known = answers(control, tmp_path, 2)
    control.happen("c0")
    known.collect()
    record = Recorded(Counter({("受信", "c0"): 1, ("受信", "c1"): 1, ("送信", "m1"): 1}))
    timed_out = [Sent(0, 0, 0, 0, 202), Sent(1, 0, 0, 0, 0, "ReadTimeout")]
    assert reconcile(timed_out, known, record) == Reconciliation(2, 1, 1)


def test_an_answer_that_was_taken_too_late_may_be_on_record_and_is_not_lost(tmp_path: Path) -> None:
    """A line that was cut between a counterpart's answer and the gateway's 202."""
    control = FakeControl()
    known = answers(control, tmp_path, 1)
    control.happen("s1", "照会依頼")
    control.happen("s1", direction="to_gateway", status=None, problem="ReadTimeout")
    known.collect()
    asked = [Sent(0, 0, 0, 0, 202, correlation_id="s1")]
    known.indexes.clear()
    for times in (0, 1):
        record = Recorded(Counter({("送信", "m1"): 1, **({("受信", "m2"): 1} if times else {})}))
        found = reconcile(asked, known, record)
        assert found == Reconciliation(1, 1, 0, undelivered=("s1 照会応答: ReadTimeout",))


def test_the_log_is_held_against_what_was_asked() -> None:
    facts = {"c0": Facts(("401307", "221007", {"table": "t", "item": "1"}, "a", "i"), ("住所",))}
    entry: Any = {
        "event": "送信",
        "kind": "照会応答",
        "message_id": "m",
        "correlation_id": "c0",
        "requester": "401307",
        "provider": "221007",
        "basis": {"table": "t", "item": "1"},
        "affair": "a",
        "information": "i",
        "items": ["住所"],
    }
    others = [entry | {"items": ["住所", "本籍"]}, entry | {"requester": "131016"}]
    assert recorded([entry], facts).wrong == ()
    assert [recorded([one], facts).wrong for one in others] == [("m",), ("m",)]
    assert recorded([entry | {"event": "拒否"}], facts).places == Counter()


def test_another_person_weighs_more_than_a_lost_answer_and_a_sample_more_than_a_record() -> None:
    both = Reconciliation(2, 2, 1, lost=("a",), mistaken=("b",), unrecorded=("c",))
    assert judge(both, [BAD]).code == "WRONG_RECORD"
    assert judge(Reconciliation(2, 2, 2, unrecorded=("c",)), [GOOD, BAD]).observed.startswith(
        "検査した応答 2 件"
    )
    assert judge(Reconciliation(2, 2, 2, unrecorded=("c",)), [GOOD]).code == "RECORD_MISMATCH"


def test_nothing_executed_is_no_success() -> None:
    assert judge(Reconciliation(0, 0, 0), []).verdict == Verdict.INCONCLUSIVE
    assert judge(Reconciliation(5, 5, 5), []).verdict == Verdict.INCONCLUSIVE
    assert judge(Reconciliation(5, 0, 0), []).verdict == Verdict.FAIL


def test_the_journal_names_some_and_counts_all() -> None:
    ids = tuple(str(number) for number in range(1000))
    entry: Any = Reconciliation(1000, 1000, 0, lost=ids).to_entry()
    assert (len(entry["lost"]), entry["counts"]["lost"], entry["sent"]) == (LONGEST_LIST, 1000, 1000)


def test_proper_requests_that_were_refused_are_a_fault_and_accidents_are_not(tmp_path: Path) -> None:
    known = answers(FakeControl(), tmp_path, 3)
    some = [Sent(0, 0, 0, 0, 202), Sent(1, 0, 0, 0, 403), Sent(2, 0, 0, 0, 503)]
    assert reconcile(some, known, Recorded(Counter())).rejected == ("n 403",)


def test_an_enquiry_that_nobody_submitted_is_a_fault_unless_a_submission_was_not_answered(
    tmp_path: Path,
) -> None:
    control = FakeControl()
    known = answers(control, tmp_path, 0)
    for name in ("a", "b"):
        control.happen(name, "照会依頼")
    known.collect()
    submitted = [Sent(0, 0, 0, 0, 202, correlation_id="a", enquiry_id="e")]
    assert reconcile(submitted, known, Recorded(Counter())).unsubmitted == ("b",)
    timed_out = [*submitted, Sent(1, 0, 0, 0, 0, "TimeoutError")]
    assert reconcile(timed_out, known, Recorded(Counter())).unsubmitted == ()


def test_what_came_while_the_log_was_read_may_be_in_it_or_not(tmp_path: Path) -> None:
    control = FakeControl()
    known = answers(control, tmp_path, 1)
    control.happen("c0")
    known.collect()
    for record in ({}, {("送信", "m1"): 1}):
        found = reconcile(sent(1), known, Recorded(Counter({("受信", "c0"): 1, **record})), frozenset())
        assert (found.unrecorded, found.recorded_only) == ((), ())


def test_a_run_that_was_stopped_before_anything_was_answered_blames_nobody(tmp_path: Path) -> None:
    known = answers(FakeControl(), tmp_path, 2)
    stopped = [Sent(n, 0, 0, 0, 0, STOPPED) for n in range(2)]
    judgement = judge(reconcile(stopped, known, Recorded(Counter())), [])
    assert (judgement.verdict, judgement.code) == (Verdict.INCONCLUSIVE, "NOT_MEASURED")
