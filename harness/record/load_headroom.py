"""By how much a load was carried: the fastest seconds that kept every promise."""

from dataclasses import dataclass

from harness.contract.journal_entries import Said
from harness.record.fields import mapping
from harness.record.load_run import LoadRun, number

# Windows of a twentieth of the run, in seconds (own): shorter ones are chance, longer ones hide when a ramp becomes too fast.
_LONGEST, _SHORTEST, _PARTS = 10, 2, 20
_KEPT = 0.95  # own: of what was planned in it; below it answers pile up
_UNDER_WAY = 0.5  # own: seconds of arrivals by which those under way may become more by chance


@dataclass(frozen=True)
class Carried:
    """Arrivals a second over `seconds`; multiple: of the base rate, None where that is not known; `whole`: nothing faster
    was tried, so that the limit was not found."""

    seconds: int
    per_second: float
    multiple: float | None
    whole: bool


def carried(run: LoadRun) -> Carried | None:
    """The fastest window before the first that broke a promise; None where already the first did. A window keeps them when
    nothing failed or was dropped, no answer was slower than the gate of p99 allows, and the requests under way did not
    become more from its begin to its end: how many there are at all only tells how long an answer takes."""
    limit = next((gate.limit for gate in run.gates if gate.name == "p99_ms"), None)
    lasts = number(mapping(run.first.get("profile")).get("seconds")) or 0.0
    seconds = [second for second in run.seconds if (number(second.get("second")) or 0.0) < lasts]
    width = max(_SHORTEST, min(_LONGEST, int(lasts / _PARTS)))
    windows = [seconds[start : start + width] for start in range(0, len(seconds) - width + 1, width)]
    broken = next(
        (n for n, window in enumerate(windows) if _breaks(window, limit, first=not n)), len(windows)
    )
    if broken == 1:  # what the first left was more than its answers were to take
        broken = 0
    rates = [_sum(window, "planned") / width for window in windows[:broken]]
    if not rates or not max(rates):
        return None
    base = number(mapping(run.first.get("estimate")).get("arrivals_per_second"))
    return Carried(width, max(rates), max(rates) / base if base else None, broken == len(windows))


def _breaks(window: list[Said], limit: float | None, *, first: bool) -> bool:
    """In the first, requests under way become more in any case."""
    planned = _sum(window, "planned")
    more = planned - _sum(window, "answered")
    behind = more > max((1 - _KEPT) * planned, planned / len(window) * _UNDER_WAY) and not first
    slowest = max((number(second.get("p99_ms")) or 0.0 for second in window), default=0.0)
    return bool(_sum(window, "errors") or _sum(window, "dropped") or behind or (limit and slowest > limit))


def _sum(window: list[Said], name: str) -> float:
    return sum(number(second.get(name)) or 0.0 for second in window)
