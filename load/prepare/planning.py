"""From what a user asks for to what a load run does: rates, arrivals, mix, line and gates, all known before it starts."""

from array import array
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TypedDict

from harness.contract.organisations import organisations
from harness.contract.statement import Statement
from load.estimate.capacity import CapacityError, Offered, line_kbps, on_the_line, published
from load.estimate.estimates import Table, own
from load.estimate.traffic import MODELS, Municipality
from load.judge.gates import Gate
from load.line.shaped_line import LineQuality
from load.prepare.arrivals import Phase
from load.prepare.asking import Asking
from load.prepare.mix import answer_kb, mix_of, ways
from load.prepare.population import people, residence
from load.prepare.preparing import Share
from load.prepare.profiles import Profile, ProfileError, find, planned

NO_LINE = "none"
_DEFAULT = "B"
_MOST_TIMES = 1e6


@dataclass(frozen=True)
class Asked:
    """The command line. line: as 128k, "none" for no line at all, None for that of the municipality; scale: of the rate;
    seconds: in place of those of the profile."""

    profile: str
    municipality: str | None = None
    population: int | None = None
    line: str | None = None
    scale: float = 1.0
    seconds: float | None = None
    table: Path | None = None


@dataclass(frozen=True)
class Wish:
    """What is known before the gateway is: everything of the command line, found possible. `line`: how the access line is, None
    where there is none; scale, seconds: as asked."""

    profile: Profile
    municipality: Municipality
    table: Table
    line: LineQuality | None
    scale: float
    seconds: float

    @property
    def gates(self) -> tuple[Gate, ...]:
        """Those of the profile that can be measured: without a line, none of the line."""
        return tuple(gate for gate in self.profile.gates if self.line or not gate.kind.of_line)

    @property
    def stretch(self) -> float:
        """How much longer than the profile has it."""
        return self.seconds / self.profile.seconds


class Estimate(TypedDict):
    """How the rate of a load follows from the published one. `factor`: messages for each of the estimates."""

    published_kbps: float
    on_the_line_kbps: float
    messages_per_second: float
    message_kb: float
    own_message_kb: float
    factor: float
    scale: float
    arrivals_per_second: float
    reason: str


@dataclass(frozen=True)
class Plan:
    """What is going to be done. `times`: seconds since the begin of each arrival; asked, asking: of the gateway and by it,
    each in the order of the mix; estimate: how the rate follows from the published one, None for a profile that has a
    rate of its own."""

    wish: Wish
    phases: tuple[Phase, ...]
    times: "array[float]"
    mix: tuple[Share, ...]
    asked: tuple[Asking, ...]
    asking: tuple[Asking, ...]
    estimate: Estimate | None

    @property
    def count(self) -> int:
        """Arrivals in all."""
        return len(self.times)


def wish_of(asked: Asked) -> Wish:
    """Raises ProfileError, CapacityError, EstimatesError or ValueError, one sentence each."""
    profile, of_name = find(asked.profile)
    if not 0 < asked.scale <= _MOST_TIMES:
        raise ProfileError(f"--scale {asked.scale:g}: 0より大きく、{_MOST_TIMES:,.0f} 以下の倍数にする。")
    place = _municipality(asked, of_name)
    line = _quality(profile, asked.line or profile.line.rate, place)
    if profile.connections and line is None:
        raise ProfileError(f"{profile.name}: 接続数の上限は回線にある。--line {NO_LINE} とは合わせられない。")
    table = Table.read(asked.table) if asked.table else own()
    seconds = profile.seconds if asked.seconds is None else asked.seconds
    wish = Wish(profile, place, table, line, asked.scale, seconds)
    profile.over(_base(wish, 1.0), wish.seconds)
    return replace(wish, line=_stretched(line, wish.stretch) if line else None)


def plan_of(wish: Wish, statement: Statement, seed: int) -> Plan:
    """With the gateway's statement. Raises ConfigurationError for what may not be asked, ProfileError for no arrivals."""
    mix = wish.profile.mix or mix_of(statement, wish.table)
    asked, asking = ways(statement, mix)
    estimate = None
    if wish.profile.season:
        place = residence(organisations()[statement.organisation])
        estimate = _estimate(wish, answer_kb(mix, asked, asking, people(seed, place)))
    base = _base(wish, estimate["factor"] if estimate else 1.0)
    phases = wish.profile.over(base, wish.seconds)
    times = planned(phases, wish.profile.spacing, seed)
    return Plan(wish, phases, times, mix, asked, asking, estimate)


def _base(wish: Wish, factor: float) -> float:
    """Arrivals a second that the multiples of the profile count from."""
    if wish.profile.season is None:
        return (wish.profile.per_second or 0.0) * wish.scale
    return _offered(wish).per_second * factor * wish.scale


def _offered(wish: Wish) -> Offered:
    assert wish.profile.season is not None
    return on_the_line(wish.profile.season, wish.table, wish.municipality.population)


def _estimate(wish: Wish, own_kb: float) -> Estimate:
    """The published rate, and what becomes of it: test records are smaller than those of the estimates, so that as many
    KB are more messages."""
    assert wish.profile.season is not None
    offered = _offered(wish)
    known = published(wish.profile.season, wish.table, wish.municipality.population)
    volume = wish.profile.fill == "volume"
    factor = max(1.0, offered.message_kb / own_kb) if volume else 1.0
    what = "試算の KB に合わせて電文の数を増やした" if volume else "試算の電文の数に合わせた"
    return {
        "published_kbps": known.kbps,
        "on_the_line_kbps": offered.kbps,
        "messages_per_second": offered.per_second,
        "message_kb": offered.message_kb,
        "own_message_kb": own_kb,
        "factor": factor,
        "scale": wish.scale,
        "arrivals_per_second": offered.per_second * factor * wish.scale,
        "reason": f"試算の電文は {offered.message_kb:.1f} KB、この実行の電文は平均 {own_kb:.1f} KB。{what}。",
    }


def _municipality(asked: Asked, of_name: str | None) -> Municipality:
    """A model of §5-2, or one's own population with a line of its own."""
    name = asked.municipality or of_name
    if asked.population is not None:
        if name:
            raise ProfileError("--population と --municipality は、どちらか一方にする。")
        if asked.population < 1:
            raise ProfileError(f"--population {asked.population}: 人口は1人以上。")
        if asked.line is None:
            raise ProfileError("--population には、その団体の回線を --line 10M のように添える。")
        kbps = 0 if asked.line == NO_LINE else int(line_kbps(asked.line))
        return Municipality(f"人口 {asked.population:,} 人", asked.population, kbps)
    for model in MODELS:
        if model.name == f"市町村{name or _DEFAULT}":
            return model
    raise ProfileError(f"--municipality {name}: A、B、C、D のどれか。")


def _quality(profile: Profile, line: str | None, place: Municipality) -> LineQuality | None:
    if line == NO_LINE:
        return None
    kbps = line_kbps(line) if line else float(place.line_kbps)
    wish = profile.line
    if any(before[1] > after[0] for before, after in pairwise(wish.cuts)):
        raise CapacityError(f"{profile.name}: cuts が重なっている。")
    return LineQuality(kbps * 1000, wish.latency_seconds, wish.loss, wish.cuts, profile.connections)


def _stretched(quality: LineQuality, stretch: float) -> LineQuality:
    """Cuts belong to the phases: they are as much longer or shorter."""
    return replace(quality, cuts=tuple((start * stretch, end * stretch) for start, end in quality.cuts))
