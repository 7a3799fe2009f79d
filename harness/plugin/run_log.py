"""First and last entry of the journal, the reports, and the exit code of the run. Controlling process only."""

import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

import pytest

from harness.bench.bench import Bench
from harness.gateways.kinds import shown
from harness.plugin.options import Options
from harness.plugin.selection import narrowed, selected
from harness.plugin.standstill import Watch
from harness.plugin.unforeseen import unforeseen
from harness.plugin.whole_record import conclude, conclude_again
from harness.spec.features import all_scenarios
from harness.spec.journal import FILE_NAME, Entry, Journal
from harness.spec.journal import read as read_journal
from harness.spec.statement import MASKED
from harness.spec.suite import suite_hash
from harness.spec.texts import one_line
from harness.spec.verdicts import Exit
from reports.run import read_run
from reports.values import Run
from reports.verdicts import exit_code
from reports.views import write_views

# The run as its views show it, once they are written: what is said of it rests on them.
WRITTEN = pytest.StashKey[Run]()
_TOLD = pytest.StashKey[bool]()
_ENDED = pytest.StashKey[bool]()
PACKAGES = ("renkei", "pytest", "pytest-bdd", "httpx", "joserfc", "starlette", "uvicorn")
_INTERRUPTED = "keyboard-interrupt"  # what xdist says of a worker that Ctrl-C reached
_SAID = 200  # characters of what xdist says


@dataclass(eq=False)  # pluggy keeps plugins in sets
class RunLog:
    """The run as a whole. The exit code is derived from the journal, as every report is. `recorded`: the journal of the
    run that is followed once more."""

    config: pytest.Config
    options: Options
    bench: Bench
    journal: Journal
    recorded: Path | None = None
    watch: Watch | None = None  # none where a record is followed: nobody is waited for
    started: float = field(default_factory=time.perf_counter)
    interrupted: bool = False
    died: str = ""

    def pytest_sessionstart(self) -> None:
        """The run entry, before any verdict."""
        bench, options = self.bench, self.options
        self.journal.write(
            Entry.RUN,
            run_id=str(uuid4()),
            **options.to_entry(),
            suite=suite_hash(),
            statement=bench.statement.without_tokens(),
            organisation=bench.statement.organisation,
            product=bench.health["product"],
            versions={"python": platform.python_version(), **{p: version(p) for p in PACKAGES}},
            law=list(bench.statement.declares.tables),
            declares=bench.statement.to_document()["declares"],
            selected=selected(options, bench.statement, all_scenarios()),
            narrowed=options.narrowed or narrowed(self.config),
            chosen=bool(options.requirements or options.use_cases),
            command=[word.replace(options.gateway, shown(options.gateway)) for word in sys.argv[1:]],
        )

        tokens = {*asdict(bench.statement.tokens).values(), bench.network.token}
        self.journal.write(Entry.SECRETS, tokens=sorted(tokens - {"", MASKED}))
        if self.watch:
            self.watch.armed.set()

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
        folder = self.options.folder
        broken = exitstatus in {pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.INTERRUPTED}
        complete = not (broken or self.interrupted or session.shouldstop or session.shouldfail)
        if self.recorded:
            conclude_again(self.journal, self.recorded)
        else:
            conclude(self.journal, folder / FILE_NAME, wait=complete)
        stood = self.watch.sentence if self.watch else ""
        why = stood or self.died
        code = int(Exit.BENCH_ERROR if why else exit_code(read_run(folder), complete=complete))
        if exitstatus == pytest.ExitCode.INTERNAL_ERROR and code == Exit.INCONCLUSIVE:
            code = int(Exit.BENCH_ERROR)
        self.journal.write(
            Entry.END,
            exit_code=code,
            complete=complete,
            broken=why,
            seconds=round(time.perf_counter() - self.started, 3),
            waiting_seconds=round(_waiting(folder / FILE_NAME), 3),
        )
        session.exitstatus = code
        session.config.stash[_ENDED] = True


class Worker:
    """A worker of xdist: the controlling process tells what is wrong with it."""

    def pytest_internalerror(self) -> bool:
        """It has been sent there, and need not be printed here as well."""
        return True


@dataclass(eq=False)  # pluggy keeps plugins in sets
class Views:
    """Every view, written when the journal is at its end."""

    folder: Path

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """After the end entry: of hooks that are all last, the one that was registered first is called first."""
        if session.config.stash.get(_ENDED, False):
            with told(session, self.folder):
                session.config.stash[WRITTEN] = write_views(self.folder).run


@contextmanager
def told(session: pytest.Session, folder: Path) -> Iterator[None]:
    """What is unforeseen in here ends the run with exit code 3 and one sentence; pytest would let Python end with 1."""
    try:
        yield
    except Exception as error:
        _tell(session.config, error, folder)
        session.exitstatus = int(Exit.BENCH_ERROR)


def _tell(config: pytest.Config, error: BaseException, folder: Path) -> None:
    """Once: what comes after the first fault comes of it."""
    if not config.stash.get(_TOLD, False):
        config.stash[_TOLD] = True
        sys.stderr.write(f"{unforeseen(error, folder)}\n")


def _waiting(path: Path) -> float:
    entries = read_journal(path)
    return sum(float(entry["waiting_seconds"]) for entry in entries if entry["type"] == Entry.CHECK)
