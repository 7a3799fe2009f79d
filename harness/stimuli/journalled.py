"""A stage outside of all scenarios: what is sent from it goes into the journal as part of the whole record."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol

from harness.bench.bench import Bench, Introduced
from harness.bench.channel import ControlAnswer, Instruction
from harness.bench.faces import Faces, together
from harness.bench.network import NetworkControl
from harness.bench.patience import RealPatience
from harness.catalogue.findings import ConfigurationError
from harness.contract.journal import WHOLE_RECORD, Entry, Journal
from harness.contract.messages import timestamp
from harness.gateways.exchange import Limits
from harness.gateways.manners import Manners
from harness.gateways.south import SouthFace
from harness.gateways.transport import over_http
from harness.residents.identifying import identifying
from harness.residents.people import Person
from harness.stimuli.stage import Stage

_BACK_SECONDS = 15.0  # as at the start (guide §9)
_AGAIN_SECONDS = 0.05


class Writes(Protocol):
    """A journal, or what stands for one."""

    def write(self, entry: Entry, **fields: Any) -> None:
        """One entry."""


def introduce(journal: Writes, introduced: Introduced) -> None:
    """What a gateway said of itself before anything was tested."""
    journal.write(Entry.HEALTH, **introduced.introduction)
    for call in introduced.asked:
        journal.write(Entry.PREFLIGHT, **call)


@contextmanager
def faces_on_record(bench: Bench, journal: Writes, seed: int) -> Iterator[Faces]:
    """Gateway and network."""
    with over_http(Limits()) as http:
        south = SouthFace(http, bench.statement, http.limits, lambda _: None, manners=Manners(seed))
        yield on_record(south, NetworkControl.at(bench.network), journal)


def on_record(south: SouthFace, control: NetworkControl, journal: Writes) -> Faces:
    """The same of faces that there are."""
    told = control.recording(partial(_note_control, journal))
    return Faces(south.recording(partial(_note, journal)), told, RealPatience(), at_once=together)


def stage_on_record(faces: Faces, journal: Writes, seed: int, name: str, *, whole: bool = False) -> Stage:
    """Whose residents follow from seed and name. `whole`: nothing that can be gone through is drawn."""
    return Stage(
        faces,
        faces.south,
        faces.control,
        seed,
        name,
        partial(_note_people, journal),
        lambda _: None,
        whole=whole,
    )


def restart(bench: Bench, south: SouthFace, journal: Journal) -> None:
    """Kills the gateway and starts it again. One that does not come back says so by every request that it does not answer."""
    began, started = timestamp(), time.perf_counter()
    again: Callable[[], None] | None = bench.restart
    assert again is not None
    try:
        again()
        deadline = time.monotonic() + _BACK_SECONDS
        while south.health().status is None and time.monotonic() < deadline:
            time.sleep(_AGAIN_SECONDS)
    except ConfigurationError as error:
        journal.write(Entry.SEEN, scenario=WHOLE_RECORD + ":起動", value=str(error))
    journal.write(Entry.RESTART, began=began, seconds=time.perf_counter() - started)


def _note(journal: Writes, call: object) -> None:
    journal.write(Entry.POLL, scenario=WHOLE_RECORD, **dict(call))  # type: ignore[call-overload]  # a TypedDict


def _note_control(journal: Writes, asked: Instruction, answer: ControlAnswer | None, failure: str) -> None:
    if answer and "exchanges" in answer:
        answer = {"exchanges": [exchange["seq"] for exchange in answer["exchanges"]]}
    fields = {"method": asked.method, "path": asked.path, "request": asked.body, "query": asked.query}
    journal.write(Entry.CONTROL, scenario=WHOLE_RECORD, **fields, response=answer, problem=failure or None)


def _note_people(journal: Writes, people: object) -> None:
    known = {person.ref: identifying(person) for person in people if isinstance(person, Person)}  # type: ignore[attr-defined]
    journal.write(Entry.PEOPLE, scenario=WHOLE_RECORD, people=known)
