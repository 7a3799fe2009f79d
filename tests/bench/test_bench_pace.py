"""How long a run will still take, in a line every ten seconds where there is no terminal."""

import io
import threading
from types import SimpleNamespace
from typing import Any, cast

import pytest
from rich.console import Console

from harness.cli.pace import Pace
from harness.cli.progress import Progress
from harness.languages.choice import VARIABLE
from harness.languages.english import english
from harness.plugin.ticking import TELL, Stand, Ticker

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


def test_where_a_thorough_run_stands_is_said_in_place_of_the_scenarios_and_by_nobody_else() -> None:
    """Without a terminal, two spoke at once."""
    written = io.StringIO()
    progress = Progress(Console(file=io.StringIO()), Console(file=written))
    stash = pytest.Stash()
    progress.pytest_configure(cast(Any, SimpleNamespace(stash=stash, option=SimpleNamespace())))
    progress._line()
    stash[TELL](Stand(3, 37, 4_000, 61.4))
    progress._line()
    progress._line()
    said = written.getvalue().splitlines()
    assert [line.partition("（")[0] for line in said] == [
        "準備",
        "徹底: 足りた種類 3/37、やり取り 4,000/11,100、残り 約 61 秒",
        "準備",
    ]


def test_the_bar_of_a_thorough_run_is_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "en")
    progress = Progress(Console(file=io.StringIO()), Console(file=io.StringIO()))
    for left, said in ((None, "measuring"), (61.4, "about 61 s")):
        progress._stand(Stand(3, 37, 4_000, left))
        assert progress.bar.tasks[0].description == (
            f"Thorough: kinds with enough 3/37, exchanges 4,000/11,100, left {said}"
        )
