"""After a restart a story asks for what was confirmed before it, and looks until what waits must be listed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.contract.organisations import organisations
from harness.explore.afterwards import afterwards
from harness.explore.cast import Arrived, Cast, pairs
from harness.explore.search import _restarting
from harness.explore.story import Story
from harness.explore.vocabulary import RESTART
from harness.gateways.south import Request
from harness.stimuli.citations import citations

OWN = organisations()["221007"]
PROVIDES = pairs(citations(("2015-09-09",), OWN, "1", asks=False))[0]
TABLES: Any = SimpleNamespace(roles=("応答側",))


@dataclass
class Stage:
    """A gateway whose list has these after so many looks; what it was asked, and what counterparts did."""

    listed: list[list[str]] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    asked: list[Request] = field(default_factory=list)
    enquired: list[Mapping[str, Any]] = field(default_factory=list)
    own: Any = OWN
    seed: int = 1

    def __post_init__(self) -> None:
        self.south: Any = SimpleNamespace(statement=SimpleNamespace(declares=TABLES))
        self.control: Any = SimpleNamespace(
            enquire=self.enquire, notify=self.enquire, exchanges=self.exchanges
        )

    def enquire(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self.enquired.append(body)
        id_ = f"new-{len(self.enquired)}"
        return {"message_id": id_, "correlation_id": id_, "delivery": {"status": 202}}

    def exchanges(self, *_: object, correlation_id: str, **__: object) -> list[str]:
        return [correlation_id] if correlation_id in self.answered else []

    def ask(self, request: Request) -> Any:
        self.asked.append(request)
        rows = self.listed.pop(0) if request.path == "/v1/pending" and self.listed else []
        return SimpleNamespace(body={"pending": [{"correlation_id": id_} for id_ in rows]})

    def ask_all(self, requests: list[Request]) -> None:
        self.asked += requests

    def until(self, done: Callable[[], bool], seconds: float) -> bool:
        return any(done() for _ in range(int(seconds)))

    def staff(self, role: str) -> Any:
        return role

    def registration(self, resident: Any) -> Request:
        return Request("PUT", f"/v1/subjects/{resident.local_id}", "business", {})


def came(id_: str, who: int = 0) -> Arrived:
    return Arrived(id_, id_, who, 0, 60, taken=True)


def performed(stage: Stage, *beats: list[dict[str, Any]], **kept: Any) -> Stage:
    """The end of this story, with what came of it."""
    residents: Any = [SimpleNamespace(ref=f"p{n}", local_id=f"{n}") for n in range(3)]
    about = Cast(cast(Any, stage), residents, PROVIDES, (), **kept)
    for part in afterwards(about, Story.from_document(list(beats))):
        part()
    return stage


BY_HAND = [{"op": "手動自動", "who": 0}]


@pytest.mark.parametrize(
    ("listed", "answered", "looks"),
    [
        ([["a"]], set(), 1),
        ([[], [], ["b", "a"]], set(), 3),
        ([], {"a"}, 1),  # answered before anything was switched
        ([[]] * 20, set(), 8),  # what is lost is looked for as long as it may be late
    ],
)
def test_what_waited_is_looked_for_until_it_must_be_listed(
    listed: list[list[str]], answered: set[str], looks: int
) -> None:
    stage = performed(Stage(list(listed), answered), BY_HAND, arrived=[came("a"), came("other", who=1)])
    assert sum(request.path == "/v1/pending" for request in stage.asked) == looks


def test_whoever_asks_still_waits_and_what_was_decided_is_decided() -> None:
    stage = performed(Stage(), BY_HAND, arrived=[came("a")], decided=["a"])
    assert [body["person"] for body in stage.enquired][:1] == ["p0"]
    assert "/v1/pending/a/approval" in [request.path for request in stage.asked]


def test_what_was_taken_comes_again_and_what_was_used_is_used_again() -> None:
    put = [{"op": "情報登録", "version": 2}]
    stage = performed(Stage(), put, arrived=[came("a")], told=[came("t")], sessions=[("s", 0)])
    assert [body.get("replay_of") for body in stage.enquired[:2]] == ["a", "t"]
    assert stage.enquired[2]["correlation_id"] == "t"
    asked = {request.path: request for request in stage.asked}
    assert {"/v1/subjects/0", "/v1/subjects/1"} <= asked.keys()
    assert cast(Any, asked["/v1/records"].body)["version"] == 1
    assert asked["/v1/own-information"].headers == {"X-Portal-Session": "s"}


def test_what_was_taken_before_the_restart_comes_again_although_more_is_asked_after_it() -> None:
    switched = [{"op": "手動自動", "who": who} for who in range(2)]
    stage = performed(Stage(), switched, arrived=[came("a"), came("b", who=1)])
    assert [body.get("replay_of") for body in stage.enquired] == [None, None, "a", "b"]


def test_a_restart_comes_between_beats_and_during_them() -> None:
    story = Story.from_document([[{"op": "登録"}], [{"op": "保留を見る"}]])
    made = [_restarting(story, number) for number in range(6)]
    assert all(sum(op.name == RESTART for op in one.ops) == 1 for one in made)
    assert {tuple(map(len, one.beats)) for one in made} == {(1, 1, 1), (1, 2), (2, 1)}
    places = {[op.name for op in one.ops].index(RESTART) for one in made}
    assert places == {0, 1, 2}
