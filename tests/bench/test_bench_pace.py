"""How long a run will still take, in a line every ten seconds where there is no terminal."""

import threading

import pytest

from harness.cli.pace import Pace, Ticker
from harness.languages.english import english

BEGUN = Pace("検証中", total=100)


@pytest.mark.parametrize(
    ("pace", "seconds", "left", "said"),
    [
        (Pace("準備"), 3.0, None, "準備（3 秒経過）"),
        (BEGUN, 3.0, None, "検証中 0/100、不合格・判定不能 0、3 秒経過"),
        (
            Pace("検証中", 25, 100, 2),
            10.0,
            30.0,
            "検証中 25/100、不合格・判定不能 2、10 秒経過、残り約 30 秒",
        ),
        (Pace("検証中", 10, 100), 60.0, 540.0, "検証中 10/100、不合格・判定不能 0、60 秒経過、残り約 9 分"),
        (Pace("確かめている", 100, 100), 70.0, 0.0, "確かめている（70 秒経過）"),
    ],
)
def test_what_is_left_follows_from_what_is_done(
    pace: Pace, seconds: float, left: float | None, said: str
) -> None:
    assert pace.remaining(seconds) == left
    assert pace.sentence(seconds) == said


def test_a_scenario_more() -> None:
    assert BEGUN.more(failed=True).more(failed=False) == Pace("検証中", 2, 100, 1)


def test_it_is_said_in_english() -> None:
    said = english(Pace("検証中", 25, 100, 2).sentence(10.0))
    assert said == "Testing 25/100, failed or inconclusive 2, 10 s so far, about 30 s left"


def test_it_ticks_until_it_is_left() -> None:
    ticked = threading.Event()
    with Ticker(ticked.set, 0.001) as ticker:
        assert ticked.wait(60)
    assert not ticker.thread.is_alive()
