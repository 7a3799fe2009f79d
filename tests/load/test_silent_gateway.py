"""A gateway that has stopped answering when the load is over is asked a few times, and not once for every enquiry."""

from array import array
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from harness.contract.keys.ring import PUBLISHED
from harness.gateways.exchange import Reply
from load import AT_ONCE
from load.judge.answers import Answers
from load.judge.conformance import Run, conclude
from load.prepare.prepared import SOUTH
from load.send.sent import HEAD, Sent
from tests.load.statements import statement
from tests.load.test_preparing import prepared

COUNT = 40


class Silent:
    """A south face that takes a request and says nothing; here at once, else after 5 s."""

    def __init__(self) -> None:
        self.asked = 0

    def enquiry(self, enquiry_id: str) -> Reply:
        self.asked += 1
        return Reply(f"GET /v1/enquiries/{enquiry_id}", None, None, "", 5.0, "TIMED_OUT", "5 秒")

    def log(self, name: str, **_: str) -> Reply:
        return Reply(f"GET /v1/logs/{name}", None, None, "", 5.0, "TIMED_OUT", "5 秒")


def test_three_silences_say_all(tmp_path: Path) -> None:
    assert sum(one.face == SOUTH for one in prepared(tmp_path, COUNT)) > 3
    rows = [Sent(i, 0, 0, 1, 202, correlation_id=f"c-{i}", enquiry_id=f"e-{i}") for i in range(COUNT)]
    (tmp_path / "sent-0.csv").write_text(HEAD + "".join(one.line for one in rows), encoding="utf-8")
    silent = Silent()
    answers: Any = Answers(
        SimpleNamespace(collect=lambda *_: []),  # type: ignore[arg-type]
        {},
        [],
        [],
        frozenset(range(COUNT)),
        array("q", [0] * COUNT),
        Counter(f"c-{index}" for index in range(COUNT)),
    )
    environment: Any = SimpleNamespace(
        statement=statement(), south=silent, network=SimpleNamespace(keys=PUBLISHED)
    )

    found = conclude(environment, answers, Run(tmp_path, tmp_path), lambda *_, **__: None)
    assert 3 <= silent.asked <= 3 + AT_ONCE - 1  # those under way at the third are waited for
    assert {one.code for one in found.checked} == {"TIMED_OUT"}
    assert found.judgement.verdict == "不合格"
