"""The first entry of the journal of a load run: what is going to be done, with what, against what."""

import platform
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

from harness.gateways.kinds import shown
from harness.record.suite import suite_hash
from load.judge.answers import Sampling
from load.line.shaped_line import LineQuality
from load.prepare.planning import Plan, Wish
from load.send.environment import Environment
from load.send.generator import Workers

PACKAGES = ("renkei", "locust", "gevent", "geventhttpclient", "hdrhistogram", "httpx", "joserfc", "uvicorn")


@dataclass(frozen=True)
class Settings:
    """How it is run. gateway: as given; sampling: share of the answers that is checked; workers: processes of Locust."""

    gateway: str
    folder: Path
    seed: int
    residents: int
    workers: Workers
    sampling: Sampling
    allowed: tuple[str, ...] = ()


def first_entry(plan: Plan, environment: Environment, settings: Settings) -> dict[str, object]:
    """The fields of `load` (docs/journal.md)."""
    wish = plan.wish
    return {
        "run_id": str(uuid4()),
        "seed": settings.seed,
        "gateway": shown(settings.gateway),
        "organisation": environment.statement.organisation,
        "product": environment.health["product"],
        "contract": environment.statement.contract,
        "suite": suite_hash(),
        "versions": {"python": platform.python_version(), **{p: version(p) for p in PACKAGES}},
        "workers": settings.workers.count,
        "residents": settings.residents,
        "profile": {**_profile(wish), "phases": [asdict(phase) for phase in plan.phases]},
        "municipality": asdict(wish.municipality) if wish.profile.season else None,
        "planned": plan.count,
        "mix": [asdict(share) for share in plan.mix],
        "line": _line(wish.line) if wish.line else None,
        "gates": {gate.name: gate.limit for gate in wish.gates},
        "estimate": plan.estimate,
    }


def _profile(wish: Wish) -> dict[str, object]:
    as_they_are = ("name", "summary", "spacing", "retries", "in_flight")
    return {**{name: getattr(wish.profile, name) for name in as_they_are}, "seconds": wish.seconds}


def _line(quality: LineQuality) -> dict[str, object]:
    return {
        "kbps": quality.bits_per_second / 1000,
        "latency_seconds": quality.latency_seconds,
        "loss": quality.loss,
        "cuts": [list(cut) for cut in quality.cuts],
        "connections": quality.connections,
    }
