"""Writes what a worker sees into the journal: scenarios, steps, and one check a scenario with its verdict."""

import time
import traceback
from dataclasses import dataclass, field
from typing import Any

import pytest
from pytest_bdd.parser import Feature, Scenario, Step

from harness.bench.presence import STAYING
from harness.catalogue.features import REQUIREMENT_TAG
from harness.catalogue.findings import InconclusiveError, NonconformityError, findings
from harness.catalogue.requirements import requirements
from harness.catalogue.verdicts import Verdict
from harness.contract.journal import Entry, Journal
from harness.plugin.alluredir import label
from harness.plugin.selection import USE_CASE_TAG, feature_file, identity, scenario_id
from harness.residents.identifying import identifying
from harness.residents.people import Person
from harness.steps.verbs.responding_side import prerequisite
from harness.steps.verbs.scene import SCENE, Scene

# What a step says when the scenario cannot go on, as against what a check of its own finds.
_STUMBLED = frozenset(
    {"NO_ANSWER", "BAD_MESSAGE", "STATUS_NOT_REACHED", "DUPLICATE_ANSWER", "PENDING_DIFFERS", "FORWARDED"}
)
_NOT_REFUSED = frozenset({"NOT_REFUSED", "WRONG_REFUSAL"})
_CUT_OFF = "BROKEN_RESPONSE"
_LAST_TO_CLOSE_SECONDS = 0.2
_NO_NETWORK, _NO_GATEWAY = "NETWORK_FAILED", "NO_CONNECTION"
_OBSERVED_LENGTH = 2000  # characters of an observation kept in the journal


@dataclass
class _Current:
    """The scenario that runs now. One a process: pytest runs one item at a time."""

    id: str
    scenario: Scenario
    started: float
    step_started: float = 0.0
    failed: Step | None = None
    error: BaseException | None = None
    scene: Scene | None = None
    people: tuple[Person, ...] = ()


@dataclass(eq=False)  # pluggy keeps plugins in sets
class Recorder:
    """pytest-bdd's hooks → journal entries. Knows the scenario that runs, nothing else."""

    journal: Journal
    current: _Current | None = field(default=None)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """What is going to be checked, said once: of several workers, which all collect the same, by the first."""
        if session.items and getattr(session.config, "workerinput", {}).get("workerid", "gw0") == "gw0":
            self.journal.write(Entry.PLAN, scenarios=[identity(item) for item in session.items])

    def pytest_bdd_before_scenario(
        self, request: pytest.FixtureRequest, feature: Feature, scenario: Scenario
    ) -> None:
        """Opens the scenario in the journal."""
        example = request.getfixturevalue("_pytest_bdd_example")
        id_ = scenario_id(feature, scenario, example)
        self.current = _Current(id_, scenario, time.perf_counter())
        tags = _tags(scenario)
        label(id_)
        self.journal.write(
            Entry.SCENARIO,
            scenario=id_,
            use_case=_first(tags, USE_CASE_TAG),
            feature=feature.name,
            rule=scenario.rule.name if scenario.rule else None,
            name=scenario.name,
            example=example,
            file=feature_file(feature),
            line=scenario.line_number,
            tags=tags,
            requirements=_requirements(tags),
        )
        self.current.scene = request.getfixturevalue(SCENE)

    def pytest_bdd_before_step_call(self, step: Step) -> None:
        """Starts the clock of a step."""
        self._running().step_started = time.perf_counter()

    def pytest_bdd_after_step(self, step: Step) -> None:
        """A step that went well."""
        self._people()
        self._step(step, "ok")

    def pytest_bdd_step_error(self, step: Step, exception: Exception) -> None:
        """A step that did not."""
        running = self._running()
        running.failed, running.error = step, exception
        self._people()
        self._step(step, "failed" if isinstance(exception, NonconformityError) else "error")

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
        """The end of a scenario, or of an item that never became one: one check entry."""
        yield
        failed_setup = call.when == "setup" and call.excinfo is not None
        if call.when != "call" and not failed_setup:
            return
        running, self.current = self.current, None
        if running is None:
            return
        error = call.excinfo.value if call.excinfo else None
        error = _in_its_place(running, _whose_fault(running, running.error or error))
        gone = _gateway_gone(running, error)
        self._check(running, gone or error)
        if _is_over(gone, error) and not (gone and item.config.getoption("replay")):
            # Nothing more can be said about the gateway; what was seen so far is kept. A record may go on: it was taken up.
            item.session.shouldstop = str(gone or error)

    def _people(self) -> None:
        """Who is in the scenario, as soon as it is known: what identifies them must not leave the run folder."""
        running = self._running()
        people = running.scene.people() if running.scene else ()
        if people != running.people:
            running.people = people
            self.journal.write(
                Entry.PEOPLE,
                scenario=running.id,
                people={person.ref: identifying(person) for person in people},
            )

    def _step(self, step: Step, outcome: str) -> None:
        running = self._running()
        self.journal.write(
            Entry.STEP,
            scenario=running.id,
            keyword=step.keyword.strip(),
            text=step.name,
            line=step.line_number,
            outcome=outcome,
            seconds=round(time.perf_counter() - running.step_started, 6),
        )

    def _check(self, running: _Current, error: BaseException | None) -> None:
        scenario, scene = running.scenario, running.scene
        tags = _tags(scenario)
        step = running.failed
        self.journal.write(
            Entry.CHECK,
            scenario=running.id,
            requirements=_requirements(tags),
            **result_of(error, _requirements(tags)),
            step={"keyword": step.keyword.strip(), "text": step.name, "line": step.line_number}
            if step
            else None,
            persons=sorted(scene.person_refs()) if scene else [],
            correlation_ids=sorted(scene.correlation_ids) if scene else [],
            seconds=round(time.perf_counter() - running.started, 6),
            waiting_seconds=round(scene.waiting_seconds, 6) if scene else 0.0,
        )

    def _running(self) -> _Current:
        if self.current is None:
            raise RuntimeError("no scenario is running")
        return self.current


