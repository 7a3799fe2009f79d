"""First and last entry of the journal, the reports, and the exit code of the run. Controlling process only."""

import platform
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

import pytest

from harness.bench.bench import Bench
from harness.bench.presence import Presence
from harness.catalogue.features import all_scenarios
from harness.catalogue.verdicts import Exit
from harness.contract.journal import FILE_NAME, Entry, Journal
from harness.contract.sides import Side
from harness.contract.statement import MASKED
from harness.contract.texts import one_line
from harness.gateways.kinds import shown
from harness.languages.choice import language, speaking
from harness.plugin import partner
from harness.plugin.alluredir import OPTION, settle
from harness.plugin.closing import Opening, close
from harness.plugin.evidence import ALTERED, Evidence, Record
from harness.plugin.exploring import come_back, explored
from harness.plugin.looking import looking
from harness.plugin.options import Options
from harness.plugin.selection import narrowed, selected
from harness.plugin.standstill import Watch
from harness.plugin.thorough import thorough
from harness.plugin.ticking import TELL, lines
from harness.plugin.unforeseen import unforeseen
from harness.plugin.whole_record import conclude, conclude_again
from harness.record.conclusion import combined, exit_code
from harness.record.fields import seconds
from harness.record.reader import sound_entries
from harness.record.run import run_of
from harness.record.suite import suite_hash
from harness.record.values import Run
from harness.stimuli.journalled import introduce
from reports.run.views import write_views

# The run as its views show it, once they are written, or both halves of one with two gateways: what is said of it rests on them.
WRITTEN = pytest.StashKey[tuple[Run, ...]]()
_TOLD = pytest.StashKey[bool]()
_ENDED = pytest.StashKey[bool]()
PACKAGES = ("renkei", "pytest", "pytest-bdd", "httpx", "joserfc", "starlette", "uvicorn")
_INTERRUPTED = "keyboard-interrupt"  # what xdist says of a worker that Ctrl-C reached
_CHECK = f'"{Entry.CHECK}"'.encode()
_SAID = 200  # characters of what xdist says


@dataclass(eq=False)  # pluggy keeps plugins in sets
class RunLog:
    """The run as a whole. The exit code is derived from the journal, as every report is. `recorded`: the journal of the
    run that is followed once more."""

    config: pytest.Config
    options: Options
    bench: Bench
    evidence: Evidence
    recorded: Path | None = None
    opening: Opening | None = None
    watch: Watch | None = None  # none where a record is followed: nobody is waited for
    started: float = field(default_factory=time.perf_counter)
    interrupted: bool = False
    died: str = ""

    @property
    def journal(self) -> Journal:
        """What this process writes into."""
        return self.evidence.journal

    def pytest_sessionstart(self) -> None:
        """The run entry, before any verdict."""
        bench, options = self.bench, self.options
        self.journal.write(
            Entry.RUN,
            run_id=str(uuid4()),
            **options.to_entry(),
            suite=suite_hash(),
            **self._tested(),
            versions={"python": platform.python_version(), **{p: version(p) for p in PACKAGES}},
            selected=self._selected(),
            narrowed=options.narrowed or narrowed(self.config) or bench.other is not None,
            repeats=True,
            chosen=bool(options.requirements or options.use_cases),
            command=[_masked(word, options) for word in sys.argv[1:]],
        )

        # Not the token of the network: a gateway may look into the run folder while it runs.
        statements = (bench.statement, bench.partner) if bench.partner else (bench.statement,)
        tokens = {token for statement in statements for token in asdict(statement.tokens).values()}
        keys = bench.network.keys.secret
        self.journal.write(Entry.SECRETS, tokens=sorted(tokens - {"", MASKED}), keys=keys)
        if bench.other is None:
            introduce(self.journal, bench.own)
        else:
            for side, one in partner.of_both(bench).items():
                introduce(partner.Sided(self.journal, side), one)
        if self.opening:
            self.opening.told(self.journal)
        if self.watch:
            self.watch.armed.set()
        if self.options.corpus and not self.recorded:
            come_back(self.bench, self.journal, self.options)

    def _tested(self) -> dict[str, object]:
        """Whose gateway it is, and whose stands on the other side."""
        own, other = self.bench.own.declaring(), self.bench.other
        return {**own, "partner": partner.tested(self.options, other)} if other else {**own}

    def _selected(self) -> Mapping[str, str | None]:
        if self.bench.other is not None:
            return partner.every_requirement()
        return selected(self.options, self.bench.statement, all_scenarios())

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """A fault of the bench: one sentence, and all of it in a file; pytest need not print it as well."""
        _tell(self.config, excinfo.value, self.options.folder)
        return True

    def pytest_keyboard_interrupt(self) -> None:
        """Ctrl-C: what was measured so far is kept, and the run says that it is incomplete."""
        self.interrupted = True

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object, error: object) -> None:
        """xdist: a worker has ended. With an error it died; another one takes its place, its scenario stays open."""
        if not error or error == _INTERRUPTED or self.interrupted or (self.watch and self.watch.sentence):
            return
        name: str = node.gateway.id  # type: ignore[attr-defined]  # xdist is untyped
        self.died = (
            f"検証台のワーカー {name} が途中で死んだ（{one_line(str(error), _SAID)}）。途中のシナリオは判定していない。"
            f"計算機の記憶の不足などを確かめ、renkei run --resume {self.options.folder} で続ける。"
        )
        if self.watch:
            self.watch.tell(self.died)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """The end entry and every view; pytest's exit status becomes the one of design: 0, 1, 3 or 4."""
        with told(session, self.options.folder):
            self._end(session, exitstatus)

    def _end(self, session: pytest.Session, exitstatus: int) -> None:
        broken = exitstatus in {pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.INTERRUPTED}
        complete = not (broken or self.interrupted or session.shouldstop or session.shouldfail)
        if self.recorded:
            conclude_again(self.journal, self.recorded)
        elif self.bench.other is not None:
            complete = self._judge_both(complete=complete)
        else:
            complete = self._whole(self.options.folder / FILE_NAME, complete=complete)
        self.evidence.end_network()
        record = self.evidence.record()
        complete = complete and not record.silent and record.altered is None
        written = record.content.splitlines(keepends=True)
        why = (self.watch.sentence if self.watch else "") or self.died
        code = Exit.BENCH_ERROR if why else _exit_code(record, written, exitstatus, complete=complete)
        self.journal.write(
            Entry.END,
            exit_code=int(code),
            complete=complete,
            broken=why,
            seconds=round(time.perf_counter() - self.started, 3),
            waiting_seconds=round(_waiting(written), 3),
            altered=record.altered,
        )
        session.exitstatus = int(code)
        session.config.stash[_ENDED] = True

    def _judge_both(self, *, complete: bool) -> bool:
        """Of two gateways against each other; returns whether all that was to be done was."""
        path = self.options.folder / FILE_NAME
        if complete:
            partner.close(self.bench, self.journal, self.options.seed)
        if self.watch:
            self.watch.judging(path.stat().st_size)
        return partner.conclude(self.journal, path, self.bench, complete=complete) and complete

    def _whole(self, path: Path, *, complete: bool) -> bool:
        """What comes after the scenarios, and the record judged. Did the run come to its end, and the gateway with it?"""
        bench, options = self.bench, self.options
        if complete and options.thorough:
            tell = self.config.stash.get(TELL, None) or lines(sys.stderr.write)
            complete = thorough(bench, self.journal, options, tell)
        with looking(path) as look:
            if complete:
                explored(bench, self.journal, options)
                close(bench, self.journal, options)
        # One that went away after the scenarios has none that could say so.
        gone = Presence.of(bench.statement, options.folder).how_it_went() if complete else ""
        complete = complete and not gone
        if self.watch:
            self.watch.judging(path.stat().st_size)
        conclude(self.journal, path, look.result(), wait=complete, gone=gone)
        return complete


