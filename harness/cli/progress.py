"""Progress of `renkei run` on a terminal, and the summary when it is over."""

import time
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text

from harness.bench.bench import Bench
from harness.cli.pace import Pace
from harness.cli.streams import as_it_is, with_names
from harness.contract.texts import one_line, visible
from harness.gateways.kinds import shown
from harness.languages.choice import language, spoken
from harness.plugin.entry import BENCH, OPTIONS
from harness.plugin.run_log import WRITTEN
from harness.plugin.ticking import TELL, Stand, Ticker
from reports.run.interconnection_block import print_summaries
from reports.run.known_failures_block import known_failures_block

_PRODUCT, _GATEWAY = 80, 300  # characters


class Progress:
    """pytest's reports → a bar; no gateway text is printed before the summary, which cleans it."""

    def __init__(self, console: Console, errors: Console) -> None:
        self.console, self.errors = console, errors
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.bar = Bar(*columns, TimeRemainingColumn(), console=console, transient=True)
        self.task = self.bar.add_task(spoken("準備"), total=None)
        self.pace = Pace("準備")
        self.stand: Stand | None = None  # told since the last line
        self.began = time.monotonic()
        self.lines = Ticker(self._line)
        self.showing = ExitStack()
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
        config.stash[TELL] = self._stand

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """The bench is open: say with what."""
        options, bench = session.config.stash[OPTIONS], session.config.stash[BENCH]
        product = one_line(str(bench.health["product"]) if isinstance(bench, Bench) else "", _PRODUCT)
        names = one_line(shown(options.gateway), _GATEWAY), product, str(options.seed)
        said = [with_names("ゲートウェイ {0}（{1}）  種 {2}", *names)]
        if isinstance(bench, Bench) and bench.other is not None:
            product = one_line(bench.other.health["product"], _PRODUCT)
            partner = one_line(shown(options.partner), _GATEWAY)
            said.append(with_names("相手のゲートウェイ {0}（{1}）", partner, product))
        with as_it_is():
            for line in said:
                self.console.print(Text(line), soft_wrap=True)
        if self.console.is_terminal:
            self.bar.start()
            self.showing.callback(self.bar.stop)
        else:
            self.showing.enter_context(self.lines)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """How many there are; with -n the workers collect, and the first to finish says so."""
        self._begin(len(session.items))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: object, ids: list[str]) -> None:
        """The same with -n."""
        self._begin(len(ids))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One scenario more."""
        if report.when == "call" or (report.when == "setup" and not report.passed):
            self.pace = self.pace.more(failed=report.failed)
            failed = f"検証中（不合格・判定不能 {self.pace.failed}）" if self.pace.failed else "検証中"
            self.bar.update(self.task, advance=1, description=spoken(failed))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """What no scenario does takes its time, too."""
        self.pace = replace(self.pace, phase="シナリオの外と全記録を確かめている")
        self.bar.update(self.task, description=spoken(self.pace.phase))

    def _begin(self, total: int) -> None:
        self.pace = Pace("検証中", total=total or None)
        self.began = time.monotonic()
        self.bar.update(self.task, total=total or None, description=spoken("検証中"))

    def _line(self) -> None:
        stand, self.stand = self.stand, None
        said = stand.sentence if stand else self.pace.sentence(time.monotonic() - self.began)
        self.errors.print(Text(said), soft_wrap=True)

    def _stand(self, stand: Stand) -> None:
        """Of a thorough run, once its scenarios are over."""
        self.stand = stand
        said = spoken(stand.sentence)
        self.bar.update(self.task, description=said, total=stand.wanted, completed=stand.exchanges)

    def pytest_internalerror(self) -> None:
        """The plugin tells of it in one sentence."""
        self.showing.close()

    def pytest_keyboard_interrupt(self) -> None:
        """What was measured is judged as far as it goes."""
        self.showing.close()
        self.errors.print(Text("中断した。ここまでの記録から判定する。"))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A feature that cannot be read."""
        if report.failed:
            self.errors.print(Text(visible(str(report.longrepr))))

    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Last of all, when every view is written: the summary. Where one could not be, nothing is said to be so."""
        self.showing.close()
        runs = config.stash.get(WRITTEN, ())
        if runs:
            with as_it_is():
                print_summaries(runs, self.console, config.stash[OPTIONS].folder, language())
            if config.stash[OPTIONS].suggest_known:
                self.console.print(Text(known_failures_block(runs[0])), soft_wrap=True)
