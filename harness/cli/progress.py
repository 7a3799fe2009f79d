"""Progress of `renkei run` on a terminal, and the summary when it is over."""

from collections.abc import Generator

import pytest
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.text import Text

from harness.bench.bench import Bench
from harness.contract.texts import one_line, visible
from harness.gateways.kinds import shown
from harness.languages.choice import language, spoken
from harness.plugin.entry import BENCH, OPTIONS
from harness.plugin.run_log import WRITTEN
from reports.run.known_failures_block import known_failures_block
from reports.run.summary import print_summary

_PRODUCT, _GATEWAY = 80, 300  # characters


class Progress:
    """pytest's reports → a bar; no gateway text is printed before the summary, which cleans it."""

    def __init__(self, console: Console, errors: Console) -> None:
        self.console, self.errors = console, errors
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.bar = Bar(*columns, console=console, transient=True)
        self.task = self.bar.add_task(spoken("準備"), total=None)
        self.failed = 0
        self.answered = False

    @pytest.hookimpl(wrapper=True)
    def pytest_cmdline_main(self) -> Generator[None, int | None, int | None]:
        """An exit code that came from here is ours: 4 is pytest's own for options that it does not understand."""
        code = yield
        self.answered = True
        return code

    def pytest_configure(self, config: pytest.Config) -> None:
        """What went wrong stands in the journal. pytest's own page about each failure, for which it parses every source
        file on the way and which nobody sees here, took most of the time of a run in which much fails."""
        config.option.tbstyle = "native"

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """The bench is open: say with what."""
        options, bench = session.config.stash[OPTIONS], session.config.stash[BENCH]
        product = one_line(str(bench.health["product"]) if isinstance(bench, Bench) else "", _PRODUCT)
        said = f"ゲートウェイ {one_line(shown(options.gateway), _GATEWAY)}（{product}）  種 {options.seed}"
        self.console.print(Text(said), soft_wrap=True)
        self.bar.start()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """How many there are; with -n the workers collect, and the first to finish says so."""
        self.bar.update(self.task, total=len(session.items) or None, description=spoken("検証中"))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: object, ids: list[str]) -> None:
        """The same with -n."""
        self.bar.update(self.task, total=len(ids), description=spoken("検証中"))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One scenario more."""
        if report.when == "call" or (report.when == "setup" and not report.passed):
            self.failed += report.failed
            failed = f"検証中（不合格・判定不能 {self.failed}）" if self.failed else "検証中"
            self.bar.update(self.task, advance=1, description=spoken(failed))

    def pytest_internalerror(self) -> None:
        """The plugin tells of it in one sentence."""
        self.bar.stop()

    def pytest_keyboard_interrupt(self) -> None:
        """What was measured is judged as far as it goes."""
        self.bar.stop()
        self.errors.print(Text("中断した。ここまでの記録から判定する。"))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A feature that cannot be read."""
        if report.failed:
            self.errors.print(Text(visible(str(report.longrepr))))

    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Last of all, when every view is written: the summary. Where one could not be, nothing is said to be so."""
        self.bar.stop()
        run = config.stash.get(WRITTEN, None)
        if run is not None:
            print_summary(run, self.console, config.stash[OPTIONS].folder, language())
            if config.stash[OPTIONS].suggest_known:
                self.console.print(Text(known_failures_block(run)), soft_wrap=True)
