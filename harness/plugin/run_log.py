"""First and last entry of the journal, the reports, and the exit code of the run. Controlling process only."""

import platform
import sys
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

import pytest

from harness.bench.bench import Bench
from harness.gateways.kinds import shown
from harness.plugin.options import Options
from harness.plugin.selection import narrowed, selected
from harness.spec.features import FEATURE_FOLDER, scenarios_in
from harness.spec.journal import Entry, Journal
from harness.spec.journal import read as read_journal
from harness.spec.statement import MASKED
from harness.spec.suite import suite_hash
from reports.run import read_run
from reports.verdicts import exit_code
from reports.views import write_views

PACKAGES = ("renkei", "pytest", "pytest-bdd", "httpx", "joserfc", "starlette", "uvicorn")


class RunLog:
    """The run as a whole. The exit code is derived from the journal, as every report is."""

    def __init__(self, config: pytest.Config, options: Options, bench: Bench, journal: Journal) -> None:
        self.config, self.options, self.bench, self.journal = config, options, bench, journal
        self.started = time.perf_counter()
        self.interrupted = False

    def pytest_sessionstart(self) -> None:
        """The run entry, before any verdict."""
        bench, options = self.bench, self.options
        scenarios = [s for path in sorted(FEATURE_FOLDER.glob("*/*.feature")) for s in scenarios_in(path)]
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
            selected=selected(options, bench.statement, scenarios),
            narrowed=options.narrowed or narrowed(self.config),
            chosen=bool(options.requirements or options.use_cases),
            command=[word.replace(options.gateway, shown(options.gateway)) for word in sys.argv[1:]],
        )

        tokens = {*asdict(bench.statement.tokens).values(), bench.network.token}
        self.journal.write(Entry.SECRETS, tokens=sorted(tokens - {"", MASKED}))

    def pytest_keyboard_interrupt(self) -> None:
        """Ctrl-C: what was measured so far is kept, and the run says that it is incomplete."""
        self.interrupted = True

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """The end entry and every view; pytest's exit status becomes the one of design: 0, 1, 3 or 4."""
        folder = self.options.folder
        broken = exitstatus in {pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.INTERRUPTED}
        complete = not (broken or self.interrupted or session.shouldstop or session.shouldfail)
        code = int(exit_code(read_run(folder), complete=complete))
        self.journal.write(
            Entry.END,
            exit_code=code,
            complete=complete,
            seconds=round(time.perf_counter() - self.started, 3),
            waiting_seconds=round(_waiting(folder / "journal.jsonl"), 3),
        )
        session.exitstatus = code


@dataclass(eq=False)  # pluggy keeps plugins in sets
class Views:
    """Every view, written when the journal is at its end."""

    folder: Path

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """After the end entry: of hooks that are all last, the one that was registered first is called first."""
        write_views(self.folder)


def _waiting(path: Path) -> float:
    entries = read_journal(path)
    return sum(float(entry["waiting_seconds"]) for entry in entries if entry["type"] == Entry.CHECK)
