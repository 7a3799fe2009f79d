"""A load run is stopped when nothing is to be gained any more, and ends whether or not its generator obeys."""

import time
from array import array
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.contract.journal import FILE_NAME, Journal
from load.judge import following
from load.judge.following import Following, Progress
from load.judge.gates import Gate
from load.judge.watching import Watch
from load.send.collecting import SENT
from load.send.sent import HEAD, Sent


class Deaf:
    """A Locust that runs until it is ended."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.running, self.asked = folder, True, 0
        self.process = self

    def alive(self) -> bool:
        return self.running

    def stop(self) -> None:
        self.running = False

    def ask_to_stop(self) -> None:
        self.asked += 1


def test_a_generator_that_does_not_obey_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "OBEY_SECONDS", 0.3)
    begin = time.time_ns()
    (tmp_path / SENT).write_text(HEAD + Sent(0, begin, begin, begin, 503).line, encoding="utf-8")
    generator, told = Deaf(tmp_path), list[Progress]()
    environment: Any = SimpleNamespace(
        line=None, gateway_answers=lambda: True, control=SimpleNamespace(must_be_there=lambda: None)
    )
    answers: Any = SimpleNamespace(collect=list)
    watch = Watch(array("d", (0.0, 1.0)), ("照会",) * 2, begin, (Gate("error_ratio", 0.1),))
    journal = Journal.open(tmp_path / FILE_NAME, "load")
    run = Following(environment, generator, answers, watch, journal, told.append, 1e12)  # type: ignore[arg-type]
    run.follow()
    assert generator.asked == 1
    assert not generator.running
    assert "error_ratio" in run.stopped
    assert watch.errors == 1
    assert told
