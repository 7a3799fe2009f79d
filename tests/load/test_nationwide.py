"""All municipalities for a day: their sizes add up, what is sent is carried, and the same day gives the same picture."""

from pathlib import Path

import numpy as np

from load.estimate.capacity import Offered
from load.estimate.nationwide import DAY_SECONDS, MUNICIPALITIES, OPENS_AT, lines, populations, simulate
from load.estimate.plan_plot import plot
from load.estimate.traffic import NATIONAL_POPULATION

LIGHT = Offered(kb=100, seconds=3600, kbps=0.1, messages=100, message_kb=1.0)


def test_sizes_add_up_to_the_census_and_look_like_it() -> None:
    sizes = populations(NATIONAL_POPULATION)
    assert (len(sizes), int(sizes.sum())) == (MUNICIPALITIES, NATIONAL_POPULATION)
    assert 3_500_000 < sizes[0] < 4_000_000  # 横浜市: 3,688,773 (2010)
    assert sizes[-1] >= 100  # 青ヶ島村: 201 (2010)
    assert 20_000 < np.median(sizes) < 30_000
    assert list(sizes) == sorted(sizes, reverse=True)


def test_the_line_follows_from_the_size() -> None:
    assert list(lines(np.array([1_000_000, 300_000, 299_999]))) == [10_000, 10_000, 128]


def test_everything_that_is_sent_is_carried_within_the_day() -> None:
    sizes = np.array([400_000, 100_000, 50_000])
    day = simulate(LIGHT, 100_000, sizes, 1)
    carried_kb = day.mbps.sum() * 60 * 1e6 / 8 / 1000
    expected = LIGHT.messages * sizes.sum() / 100_000
    assert abs(carried_kb - expected) < 5 * expected**0.5  # Poisson
    assert day.mbps[: OPENS_AT // 60].sum() == 0
    assert day.clear_at.max() == 0


def test_a_line_that_is_overloaded_waits_and_says_until_when() -> None:
    heavy = Offered(kb=92_160, seconds=3600, kbps=204.8, messages=92_160, message_kb=1.0)
    day = simulate(heavy, 100_000, np.array([100_000]), 1)
    assert abs(day.backlog_kb[0] - (204.8 - 128) * 3600 / 8) < 2_000
    assert OPENS_AT + 3600 < day.clear_at[0] < OPENS_AT + 2 * 3600
    endless = Offered(kb=0, seconds=28_800, kbps=4096, messages=28_800 * 512, message_kb=1.0)
    assert simulate(endless, 100_000, np.array([100_000]), 1).clear_at[0] == DAY_SECONDS


def test_the_same_day_gives_the_same_picture(tmp_path: Path) -> None:
    day = simulate(LIGHT, 100_000, populations(NATIONAL_POPULATION, 20), 3)
    one, other = tmp_path / "one.svg", tmp_path / "other.svg"
    for path in (one, other):
        plot({"データを送る": day}, path)
    assert one.read_bytes() == other.read_bytes()
    assert b"<svg" in one.read_bytes()
    plot({"データを送る": day}, tmp_path / "one.png")
    assert (tmp_path / "one.png").read_bytes().startswith(b"\x89PNG")
