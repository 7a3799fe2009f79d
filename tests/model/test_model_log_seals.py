"""Order, numbers and seals of the logs: what changes, goes or comes in between shows."""

from collections.abc import Callable

import pytest

from harness.contract.log_seal import seal
from harness.model.judges.logs import logs
from tests.model.histories import Told, broken, occasions
from tests.model.kept_logs import LATER, Entry, Kept, moment

BOTH = ("access", "audit")


def kept(log: str, number: int = 4) -> Kept:
    """So many entries of one log, all of what was told."""
    told = Told()
    kept = Kept(told)
    for _ in range(number):
        person = told.person(f"p{len(told.persons)}")
        delivery = told.deliver(person=person, status=409, code="REPLAYED")
        ids = {name: delivery.header[name] for name in ("message_id", "correlation_id")}
        kept.access("拒否", delivery)
        kept.audit(delivery.span, "拒否", "REPLAYED", **ids)
        kept.business(delivery.span, delivery.header["correlation_id"], None)
    return kept


@pytest.mark.parametrize("log", ["access", "audit", "business"])
def test_what_is_shown_as_it_was_written_passes(log: str) -> None:
    clean = kept(log)
    clean.show(log)
    clean.show(log, at=LATER + 1)
    assert broken(logs, clean.told) == []
    found = occasions(logs, clean.told)
    assert {("log-order", log), ("log-whole", log)} <= found
    if log in BOTH:
        assert {("log-sequence", log), ("log-seal", log), ("log-unchanged", log)} <= found


def _sealed_alone(entry: Entry) -> Entry:
    return entry | {"seal": seal("", entry)}


BROKEN: dict[str, tuple[Callable[[list[Entry]], list[Entry]], str]] = {
    "the newest first": (lambda e: e[::-1], "log-order"),
    "two exchanged": (lambda e: [e[0], e[2], e[1], e[3]], "log-order"),
    "an entry left out": (lambda e: [e[0], *e[2:]], "log-sequence"),
    "the first left out": (lambda e: e[1:], "log-sequence"),
    "numbers from 2": (lambda e: [x | {"seq": x["seq"] + 1} for x in e], "log-sequence"),
    "one twice": (lambda e: [*e, e[-1]], "log-sequence"),
    "a member changed": (lambda e: [e[0], e[1] | {"message_id": e[0]["message_id"]}, *e[2:]], "log-seal"),
    "a chain that begins anew": (lambda e: [*e[:2], _sealed_alone(e[2]), *e[3:]], "log-seal"),
    "another seal": (lambda e: [*e[:3], e[3] | {"seal": "0" * 64}], "log-seal"),
}


@pytest.mark.parametrize("log", BOTH)
@pytest.mark.parametrize("how", BROKEN)
def test_what_was_changed_shows(log: str, how: str) -> None:
    change, rule = BROKEN[how]
    false = kept(log)
    false.show(log, entries=change(false.logs[log]))
    assert rule in broken(logs, false.told)


@pytest.mark.parametrize("log", BOTH)
def test_a_log_that_is_written_anew_shows_where_it_was_seen_before(log: str) -> None:
    false = kept(log)
    false.show(log)
    anew = false.sealed([false.logs[log][0], *false.logs[log][2:]])
    false.show(log, entries=anew, at=LATER + 1)
    assert "log-unchanged" in broken(logs, false.told)


def test_a_gap_in_the_middle_of_a_period_shows_and_one_at_its_edge_does_not() -> None:
    told = Told()
    kept = Kept(told)
    for at in (0, 30, 60):
        delivery = told.deliver(person=told.person(f"p{at}"), status=409, code="REPLAYED", at=at)
        kept.access("拒否", delivery)
    first, _, last = kept.logs["access"]
    since = moment(told.clock - 100)
    kept.show("access", f"?since={since}", entries=[first, last])
    assert "log-sequence" in broken(logs, told)

    told.exchanges.pop()
    kept.show("access", f"?since={moment(told.clock - 61)}", entries=[first, last])
    assert "log-sequence" not in broken(logs, told)


def test_writers_at_once_may_stamp_before_they_write() -> None:
    clean = kept("business")
    early, *rest = clean.logs["business"]
    clean.show("business", entries=[*rest[:1], early, *rest[1:]])
    assert "log-order" not in broken(logs, clean.told)

    late = kept("business", 9)
    late.show("business", entries=late.logs["business"][::-1])
    assert "log-order" in broken(logs, late.told)
