"""Performs a story on a stage, then waits for what is late and looks at everything once more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.bench.channel import ControlAnswer, Instruction
from harness.contract.journal_entries import SouthCall
from harness.explore.cast import Cast
from harness.explore.ending import ending
from harness.explore.moves import Move, Said
from harness.explore.north_moves import NORTH_MOVES
from harness.explore.south_moves import SOUTH_MOVES
from harness.explore.story import Beat, Op, Story
from harness.explore.turns import Turns
from harness.explore.vocabulary import RESTART
from harness.gateways.exchange import Reply
from harness.stimuli.stage import Stage

Restart = Callable[[], None]
Prepare = Callable[[Cast, Op], Move]
_MOVES: Mapping[str, Prepare] = {**SOUTH_MOVES, **NORTH_MOVES}


@dataclass
class _Done:
    """What a move came to, and what is to be put on record of it."""

    answer: Said = field(default_factory=dict)
    reply: Reply | None = None
    calls: list[SouthCall] = field(default_factory=list)
    told: list[tuple[Instruction, ControlAnswer | None, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Performed:
    """`story`: with the restarts of others that befell it; `names`: ids of those whom it was about."""

    story: Story
    names: frozenset[str]


def perform(
    stage: Stage, story: Story, restart: Restart | None = None, lane: int = 0, turns: Turns | None = None
) -> Performed:
    """The first two residents of the story are registered before it begins. Where nobody can restart the gateway, it goes on. `lane`:
    its number among those that are performed at the same time, which take `turns`."""
    telling = _Telling(Cast.of(stage, lane), restart, turns or Turns())
    telling.tell(story)
    return Performed(Story(tuple(telling.told)), frozenset(telling.cast.names()))


@dataclass
class _Telling:
    """`told`: beats so far; `restarts`: how many restarts there were at the last of them."""

    cast: Cast
    restart: Restart | None
    turns: Turns
    told: list[Beat] = field(default_factory=list)
    restarts: int = 0

    def tell(self, story: Story) -> None:
        """All of it, and its end."""
        self.restarts = self.turns.restarts
        stage = self.cast.stage
        named = {op.number("who") for op in story.ops if "who" in dict(op.told)}
        first = sorted(who for who in named if who < len(self.cast.residents) - 1)
        with self.turns.beside_others():
            stage.at_once([stage.registration(self.cast.residents[who]) for who in first])
        for beat in story.beats:
            kills = self.restart is not None and any(op.name == RESTART for op in beat)
            with self.turns.alone() if kills else self.turns.beside_others():
                self._befell()
                self.told.append(beat)
                _beat(self.cast, beat, self.restart)
            self.restarts += kills
        self._befell()
        restarted = self.restart is not None and any(op.name == RESTART for beat in self.told for op in beat)
        for part in ending(self.cast, story, restarted=restarted):
            with self.turns.beside_others():
                self._befell()
                part()

    def _befell(self) -> None:
        """A restart of another story is one of this story, too."""
        self.told += [(Op(RESTART),)] * (self.turns.restarts - self.restarts)
        self.restarts = self.turns.restarts


def _beat(cast: Cast, beat: Beat, restart: Restart | None) -> None:
    """At the same time; on record in the order of the story."""
    moves = [_MOVES[op.name](cast, op) for op in beat]
    stage = cast.stage
    for move, done in zip(
        moves, stage.faces.at_once([_act(stage, move, restart) for move in moves]), strict=True
    ):
        for call in done.calls:
            stage.south.record(call)
        for told in done.told:
            stage.control.record(*told)
        if done.reply:
            stage.replies.append(done.reply)
        move.remember(done.answer)


def _act(stage: Stage, move: Move, restart: Restart | None) -> Callable[[], _Done]:
    def act() -> _Done:
        done = _Done()
        if move.request:
            done.reply = stage.south.recording(done.calls.append).ask(move.request)
            done.answer = done.reply.body if isinstance(done.reply.body, dict) else {}
        elif move.instruct:
            done.answer = move.instruct(stage.control.recording(_noting(done.told)))
        elif move.kills and restart:
            restart()
        elif move.seconds:
            stage.pause(move.seconds)
        return done

    return act


def _noting(told: list[tuple[Instruction, ControlAnswer | None, str]]) -> Callable[..., Any]:
    def note(instruction: Instruction, answer: ControlAnswer | None, failure: str) -> None:
        told.append((instruction, answer, failure))

    return note
