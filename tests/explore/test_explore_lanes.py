"""Stories at the same time: each in a lane of its own, restarts between beats, and what touches others alone."""

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from harness.contract.items import informations
from harness.contract.organisations import organisations
from harness.explore import trials
from harness.explore.cast import pairs
from harness.explore.lanes import in_lanes, touches_others, within_its_lane, without_slowness
from harness.explore.story import Story
from harness.explore.trials import Trials
from harness.explore.turns import Turns
from harness.plugin import exploring, thorough
from harness.stimuli.citations import citations

STORIES = [Story.from_document([[{"op": "待つ", "tenths": tenths}]]) for tenths in (1, 5, 15)]


def test_each_has_a_lane_and_what_it_gave_stays_in_order() -> None:
    meeting = threading.Barrier(3, timeout=30)

    def perform(story: Story, lane: int, turns: Turns) -> tuple[int, int]:
        meeting.wait()  # all three are at it
        return story.ops[0].number("tenths"), lane

    done = in_lanes(STORIES, 3, perform)
    assert [tenths for tenths, _ in done] == [1, 5, 15]
    assert {lane for _, lane in done} == {0, 1, 2}


def test_a_restart_waits_for_the_beats_of_others_and_they_wait_for_it() -> None:
    turns, order = Turns(), list[str]()
    began, goes_on = threading.Event(), threading.Event()

    def beat() -> None:
        with turns.beside_others():
            began.set()
            goes_on.wait(30)
            order.append("beat")

    def restart() -> None:
        with turns.alone():
            order.append("restart")

    threads = [threading.Thread(target=beat), threading.Thread(target=restart)]
    threads[0].start()
    assert began.wait(30)
    threads[1].start()
    goes_on.set()
    for thread in threads:
        thread.join(30)
    with turns.beside_others():
        order.append("later")
    assert (order, turns.restarts) == (["beat", "restart", "later"], 1)


def test_lanes_have_no_affair_in_common_and_no_information_but_the_one_with_a_key() -> None:
    found = pairs(citations(("2015-09-09",), organisations()["221007"], "1", asks=False))
    assert len(found) >= 4
    affairs = [{citation.affair for citation in pair} for pair in found]
    assert sum(map(len, affairs)) == len(set().union(*affairs))
    plain = [pair[0].information for pair in found]
    assert len(set(plain)) == len(plain)
    assert not [name for name in plain if informations()[name].key]


def test_what_switches_the_information_that_all_have_is_performed_alone() -> None:
    switches = {"op": "手動自動", "scope": "information"}
    assert touches_others(Story.from_document([[{**switches, "kind": 1}]]))
    assert not touches_others(
        Story.from_document([[{**switches, "kind": 0}], [{"op": "手動自動", "kind": 1}]])
    )


def test_it_can_be_kept_within_its_lane() -> None:
    switches = {"op": "手動自動", "scope": "information", "kind": 1, "mode": "自動"}
    story = Story.from_document([[switches, {"op": "情報登録", "kind": 1}]])
    kept = within_its_lane(story)
    assert not touches_others(kept)
    assert kept == Story.from_document([[{**switches, "kind": 0}, {"op": "情報登録", "kind": 1}]])


def test_a_network_that_is_slow_for_all_is_none_of_the_gateway() -> None:
    told = [[{"op": "ネットワークの障害", "answer": answer} for answer in ("slow", "lost", "slower")]]
    answers = [op.text("answer") for op in without_slowness(Story.from_document(told)).ops]
    assert answers == ["UNDELIVERED", "lost", "UNDELIVERED"]


def test_trials_of_one_run_are_about_other_residents() -> None:
    faces: Any = SimpleNamespace(south=None, control=None)
    named = [
        Trials(cast(Any, None), cast(Any, None), Path("x"), faces, cast(Any, {}), 1, name=name)
        for name in (exploring._BEFORE, trials._NAME, thorough._NAME)
    ]
    ids = {one._stage(1).id for one in named}
    assert len(ids) == 3
