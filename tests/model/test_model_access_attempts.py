"""The access log of what took several attempts, or of which nobody but the gateway knows whether it arrived."""

from dataclasses import replace

import pytest

from harness.contract.refusals import RefusedError
from harness.model.history.spans import Span
from harness.model.judges.logs import logs
from tests.model.histories import BEGAN, Told, broken
from tests.model.kept_logs import Kept

REPLAYED = RefusedError("REPLAYED").content()


def test_several_attempts_are_one_message() -> None:
    told = Told()
    kept, person = Kept(told), told.person("p")
    first = told.send("照会依頼", person, status=502, code="UNDELIVERED")
    again = replace(first, number=90, span=Span(BEGAN + 4, BEGAN + 4.1), status=202, error=None)
    told.exchanges.append(again)
    entry = kept.access("送信", again)
    kept.show("access")
    assert broken(logs, told) == []
    told.exchanges.pop()
    kept.show("access", entries=[])
    assert broken(logs, told) == ["access-sent-enquiry"]
    told.exchanges.pop()
    kept.show("access", entries=kept.sealed([entry, entry]))
    assert broken(logs, told) == ["access-once"]


@pytest.mark.parametrize(("status", "code"), [(409, "REPLAYED"), (None, None)])
def test_what_the_network_may_have_may_have_been_sent(status: int | None, code: str | None) -> None:
    for recorded in (True, False):
        told = Told()
        kept = Kept(told)
        message = told.send("照会依頼", told.person("p"), status=status, code=code)
        if recorded:
            kept.access("送信", message)
        kept.show("access")
        assert broken(logs, told) == []


@pytest.mark.parametrize(("same", "found"), [(True, ["access-sent-enquiry"]), (False, [])])
def test_what_was_sent_before_and_is_replayed_arrived(same: bool, found: list[str]) -> None:
    """The answer to the first attempt was lost. Of other bytes nobody knows whether they went out before."""
    told = Told()
    kept = Kept(told)
    first = told.send("照会依頼", told.person("p"), status=None)
    again = replace(first, number=90, span=Span(BEGAN + 4, BEGAN + 4.1), status=409, error=REPLAYED)
    told.exchanges.append(again if same else replace(again, token=f"{first.token}x"))
    kept.show("access")
    assert broken(logs, told) == found
    told.exchanges.pop()
    kept.access("送信", again)
    kept.show("access")
    assert broken(logs, told) == []