class Worker:
    """A worker of xdist: the controlling process tells what is wrong with it."""

    def pytest_internalerror(self) -> bool:
        """It has been sent there, and need not be printed here as well."""
        return True


@dataclass(eq=False)  # pluggy keeps plugins in sets
class Views:
    """Every view, written when the journal is at its end."""

    evidence: Evidence

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """After the end entry: of hooks that are all last, the one that was registered first is called first. What is left
        behind is looked at once more: nobody may have changed it since the exit code was derived."""
        if not session.config.stash.get(_ENDED, False):
            return
        folder = self.evidence.folder
        with told(session, folder):
            runs = session.config.stash[WRITTEN] = write_views(folder).runs
            if results := session.config.getoption(OPTION, None):
                settle(Path(results), runs[0], speaking(language()))
            if found := self.evidence.record().altered:
                sys.stderr.write(f"{folder / FILE_NAME}: {ALTERED.format(found)}\n")
                session.exitstatus = int(Exit.BENCH_ERROR)


@contextmanager
def told(session: pytest.Session, folder: Path) -> Iterator[None]:
    """What is unforeseen in here ends the run with exit code 3 and one sentence; pytest would let Python end with 1."""
    try:
        yield
    except Exception as error:
        _tell(session.config, error, folder)
        session.exitstatus = int(Exit.BENCH_ERROR)


def _exit_code(record: Record, lines: list[bytes], exitstatus: int, *, complete: bool) -> Exit:
    if record.altered is not None:
        return Exit.BENCH_ERROR
    own = run_of(lines)
    runs = (own, run_of(lines, Side.PARTNER)) if own.meta.side else (own,)
    code = combined(exit_code(run, complete=complete) for run in runs)
    unforeseen_error = exitstatus == pytest.ExitCode.INTERNAL_ERROR and code == Exit.INCONCLUSIVE
    return Exit.BENCH_ERROR if unforeseen_error else code


def _masked(word: str, options: Options) -> str:
    """A word of the command line without passwords."""
    for gateway in filter(None, (options.gateway, options.partner)):
        word = word.replace(gateway, shown(gateway))
    return word


def _tell(config: pytest.Config, error: BaseException, folder: Path) -> None:
    """Once: what comes after the first fault comes of it."""
    if not config.stash.get(_TOLD, False):
        config.stash[_TOLD] = True
        sys.stderr.write(f"{unforeseen(error, folder)}\n")


def _waiting(lines: Iterable[bytes]) -> float:
    """What all workers waited; a line that nobody can read is counted elsewhere."""
    told = (
        line for line in lines if _CHECK in line
    )  # of a hundred lines one: reading all takes half a second
    checks = (entry for entry in sound_entries(told) if entry["type"] == Entry.CHECK)
    return sum((seconds(check.get("waiting_seconds")) for check in checks), 0.0)
