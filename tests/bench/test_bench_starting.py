"""A gateway is given time to start, face by face, and no longer than it lives."""

import json
from typing import Any, cast

import pytest

from harness.bench import preflight
from harness.catalogue.findings import ConfigurationError
from harness.contract.statement import Statement
from harness.gateways.exchange import Limits, Reply
from harness.gateways.kinds import Running
from harness.gateways.south import SouthFace
from harness.gateways.transport import Call, Http
from tests.bench.bench_statements import document

DECLARED = Statement.from_document(document())


def told(*answers: tuple[int | None, Any, str | None]) -> tuple[SouthFace, list[str]]:
    """A gateway that answers these, the last again and again; and what it was asked."""
    asked: list[str] = []

    class Answering:
        def send(self, base: str, call: Call) -> Reply:
            asked.append(call.name)
            status, body, problem = answers[min(len(asked), len(answers)) - 1]
            return Reply(call.name, status, body, json.dumps(body), 0.0, problem, problem or "")

    return SouthFace(Answering(), DECLARED, Limits(), lambda _: None), asked


RUNS = Running(DECLARED, lambda: None)
UNASKED: Http = cast(Http, None)  # nothing goes over it
LOADING = (503, {"code": "LOADING"}, None)


@pytest.mark.parametrize("early", [LOADING, (None, None, "BROKEN_RESPONSE"), (None, None, "NO_CONNECTION")])
def test_a_gateway_is_waited_for_while_it_starts(
    early: tuple[int | None, Any, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight, "STARTING_SECONDS", 86_400.0)
    south, asked = told(early, early, (200, {}, None))
    with pytest.raises(ConfigurationError, match="様式 health"):  # the third answer is judged
        preflight._health("u", preflight._answering(south.health, RUNS))
    assert len(asked) == 3


@pytest.mark.parametrize("early", [LOADING, (None, None, "NO_CONNECTION")])
def test_its_inbox_is_waited_for_as_well(
    early: tuple[int | None, Any, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight, "STARTING_SECONDS", 86_400.0)
    south, asked = told(early, early, (400, {"code": "MALFORMED"}, None))
    monkeypatch.setattr(preflight, "_posted", lambda http, url: south.health())
    preflight.inbox(DECLARED, UNASKED, RUNS)
    assert len(asked) == 3


def test_nobody_waits_for_the_inbox_of_a_command_that_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "STARTING_SECONDS", 86_400.0)
    monkeypatch.setattr(
        preflight, "_posted", lambda http, url: told((None, None, "NO_CONNECTION"))[0].health()
    )
    with pytest.raises(ConfigurationError, match="受信箱に届かない"):
        preflight.inbox(DECLARED, UNASKED, Running(DECLARED, lambda: None, lambda: "起動した命令が終わった"))


def test_when_the_time_is_over_its_last_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "STARTING_SECONDS", 0.0)
    with pytest.raises(ConfigurationError, match=r"503 が返る.*LOADING"):
        preflight._health("u", preflight._answering(told(LOADING)[0].health, RUNS))
