"""One load run, from registration to the verdict: prepare, send, follow, conclude; everything into the journal."""

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from harness.catalogue.findings import InconclusiveError
from harness.contract.journal import FILE_NAME, Entry, Journal
from harness.record.tampering import altered_by_others
from load.first_entry import Settings, first_entry
from load.judge.answers import Answers
from load.judge.conformance import Run, conclude
from load.judge.following import Following, Progress, Tell, wait_for_begin
from load.judge.gates import judge
from load.judge.outcome import LoadOutcome, Measured, not_believed, outcome
from load.judge.watching import Watch
from load.line.calibration import LIMIT
from load.line.calibration import Measured as Calibrated
from load.prepare.planning import Plan
from load.prepare.population import register
from load.prepare.prepared import NORTH, SOUTH
from load.prepare.preparing import Wanted, prepare
from load.send.collecting import read_latency
from load.send.environment import Environment
from load.send.generator import JOINING_SECONDS, LOG, Generator
from load.send.latency import Latency, Series
from load.send.order import Order

TIMEOUT_SECONDS = 5.0  # of one answer (guide §2)
_PATIENCE_SECONDS = 60.0  # after the last arrival and all tries of its message


@dataclass(frozen=True)
class LoadRun:
    """An open environment, and what is to be done with it. `calibration`: of its line, None where there is none."""

    environment: Environment
    plan: Plan
    settings: Settings
    journal: Journal
    tell: Tell
    calibration: Calibrated | None = None

    def carry_out(self) -> LoadOutcome:
        """Raises NonconformityError or ConfigurationError before anything is sent, InconclusiveError when the bench fails."""
        started = time.monotonic()
        self.journal.write(Entry.LOAD, **first_entry(self.plan, self.environment, self.settings))
        if line := self.calibration:
            self.journal.write(Entry.CALIBRATION, **vars(line), limit=LIMIT, good=line.good)
        self.settings.workers.must_reach(self._faces.values())
        answers = self._prepare()
        generator = self._start()
        try:
            following = self._following(generator, answers)
            found = self._concluded(following)
        finally:
            generator.process.stop()
        if altered := self._altered():
            found = not_believed(altered)
        self.journal.write(
            Entry.END,
            complete=not following.stopped and altered is None,
            altered=altered,
            seconds=round(time.monotonic() - started, 3),
            stopped=following.stopped,
            late=following.late,
            **found.to_entry(),
        )
        return found

    def _altered(self) -> str | None:
        """How the journal differs from what this process has written, which alone writes into it; a gateway may find it too."""
        path = self.settings.folder / FILE_NAME
        return altered_by_others(path.read_bytes() if path.is_file() else b"", self.journal.head())

    def _concluded(self, following: Following) -> LoadOutcome:
        """Raises InconclusiveError when the bench fails, and lets a second Ctrl-C through; what was measured is kept."""
        try:
            following.follow()
            return self._finish(following)
        except (InconclusiveError, KeyboardInterrupt):
            self._keep(following)
            raise

    def _keep(self, following: Following) -> None:
        """What was measured until the bench failed: there are no gates on it, and no verdict."""
        following.write_seconds(over=True)
        self._write_measured(
            following, {Series.RESPONSE: following.watch.response, Series.LAG: following.watch.lag}
        )

    def _write_measured(self, following: Following, latency: Mapping[Series, Latency]) -> None:
        self.journal.write(Entry.LOAD_EFFORT, **following.effort.to_entry())
        for series, latencies in latency.items():
            self.journal.write(Entry.LOAD_HISTOGRAM, series=series, **latencies.to_entry())
        for name, kind in sorted(following.watch.kinds.items()):
            self.journal.write(Entry.LOAD_KIND, name=name, **kind.to_entry())

    def _prepare(self) -> Answers:
        plan, settings, statement = self.plan, self.settings, self.environment.statement
        self.tell(Progress(f"住民 {settings.residents:,} 人を登録している"))
        population = register(self.environment, settings.residents, settings.seed, plan.asked, plan.asking)
        self.tell(Progress(f"電文 {plan.count:,} 通を署名・暗号化している"))
        # A line that is too slow only delays, and workers may be long in joining: neither must become an expired message.
        lasts = plan.wish.seconds * 10 + 600 + (JOINING_SECONDS if settings.workers.host else 0)
        part = plan.wish.profile.exploration
        wanted = Wanted(plan.count, plan.mix, settings.seed, lasts, self.environment.network.keys, part)
        prepare(statement, population, wanted, self._prepared)
        return Answers.of(self.environment.control, self._prepared, settings.sampling)

    def _start(self) -> Generator:
        profile = self.plan.wish.profile
        order = Order(
            faces=self._faces,
            phases=self.plan.phases,
            spacing=profile.spacing,
            seed=self.settings.seed,
            retries=profile.retries,
            in_flight=profile.in_flight,
            timeout_seconds=TIMEOUT_SECONDS,
            allowed=self.settings.allowed,
        )
        self.tell(Progress("Locust を起動している"))
        generator = Generator.start(
            order.write(self._prepared), self.settings.workers, self.settings.folder / LOG
        )
        phase = "ワーカーを待っている" if self.settings.workers.host else "Locust を起動している"
        for note in generator.notes:
            self.tell(Progress(phase, note=note))
        return generator

    def _following(self, generator: Generator, answers: Answers) -> Following:
        """When the first second begins, the line becomes what it is."""
        profile = self.plan.wish.profile
        begin_ns = wait_for_begin(generator)
        self.environment.begin()
        watch = Watch(self.plan.times, answers.names, begin_ns, self.plan.wish.gates, answers.uncarried)
        longest = watch.lasts + _PATIENCE_SECONDS + (TIMEOUT_SECONDS + 2) * (profile.retries + 1)
        return Following(self.environment, generator, answers, watch, self.journal, self.tell, longest)

    def _finish(self, following: Following) -> LoadOutcome:
        """The answers that are still to come, their checks, the gates."""
        watch, write = following.watch, self.journal.write
        run = Run(self._prepared, self._prepared, watch.begin_ns)
        following.drain(run)
        self.tell(Progress("応答を検査し、記録を突合している", watch))
        conclusion = conclude(self.environment, following.answers, run, write)
        latency = {Series.RESPONSE: watch.response, Series.LAG: watch.lag, **read_latency(self._prepared)}
        errors = watch.errors + len(conclusion.reconciliation.errors)
        line = self.calibration
        measured = Measured(
            watch,
            latency,
            self._utilisation(watch),
            errors,
            network_late_ms=following.effort.late_ms,
            line_error=line.error if line and not line.good else None,
        )
        self._write_measured(following, latency)
        judged = judge(watch.gates, measured.observed(), cut=bool(following.stopped))
        for gate in judged:
            write(Entry.GATE, **asdict(gate))
        return outcome(conclusion.judgement, judged, measured, following.stopped)

    @property
    def _faces(self) -> dict[str, str]:
        return {NORTH: self.environment.north_url, SOUTH: self.environment.statement.south_url}

    @property
    def _prepared(self) -> Path:
        return self.settings.folder / "prepared"

    def _utilisation(self, watch: Watch) -> float | None:
        line = self.plan.wish.line
        if line is None or not watch.in_plan:
            return None
        return max(watch.in_plan.values()) * 8 / (line.bits_per_second * watch.lasts)
