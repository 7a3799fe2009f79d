"""load.json: a load run for programs. Its schema is load.schema.json."""

import json

from harness.record.fields import mapping
from harness.record.load_headroom import carried
from harness.record.load_run import SERIES, LoadRun, fit, number

FILE_NAME = "load.json"
_COUNTS = ("planned", "sent", "dropped", "accepted", "errors", "answered")


def load_json(run: LoadRun) -> bytes:
    """The JSON document, UTF-8."""
    first, end = run.first, run.end or {}
    profile, place, line = (mapping(first.get(name)) for name in ("profile", "municipality", "line"))
    document = {
        "schema": "renkei-load",
        "version": "1",
        "verdict": run.verdict,
        "code": run.code,
        "exit_code": run.exit_code,
        "complete": end.get("complete") is True,
        "stopped": fit(end.get("stopped")),
        "run": {
            name: fit(first.get(name))
            for name in ("run_id", "seed", "gateway", "product", "contract", "suite")
        },
        "profile": {"name": fit(profile.get("name")), "seconds": number(profile.get("seconds"))},
        "municipality": fit(place.get("name")),
        "line_kbps": number(line.get("kbps")),
        "counts": {name: run.total(name) for name in _COUNTS},
        "gates": [vars(gate) for gate in run.gates],
        "latency_ms": {name: _percentiles(run, name) for name in SERIES if name in run.histograms},
        "kinds": [{**vars(kind), "percentiles": dict(kind.percentiles)} for kind in run.kinds],
        "effort": {
            name: number(run.effort.get(name)) for name in ("network_p50_ms", "network_p90_ms", "machine")
        },
        "headroom": vars(found) if run.measured and (found := carried(run)) else None,
        "sample": {"checked": run.checked, "failed": len(run.failed)},
        "reconciliation": _reconciliation(run),
        "calibration": _calibration(run),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _percentiles(run: LoadRun, name: str) -> dict[str, float | None]:
    values = mapping(run.histograms[name].get("percentiles"))
    return {percentile: number(value) for percentile, value in values.items()}


def _reconciliation(run: LoadRun) -> dict[str, object] | None:
    said = run.reconciliation
    if said is None:
        return None
    counts = {name: int(number(count) or 0) for name, count in mapping(said.get("counts")).items()}
    return {"verdict": fit(said.get("verdict")), "code": fit(said.get("code")), "counts": counts}


def _calibration(run: LoadRun) -> dict[str, object] | None:
    said = run.calibration
    if said is None:
        return None
    numbers = ("kbps", "measured_kbps", "error", "limit")
    return {**{name: number(said.get(name)) for name in numbers}, "good": said.get("good") is True}