def _whose_fault(running: _Current, error: BaseException | None) -> BaseException | None:
    """A gateway whose network is gone cannot but deviate, and one that is watched by a bench that stands still cannot be
    seen to keep a time: then the bench failed, not the gateway. What no time can change stands."""
    if not isinstance(error, NonconformityError) or running.scene is None:
        return error
    try:
        running.scene.control.must_be_there()
    except InconclusiveError as gone:
        return gone
    if error.finding.stands or not (seconds := running.scene.stood_still()):
        return error
    return InconclusiveError(
        "BENCH_PAUSED", f"{seconds:g} 秒止まった。そのとき {error.finding.code} {error.observed}"
    )


def _is_over(gone: BaseException | None, error: BaseException | None) -> bool:
    codes = {raised.finding.code for raised in (gone, error) if isinstance(raised, InconclusiveError)}
    return isinstance(gone, NonconformityError) or bool(codes & {_NO_NETWORK, _NO_GATEWAY})


def _gateway_gone(
    running: _Current, error: BaseException | None
) -> NonconformityError | InconclusiveError | None:
    """A gateway that went away deviates in that, once: of whatever else fails by it, nothing can be said."""
    if not isinstance(error, NonconformityError) or running.scene is None:
        return None
    faces = running.scene.faces
    try:
        gone = running.scene.see(faces.gone)
        if not gone and (error.finding.code == _CUT_OFF or running.scene.was_cut_off):
            # The kernel closes the connections of a process that dies one by one: who listens may be the last of them.
            faces.patience.pause(_LAST_TO_CLOSE_SECONDS)
            gone = running.scene.see(faces.gone)
        if gone:  # with its network: the run was ended around this worker, and both by that
            running.scene.control.must_be_there()
    except InconclusiveError as differs:  # a record that does not tell, or no network
        return differs
    if not gone:
        return None
    if not gone["first"]:
        return InconclusiveError(_NO_GATEWAY, gone["how"])
    return NonconformityError(_NO_GATEWAY, gone["how"], STAYING)


def _in_its_place(running: _Current, error: BaseException | None) -> BaseException | None:
    """A scenario that stumbles before its last step, where the requirement is checked, has not come to check it.
    Refusals are checked where they happen, as what follows them is their paired positive; where a requirement is about
    what is kept of a refusal, the refusal is on the way."""
    last = running.scenario.steps[-1] if running.scenario.steps else None
    if not isinstance(error, NonconformityError) or running.failed is last:
        return error
    kinds = {
        requirements()[id_].kind for id_ in _requirements(_tags(running.scenario)) if id_ in requirements()
    }
    stumbled = _STUMBLED | (_NOT_REFUSED if kinds == {"positive"} else set())
    return prerequisite(error) if error.finding.code in stumbled else error


def result_of(error: BaseException | None, ids: list[str]) -> dict[str, object]:
    """Verdict, code, observed, expected and where to look (確認先) of how a scenario ended."""
    catalogue = requirements()
    see = "、".join(catalogue[i].see for i in ids if i in catalogue)
    if error is None:
        return {"verdict": Verdict.PASS, "code": None, "observed": None, "expected": None, "see": see}
    if isinstance(error, NonconformityError):
        code, observed, expected = error.finding.code, error.observed, error.expected
        see = f"{see}。{error.finding.next}"
        verdict = Verdict.FAIL
    elif isinstance(error, InconclusiveError):
        code, observed, expected, see = error.finding.code, error.observed, None, error.finding.next
        verdict = Verdict.INCONCLUSIVE
    else:
        code, expected, see = "BENCH_ERROR", None, findings()["BENCH_ERROR"].next
        observed = "".join(traceback.format_exception(error)[-3:])
        verdict = Verdict.INCONCLUSIVE
    observed = observed[:_OBSERVED_LENGTH]
    return {"verdict": verdict, "code": code, "observed": observed, "expected": expected, "see": see}


def _tags(scenario: Scenario) -> list[str]:
    rule = scenario.rule.tags if scenario.rule else set()
    return sorted(scenario.feature.tags | scenario.tags | rule)


def _requirements(tags: list[str]) -> list[str]:
    return [tag.removeprefix(REQUIREMENT_TAG) for tag in tags if tag.startswith(REQUIREMENT_TAG)]


def _first(tags: list[str], prefix: str) -> str | None:
    return next((tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix)), None)
