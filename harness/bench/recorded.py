"""A recorded run in place of a gateway and a network: every scenario meets again what it met then."""

import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from harness.bench.channel import ControlAnswer, Instruction
from harness.bench.faces import Faces, Look
from harness.bench.network import NetworkControl
from harness.bench.patience import GIVEN_UP, most_attempts
from harness.catalogue.findings import InconclusiveError
from harness.contract.journal_entries import PollEntry, SouthEntry, Staff
from harness.contract.statement import Statement
from harness.gateways.exchange import Limits, Reply
from harness.gateways.manners import Manners
from harness.gateways.south import SouthFace, shortened
from harness.gateways.transport import Call
from harness.record.scripts import RecordedRun, Script, Told
from harness.residents.masking import Masks
from harness.residents.people import Person

T = TypeVar("T")
People = Callable[[], tuple[Person, ...]]
Reveal = Callable[[object], Any]  # JSON, of which the scenario knows the form
Same = Callable[[object, object], bool]
_OTHER = "記録された要求が、シナリオの送る要求と違う"


class RecordDiffersError(InconclusiveError):
    """A scenario asks what the record does not hold at this place."""

    def __init__(self, observed: str) -> None:
        super().__init__("RECORD_DIFFERS", observed)


def recorded_faces(recorded: RecordedRun, statement: Statement, scenario: str, people: People) -> Faces:
    """What the scenario has to do with."""
    script = recorded.scripts.get(scenario, Script())
    seed = int(recorded.run["seed"])

    @cache
    def masks(of: tuple[Person, ...]) -> Masks:
        return Masks.of_people(of, seed)

    def reveal(value: object) -> Any:
        return recorded.everybody.revealed(masks(people()).revealed(value))

    def same(asked: object, told: object) -> bool:
        return bool(told == asked or told == masks(people()).masked(asked))

    def see(look: Look) -> object:
        return _next(script.seen, "見たこと")

    limits = Limits()
    transport = _South(script.south, reveal, same)
    south = SouthFace(transport, statement, limits, lambda _: None, manners=Manners(seed))
    return Faces(south, NetworkControl(_Control(script.control, reveal, same)), _Waits(script.waits), see)


@dataclass(frozen=True)
class _South:
    """The recorded gateway."""

    script: deque[SouthEntry | PollEntry]
    reveal: Reveal
    same: Same

    def send(self, base: str, call: Call) -> Reply:
        """The reply of then. Raises RecordDiffersError where then another request was made."""
        entry = _next(self.script, call.name)
        asked = _plain([call.method, call.path, shortened(call.body), _lasting(call.staff)])
        recorded = [entry["method"], entry["path"], entry["request"], _lasting(entry["staff"])]
        if not self.same(asked, recorded):
            raise RecordDiffersError(f"{call.name}: {_OTHER}")
        body, problem = self.reveal(entry["response"]), entry["problem"]
        if problem:
            text = body if isinstance(body, str) else ""
            return Reply(
                call.name, entry["status"], None, text, entry["seconds"], problem, entry.get("detail", "")
            )
        text = json.dumps(body, ensure_ascii=False)
        return Reply(call.name, entry["status"], body, text, entry["seconds"])


@dataclass(frozen=True)
class _Control:
    """The recorded network."""

    script: deque[Told]
    reveal: Reveal
    same: Same

    def send(self, instruction: Instruction) -> ControlAnswer:
        """The answer of then. Raises RecordDiffersError, and what was raised then."""
        name = f"{instruction.method} {instruction.path}"
        told = _next(self.script, name)
        entry = told.entry
        asked = _plain([instruction.method, instruction.path, instruction.body, instruction.query])
        recorded = [entry["method"], entry["path"], entry["request"], entry["query"]]
        if not self.same(asked, recorded):
            raise RecordDiffersError(f"{name}: {_OTHER}")
        if told.lost:
            raise RecordDiffersError(f"{name}: 北側の電文の記録がない")
        if entry["problem"]:
            raise InconclusiveError("NETWORK_FAILED", entry["problem"])
        answer: ControlAnswer = self.reveal(told.response)
        return answer


@dataclass(frozen=True)
class _Waits:
    """The recorded patience: as many attempts as then, and no waiting."""

    script: deque[int]

    def attempts(self, seconds: float) -> Iterator[float]:
        """Raises RecordDiffersError where then nothing was waited for, or for longer than there is time."""
        if not self.script:
            raise RecordDiffersError("待った記録がない")
        if (attempts := self.script.popleft()) > most_attempts(seconds):
            raise RecordDiffersError(f"{seconds:g} 秒に {attempts} 回尋ねた記録がある")
        for _ in range(attempts):
            yield 0.0

    def pause(self, seconds: float) -> None:
        """No time passes."""

    def is_in_vain(self) -> bool:
        """As it was said then."""
        found = bool(self.script) and self.script[0] == GIVEN_UP
        if found:
            self.script.popleft()
        return found

    def note_in_vain(self) -> None:
        """It is on record."""


def _next(script: deque[T], name: str) -> T:
    try:
        return script.popleft()
    except IndexError:
        raise RecordDiffersError(f"{name}: 記録がない") from None


def _plain(value: object) -> Any:
    """As JSON brings it back."""
    return json.loads(json.dumps(value))


def _lasting(staff: Staff | None) -> object:
    """A session's end is a moment of the day of the run: it is there or not."""
    return {**staff, "valid_until": bool(staff["valid_until"])} if staff else None
