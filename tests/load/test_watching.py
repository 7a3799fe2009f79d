"""Seconds of a run: what was planned, sent and answered in each, and from when a request is late."""

from array import array
from typing import Any

from harness.contract.messages import Kind
from load.judge.answers import Answered
from load.judge.gates import Gate
from load.judge.watching import SETTLED_SECONDS, Watch
from load.line.state import LineState
from load.send.sent import STOPPED, Sent

BEGIN = 1_000 * 10**9
MS = 1_000_000


def watch(*planned: float, gates: tuple[Gate, ...] = ()) -> Watch:
    return Watch(array("d", planned), ("照会",) * len(planned), BEGIN, gates)


def sent(index: int, at: float, lag: float = 0.0, took: float = 0.01, **fields: Any) -> Sent:
    start = BEGIN + round((at + lag) * 1e9)
    values: dict[str, Any] = {"status": 202, **fields}
    return Sent(index, BEGIN + round(at * 1e9), start, start + round(took * 1e9), **values)


def answer(index: int | None, at: float, correlation_id: str = "") -> Answered:
    return Answered(correlation_id or f"c-{index}", BEGIN + round(at * 1e9), Kind.ANSWER, index)


def seconds(found: Watch) -> dict[int, dict[str, Any]]:
    return {number: second.to_entry() for number, second in found.settled(0, over=True)}


def test_each_counts_in_its_own_second() -> None:
    found = watch(0.5, 0.6, 1.5, 2.5)
    found.take_sent([sent(0, 0.5, lag=0.002), sent(1, 0.6, took=1.0, status=500), sent(2, 1.5)])
    found.take_dropped([f"3,{BEGIN + 2_500 * MS}"])
    found.take_answers([answer(0, 0.7), answer(2, 3.5)])
    told = seconds(found)
    keys = ("planned", "sent", "accepted", "errors", "answered", "dropped")
    assert {number: tuple(one[k] for k in keys) for number, one in told.items()} == {
        0: (2, 2, 1, 0, 1, 0),
        1: (1, 1, 1, 1, 0, 0),
        2: (1, 0, 0, 0, 0, 1),
        3: (0, 0, 0, 0, 1, 0),
    }
    assert (told[0]["p99_ms"], told[0]["lag_p99_ms"]) == (200.0, 2.0)
    assert told[3]["max_ms"] == 2_000.0
    assert told[1]["p50_ms"] is None
    assert (found.sent, found.accepted, found.errors, found.dropped, found.answered) == (3, 2, 1, 1, 2)


def test_a_response_counts_from_the_planned_time_however_late_it_was_sent() -> None:
    found = watch(1.0)
    found.take_sent([sent(0, 1.0, lag=5.0)])
    found.take_answers([answer(0, 6.1)])
    assert 5_090 < (found.response.ms(100) or 0) < 5_110


def test_an_answer_of_the_south_finds_its_request_whichever_is_known_first() -> None:
    found = watch(0.0, 0.0)
    found.take_sent([sent(0, 0.0, correlation_id="a")])
    found.take_answers([answer(None, 0.3, "a"), answer(None, 0.2, "b")])
    assert found.answered == 1
    found.take_sent([sent(1, 0.0, correlation_id="b")])
    assert found.answered == 2
    assert 199 < (found.response.ms(50) or 0) < 201


def test_each_kind_has_its_own_numbers() -> None:
    found = Watch(array("d", (0.0, 0.0, 0.0)), ("税", "住民", "税"), BEGIN, ())
    found.take_sent([sent(0, 0.0), sent(1, 0.0, correlation_id="a"), sent(2, 0.0, status=503)])
    error = Answered("a", BEGIN + 300 * MS, Kind.ERROR, None)
    found.take_answers([answer(0, 0.1), error])
    told: Any = {name: kind.to_entry() for name, kind in found.kinds.items()}
    keys = ("sent", "accepted", "errors", "answered", "count")
    assert [told["税"][key] for key in keys] == [2, 1, 1, 1, 1]
    assert [told["住民"][key] for key in keys] == [1, 1, 1, 1, 1]
    assert 99 < told["税"]["percentiles"]["100"] < 101
    assert 299 < told["住民"]["percentiles"]["100"] < 301


def test_what_was_open_when_it_was_stopped_is_no_error() -> None:
    found = watch(0.0)
    found.take_sent([sent(0, 0.0, status=0, problem=STOPPED)])
    assert (found.errors, found.accepted) == (0, 0)


def test_only_answers_until_a_second_after_the_last_arrival_are_in_time() -> None:
    found = watch(0.0, 0.0, 1.5)
    assert found.lasts == 2
    found.take_answers([answer(0, 0.1), answer(1, 2.9), answer(2, 3.1)])
    assert (found.answered, found.in_time) == (3, 2)


def test_a_second_is_told_of_once_it_is_settled_and_what_comes_later_counts_later() -> None:
    found = watch(0.5)
    assert list(found.settled(BEGIN + SETTLED_SECONDS * 10**9)) == []
    [(number, second)] = found.settled(BEGIN + (SETTLED_SECONDS + 1) * 10**9)
    assert (number, second.planned) == (0, 1)
    found.take_answers([answer(0, 0.6)])
    assert seconds(found)[1]["answered"] == 1


def test_the_line_is_told_of_by_what_it_carried_since() -> None:
    found = watch(0.5, 1.5)
    state = LineState(
        seconds=0.2, refused=2, up={"carried": 100, "queued": 7}, down={"carried": 10, "queued": 0}
    )
    found.take_line(BEGIN + 200 * MS, state)
    found.take_line(BEGIN + 1_200 * MS, {**state, "up": {"carried": 150, "queued": 3}, "refused": 5})
    found.take_line(BEGIN + 9_000 * MS, {**state, "up": {"carried": 950, "queued": 0}, "refused": 5})
    told = seconds(found)
    names = ("up_bytes", "down_bytes", "up_queued", "connections_refused")
    assert [told[0][name] for name in names] == [100, 10, 7, 2]
    assert [told[1][name] for name in names] == [50, 0, 3, 3]
    assert found.in_plan == {"up": 150, "down": 10}  # what is released after the load is not the load


def test_a_gate_counts_what_is_slower_than_it() -> None:
    found = watch(0.0, 0.0, 0.0, gates=(Gate("p99_ms", 100), Gate("error_ratio", 0.1)))
    found.take_answers([answer(0, 0.05), answer(1, 0.15), answer(2, 0.25)])
    assert found.so_far().slow == {"p99_ms": 2}


def test_a_gate_counts_what_is_late_in_its_own_series() -> None:
    gates = Gate("acceptance_p99_ms", 100), Gate("lag_p99_ms", 50), Gate("p99_ms", 1)
    found = watch(0.0, 0.0, 0.0, gates=gates)
    found.take_sent([sent(0, 0.0, took=0.2), sent(1, 0.0, lag=0.06), sent(2, 0.0, took=0.2, status=503)])
    assert found.so_far().slow == {"acceptance_p99_ms": 1, "lag_p99_ms": 1}
