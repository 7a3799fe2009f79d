"""What the network kept beside messages: that it was sent again what it had, that it gave no directory; and messages that are too long
to be read."""

from typing import Any

import pytest

from harness.contract.keys import bench_keys
from harness.contract.messages import Header, Message
from harness.model.history.exchanges import Fetch, Restart
from harness.model.history.reading import history_of
from harness.model.state.directory import Directories
from harness.model.state.signed import Envelopes
from mocks.network.alterations.recipes import Recipe, cooked
from tests.model.histories import OWN, Told
from tests.model.letters import directory

AT = "2027-01-15T08:00:0{}.000Z"


def run(*asked: dict[str, Any], **told: Any) -> list[Any]:
    first = {
        "type": "run",
        "at": AT.format(0),
        "organisation": OWN,
        "declares": {},
        "statement": {"contract": "1"},
    }
    rest = [
        {"type": "asked", "at": AT.format(n), "began": AT.format(n), "seconds": 0.1, **entry}
        for n, entry in enumerate(asked, 1)
    ]
    return [{**first, **told}, *rest]


def test_what_was_sent_again_is_no_directory() -> None:
    said = {"what": "inbox", "token": "t", "status": 202, "response": {"message_id": "m"}, "digest": "d"}
    history = history_of(run(said, repeats=True))
    assert [repeat.token for repeat in history.repeats] == ["t"]
    assert history.fetches == ()
    assert history.tells_repeats
    assert not history_of(run(said)).tells_repeats


@pytest.mark.parametrize("status", [200, 500])
def test_an_odd_answer_in_place_of_the_directory_is_none(status: int) -> None:
    odd = {"what": "directory", "token": "", "status": status, "response": {"odd": "<html>"}, "digest": "o"}
    told = {"what": "directory", "token": "", "status": 200, "response": directory(), "digest": "d"}
    history = history_of(run(odd, told))
    assert [fetch.directory is None for fetch in history.fetches] == [True, False]
    assert len(Directories.of(history).told) == 1


@pytest.mark.parametrize(("size", "passes"), [(0, True), (4_000_000, True), (4_000_003, False)])
def test_a_message_that_is_too_long_was_not_read(size: int, *, passes: bool) -> None:
    """So that no entry of the access log has to name it."""
    told = Told()
    opening = told.deliver(header={"link_code": "A" * 24}).header
    message = Message(Header.from_wire(dict(opening)), {"key": {}})
    token, _ = cooked(message, bench_keys(OWN).public(), Recipe.from_wire({"size": size}))
    refused = told.deliver(status=400, code="MALFORMED", token=token, alteration="recipe:照会依頼")
    assert Envelopes.of(told.history()).passed(refused) is passes


@pytest.mark.parametrize("killed", [True, False])
def test_a_directory_that_was_on_its_way_is_not_read_by_who_was_killed(*, killed: bool) -> None:
    told, former, latter = Told(), directory(), {**directory(), "tables": ["2012-02-14"]}
    told.told(Fetch(0, told.span(10, 0.1), 200, former))
    if killed:
        told.told(Restart(1, told.span(11, 1.0)))
    told.told(Fetch(2, told.span(13, 0.1), 200, latter))
    held = Directories.of(told.history()).possible(told.span(20, 0.1))
    assert len(held) == (1 if killed else 2)
    assert len(Directories.of(told.history()).possible(told.span(14, 0.1))) >= 2
