"""Before and after all scenarios: the acts that reach beyond one, and the logs whole. Controlling process only."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from harness.bench.bench import Bench
from harness.bench.channel import ControlAnswer, Instruction
from harness.bench.faces import Faces, together
from harness.bench.network import NetworkControl
from harness.bench.patience import RealPatience
from harness.catalogue.findings import ConfigurationError
from harness.contract.journal import WHOLE_RECORD, Entry, Journal
from harness.contract.messages import timestamp
from harness.contract.statement import Declares
from harness.gateways.exchange import Limits
from harness.gateways.manners import Manners
from harness.gateways.south import SouthFace
from harness.gateways.transport import over_http
from harness.residents.identifying import identifying
from harness.residents.people import Person
from harness.stimuli.acts.program import OPENING, PROGRAM, Programmed
from harness.stimuli.stage import Stage
from harness.stimuli.whole_logs import whole_logs

_BACK_SECONDS = 15.0  # as at the start (guide §9)
_AGAIN_SECONDS = 0.05


@dataclass
class Opening:
    """The acts that a gateway meets first, while there is no journal of the bench yet; what happened is kept for it."""

    seed: int
    kept: list[tuple[Entry, dict[str, Any]]] = field(default_factory=list)

    def __call__(self, south: SouthFace, control: NetworkControl) -> None:
        """Whatever the gateway declares."""
        recorded = south.recording(partial(_note, self))
        told = control.recording(partial(_note_control, self))
        faces = Faces(recorded, told, RealPatience(), at_once=together)
        for programmed in OPENING:
            if _declared(programmed, south.statement.declares):
                programmed.act(_stage(faces, self, self.seed, programmed.name), lambda: None)

    def write(self, entry: Entry, **fields: Any) -> None:
        """As a journal does."""
        self.kept.append((entry, fields))

    def told(self, journal: Journal) -> None:
        """Everything, in its order."""
        for entry, fields in self.kept:
            journal.write(entry, **fields)


class _Writes(Protocol):
    """A journal, or what stands for one."""

    def write(self, entry: Entry, **fields: Any) -> None: ...


def close(bench: Bench, journal: Journal, seed: int, *, acts: bool) -> None:
    """`acts`: beside the logs, which are fetched in any case."""
    with _faces(bench, journal, seed) as faces:
        for programmed in PROGRAM if acts else ():
            if _takes_part(programmed, bench):
                stage = _stage(faces, journal, seed, programmed.name)
                programmed.act(stage, partial(_restart, bench, faces.south, journal))
        whole_logs(_stage(faces, journal, seed, "記録"))


def _takes_part(programmed: Programmed, bench: Bench) -> bool:
    declared = _declared(programmed, bench.statement.declares)
    return declared and (bench.restart is not None or not programmed.kills)


def _declared(programmed: Programmed, declares: Declares) -> bool:
    return all(name in getattr(declares, list_) for list_, name in programmed.needs)


@contextmanager
def _faces(bench: Bench, journal: Journal, seed: int) -> Iterator[Faces]:
    with over_http(Limits()) as http:
        note, manners = partial(_note, journal), Manners(seed)
        south = SouthFace(http, bench.statement, http.limits, note, manners=manners)
        control = NetworkControl.at(bench.network).recording(partial(_note_control, journal))
        yield Faces(south, control, RealPatience(), at_once=together)


def _stage(faces: Faces, journal: _Writes, seed: int, name: str) -> Stage:
    return Stage(
        faces, faces.south, faces.control, seed, name, partial(_note_people, journal), lambda _: None
    )


def _note(journal: _Writes, call: object) -> None:
    journal.write(Entry.POLL, scenario=WHOLE_RECORD, **dict(call))  # type: ignore[call-overload]  # a TypedDict


def _note_control(journal: _Writes, asked: Instruction, answer: ControlAnswer | None, failure: str) -> None:
    if answer and "exchanges" in answer:
        answer = {"exchanges": [exchange["seq"] for exchange in answer["exchanges"]]}
    fields = {"method": asked.method, "path": asked.path, "request": asked.body, "query": asked.query}
    journal.write(Entry.CONTROL, scenario=WHOLE_RECORD, **fields, response=answer, problem=failure or None)


def _note_people(journal: _Writes, people: object) -> None:
    known = {person.ref: identifying(person) for person in people if isinstance(person, Person)}  # type: ignore[attr-defined]
    journal.write(Entry.PEOPLE, scenario=WHOLE_RECORD, people=known)


def _restart(bench: Bench, south: SouthFace, journal: Journal) -> None:
    """One that does not come back says so by every request that it does not answer."""
    began, started = timestamp(), time.perf_counter()
    restart: Callable[[], None] | None = bench.restart
    assert restart is not None
    try:
        restart()
        deadline = time.monotonic() + _BACK_SECONDS
        while south.health().status is None and time.monotonic() < deadline:
            time.sleep(_AGAIN_SECONDS)
    except ConfigurationError as error:
        journal.write(Entry.SEEN, scenario=WHOLE_RECORD + ":起動", value=str(error))
    journal.write(Entry.RESTART, began=began, seconds=time.perf_counter() - started)
