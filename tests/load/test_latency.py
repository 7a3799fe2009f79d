"""Histograms of many workers give the percentiles of all together, and the planned time is what counts."""

import random

from hypothesis import given
from hypothesis import strategies as st

from load.send.latency import Latency, merged

MS = 1_000_000


@given(st.lists(st.integers(1, 10**10), min_size=1, max_size=200), st.integers(1, 5))
def test_merged_workers_are_as_one(nanoseconds: list[int], workers: int) -> None:
    alone, parts = Latency(), [Latency() for _ in range(workers)]
    for number, one in enumerate(nanoseconds):
        alone.record(one)
        parts[number % workers].record(one)
    together = merged([{"lag": one.encoded()} for one in parts])["lag"]
    assert together.count == len(nanoseconds)
    assert together.to_entry()["percentiles"] == alone.to_entry()["percentiles"]


def test_percentiles_keep_three_digits() -> None:
    found, chance = Latency(), random.Random(1)
    values = sorted(chance.expovariate(1 / 50e6) for _ in range(20_000))
    for value in values:
        found.record(int(value))
    for percentile in (50, 95, 99, 99.9):
        exact = values[round(len(values) * percentile / 100) - 1] / MS
        assert abs((found.ms(percentile) or 0) / exact - 1) < 0.002


def test_nothing_recorded_is_no_number_and_more_than_an_hour_is_an_hour() -> None:
    found = Latency()
    assert found.ms(99) is None
    found.record(10 * 3600 * 10**9)
    found.record(-5)
    assert found.count == 2
    assert 3_590_000 < (found.ms(100) or 0) < 3_610_000
