"""A thorough run: what a run goes through in part is gone through as a whole, and the tables of the contract and exploration are repeated
with further draws until there is enough of each kind of exchange. Controlling process only."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any, Final

from harness.bench.bench import Bench
from harness.bench.presence import Presence
from harness.catalogue.findings import InconclusiveError
from harness.contract.journal import FILE_NAME, Journal
from harness.contract.texts import one_line
from harness.explore.enough import Gain, best, foreseen, lacking
from harness.explore.trials import Trials, trials
from harness.gateways.south import Request
from harness.model.kinds import ENOUGH, contract_kinds, few, kinds
from harness.plugin.exploring import SHRINKING_SECONDS, keep_and_tell
from harness.plugin.options import Options
from harness.plugin.ticking import Stand, Tell, ticking
from harness.record.reader import entries_of
from harness.stimuli.journalled import stage_on_record
from harness.stimuli.messages import unreadable_messages
from harness.stimuli.stage import AT_ONCE, Stage
from harness.stimuli.tables import TABLES

_NAME: Final = "徹底"
_LONGEST: Final = 3600.0  # seconds; a gateway that answers nothing is not asked for ever
Perform = Callable[[int], None]  # its how many-th time


def thorough(bench: Bench, journal: Journal, options: Options, tell: Tell) -> bool:
    """Until there is enough, or nothing makes more; says what ends it early. False where somebody interrupted it."""
    try:
        with trials(bench, journal, options.folder, options.seed, _NAME) as opened:
            search = import_module(
                "harness.explore.search"
            )  # it loads hypothesis, for which no other run has to wait
            exploring = search.Exploring(opened, SHRINKING_SECONDS)
            sources = {**_tables(opened), **_explorations(search, opened, exploring)}
            gone = Presence.of(bench.statement, options.folder).gone
            repeating = Repeating(sources, Tally(options.folder / FILE_NAME), _wanted(bench), gone)
            try:
                with ticking(repeating.stand, tell):
                    repeating.repeat()
            finally:
                keep_and_tell(bench, journal, options, exploring.found)
    except InconclusiveError as error:
        sys.stderr.write(f"--thorough の繰返しを終わりまで行えなかった。{one_line(str(error), 300)}\n")
    except KeyboardInterrupt:
        sys.stderr.write("中断した。ここまでの記録から判定する。\n")
        return False
    return True


def _wanted(bench: Bench) -> Mapping[str, object]:
    """Kinds of which the statement declares what they need."""
    declares: Mapping[str, tuple[str, ...]] = asdict(bench.statement.declares)
    without = {one.kind for one in few({}, declares) if one.lacks}
    return {kind: needs for kind, needs in contract_kinds().items() if kind not in without}


@dataclass
class Tally:
    """Counts the exchanges of a journal as it grows. `read`: bytes of it so far."""

    path: Path
    read: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def more(self) -> Mapping[str, int]:
        """What came since the last look."""
        with self.path.open("rb") as lines:
            lines.seek(self.read)
            whole = lines.read()
        whole = whole[: whole.rfind(b"\n") + 1]  # a line that is being written is read the next time
        self.read += len(whole)
        found = kinds(entries_of(whole.splitlines(keepends=True)))
        self.counts.update(found)
        return MappingProxyType(found)


@dataclass
class Repeating:
    """`sources`: what makes exchanges, by name; `wanted`: kinds; `gone`: is the gateway?; `shown`: where it stood at a moment, for
    another thread."""

    sources: Mapping[str, Perform]
    tally: Any
    wanted: Mapping[str, object]
    gone: Callable[[], object]
    clock: Callable[[], float] = time.monotonic
    gains: dict[str, Gain] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)
    shown: tuple[Stand, float] | None = None

    def repeat(self) -> None:
        """Each source once; then whichever makes most of what lacks."""
        self.tally.more()
        self._show()
        until = self.clock() + _LONGEST
        while (name := self._next()) is not None and self.clock() < until and not self.gone():
            began = self.clock()
            self.times[name] += 1
            self.sources[name](self.times[name])
            self.gains[name] = Gain(self.tally.more(), self.clock() - began)
            self._show()

    def stand(self) -> Stand | None:
        """As it was shown the last time; since then some time has passed."""
        if self.shown is None:
            return None
        stand, at = self.shown
        left = None if stand.left is None else max(0.0, stand.left - (self.clock() - at))
        return replace(stand, left=left)

    def _show(self) -> None:
        """How long it will take: of sources that were not tried as long as the others on the average."""
        missing = self._missing()
        untried = len(self.sources) - len(self.gains)
        spent = sum(gain.seconds for gain in self.gains.values())
        left = foreseen(missing, self.gains) + untried * spent / len(self.gains) if self.gains else None
        there = ENOUGH * len(self.wanted) - sum(missing.values())
        stand = Stand(len(self.wanted) - len(missing), len(self.wanted), there, left)
        self.shown = stand, self.clock()

    def _missing(self) -> dict[str, int]:
        return lacking(self.tally.counts, self.wanted)

    def _next(self) -> str | None:
        first = next((name for name in self.sources if name not in self.gains), None)
        if first is not None:
            return first
        return best(self._missing(), self.gains)


def _tables(opened: Trials) -> Mapping[str, Perform]:
    """The first time as a whole, then with what is drawn."""

    def perform(name: str, table: Callable[[Stage], None], number: int) -> None:
        stage = stage_on_record(
            opened.faces, opened.journal, opened.seed, f"{_NAME}/{number}/{name}", whole=number == 1
        )
        table(stage)

    return {
        name: partial(perform, name, table)
        for name, table in {**TABLES, "状態": _health, "種別の読めない電文": unreadable_messages}.items()
    }


def _health(stage: Stage) -> None:
    """Who the gateway is, which nobody else asks often."""
    stage.at_once([Request("GET", "/v1/health", "")] * (4 * AT_ONCE))


def _explorations(search: Any, opened: Trials, exploring: Any) -> Mapping[str, Perform]:
    """Stories of each theme."""
    names = search.names_for(opened)

    def perform(theme: list[str], number: int) -> None:
        draw = Random(f"{opened.seed}/{_NAME}/{theme[0]}/{theme[-1]}/{number}")  # noqa: S311  # chance that comes again
        exploring.look(search.themed(names, theme, draw))

    return {f"探索: {'、'.join(theme)}": partial(perform, theme) for theme in search.themes(names)}
