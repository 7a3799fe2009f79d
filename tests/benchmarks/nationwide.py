"""How long a day of all municipalities takes to simulate: `python tests/benchmarks/nationwide.py`."""

import time

from load.estimate.capacity import on_the_line
from load.estimate.estimates import own
from load.estimate.nationwide import populations, simulate
from load.estimate.traffic import Season


def main() -> None:
    """Seconds a case; the goal is 10 for a day."""
    sizes = populations(own().population)
    for season in Season:
        started = time.perf_counter()
        day = simulate(on_the_line(season, own(), 100_000), 100_000, sizes, 1)
        print(f"{season.ja}: {time.perf_counter() - started:.1f} 秒、最大 {day.mbps.max():.1f} Mbps")


if __name__ == "__main__":
    main()
