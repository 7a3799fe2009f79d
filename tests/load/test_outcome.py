"""One verdict of a load run: wrong answers weigh most, a load that was not the planned one proves nothing, then the gates."""

from array import array

import pytest

from harness.catalogue.verdicts import Exit, Verdict
from load.judge.gates import Gate, Judged, judge
from load.judge.outcome import INTERRUPTED, Measured, outcome
from load.judge.reconciliation import Judgement
from load.judge.watching import Watch
from load.send.latency import Latency, Series
from load.send.sent import Sent

GOOD = Judgement(Verdict.PASS)
BAD = Judgement(Verdict.FAIL, "NO_ANSWER", "1 件", "0 件")
UNCLEAR = Judgement(Verdict.INCONCLUSIVE, "NOT_MEASURED", "応答がない", "応答")
KEPT = (Judged("dropped", 0, 0, met=True),)
MISSED = (Judged("p99_ms", 10, 20, met=False),)
UNKNOWN = (Judged("p99_ms", 10, None, met=None),)


def measured(
    sent: int = 10, lag_ms: float = 1.0, network_late_ms: float | None = None, line_error: float | None = None
) -> Measured:
    """Of ten planned requests."""
    watch = Watch(array("d", range(10)), ("照会",) * 10, 0, ())
    watch.take_sent(Sent(i, 0, int(lag_ms * 1e6), int(lag_ms * 1e6) + 1, 202) for i in range(sent))
    lag = Latency()
    lag.record(int(lag_ms * 1e6))
    return Measured(watch, {Series.LAG: lag}, None, 0, network_late_ms, line_error)


@pytest.mark.parametrize(
    ("judgement", "gates", "load", "stopped", "exit_", "code"),
    [
        (GOOD, KEPT, measured(), "", Exit.CONFORMS, ""),
        (BAD, KEPT, measured(), "", Exit.DOES_NOT_CONFORM, "NO_ANSWER"),
        (BAD, MISSED, measured(1, 90), INTERRUPTED, Exit.DOES_NOT_CONFORM, "NO_ANSWER"),
        (GOOD, KEPT, measured(lag_ms=90), "", Exit.INCONCLUSIVE, "GENERATOR_LATE"),
        (GOOD, MISSED, measured(lag_ms=90), "", Exit.INCONCLUSIVE, "GENERATOR_LATE"),
        (GOOD, KEPT, measured(sent=1), "", Exit.INCONCLUSIVE, "GENERATOR_LATE"),
        (GOOD, MISSED, measured(), "", Exit.LOAD_GATE, "GATE_MISSED"),
        (GOOD, MISSED, measured(network_late_ms=250.0), "", Exit.INCONCLUSIVE, "NETWORK_LATE"),
        (GOOD, KEPT, measured(network_late_ms=250.0), "", Exit.CONFORMS, ""),
        (GOOD, KEPT, measured(line_error=-0.03), "", Exit.INCONCLUSIVE, "LINE_INEXACT"),
        (GOOD, MISSED, measured(line_error=0.03), "", Exit.INCONCLUSIVE, "LINE_INEXACT"),
        (BAD, MISSED, measured(network_late_ms=250.0), "", Exit.DOES_NOT_CONFORM, "NO_ANSWER"),
        (GOOD, MISSED, measured(sent=1), "20 秒でやめた", Exit.LOAD_GATE, "GATE_MISSED"),
        (GOOD, KEPT, measured(sent=1), "20 秒でやめた", Exit.INCONCLUSIVE, "NOT_MEASURED"),
        (GOOD, MISSED, measured(sent=1), INTERRUPTED, Exit.INCONCLUSIVE, "NOT_MEASURED"),
        (GOOD, UNKNOWN, measured(), "", Exit.INCONCLUSIVE, "NOT_MEASURED"),
        (UNCLEAR, KEPT, measured(), "", Exit.INCONCLUSIVE, "NOT_MEASURED"),
    ],
)
def test_each_end_has_its_exit_code(  # one parameter a column
    judgement: Judgement, gates: tuple[Judged, ...], load: Measured, stopped: str, exit_: Exit, code: str
) -> None:
    found = outcome(judgement, gates, load, stopped)
    assert (found.exit, found.code) == (exit_, code)
    assert (found.verdict == Verdict.PASS) is (exit_ == Exit.CONFORMS)
    assert found.to_entry()["exit_code"] == int(exit_)


@pytest.mark.parametrize(("late", "code"), [(3, ""), (4, "GENERATOR_LATE")])
def test_a_few_that_stumble_are_no_late_generator(late: int, code: str) -> None:
    load = measured(sent=10 - late)
    load.watch.take_sent(Sent(i, 0, 90_000_000, 90_000_001, 202) for i in range(late))
    assert outcome(GOOD, KEPT, load, "").code == code
    assert outcome(GOOD, MISSED, load, "").code == (code or "GATE_MISSED")


def test_the_gate_of_the_rarest_is_not_missed_by_the_gateway_where_the_generator_was_late_as_rarely() -> None:
    load = measured()
    load.watch.take_sent(Sent(0, 0, 200_000_000 * (n < 5), 200_000_001, 202) for n in range(1000))
    found = outcome(GOOD, (Judged("p999_ms", 10, 200, met=False),), load, "")
    assert (found.exit, found.code) == (Exit.INCONCLUSIVE, "GENERATOR_LATE")
    assert outcome(GOOD, MISSED, load, "").code == "GATE_MISSED"


def test_every_gate_has_an_observation() -> None:
    load = measured()
    observed = load.observed()
    assert observed["dropped"] == 0
    assert observed["error_ratio"] == 0.0
    assert observed["achieved_rate"] == 0.0  # nothing was answered
    assert observed["lag_p99_ms"] == pytest.approx(1.0, rel=0.01)
    assert observed["p99_ms"] is observed["line_utilisation"] is None


def test_a_run_that_was_stopped_is_not_blamed_for_what_it_did_not_send() -> None:
    gates = (Gate("achieved_rate", 0.95), Gate("dropped", 0))
    observed = {"achieved_rate": 0.3, "dropped": 1.0}
    assert [one.met for one in judge(gates, observed)] == [False, False]
    assert [one.met for one in judge(gates, observed, cut=True)] == [None, False]
    assert judge(gates, {"achieved_rate": 0.96}, cut=True)[0].met is True
