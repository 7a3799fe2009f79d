"""A recorded run taken apart: what every scenario asked and was answered, each kind in its order."""

from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self, cast

from harness.contract.health import Health
from harness.contract.journal import Entry
from harness.contract.journal_entries import (
    AnyEntry,
    ControlEntry,
    HealthEntry,
    PollEntry,
    RunEntry,
    Said,
    SouthCall,
    SouthEntry,
    is_north,
    is_south,
)
from harness.record.reader import read
from harness.residents.masking import Masks, texts_of

_NOT_COPIED = frozenset({"v", "by", "type", "face"})


@dataclass(frozen=True)
class Told:
    """An instruction to the network, with the exchanges of its answer themselves. `lost`: not all of them are recorded."""

    entry: ControlEntry
    response: object
    lost: bool = False


@dataclass
class Script:
    """Of one scenario."""

    south: deque[SouthEntry | PollEntry] = field(default_factory=deque)
    control: deque[Told] = field(default_factory=deque)
    waits: deque[int] = field(default_factory=deque)
    seen: deque[object] = field(default_factory=deque)


@dataclass(frozen=True)
class RecordedRun:
    """The scripts of a journal by scenario, its first entry, and the exchange in which the gateway said who it is."""

    run: RunEntry
    introduction: SouthCall
    plan: tuple[str, ...]
    scripts: dict[str, Script]
    everybody: Masks

    @property
    def health(self) -> Health:
        """What the gateway said of itself. Raises KeyError where it is not recorded."""
        return cast(Health, self.introduction["response"])

    @classmethod
    def read(cls, journal: Path) -> Self:
        """Raises OSError, ValueError, KeyError for a file that is no journal of a run."""
        reader = _Reader()
        for entry in read(journal):
            if "type" in entry:
                reader.take(entry)
        if not (reader.run and reader.health):
            raise KeyError(Entry.HEALTH if reader.run else Entry.RUN)
        run, introduction = reader.run[0], reader.health[0]
        everybody = Masks.of(reader.people, int(run["seed"]))
        said = {name: value for name, value in introduction.items() if name not in _NOT_COPIED}
        return cls(run, cast(SouthCall, said), tuple(reader.plan), reader.scripts, everybody)


@dataclass
class _Reader:
    """A journal while it is read. `run`, `health`: those that begin a run, one more where it was taken up again; `north`:
    exchanges by number, which then count anew."""

    run: list[RunEntry] = field(default_factory=list)
    health: list[HealthEntry] = field(default_factory=list)
    scripts: dict[str, Script] = field(default_factory=dict)
    north: dict[int, Said] = field(default_factory=dict)
    plan: dict[str, None] = field(default_factory=dict)
    people: dict[tuple[str, str], None] = field(default_factory=dict)

    def take(self, entry: AnyEntry) -> None:
        match entry["type"]:
            case Entry.RUN:
                self.run.append(entry)
            case Entry.HEALTH:
                self.health.append(entry)
            case Entry.PLAN:
                self.plan |= dict.fromkeys(entry["scenarios"])
            case Entry.PEOPLE:
                self.people |= dict.fromkeys(texts_of(entry["people"]))
            case Entry.EXCHANGE if is_north(entry):
                self.north[entry["seq"]] = {k: v for k, v in entry.items() if k not in _NOT_COPIED}
            case _:
                self._take_part(entry)

    def _take_part(self, entry: AnyEntry) -> None:
        match entry["type"]:
            case Entry.SCENARIO:
                self.scripts[entry["scenario"]] = Script()
            case Entry.EXCHANGE if is_south(entry):
                self._script(entry["scenario"]).south.append(entry)
            case Entry.POLL:
                self._script(entry["scenario"]).south.append(entry)
            case Entry.CONTROL:
                self._script(entry["scenario"]).control.append(self._whole(entry))
            case Entry.WAIT:
                self._script(entry["scenario"]).waits.append(entry["attempts"])
            case Entry.SEEN:
                self._script(entry["scenario"]).seen.append(entry["value"])

    def _script(self, scenario: str) -> Script:
        return self.scripts.setdefault(scenario, Script())

    def _whole(self, entry: ControlEntry) -> Told:
        """Exchanges are named by their number: here they are themselves again."""
        response = entry["response"]
        if not isinstance(response, dict) or "exchanges" not in response:
            return Told(entry, response)
        found = [self.north.get(number) for number in cast(list[int], response["exchanges"])]
        return Told(entry, {"exchanges": found}, None in found)
