"""Gates: unknown ones are named, lost ones are told early, and what was not measured is not kept."""

import pytest

from load.judge.gates import Arrivals, Gate, GateError, SoFar, judge, lost, read_gates


def test_a_gate_that_there_is_not_is_named_in_one_sentence() -> None:
    with pytest.raises(GateError, match="p98_ms はない"):
        read_gates({"p98_ms": 1}, "x")


def test_what_was_not_measured_is_neither_kept_nor_missed() -> None:
    [found] = judge((Gate("p99_ms", 10),), {"p99_ms": None})
    assert found.met is None


def test_the_achieved_rate_is_a_least() -> None:
    few, enough = (judge((Gate("achieved_rate", 0.9),), {"achieved_rate": v})[0] for v in (0.8, 0.9))
    assert (few.met, enough.met) == (False, True)


@pytest.mark.parametrize(("slow", "is_lost"), [(2, False), (3, True)])
def test_a_percentile_is_lost_when_too_many_of_all_are_slow(slow: int, is_lost: bool) -> None:
    gates = (Gate("p99_ms", 10),)
    fine = Arrivals(100, 0, 0)
    assert (lost(gates, SoFar(fine, fine, {"p99_ms": slow})) is not None) is is_lost


@pytest.mark.parametrize(("failed", "is_lost"), [((2, 3), False), ((3, 3), True)])
def test_the_achieved_rate_is_lost_when_too_many_can_no_longer_be_answered(
    failed: tuple[int, int], is_lost: bool
) -> None:
    gates = (Gate("achieved_rate", 0.95),)
    some = Arrivals(100, *failed)
    assert (lost(gates, SoFar(some, some, {})) is not None) is is_lost


@pytest.mark.parametrize("table", [5, [], "p99_ms", None])
def test_gates_that_are_no_table_are_one_sentence(table: object) -> None:
    with pytest.raises(GateError, match=r"\[gates\] に"):
        read_gates(table, "mine")
