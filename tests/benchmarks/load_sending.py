"""How fast one worker sends signed and encrypted messages at their planned times, beside a bare FastHttpUser sending the same
bytes as fast as it can, and how late it is at 1,000 a second: `python tests/benchmarks/load_sending.py`. Asserts nothing."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from load.latency import Series  # noqa: E402
from load.outcome import LATE_MS  # noqa: E402
from tests.benchmarks.load_tools import Stand, Told, bare, ordered, stand  # noqa: E402

COUNT, SECONDS, USERS, ROUNDS = 60_000, 5.0, 50, 3
PARTS = (0.8, 0.9, 1.0)


def kept(found: Told) -> bool:
    """As a load run judges its generator."""
    return not found.dropped and found.ms(Series.LAG, 99) <= LATE_MS


def beside(there: Stand) -> None:
    """Parts of the bare rate, and whether they were kept."""
    rate = float(bare(there, USERS, SECONDS)["Requests/s"])
    print(f"bare FastHttpUser      {rate:>7,.0f} /s  {USERS} users, each as fast as it is answered")
    for part in PARTS:
        found = ordered(there, rate * part, SECONDS)
        said = "kept its schedule" if kept(found) else "late"
        print(
            f"  planned {part:.2f} of it    {found.per_second:>7,.0f} /s  {found.per_second / rate:.2f} of bare, "
            f"lag p99 {found.ms(Series.LAG, 99):.2f} ms, {found.dropped} dropped: {said}"
        )


def lateness(there: Stand) -> None:
    """At 1,000 arrivals a second."""
    for workers in (1, 2):
        found = ordered(there, 1000.0, SECONDS, workers)
        print(
            f"1,000 /s, {workers} worker(s)  lag p50 {found.ms(Series.LAG, 50):.2f} ms, p99 {found.ms(Series.LAG, 99):.2f} ms, "
            f"p99.9 {found.ms(Series.LAG, 99.9):.2f} ms, {found.dropped} dropped"
        )


def main() -> None:
    """Prints the figures side by side."""
    with TemporaryDirectory() as folder, stand(Path(folder), COUNT) as there:
        for _ in range(ROUNDS):
            beside(there)
            lateness(there)


if __name__ == "__main__":
    main()
