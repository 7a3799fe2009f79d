"""Was the bench itself late? One look of ten may be."""

from load.judge.effort import LATE_MS, Effort


def looked(*network_ms: float) -> Effort:
    effort = Effort()
    for ms in network_ms:
        effort.look(ms / 1000, 0.5)
    return effort


def test_one_late_look_of_ten_is_no_late_network() -> None:
    assert looked(*[5.0] * 9, 400.0).late_ms is None
    assert looked(*[5.0] * 8, 300.0, 400.0).late_ms == 300.0
    assert looked(*[LATE_MS - 1] * 10).late_ms is None


def test_what_the_journal_has() -> None:
    assert looked(*range(1, 11)).to_entry() == {"network_p50_ms": 5.0, "network_p90_ms": 9.0, "machine": 0.5}


def test_who_never_looked_knows_nothing() -> None:
    assert Effort().late_ms is None
    assert Effort().to_entry() == {"network_p50_ms": None, "network_p90_ms": None, "machine": None}
