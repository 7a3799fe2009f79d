"""Who answered what: out of what the network hands over in pieces, without a network."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from harness.bench.network import NetworkControl
from load.judge import answers as module
from load.judge.answers import MOST_CHECKED, Answers, Sampling
from load.prepare.prepared import Prepared, write


@dataclass
class FakeControl:
    """Hands over exchanges as the network does: the next ones after a number."""

    exchanges: list[dict[str, Any]] = field(default_factory=list)

    def collect(self, after: int, limit: int) -> list[dict[str, Any]]:
        """As NetworkControl."""
        return [e for e in self.exchanges if e["seq"] > after][:limit]

    def happen(self, correlation_id: str, kind: str = "照会応答", **other: Any) -> None:
        """One exchange more; the gateway sends an answer unless said otherwise."""
        seq = len(self.exchanges) + 1
        header = {"correlation_id": correlation_id, "message_id": f"m{seq}", "kind": kind}
        usual = {"direction": "from_gateway", "status": 202, "error": None, "problem": None, "content": None}
        moment = {"seq": seq, "at_ns": seq * 1000, "person": f"p{correlation_id[1:]}", "header": header}
        self.exchanges.append({**usual, **moment, **other})


def requests(count: int) -> list[Prepared]:
    """Enquiries c0, c1, … of the north about p0, p1, …"""
    return [Prepared(n, "n", "north", "POST", "/", {}, "", f"c{n}", f"p{n}") for n in range(count)]


def answers(control: FakeControl, folder: Path, count: int = 4, sampling: Sampling | None = None) -> Answers:
    """Nothing has come yet."""
    write(folder, requests(count))
    return Answers.of(cast(NetworkControl, control), folder, sampling or Sampling(0.0, 1, 1))


def test_an_answer_is_joined_with_its_enquiry_and_has_its_moment(tmp_path: Path) -> None:
    control = FakeControl()
    found = answers(control, tmp_path)
    control.happen("c2")
    control.happen("c0")
    assert [(a.correlation_id, a.index, a.at_ns) for a in found.collect()] == [
        ("c2", 2, 1000),
        ("c0", 0, 2000),
    ]
    assert found.collect() == []
    assert list(found.first_ns) == [2000, 0, 1000, 0]


def test_a_part_of_very_many_is_not_kept_without_end() -> None:
    assert len(Sampling(0.05, 1000, 1).of(2_000_000)) == MOST_CHECKED
    assert len(Sampling(0.05, 1000, 1).of(2_000)) == 1_000
    assert len(Sampling(1.0, 1000, 1).of(MOST_CHECKED + 1)) == MOST_CHECKED + 1


def test_pieces_are_asked_for_until_there_is_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PIECE", 3)
    control = FakeControl()
    found = answers(control, tmp_path, 10)
    for number in range(10):
        control.happen(f"c{number}")
    assert len(found.collect()) == 10
    assert found.seen == 10


def test_a_second_answer_counts_and_the_first_one_is_measured(tmp_path: Path) -> None:
    control = FakeControl()
    found = answers(control, tmp_path)
    control.happen("c1")
    control.happen("c1")
    found.collect()
    assert found.times["c1"] == 2
    assert found.first_ns[1] == 1000


def test_what_nobody_asked_what_is_refused_and_who_is_mistaken_is_noted(tmp_path: Path) -> None:
    control = FakeControl()
    found = answers(control, tmp_path)
    control.happen("c9")
    control.happen("c1", status=401, error={"code": "SIGNATURE_INVALID"})
    control.happen("c2", person="p3")
    control.happen("c3", "エラー")
    found.collect()
    assert found.unasked == ["c9"]
    assert found.refused == {"c1": "照会応答: SIGNATURE_INVALID"}
    assert found.mistaken == ["c2"]
    assert set(found.errors) == {"c3"}
    assert "c1" not in found.times


def test_an_enquiry_of_the_gateway_is_answered_when_the_gateway_has_taken_it(tmp_path: Path) -> None:
    control = FakeControl()
    found = answers(control, tmp_path)
    control.happen("s1", "照会依頼")
    assert found.collect() == []
    control.happen("s1", direction="to_gateway", status=None, problem="ReadTimeout")
    control.happen("s2", direction="to_gateway", status=403, error={"code": "NOT_ADDRESSEE"})
    control.happen("s1", direction="to_gateway")
    assert [(a.correlation_id, a.index) for a in found.collect()] == [("s1", None)]
    assert found.taken == {("送信", "m1"), ("受信", "m4")}
    assert found.undelivered == {"s1": "照会応答: ReadTimeout"}
    assert found.refused == {"s2": "照会応答: NOT_ADDRESSEE"}
    assert found.unasked == []


def test_what_came_before_the_load_is_none_of_it(tmp_path: Path) -> None:
    control = FakeControl()
    control.happen("x", "照会依頼", direction="to_gateway")
    found = answers(control, tmp_path)
    control.happen("x")
    assert found.collect() == []
    assert (found.unasked, found.taken) == ([], set())


def test_only_the_sample_is_kept_whole(tmp_path: Path) -> None:
    control = FakeControl()
    found = answers(control, tmp_path, 100, Sampling(0.1, 1, 4))
    for number in range(100):
        control.happen(f"c{number}")
    found.collect()
    assert set(found.kept) == found.sample
    assert len(found.sample) == 10


@pytest.mark.parametrize(
    ("share", "at_least", "of", "wanted"),
    [(0.1, 5, 100, 10), (0.01, 5, 100, 5), (0.0, 5, 3, 3), (1.0, 1, 7, 7)],
)
def test_the_sample_has_its_share_and_no_less_than_was_asked(
    share: float, at_least: int, of: int, wanted: int
) -> None:
    sample = Sampling(share, at_least, 1).of(of)
    assert len(sample) == wanted
    assert sample <= set(range(of))
    assert Sampling(share, at_least, 1).of(of) == sample


def test_another_seed_takes_another_sample() -> None:
    assert Sampling(0.1, 1, 1).of(1000) != Sampling(0.1, 1, 2).of(1000)


def test_waiting_ends_as_soon_as_all_is_there(tmp_path: Path) -> None:
    control = FakeControl()
    found = answers(control, tmp_path)
    for number in range(4):
        control.happen(f"c{number}")
    assert len(_all(found, ["c0", "c3"])) == 4


def test_waiting_ends_when_it_is_quiet(tmp_path: Path) -> None:
    control = FakeControl()
    found = answers(control, tmp_path)
    control.happen("c0")
    assert len(_all(found, ["c0", "c1"])) == 1


def test_an_answer_to_what_was_perhaps_not_accepted_is_waited_for_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAUSE", 0.01)
    control = FakeControl()
    found = answers(control, tmp_path)
    control.happen("c0")
    came = 0
    for number, some in enumerate(found.await_rest(["c0"], ["c1"], 30.0)):
        came += len(some)
        if number == 3:
            control.happen("c1")
    assert came == 2


def _all(found: Answers, wanted: Sequence[str]) -> list[module.Answered]:
    return [one for came in found.await_rest(wanted, [], 0.3) for one in came]


@pytest.mark.parametrize(("status", "fault"), [(400, True), (200, True), (503, False), (None, False)])
def test_an_inbox_that_neither_takes_nor_refuses_what_is_right_is_at_fault(
    tmp_path: Path, status: int | None, fault: bool
) -> None:
    """The network tries again after an accident only (guide §4)."""
    control = FakeControl()
    found = answers(control, tmp_path)
    control.happen("s1", "照会依頼")
    control.happen("s1", direction="to_gateway", status=status, problem="x")
    found.collect()
    assert ("s1" in found.refused, "s1" in found.undelivered) == (fault, not fault)
