"""Progress of `renkei run` on a terminal, and the summary when it is over."""

from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.text import Text

from harness.gateways.kinds import shown
from harness.plugin.entry import BENCH, OPTIONS
from reports.known_block import known_block
from reports.run import read_run
from reports.summary import print_summary


class Progress:
    """pytest's reports → a bar; no gateway text is printed before the summary, which cleans it."""

    def __init__(self, console: Console, errors: Console) -> None:
        self.console, self.errors = console, errors
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.bar = Bar(*columns, console=console, transient=True)
        self.task = self.bar.add_task("準備", total=None)
        self.failed = 0

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """The bench is open: say with what."""
        options, bench = session.config.stash[OPTIONS], session.config.stash[BENCH]
        product = str(bench.health.get("product", ""))[:80]
        self.console.print(Text(f"ゲートウェイ {shown(options.gateway)}（{product}）  種 {options.seed}"))
        self.bar.start()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """How many there are; with -n the workers collect, and the first to finish says so."""
        self.bar.update(self.task, total=len(session.items) or None, description="検証中")

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: object, ids: list[str]) -> None:
        """The same with -n."""
        self.bar.update(self.task, total=len(ids), description="検証中")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One scenario more."""
        if report.when == "call" or (report.when == "setup" and not report.passed):
            self.failed += report.failed
            failed = f"検証中（不合格・判定不能 {self.failed}）" if self.failed else "検証中"
            self.bar.update(self.task, advance=1, description=failed)

    def pytest_internalerror(self, excrepr: object) -> None:
        """A fault of the bench is told whole: it is ours to mend."""
        self.bar.stop()
        self.errors.print(Text(f"検証環境の誤り: {excrepr}"))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A feature that cannot be read."""
        if report.failed:
            self.errors.print(Text(str(report.longrepr)))

    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Last of all, when every view is written: the summary."""
        self.bar.stop()
        if OPTIONS in config.stash:
            folder: Path = config.stash[OPTIONS].folder
            run = read_run(folder)
            print_summary(run, self.console, folder)
            if config.stash[OPTIONS].suggest_known:
                self.console.print(Text(known_block(run)), soft_wrap=True)
