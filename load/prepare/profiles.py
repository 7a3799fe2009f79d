"""Profiles: the shape of a load as a TOML file, with its gates, so that everything is known to be possible before it starts."""

import json
from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

from jsonschema_rs import Draft202012Validator

from harness.contract.schemas import problem_by
from harness.contract.user_files import parsed, text_of
from load.estimate.traffic import Season
from load.judge.gates import Gate, GateError, read_gates
from load.prepare.arrivals import Phase, Spacing, arrivals
from load.prepare.preparing import Share

FOLDER = Path(__file__).parents[1] / "profiles"
LONGEST_SECONDS = 86_400.0
MOST_PER_SECOND = 100_000.0
MOST_ARRIVALS = 20_000_000  # each is a prepared message of 6 kB
_SCHEMA = Path(__file__).with_name("profile.schema.json")


class ProfileError(ValueError):
    """A profile that cannot be run; the message is one sentence with the remedy."""


@dataclass(frozen=True)
class LineWish:
    """What a profile says of the access line. rate: as 128k, None for that of the municipality; cuts: (from, to) seconds."""

    rate: str | None = None
    latency_seconds: float = 0.0
    loss: float = 0.0
    cuts: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Profile:
    """One profile, as profile.schema.json has it. phases: (seconds, from, to) in multiples of the base rate, which is
    `per_second` or that of the season; `exploration`: the part of the arrivals in whose place comes what exploration does."""

    name: str
    summary: str
    phases: tuple[tuple[float, float, float], ...]
    gates: tuple[Gate, ...]
    season: Season | None
    per_second: float | None
    fill: str
    spacing: Spacing
    connections: int | None
    retries: int
    in_flight: int
    mix: tuple[Share, ...]
    line: LineWish
    exploration: float

    @classmethod
    def read(cls, path: Path) -> Self:
        """Of a file. Raises ProfileError."""
        return cls.parse(text_of(path, ProfileError), path.stem)

    @classmethod
    def parse(cls, text: str, name: str) -> Self:
        """Of a TOML text. Raises ProfileError."""
        document = parsed(text, name, ProfileError)
        try:
            gates = read_gates(document.get("gates", {}), name)
        except GateError as error:
            raise ProfileError(str(error)) from error
        if "season" in document and "per_second" in document:
            raise ProfileError(f"{name}: season と per_second は、どちらか一方を書く。")
        if problem := problem_by(_validator(), document):
            raise ProfileError(f"{name}: プロファイルが正しくない（{problem}）。")
        return cls(name=name, gates=gates, **_values(document, name))

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return sum(seconds for seconds, _, _ in self.phases)

    def over(self, base: float, seconds: float | None = None) -> tuple[Phase, ...]:
        """The phases at a base rate, stretched or shortened to so many seconds. Raises ProfileError."""
        wanted = self.seconds if seconds is None else seconds
        if not 1 <= wanted <= LONGEST_SECONDS:
            raise ProfileError(f"長さ {wanted:g} 秒: 1秒以上 {LONGEST_SECONDS:,.0f} 秒以下にする。")
        stretch, found, begin = wanted / self.seconds, [], 0.0
        for lasts, start, end in self.phases:
            found.append(Phase(begin, begin + lasts * stretch, start * base, end * base))
            begin = found[-1].end
        highest = max(max(p.from_per_second, p.to_per_second) for p in found)
        if not 0 < highest <= MOST_PER_SECOND or sum(p.arrivals for p in found) > MOST_ARRIVALS:
            limits = f"毎秒 {MOST_PER_SECOND:,.0f} 件、全部で {MOST_ARRIVALS:,} 件まで"
            raise ProfileError(
                f"{self.name}: 最も速いときに毎秒 {highest:,.2f} 件。0より大きく、{limits}にする。"
            )
        return tuple(found)


def names() -> list[str]:
    """Those of the package."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def find(text: str) -> tuple[Profile, str | None]:
    """By its name, or a file of one's own; A-一斉照会 is 一斉照会 of municipality A. Raises ProfileError."""
    if text.endswith(".toml"):
        return Profile.read(Path(text)), None
    municipality, dash, name = text.rpartition("-")
    if name not in names() or (dash and municipality not in set("ABCD")):
        there = "、".join(names())
        raise ProfileError(f"--profile {text}: それはない（ある: {there}。前に A- から D- を付けられる）。")
    return Profile.read(FOLDER / f"{name}.toml"), municipality or None


def planned(phases: tuple[Phase, ...], spacing: Spacing, seed: int) -> "array[float]":
    """Seconds since the begin of each arrival. Raises ProfileError for none."""
    times = array("d", arrivals(phases, spacing, seed))
    if not times:
        raise ProfileError("この速さと長さでは1件も送らない。--seconds か --scale を大きくする。")
    return times


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))


def _values(document: dict[str, Any], name: str) -> dict[str, Any]:
    """Everything but name and gates, of a document that meets the schema."""
    cuts = tuple((float(start), float(end)) for start, end in document.get("line", {}).get("cuts", []))
    if any(start >= end for start, end in cuts):
        raise ProfileError(f"{name}: cuts は [始め, 終わり] 秒で、始めを先にする。")
    line = document.get("line", {})
    return {
        "summary": document["summary"],
        "phases": tuple(_phase(phase) for phase in document["phase"]),
        "season": next((season for season in Season if season.ja == document.get("season")), None),
        "per_second": document.get("per_second"),
        "fill": document.get("fill", "volume"),
        "spacing": Spacing(document.get("spacing", Spacing.POISSON)),
        "connections": document.get("connections"),
        "retries": document.get("retries", 3),
        "in_flight": document.get("in_flight", 1000),
        "mix": tuple(
            Share(m["face"], m["information"], m.get("weight", 1.0), m.get("use_case", ""))
            for m in document.get("mix", [])
        ),
        "exploration": float(document.get("exploration", 0.0)),
        "line": LineWish(
            line.get("rate"), line.get("latency", 0.0), line.get("loss", 0.0), tuple(sorted(cuts))
        ),
    }


def _phase(phase: dict[str, float]) -> tuple[float, float, float]:
    same = phase.get("times")
    start, end = (phase["from"], phase["to"]) if same is None else (same, same)
    return float(phase["seconds"]), float(start), float(end)
