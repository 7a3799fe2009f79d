"""A gateway that sends nothing at all is not waited for again and again; one that sends anything has its whole time every time."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

import pytest

from harness.bench.channel import ControlAnswer, Instruction
from harness.bench.faces import Faces
from harness.bench.network import NetworkControl
from harness.bench.patience import RealPatience
from harness.bench.recorded import recorded_faces
from harness.catalogue.findings import InconclusiveError, NonconformityError
from harness.contract.journal import Entry
from harness.contract.journal_entries import RunEntry, SouthCall
from harness.contract.statement import Statement
from harness.gateways.exchange import Limits
from harness.gateways.manners import Manners
from harness.gateways.south import SouthFace
from harness.gateways.transport import Http
from harness.record.scripts import RecordedRun, Script
from harness.residents.masking import Masks
from harness.steps.verbs.scene import Scene
from tests.bench.bench_statements import document

ID = "a.feature:1"


@dataclass
class Hurried(RealPatience):
    """No time passes."""

    def attempts(self, seconds: float) -> Iterator[float]:
        """Two."""
        yield from (0.0, seconds)


@dataclass
class Network:
    """Of a gateway that has sent what `sent` says. Keeps how long was waited for exchanges."""

    sent: list[dict[str, Any]]
    waited: list[str]

    def send(self, instruction: Instruction) -> ControlAnswer:
        """Of exchanges only those that are there."""
        if instruction.path == "/health":
            return {"heard": bool(self.sent)}
        self.waited.append((instruction.query or {})["timeout"])
        return {"exchanges": []}


@dataclass
class Stood:
    """What became of the waits of a scenario, and what is on record of them."""

    scene: Scene
    waits: deque[int]

    def until(self, done: Callable[[], bool] = lambda: False) -> str:
        """How one more ends."""
        return ended(lambda: self.scene.until(done, "NO_ANSWER", lambda: "何も", "何か"))


def ended(wait: Callable[[], object]) -> str:
    """The kind of error, or nothing."""
    try:
        wait()
    except (InconclusiveError, NonconformityError) as error:
        return f"{type(error).__name__} {error.finding.code}"
    return ""


def stood(faces: Faces) -> Stood:
    waits: deque[int] = deque()

    def note(entry: Entry, **fields: Any) -> None:
        waits.extend(value for name, value in fields.items() if name == "attempts")

    return Stood(Scene(faces, 1, note, ID), waits)


def facing(network: Network) -> Stood:
    south = SouthFace(
        cast(Http, None),
        Statement.from_document(document()),
        Limits(),
        lambda _: None,
        manners=Manners(1),
    )
    control = NetworkControl(network)
    return stood(Faces(south, control, Hurried(control.has_heard)))


@pytest.fixture
def silent() -> Stood:
    """Before a gateway that has sent nothing."""
    return facing(Network([], []))


FAILED, NOT_JUDGED = "NonconformityError NO_ANSWER", "InconclusiveError PREREQUISITE"


def test_who_sends_nothing_fails_and_is_then_no_longer_judged_by_time(silent: Stood) -> None:
    assert [silent.until() for _ in range(4)] == [FAILED, FAILED, NOT_JUDGED, NOT_JUDGED]
    assert silent.until(lambda: True) == ""


def test_who_sends_anything_has_its_time_every_time() -> None:
    sending = facing(Network([{}], []))
    assert [sending.until() for _ in range(5)] == [FAILED] * 5
    assert list(sending.waits) == [2] * 5


def test_messages_are_waited_for_in_the_same_way() -> None:
    network = Network([], [])
    silent = facing(network)
    assert [ended(lambda: silent.scene.exchanges(1, person="p")) for _ in range(3)] == ["", "", NOT_JUDGED]
    assert ended(lambda: silent.scene.exchanges(person="p")) == ""  # nobody waits where nothing need come
    assert network.waited == ["5", "5", "0", "0"]


def test_what_comes_in_time_is_no_wait_in_vain(silent: Stood) -> None:
    assert [silent.until(lambda: True) for _ in range(3)] == [""] * 3
    assert [silent.until() for _ in range(2)] == [FAILED, FAILED]


def test_a_record_says_where_nobody_waited(silent: Stood) -> None:
    came = iter([False] * 7 + [True])
    first = [silent.until(lambda: next(came)) for _ in range(5)]
    assert first == [FAILED, FAILED, NOT_JUDGED, NOT_JUDGED, NOT_JUDGED]
    assert silent.until(lambda: next(came)) == ""
    recorded = RecordedRun(
        cast(RunEntry, {"seed": 1}),
        cast(SouthCall, {}),
        (),
        {ID: Script(waits=deque(silent.waits))},
        Masks.of([], 1),
    )
    again = stood(recorded_faces(recorded, Statement.from_document(document()), ID, lambda: ()))
    came = iter([False] * 7 + [True])
    assert [again.until(lambda: next(came)) for _ in range(6)] == [*first, ""]
    assert again.waits == silent.waits
