"""The access log is read in pieces that fit, and every entry is read once."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.catalogue.findings import NonconformityError
from harness.contract.messages import parse_timestamp
from harness.gateways.exchange import Reply
from harness.gateways.south import SouthFace
from load.judge.access_record import access_entries

START = datetime(2026, 1, 1, tzinfo=UTC)


def entry(seq: int, after_seconds: float) -> dict[str, Any]:
    """One entry of schema access-log."""
    at = (START + timedelta(seconds=after_seconds)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    ids = {"message_id": f"{seq:08x}-0000-4000-8000-000000000000"}
    facts = {"requester": "401307", "provider": "221007", "basis": {"table": "t", "item": "1"}}
    texts: dict[str, Any] = {"affair": "a", "information": "i", "items": [], "code": None, "seal": "0" * 64}
    kinds = {"event": "受信", "kind": "照会依頼", "correlation_id": ids["message_id"]}
    return {"seq": seq, "recorded_at": at, **ids, **kinds, **facts, **texts}


@dataclass
class FakeFace:
    """Answers with at most `most` entries at once."""

    entries: list[dict[str, Any]]
    most: int
    asked: int = 0

    def log(self, name: str, *, since: str, until: str) -> Reply:
        """As SouthFace."""
        self.asked += 1
        begin, end = parse_timestamp(since), parse_timestamp(until)
        found = [e for e in self.entries if begin <= parse_timestamp(e["recorded_at"]) < end]
        if len(found) > self.most:
            return Reply("GET", 200, None, "", 0.0, "TOO_LARGE", "")
        return Reply("GET", 200, {"entries": found}, "", 0.0)


def test_every_entry_is_read_once_however_dense_the_log_is() -> None:
    dense = [entry(n, 100 + n * 0.002) for n in range(1, 2000)]
    sparse = [entry(n, n / 50) for n in range(2000, 2100)]
    face = FakeFace(sorted(sparse + dense, key=lambda e: e["recorded_at"]), most=200)
    read = list(access_entries(cast(SouthFace, face), START, START + timedelta(seconds=200)))
    assert sorted(e["seq"] for e in read) == list(range(1, 2100))


def test_a_quiet_time_is_passed_over_quickly() -> None:
    face = FakeFace([], most=10)
    assert list(access_entries(cast(SouthFace, face), START, START + timedelta(hours=1))) == []
    assert face.asked < 80


def test_a_log_that_is_never_answered_is_said_and_not_asked_for_ever() -> None:
    face = FakeFace([entry(n, 5.0) for n in range(1, 50)], most=10)  # all in one millisecond
    with pytest.raises(NonconformityError, match="TOO_LARGE"):
        list(access_entries(cast(SouthFace, face), START, START + timedelta(seconds=10)))
    assert face.asked < 100


@pytest.mark.parametrize(
    "body", [[], {}, None, 5, {"entries": {"a": 1}}, {"entries": [None]}, {"entries": [[]]}, {"entries": "x"}]
)
def test_an_answer_that_is_no_log_is_said(body: Any) -> None:
    face: Any = SimpleNamespace(log=lambda *_, **__: Reply("GET", 200, body, "", 0.0))
    with pytest.raises(NonconformityError, match="SCHEMA_MISMATCH"):
        list(access_entries(face, START, START + timedelta(seconds=10)))


@pytest.mark.parametrize("odd", [{"event": "送受信"}, {"message_id": ["x"]}, {"correlation_id": None}])
def test_a_log_in_another_form_is_said_wherever_it_is(odd: dict[str, Any]) -> None:
    face = FakeFace([entry(1, 5.0), entry(2, 5.1) | odd], most=10)
    with pytest.raises(NonconformityError, match="SCHEMA_MISMATCH"):
        list(access_entries(cast(SouthFace, face), START, START + timedelta(seconds=10)))
