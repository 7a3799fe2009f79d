"""A small load run against any gateway, from registration to the verdict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.bench.bench import Target
from harness.contract.journal import Entry
from harness.contract.statement import Statement
from load.judge.answers import Answered, Answers, Sampling
from load.judge.conformance import Conclusion, Run, await_answers, conclude
from load.line.shaped_line import LineQuality
from load.line.state import LineState
from load.prepare.asking import asked_elsewhere, asked_of
from load.prepare.population import register
from load.prepare.preparing import Share, Wanted, prepare
from load.send.environment import Environment, opened
from tests.load.sender import send

Hook = Callable[[], object]
TAX, RESIDENT = "地方税関係情報", "住民票関係情報"
NORTH_ONLY = (Share("north", TAX, 3), Share("north", RESIDENT, 1))
SOUTH_ONLY = (Share("south", TAX, 1),)
BOTH = (*NORTH_ONLY, Share("south", TAX, 2))


@dataclass(frozen=True)
class Finished:
    """What a run came to."""

    conclusion: Conclusion
    entries: list[dict[str, Any]]
    answered: list[Answered]
    seconds: float
    state: LineState | None

    @property
    def line(self) -> LineState:
        """The state of the line at the end of a run that has one."""
        assert self.state is not None
        return self.state

    @property
    def verdict(self) -> tuple[str, str]:
        """Verdict and code."""
        return self.conclusion.judgement.verdict, self.conclusion.judgement.code


@dataclass(frozen=True)
class Load:
    """How much of what. `quiet`: seconds without an answer after which the rest counts as lost."""

    count: int
    mix: Sequence[Share] = NORTH_ONLY
    people: int = 20
    share: float = 1.0
    line: LineQuality | None = None
    quiet: float = 3.0


def run_load(
    gateway: str, folder: Path, load: Load, statement: Statement | None = None, sent: Hook = lambda: None
) -> Finished:
    """Starts everything, sends, concludes. `sent`: what happens as soon as the last request is out."""
    with opened(Target(gateway, statement, folder), load.line) as environment:
        prepared = _prepared(environment, folder / "prepared", load)
        answers = Answers.of(environment.control, prepared, Sampling(load.share, 1, 7))
        environment.begin()
        seconds = send(prepared, folder, environment.north_url, environment.statement.south_url)
        sent()
        entries: list[dict[str, Any]] = []

        def write(entry: Entry, **fields: Any) -> None:
            entries.append({"type": entry, **fields})

        run = Run(prepared, folder)
        answered = [one for came in await_answers(answers, run, load.quiet) for one in came]
        conclusion = conclude(environment, answers, run, write)
        state = environment.line.state() if environment.line else None
        return Finished(conclusion, entries, answered, seconds, state)


def _prepared(environment: Environment, folder: Path, load: Load) -> Path:
    faces: dict[str, list[str]] = {"north": [], "south": []}
    for share in load.mix:
        faces[share.face].append(share.information)
    asked = [asked_of(environment.statement, name) for name in faces["north"]]
    asking = [asked_elsewhere(environment.statement, name) for name in faces["south"]]
    population = register(environment, load.people, 1, asked, asking)
    wanted = Wanted(load.count, tuple(load.mix), 2, 600, environment.network.keys)
    prepare(environment.statement, population, wanted, folder)
    return folder
