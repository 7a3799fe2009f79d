"""First and last entry of the journal, the reports, and the exit code of the run. Controlling process only."""

import platform
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from uuid import uuid4

import pytest

from harness.bench.bench import Bench
from harness.plugin.evidence import Evidence
from harness.plugin.options import Options
from harness.plugin.selection import narrowed, selected
from harness.spec.features import FEATURE_FOLDER, scenarios_in
from harness.spec.journal import FILE_NAME, Entry
from harness.spec.journal_text import DamagedLineError, from_line
from harness.spec.statement import MASKED
from harness.spec.suite import suite_hash
from harness.spec.verdicts import Exit
from reports.fields import seconds
from reports.run import run_of
from reports.verdicts import exit_code
from reports.views import write_views

_ALTERED = (
    "判定はできない。記録が書き換えられた（{}）。"
    "この実行の記録は、それを書いた検証台のものではない。ゲートウェイなど、実行フォルダーに書いたものを除き、初めから実行する。"
)
PACKAGES = ("renkei", "pytest", "pytest-bdd", "httpx", "joserfc", "starlette", "uvicorn")


class RunLog:
    """The run as a whole. The exit code is derived from the journal, as every report is."""

    def __init__(self, config: pytest.Config, options: Options, bench: Bench, evidence: Evidence) -> None:
        self.config, self.options, self.bench, self.evidence = config, options, bench, evidence
        self.journal = evidence.journal
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
            command=sys.argv[1:],
        )

        # Not the token of the network: a gateway may look into the run folder while it runs.
        tokens = set(asdict(bench.statement.tokens).values())
        self.journal.write(Entry.SECRETS, tokens=sorted(tokens - {"", MASKED}))
        self.journal.write(Entry.HEALTH, **bench.introduction)

    def pytest_keyboard_interrupt(self) -> None:
        """Ctrl-C: what was measured so far is kept, and the run says that it is incomplete."""
        self.interrupted = True

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """The end entry and every view; pytest's exit status becomes the one of design: 0, 1, 3 or 4."""
        broken = exitstatus in {pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.INTERRUPTED}
        complete = not (broken or self.interrupted or session.shouldstop or session.shouldfail)
        self.evidence.end_network()
        record = self.evidence.record()
        lines = record.content.splitlines(keepends=True)
        complete = complete and not record.silent and record.altered is None
        code = exit_code(run_of(lines), complete=complete) if record.altered is None else Exit.BENCH_ERROR
        self.journal.write(
            Entry.END,
            exit_code=int(code),
            complete=complete,
            seconds=round(time.perf_counter() - self.started, 3),
            waiting_seconds=round(_waiting(lines), 3),
            altered=record.altered,
        )
        session.exitstatus = int(code)


@dataclass(eq=False)  # pluggy keeps plugins in sets
class Views:
    """Every view, written when the journal is at its end."""

    evidence: Evidence

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """After the end entry: of hooks that are all last, the one that was registered first is called first. What is left
        behind is looked at once more: nobody may have changed it since the exit code was derived."""
        folder = self.evidence.folder
        if not (folder / FILE_NAME).is_file():
            (folder / FILE_NAME).touch(
                0o600
            )  # what there is of a run is shown, also where somebody has taken all of it
        write_views(folder)
        if found := self.evidence.record().altered:
            sys.stderr.write(f"{folder / FILE_NAME}: {_ALTERED.format(found)}\n")
            session.exitstatus = int(Exit.BENCH_ERROR)


def _waiting(lines: Iterable[bytes]) -> float:
    """What all workers waited; a line that nobody can read is counted elsewhere."""
    total = 0.0
    for line in lines:
        with suppress(DamagedLineError):
            entry = from_line(line)
            total += seconds(entry.get("waiting_seconds")) if entry.get("type") == Entry.CHECK else 0.0
    return total
