"""Before and after all scenarios: the acts that reach beyond one, and the logs whole. Controlling process only."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from harness.bench.bench import Bench
from harness.bench.channel import ControlAnswer, Instruction
from harness.bench.faces import Faces, together
from harness.bench.network import NetworkControl
from harness.bench.patience import RealPatience
from harness.catalogue.findings import ConfigurationError
from harness.contract.journal import WHOLE_RECORD, Entry, Journal
from harness.contract.messages import timestamp
from harness.gateways.exchange import Limits
from harness.gateways.south import SouthFace
from harness.gateways.transport import over_http
from harness.residents.identifying import identifying
from harness.residents.people import Person
from harness.stimuli.acts.program import OPENING, PROGRAM, Programmed
from harness.stimuli.stage import Stage
from harness.stimuli.whole_logs import whole_logs

_BACK_SECONDS = 15.0  # as at the start (guide §9)
_AGAIN_SECONDS = 0.05


def begin(bench: Bench, journal: Journal, seed: int) -> None:
    """The acts that find a gateway as it starts."""
    with _faces(bench, journal) as faces:
        _act(OPENING, bench, faces, journal, seed)


def close(bench: Bench, journal: Journal, seed: int, *, acts: bool) -> None:
    """`acts`: beside the logs, which are fetched in any case."""
    with _faces(bench, journal) as faces:
        if acts:
            _act(PROGRAM, bench, faces, journal, seed)
        whole_logs(_stage(faces, journal, seed, "記録"))


def _act(program: Iterable[Programmed], bench: Bench, faces: Faces, journal: Journal, seed: int) -> None:
    for programmed in program:
        if _takes_part(programmed, bench):
            stage = _stage(faces, journal, seed, programmed.name)
            programmed.act(stage, partial(_restart, bench, faces.south, journal))


def _takes_part(programmed: Programmed, bench: Bench) -> bool:
    declares = bench.statement.declares
    declared = all(name in getattr(declares, list_) for list_, name in programmed.needs)
    return declared and (bench.restart is not None or not programmed.kills)


@contextmanager
def _faces(bench: Bench, journal: Journal) -> Iterator[Faces]:
    with over_http(Limits()) as http:
        south = SouthFace(http, bench.statement, http.limits, partial(_note, journal))
        control = NetworkControl.at(bench.network).recording(partial(_note_control, journal))
        yield Faces(south, control, RealPatience(), at_once=together)


def _stage(faces: Faces, journal: Journal, seed: int, name: str) -> Stage:
    return Stage(
        faces, faces.south, faces.control, seed, name, partial(_note_people, journal), lambda _: None
    )


def _note(journal: Journal, call: object) -> None:
    journal.write(Entry.POLL, scenario=WHOLE_RECORD, **dict(call))  # type: ignore[call-overload]  # a TypedDict


def _note_control(journal: Journal, asked: Instruction, answer: ControlAnswer | None, failure: str) -> None:
    if answer and "exchanges" in answer:
        answer = {"exchanges": [exchange["seq"] for exchange in answer["exchanges"]]}
    fields = {"method": asked.method, "path": asked.path, "request": asked.body, "query": asked.query}
    journal.write(Entry.CONTROL, scenario=WHOLE_RECORD, **fields, response=answer, problem=failure or None)


def _note_people(journal: Journal, people: object) -> None:
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
