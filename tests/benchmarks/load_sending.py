"""How fast one worker sends signed and encrypted messages, beside a bare FastHttpUser sending the same bytes, and how late it is
at 1,000 a second: `python tests/benchmarks/load_sending.py`. Asserts nothing."""

import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from load.judge.watching import LATE_MS  # noqa: E402
from load.send.latency import Series  # noqa: E402
from tests.benchmarks.load_tools import Stand, Told, bare, ordered, stand  # noqa: E402

COUNT, SECONDS, USERS, ROUNDS = 60_000, 5.0, 50, 5
TOO_FAST = 1.5  # of the bare rate: what finds nobody free is dropped, so that it sends as fast as it can
PART = 0.9


def kept(found: Told) -> bool:
    """As a load run judges its generator."""
    return not found.dropped and found.ms(Series.LAG, 99) <= LATE_MS


def beside(there: Stand) -> float:
    """Which part of the bare rate is sent at most, with as many open at once; and whether a plan of 0.9 of it is kept."""
    rate = float(bare(there, USERS, SECONDS)["Requests/s"])
    print(f"bare FastHttpUser      {rate:>7,.0f} /s  {USERS} users, each as fast as it is answered")
    found = ordered(there, rate * TOO_FAST, SECONDS, in_flight=USERS)
    part = found.per_second / rate
    print(f"  as fast as it can    {found.per_second:>7,.0f} /s  {part:.2f} of bare, {USERS} at once")
    found = ordered(there, rate * PART, SECONDS)
    print(
        f"  planned {PART:.2f} of it    {found.per_second:>7,.0f} /s  {found.per_second / rate:.2f} of bare, "
        f"lag p99 {found.ms(Series.LAG, 99):.2f} ms, {found.dropped} dropped: {'kept its schedule' if kept(found) else 'late'}"
    )
    return part


def timer(seconds: float) -> float:
    """p99 in ms by which this machine wakes a process too late that sleeps for a millisecond: nobody can be less late."""
    late, at = [], time.perf_counter()
    end = at + seconds
    while at < end:
        at += 0.001
        time.sleep(max(0.0, at - time.perf_counter()))
        late.append(time.perf_counter() - at)
    return sorted(late)[int(len(late) * 0.99)] * 1000


def lateness(there: Stand) -> None:
    """At 1,000 arrivals a second."""
    print(f"sleep of 1 ms          p99 {timer(2.0):.2f} ms late on this machine, with nothing else to do")
    for workers in (1, 2):
        found = ordered(there, 1000.0, SECONDS, workers)
        print(
            f"1,000 /s, {workers} worker(s)  lag p50 {found.ms(Series.LAG, 50):.2f} ms, p99 {found.ms(Series.LAG, 99):.2f} ms, "
            f"p99.9 {found.ms(Series.LAG, 99.9):.2f} ms, {found.dropped} dropped"
        )


def main() -> None:
    """Prints the figures side by side."""
    with TemporaryDirectory() as folder, stand(Path(folder), COUNT) as there:
        parts = []
        for _ in range(ROUNDS):
            parts.append(beside(there))
            lateness(there)
        print(
            f"as fast as it can, of bare: {', '.join(f'{p:.2f}' for p in parts)}; median {median(parts):.2f}"
        )


if __name__ == "__main__":
    main()
