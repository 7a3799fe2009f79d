"""Two gateways against each other: business systems, staff and auditors on either side, and how far the two come.

Whether each message was right is for the whole record of either gateway to say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Final

from harness.bench.faces import Look
from harness.catalogue.findings import InconclusiveError
from harness.contract.journal import Entry
from harness.contract.journal_entries import Said, SouthCall
from harness.contract.sides import Side
from harness.gateways.exchange import Reply
from harness.gateways.south import Request
from harness.model.likeness import members
from harness.steps.verbs.scene import Scene
from harness.stimuli.citations import Citation
from harness.stimuli.holdings import Record
from harness.stimuli.south_requests import told
from harness.stimuli.stage import Resident, Stage

WORDS: Final[Mapping[str, Side]] = {side.called: side for side in Side}
CROSSING = "crossing"  # under which a scene notes it
_OPEN: Final = frozenset({"受付", "送信済"})
_MANY: Final = 10  # messages that are given the time of one
_HOPS: Final = 2  # gateways that may take their time, one after the other


@dataclass(frozen=True)
class Desk:
    """Those who use one of the two gateways. `gone`: a look at whether that went away, `across`: whether the other did."""

    side: Side
    stage: Stage
    gone: Look
    across: Look

    @property
    def name(self) -> str:
        """Of its organisation."""
        return self.stage.own.name

    def asked(self, request: Request) -> Said:
        """The JSON object that came back. Raises NotThroughError where it is none, or a refusal."""
        return self.told(self.stage.ask(request))

    def until(self, done: Callable[[], bool], otherwise: str, messages: int) -> None:
        """Waits for as long as two gateways may take for so many messages. Raises NotThroughError, saying what was not so."""
        for _ in range(_HOPS * (1 + messages // _MANY)):
            if self.stage.until(done, self.stage.south.limits.answer_seconds):
                return
            if self.across():
                break
        raise NotThroughError(self, otherwise)

    def told(self, reply: Reply) -> Said:
        """The same of an answer that is there."""
        refused = reply.problem or reply.status is None or reply.status >= HTTPStatus.BAD_REQUEST
        if refused or not isinstance(reply.body, dict):
            raise NotThroughError(self, reply.observed())
        return reply.body


class NotThroughError(Exception):
    """What two gateways do together does not go on: at which desk it is seen, and what."""

    def __init__(self, desk: Desk, observed: str) -> None:
        self.observed = f"{desk.name}: {observed}"
        super().__init__(self.observed)


def objects(said: Said, name: str) -> list[Said]:
    """Of a member that is a list, the objects; nothing of a gateway is believed before somebody looks."""
    found = said.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


@dataclass(frozen=True)
class Asked:
    """One enquiry of the asker; `id`: its number there."""

    citation: Citation
    resident: Resident
    id: str
    correlation_id: str


@dataclass
class Crossing:
    """From `asker` to `provider`: residents and what is held of them, by information; what was asked, and the state in which each has
    to end."""

    asker: Desk
    provider: Desk
    citations: tuple[Citation, ...]
    residents: dict[str, Resident] = field(default_factory=dict)
    held: dict[str, Record] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    due: dict[str, str] = field(default_factory=dict)


def note(crossing: Crossing, citation: Citation, said: Said, number: str, otherwise: str) -> Asked:
    """What was asked or told, by the numbers that came back; `number`: the member with its own. Raises NotThroughError without them."""
    id_, correlation_id = told(said, number), told(said, "correlation_id")
    if id_ is None or correlation_id is None:
        raise NotThroughError(crossing.asker, otherwise)
    asked = Asked(citation, crossing.residents[citation.information], id_, correlation_id)
    crossing.asked.append(asked)
    return asked


def ended(crossing: Crossing, path: str, otherwise: str) -> Mapping[str, object]:
    """By number the 処理状況 in which each ended, in place of エラー its code. Raises NotThroughError where one does not end."""
    asker, states = crossing.asker, dict[str, object]()

    def over() -> bool:
        left = [one for one in crossing.asked if states.get(one.id, "受付") in _OPEN]
        looks = [Request("GET", f"{path}/{one.id}", "business") for one in left]
        for one, reply in zip(left, asker.stage.at_once(looks), strict=True):
            said = asker.told(reply)
            states[one.id] = members(said.get("error")).get("code") or said.get("status")
        return not any(state in _OPEN for state in states.values())

    asker.until(over, otherwise, len(crossing.asked))
    return states


def desk(scene: Scene, word: str) -> Desk:
    """Of the gateway that a word of the feature names."""
    side = WORDS[word]
    across = scene.faces.across
    if across is None:
        raise RuntimeError("--partner がない")
    south = scene.faces.south if side is Side.GATEWAY else across.south
    looks = (scene.faces.gone, across.gone)
    stage = Stage(
        scene.faces,
        south.recording(partial(_note, scene, side)),
        scene.control,
        scene.seed,
        scene.id,
        scene.others.extend,
        lambda _: None,
    )
    return Desk(side, stage, *(looks if side is Side.GATEWAY else reversed(looks)))


def _note(scene: Scene, side: Side, call: SouthCall) -> None:
    scene.waiting_seconds += call["seconds"]
    if call["correlation_id"]:
        scene.correlation_ids.add(call["correlation_id"])
    scene.record(Entry.EXCHANGE, side=side, **call)


def going(scene: Scene, work: Callable[[], None]) -> None:
    """Does it. Raises InconclusiveError where the two do not come to the end of it, and names the gateway that went away."""
    try:
        work()
    except NotThroughError as stopped:
        for each in scene.noted[CROSSING].asker, scene.noted[CROSSING].provider:
            if gone := scene.see(each.gone):
                raise InconclusiveError("NO_CONNECTION", f"{each.name}: {gone['how']}") from stopped
        raise InconclusiveError("NOT_THROUGH", stopped.observed) from stopped
