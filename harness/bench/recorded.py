"""A recorded run in place of a gateway and a network: every scenario meets again what it met then."""

import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Self, TypeVar

from harness.bench.channel import ControlAnswer, Instruction
from harness.bench.faces import Faces, Look
from harness.bench.network import NetworkControl
from harness.bench.patience import most_attempts
from harness.catalogue.findings import InconclusiveError
from harness.contract.journal import Entry, read
from harness.contract.statement import Statement
from harness.gateways.exchange import Limits, Reply
from harness.gateways.south import SouthFace, shortened
from harness.gateways.transport import Call
from harness.residents.masking import Masks, texts_of
from harness.residents.people import Person

T = TypeVar("T")
People = Callable[[], tuple[Person, ...]]
_OTHER = "記録された要求が、シナリオの送る要求と違う"
_NOT_COPIED = frozenset({"v", "by", "type", "face"})


class RecordDiffersError(InconclusiveError):
    """A scenario asks what the record does not hold at this place."""

    def __init__(self, observed: str) -> None:
        super().__init__("RECORD_DIFFERS", observed)


@dataclass
class Script:
    """What one scenario asked and was answered, each kind in its order."""

    south: deque[dict[str, Any]] = field(default_factory=deque)
    control: deque[dict[str, Any]] = field(default_factory=deque)
    waits: deque[int] = field(default_factory=deque)
    seen: deque[Any] = field(default_factory=deque)


@dataclass(frozen=True)
class RecordedRun:
    """The scripts of a journal by scenario, its first entry, and the exchange in which the gateway said who it is."""

    run: dict[str, Any]
    introduction: dict[str, Any]
    plan: tuple[str, ...]
    scripts: dict[str, Script]
    everybody: Masks

    @property
    def health(self) -> dict[str, Any]:
        """What the gateway said of itself. Raises KeyError, TypeError where it is not recorded."""
        said: dict[str, Any] = self.introduction["response"]
        return said

    @classmethod
    def read(cls, journal: Path) -> Self:
        """Raises OSError, ValueError, KeyError for a file that is no journal of a run."""
        reader = _Reader()
        for entry in read(journal):
            reader.take(entry)
        run, introduction = reader.first[Entry.RUN], reader.first[Entry.HEALTH]
        everybody = Masks.of(reader.people, int(run["seed"]))
        said = {name: value for name, value in introduction.items() if name not in _NOT_COPIED}
        return cls(run, said, tuple(reader.plan), reader.scripts, everybody)

    def faces(self, statement: Statement, scenario: str, people: People) -> Faces:
        """What the scenario has to do with."""
        script = self.scripts.get(scenario, Script())
        seed = int(self.run["seed"])

        @cache
        def masks(of: tuple[Person, ...]) -> Masks:
            return Masks.of_people(of, seed)

        def reveal(value: Any) -> Any:
            return self.everybody.revealed(masks(people()).revealed(value))

        def same(asked: Any, recorded: Any) -> bool:
            return bool(recorded == asked or recorded == masks(people()).masked(asked))

        def see(look: Look) -> Any:
            return _next(script.seen, "見たこと")

        limits = Limits()
        south = SouthFace(_South(script.south, reveal, same), statement, limits, lambda _: None)
        return Faces(south, NetworkControl(_Control(script.control, reveal, same)), _Waits(script.waits), see)


@dataclass
class _Reader:
    """A journal while it is read. `first`: entries that begin a run; `north`: exchanges by number; a run that was taken up again counts anew."""

    first: dict[str, dict[str, Any]] = field(default_factory=dict)
    scripts: dict[str, Script] = field(default_factory=dict)
    north: dict[int, dict[str, Any]] = field(default_factory=dict)
    plan: dict[str, None] = field(default_factory=dict)
    people: dict[tuple[str, str], None] = field(default_factory=dict)

    def take(self, entry: dict[str, Any]) -> None:
        match entry.get("type"):
            case Entry.RUN | Entry.HEALTH:
                self.first.setdefault(entry["type"], entry)
            case Entry.PLAN:
                self.plan |= dict.fromkeys(entry["scenarios"])
            case Entry.PEOPLE:
                self.people |= dict.fromkeys(texts_of(entry["people"]))
            case Entry.SCENARIO:
                self.scripts[entry["scenario"]] = Script()
            case Entry.EXCHANGE if entry.get("face") == "north":
                self.north[entry["seq"]] = {k: v for k, v in entry.items() if k not in _NOT_COPIED}
            case Entry.EXCHANGE | Entry.POLL:
                self._script(entry).south.append(entry)
            case Entry.CONTROL:
                self._script(entry).control.append(self._whole(entry))
            case Entry.WAIT:
                self._script(entry).waits.append(entry["attempts"])
            case Entry.SEEN:
                self._script(entry).seen.append(entry["value"])

    def _script(self, entry: dict[str, Any]) -> Script:
        return self.scripts.setdefault(entry["scenario"], Script())

    def _whole(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Exchanges are named by their number: here they are themselves again."""
        response = entry["response"]
        if isinstance(response, dict) and "exchanges" in response:
            found = [self.north.get(number) for number in response["exchanges"]]
            return {**entry, "response": {"exchanges": found}, "lost": None in found}
        return entry


@dataclass(frozen=True)
class _South:
    """The recorded gateway."""

    script: deque[dict[str, Any]]
    reveal: Callable[[Any], Any]
    same: Callable[[Any, Any], bool]

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

    script: deque[dict[str, Any]]
    reveal: Callable[[Any], Any]
    same: Callable[[Any, Any], bool]

    def send(self, instruction: Instruction) -> ControlAnswer:
        """The answer of then. Raises RecordDiffersError, and what was raised then."""
        name = f"{instruction.method} {instruction.path}"
        entry = _next(self.script, name)
        asked = _plain([instruction.method, instruction.path, instruction.body, instruction.query])
        recorded = [entry[part] for part in ("method", "path", "request", "query")]
        if not self.same(asked, recorded):
            raise RecordDiffersError(f"{name}: {_OTHER}")
        if entry.get("lost"):
            raise RecordDiffersError(f"{name}: 北側の電文の記録がない")
        if entry["problem"]:
            raise InconclusiveError("NETWORK_FAILED", entry["problem"])
        answer: ControlAnswer = self.reveal(entry["response"])
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


def _next(script: deque[T], name: str) -> T:
    try:
        return script.popleft()
    except IndexError:
        raise RecordDiffersError(f"{name}: 記録がない") from None


def _plain(value: Any) -> Any:
    """As JSON brings it back."""
    return json.loads(json.dumps(value))


def _lasting(staff: dict[str, str] | None) -> object:
    """A session's end is a moment of the day of the run: it is there or not."""
    return {**staff, "valid_until": bool(staff["valid_until"])} if staff else None
