"""By how much a load was carried: the fastest seconds that kept every promise."""

from dataclasses import dataclass

from reports.fields import mapping
from reports.load_run import LoadRun, number

# Windows of a twentieth of the run, in seconds (own): shorter ones are chance, longer ones hide when a ramp becomes too fast.
_LONGEST, _SHORTEST, _PARTS = 10, 2, 20
_KEPT = 0.95  # own: of what was planned until then; below it answers pile up
_UNDER_WAY = 0.5  # own: seconds of arrivals whose answers may be under way without being behind


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
    nothing failed or was dropped, answers came as fast as requests, and none was slower than the gate of p99 allows."""
    limit = next((gate.limit for gate in run.gates if gate.name == "p99_ms"), None)
    lasts = number(mapping(run.first.get("profile")).get("seconds")) or 0.0
    seconds = [one for one in run.seconds if (number(one.get("second")) or 0.0) < lasts]
    width = max(_SHORTEST, min(_LONGEST, int(lasts / _PARTS)))
    fastest, planned, answered, whole = 0.0, 0.0, 0.0, True
    for start in range(0, len(seconds) - width + 1, width):
        window = seconds[start : start + width]
        asked, before = _sum(window, "planned"), planned - answered
        planned, answered = planned + asked, answered + _sum(window, "answered")
        slowest = max((number(one.get("p99_ms")) or 0.0 for one in window), default=0.0)
        rate, left = asked / width, planned - answered
        behind = left > max((1 - _KEPT) * planned, rate * _UNDER_WAY) and left > before
        if _sum(window, "errors") or _sum(window, "dropped") or behind or (limit and slowest > limit):
            whole = False
            break
        fastest = max(fastest, rate)
    base = number(mapping(run.first.get("estimate")).get("arrivals_per_second"))
    return Carried(width, fastest, fastest / base if base else None, whole) if fastest else None


def _sum(window: list[dict[str, object]], name: str) -> float:
    return sum(number(one.get(name)) or 0.0 for one in window)
