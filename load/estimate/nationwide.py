"""A day of all 1,741 municipalities, second by second: the total, and every access line."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from load.estimate.capacity import Offered

MUNICIPALITIES = 1_741  # 市町村と特別区, 2014 onwards
DAY_SECONDS, OPENS_AT = 86_400, 9 * 3_600
# Own: a log-normal distribution whose largest of 1,741 is some 3.7 million people, as 横浜市 has (2010 census).
_SIGMA = 1.45
FAST_FROM = (
    300_000  # own: people from whom on a municipality has the line of 市町村A (10 Mbps), else 128 kbps
)
FAST_KBPS, SLOW_KBPS = 10_000, 128  # §5-2
REFERENCE_BYTES = 200  # own: what travels in place of the data where a partner looks into the database itself


@dataclass(frozen=True)
class Day:
    """mbps: total that the lines carried, a minute; waiting: how many lines have a backlog, a minute; backlog_kb: the
    largest of each municipality; clear_at: second of the day at which it was gone, DAY_SECONDS where never."""

    populations: NDArray[np.int64]
    lines_kbps: NDArray[np.float64]
    mbps: NDArray[np.float64]
    waiting: NDArray[np.int64]
    backlog_kb: NDArray[np.float64]
    clear_at: NDArray[np.int64]


def populations(total: int, count: int = MUNICIPALITIES) -> NDArray[np.int64]:
    """Sizes that add up to the total, the largest first; the same every time."""
    normal = NormalDist(0, _SIGMA)
    weights = np.exp([normal.inv_cdf(1 - (rank + 0.5) / count) for rank in range(count)])
    exact = weights / weights.sum() * total
    whole: NDArray[np.int64] = np.floor(exact).astype(np.int64)
    for rank in np.argsort(whole - exact)[: total - int(whole.sum())]:
        whole[rank] += 1
    return whole


def lines(sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    """kbps of each, by size."""
    found: NDArray[np.float64] = np.where(sizes >= FAST_FROM, float(FAST_KBPS), float(SLOW_KBPS))
    return found


def simulate(offered: Offered, population: int, sizes: NDArray[np.int64], seed: int) -> Day:
    """`offered`: what a municipality of `population` sends; the others in proportion. Messages come by chance
    (Poisson) from nine o'clock on, over the seconds of `offered` or the office's eight hours, and wait on their line."""
    generator = np.random.default_rng(seed)
    rates = offered.per_second * sizes / population
    line = lines(sizes) * 1000 / 8
    backlog, peak = np.zeros(len(sizes)), np.zeros(len(sizes))
    clear = np.zeros(len(sizes), dtype=np.int64)
    carried, waiting = np.zeros(DAY_SECONDS), np.zeros(DAY_SECONDS, dtype=np.int64)
    closes_at = OPENS_AT + min(offered.seconds, 8 * 3_600)
    for second in range(OPENS_AT, DAY_SECONDS):
        if second < closes_at:
            backlog += generator.poisson(rates) * (offered.message_kb * 1000)
        elif not backlog.any():
            break
        sent = np.minimum(backlog, line)
        backlog -= sent
        carried[second] = sent.sum()
        late = backlog > line  # more than a second's worth
        waiting[second] = np.count_nonzero(late)
        clear[late] = second + 1
        np.maximum(peak, backlog, out=peak)
    clear[backlog > line] = DAY_SECONDS
    by_minute = carried.reshape(-1, 60).mean(axis=1) * 8 / 1e6
    return Day(sizes, lines(sizes), by_minute, waiting.reshape(-1, 60).max(axis=1), peak / 1000, clear)
