"""A run as frozen values. Texts are as the journal has them: whoever shows one makes it fit (reports.text)."""

from collections.abc import Mapping
from dataclasses import dataclass

from harness.catalogue.verdicts import Verdict
from harness.contract.journal_entries import Said
from harness.contract.journal_options import Repeated
from harness.contract.sides import Side
from harness.record.explored import Explored
from harness.record.judged import Judged
from harness.record.known_failures import KnownFailure
from harness.record.reader import unbelieved

UNFINISHED = "UNFINISHED"
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Rerun:
    """The earlier run of which this one repeats what did not pass, its gateway as that run's record names it, and whether
    this one tests the same."""

    run_id: str
    gateway: str
    same_gateway: bool

    def to_entry(self) -> Repeated:
        """As a run entry has it."""
        return Repeated(run_id=self.run_id, gateway=self.gateway, same_gateway=self.same_gateway)


@dataclass(frozen=True)
class Opposite:
    """The gateway on the other side, as its own half of the record names it."""

    gateway: str
    organisation: str
    product: str


@dataclass(frozen=True)
class Meta:
    """What ran. `selected`: requirement id → why it is 対象外, or None where it is tested. `at` in ms since 1970.
    `suite`: hash of what was asked; `brief`: outlines by their first row only; `chosen`: requirements or use cases were named;
    `contract`: the version by which the gateway is judged, `statement_place`: where its file lies below the working directory, else the
    name of it, each empty where the record does not say;
    `thorough`: repeated until there was enough of each kind of exchange; `side`: which of two gateways against each other this is about,
    and `partner`: the other one, each None where there is one gateway."""

    run_id: str
    seed: str
    gateway: str
    organisation: str
    product: str
    versions: Pairs
    law: tuple[str, ...]
    declares: tuple[tuple[str, tuple[str, ...]], ...]
    selected: Mapping[str, str | None]
    narrowed: bool
    command: tuple[str, ...]
    at: int | None
    known_failures: tuple[KnownFailure, ...] = ()
    brief: bool = False
    chosen: bool = False
    suite: str = ""
    rerun: Rerun | None = None
    contract: str = ""
    statement_place: str = ""
    thorough: bool = False
    side: Side | None = None
    partner: Opposite | None = None


@dataclass(frozen=True)
class Scenario:
    """One scenario, or one row of an outline (then with its `example`). `file` is below features/."""

    id: str
    use_case: str
    feature: str
    rule: str
    name: str
    example: Pairs
    file: str
    line: int
    tags: tuple[str, ...]
    requirements: tuple[str, ...]
    at: int | None

    @property
    def place(self) -> str:
        """File and line; empty for what the whole record shows, which stands in no file."""
        return f"{self.file}:{self.line}" if self.file else ""


@dataclass(frozen=True)
class Step:
    """One step that ran. `outcome`: ok, failed, error. `at` is its end, in ms since 1970."""

    keyword: str
    text: str
    line: int
    outcome: str
    seconds: float
    at: int | None


@dataclass(frozen=True)
class Check:
    """What a scenario came to, and the step at which it did, if one is to blame."""

    requirements: tuple[str, ...]
    verdict: Verdict
    code: str
    observed: str
    expected: str
    see: str
    step: Step | None
    persons: tuple[str, ...]
    correlation_ids: tuple[str, ...]
    seconds: float
    at: int | None


@dataclass(frozen=True)
class Exchange:
    """One exchange. `line` is its journal entry, valid JSON in valid UTF-8, unchanged but for lone surrogates,
    which are escaped."""

    face: str
    scenario: str
    person: str
    correlation_id: str
    line: str

    @property
    def entry(self) -> Said:
        """What stands on the line. Read when it is asked for: all exchanges of a run taken apart are many times their text."""
        return unbelieved(self.line.encode())[0]


@dataclass(frozen=True)
class ScenarioRun:
    """A scenario with what happened in it, in the journal's order. `check` is None where it was cut off."""

    scenario: Scenario
    steps: tuple[Step, ...]
    check: Check | None
    south: tuple[Exchange, ...]
    north: tuple[Exchange, ...]

    @property
    def outcome(self) -> Check:
        """The check, or 判定不能 (UNFINISHED) in place of the one that is missing."""
        return self.check or _unfinished(self)

    @property
    def requirements(self) -> tuple[str, ...]:
        """The requirements that the scenario speaks for: by its tags and by its check."""
        return tuple(dict.fromkeys(self.scenario.requirements + self.outcome.requirements))


@dataclass(frozen=True)
class End:
    """How the run ended. `waiting_seconds` adds up what all workers waited on the gateway;
    `broken`: where the bench stood still or what of it died, empty where nothing did."""

    exit_code: int | None
    complete: bool
    seconds: float
    waiting_seconds: float
    broken: str = ""


@dataclass(frozen=True)
class Run:
    """A whole run. Scenarios are in the order of their files, whichever worker ran them. `damaged` counts what
    the journal should hold and does not: unreadable lines, a missing run entry. `unreadable`: the numbers of those lines, from 1;
    `judged`: what the model said of it, None where the run did not come so far; `found`: what exploration did."""

    meta: Meta
    scenarios: tuple[ScenarioRun, ...]
    unclaimed: tuple[Exchange, ...]
    aside: tuple[str, ...]
    damaged: int
    end: End | None
    plan: tuple[str, ...] = ()
    unreadable: tuple[int, ...] = ()
    judged: Judged | None = None
    found: tuple[Explored, ...] = ()

    @property
    def unchecked(self) -> tuple[str, ...]:
        """Scenarios that were planned and of which there is no check."""
        checked = {s.scenario.id for s in self.scenarios if s.check}
        return tuple(id_ for id_ in self.plan if id_ not in checked)

    @property
    def whole(self) -> bool:
        """Whether nothing is missing in its record but perhaps the end."""
        return not self.damaged and not self.unchecked

    @property
    def complete(self) -> bool:
        """Whether the run came to its end and its record is whole."""
        return self.end is not None and self.end.complete and self.whole


def _unfinished(run: ScenarioRun) -> Check:
    last = run.steps[-1] if run.steps else None
    return Check(
        requirements=(),
        verdict=Verdict.INCONCLUSIVE,
        code=UNFINISHED,
        observed="シナリオの途中で記録が終わっている",
        expected="シナリオが終わりまで実行され、結果が記録される",
        see="実行が止まった原因（中断、検証環境の停止）",
        step=last,
        persons=(),
        correlation_ids=(),
        seconds=sum(step.seconds for step in run.steps),
        at=last.at if last else run.scenario.at,
    )
