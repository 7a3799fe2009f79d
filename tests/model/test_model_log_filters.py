"""Filters of the logs: all must match, what matches is all there, and what the contract leaves open passes."""

from collections.abc import Callable
from urllib.parse import unquote

import pytest

from harness.model.judges.logs import logs
from harness.model.state.log_filters import filters_of, nanoseconds
from tests.model.histories import Told, broken, occasions
from tests.model.kept_logs import LATER, Entry, Kept, moment


def kept() -> Kept:
    """Two refused messages; the staff id of an audit entry is that of the same request."""
    told = Told()
    kept = Kept(told)
    for number in (1, 2):
        delivery = told.deliver(person=told.person(f"p{number}"), status=409, code="REPLAYED", at=number)
        ids = {name: delivery.header[name] for name in ("message_id", "correlation_id")}
        kept.access("拒否", delivery)
        kept.audit(delivery.span, "拒否", "REPLAYED", **ids)
        kept.business(delivery.span, delivery.header["correlation_id"], None)
    return kept


def chosen(entries: list[Entry], query: str) -> list[Entry]:
    """As a clean gateway chooses."""
    pairs = [pair.partition("=")[::2] for pair in query.split("&")]
    names = {"correlation_id", "message_id", "staff_id"}
    found = [e for e in entries if all(e.get(n) == v for n, v in pairs if n in names and n in e)]
    since = [nanoseconds(v) for n, v in pairs if n == "since"]
    until = [nanoseconds(v) for n, v in pairs if n == "until"]
    at = {id(e): nanoseconds(e["recorded_at"]) for e in found}
    return [e for e in found if all(at[id(e)] >= s for s in since) and all(at[id(e)] < u for u in until)]


def queries(log: str, entries: list[Entry]) -> dict[str, str]:
    """By the alternative that each is for."""
    one, other = entries
    by = f"correlation_id={one['correlation_id']}"
    asked = {f"{log}:correlation_id": by}
    if log == "business":
        return asked
    return asked | {
        f"{log}:message_id": f"message_id={one['message_id']}",
        f"{log}:several": f"{by}&message_id={other['message_id']}",
        f"{log}:since": f"since={other['recorded_at']}",
        f"{log}:until": f"until={other['recorded_at']}",
    }


ALL = [
    (log, name)
    for log in ("access", "audit", "business")
    for name in queries(log, [dict.fromkeys(("correlation_id", "message_id", "recorded_at"), "x")] * 2)
]


@pytest.mark.parametrize(("log", "name"), ALL)
def test_each_filter_is_judged_both_ways(log: str, name: str) -> None:
    clean, more, fewer = kept(), kept(), kept()
    for one, change in ((clean, None), (more, "all"), (fewer, "none")):
        entries = one.logs[log]
        query = queries(log, entries)[name]
        one.show(log)
        shown = {"all": entries, "none": []}.get(change or "", chosen(entries, query))
        one.show(log, f"?{query}", entries=shown, at=LATER + 1)
    rule = "log-period" if name.endswith(("since", "until")) else "log-filter"
    assert broken(logs, clean.told) == []
    assert (rule, name) in occasions(logs, clean.told)
    assert rule in broken(logs, more.told)
    if not name.endswith("several"):
        assert rule in broken(logs, fewer.told)


@pytest.mark.parametrize("log", ["access", "audit"])
def test_the_bounds_are_from_and_before(log: str) -> None:
    """An entry of just that moment is in `since`, and not in `until`."""
    for bound, shown, judged in (
        ("since", [], True),
        ("until", [0, 1], True),
        ("since", [1], False),
        ("until", [0], False),
    ):
        one = kept()
        entries = one.logs[log]
        one.show(log)
        one.show(
            log, f"?{bound}={entries[1]['recorded_at']}", entries=[entries[i] for i in shown], at=LATER + 1
        )
        assert ("log-period" in broken(logs, one.told)) is judged
        side = "since-inclusive" if bound == "since" else "until-exclusive"
        assert ("log-period", f"{log}:{side}") in occasions(logs, one.told)


@pytest.mark.parametrize("log", ["access", "audit", "business"])
def test_a_filter_that_the_log_does_not_know_is_ignored(log: str) -> None:
    clean, false = kept(), kept()
    unknown = {"access": "staff_id=s-1", "audit": "kind=x", "business": f"since={moment(3e9)}"}[log]
    for one, entries in ((clean, clean.logs[log]), (false, [])):
        one.show(log)
        one.show(log, f"?{unknown}", entries=entries, at=LATER + 1)
    assert broken(logs, clean.told) == []
    assert "log-filter-unknown" in broken(logs, false.told)


@pytest.mark.parametrize("log", ["access", "audit", "business"])
def test_there_is_no_paging(log: str) -> None:
    false = kept()
    false.show(log)
    false.show(log, entries=false.logs[log][:1], at=LATER + 1)
    assert "log-whole" in broken(logs, false.told)


OPEN: dict[str, Callable[[Entry], str]] = {
    "no moment": lambda e: "since=yesterday",
    "a plus that is a blank in forms": lambda e: "since=" + e["recorded_at"].replace("Z", " 00:00"),
    "an empty id": lambda e: "correlation_id=",
    "an id in capitals": lambda e: "correlation_id=" + e["correlation_id"].upper(),
    "a name twice": lambda e: f"correlation_id={e['correlation_id']}&correlation_id=x",
    "a staff id beyond ASCII": lambda e: "staff_id=職員",
}


@pytest.mark.parametrize("how", OPEN)
@pytest.mark.parametrize("some", [True, False])
def test_what_the_contract_leaves_open_passes(how: str, some: bool) -> None:
    one = kept()
    entries = one.logs["audit"]
    one.show("audit")
    one.show("audit", f"?{OPEN[how](entries[0])}", entries=entries[:1] if some else [], at=LATER + 1)
    assert broken(logs, one.told) == []


def test_moments_are_compared_and_not_texts() -> None:
    one = kept()
    first, second = one.logs["access"]
    offset = second["recorded_at"].replace("Z", "+00:00")
    one.show("access", f"?since={offset}", entries=[second])
    assert broken(logs, one.told) == []
    one.show("access", f"?since={offset}", entries=[first, second], at=LATER + 1)
    assert "log-period" in broken(logs, one.told)


def test_a_plus_that_is_escaped_is_a_plus() -> None:
    (one,) = filters_of("access", [("since", unquote("2027-01-15T17:00:00%2B09:00"))])
    assert (
        one.wants({"recorded_at": "2027-01-15T08:00:00.000Z"}, nanoseconds("2027-01-15T08:00:00.000Z"))
        is True
    )
    assert (
        one.wants({"recorded_at": "2027-01-15T07:59:59.999Z"}, nanoseconds("2027-01-15T07:59:59.999Z"))
        is False
    )


def test_what_is_written_in_whole_seconds_may_be_kept_more_finely() -> None:
    one = kept()
    for entry in one.logs["access"]:
        entry["recorded_at"] = entry["recorded_at"][:19] + "Z"
    sealed = one.sealed(one.logs["access"])
    one.show("access", f"?since={sealed[1]['recorded_at'][:19]}.020Z", entries=sealed[1:])
    one.show("access", f"?until={sealed[1]['recorded_at'][:19]}.020Z", entries=sealed, at=LATER + 1)
    assert broken(logs, one.told) == []
