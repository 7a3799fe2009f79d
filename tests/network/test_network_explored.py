"""What must hold of the mocked network whatever order things come in: stories as exploration draws them, performed on it with the
reference gateway, and what the network then has on record."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from harness.bench.bench import Target
from harness.contract.journal import Entry
from harness.contract.journal_entries import AnyEntry, AskedEntry, NorthEntry, is_north
from harness.explore.search import drawn
from harness.explore.session import session
from harness.explore.vocabulary import OPERATIONS, RESTART
from harness.record.reader import read

SEED, STORIES = 23, 24
_REPLIES = ("照会応答", "エラー", "受領")
Broken = list[object]


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> list[AnyEntry]:
    """All that was on record when the stories were over."""
    folder = tmp_path_factory.mktemp("explored") / "run"
    names = [name for name in OPERATIONS if name != RESTART]
    with session(Target("reference", None, folder), SEED) as opened:
        opened.try_together(drawn(names, SEED, STORIES))
        return list(read(opened.path))


@pytest.fixture(scope="module")
def messages(entries: list[AnyEntry]) -> list[NorthEntry]:
    return [entry for entry in entries if is_north(entry)]


def said(message: NorthEntry, member: str) -> object:
    return (message["header"] or {}).get(member)


def taken(messages: Sequence[NorthEntry]) -> list[NorthEntry]:
    """From the gateway, and confirmed."""
    return [m for m in messages if m["direction"] == "from_gateway" and m["status"] == 202]


def not_numbered(messages: Sequence[NorthEntry]) -> Broken:
    """Its record has every message once, in the order of its numbers."""
    numbers = [message["seq"] for message in messages]
    return [
        (one, other) for one, other in zip(numbers, range(1, len(numbers) + 1), strict=True) if one != other
    ]


def taken_twice(messages: Sequence[NorthEntry]) -> Broken:
    """A message id is confirmed for one message only; the same bytes again are no message of the record."""
    counts = Counter(said(message, "message_id") for message in taken(messages))
    return [id_ for id_, count in counts.items() if count > 1]


def invented(messages: Sequence[NorthEntry]) -> Broken:
    """Nobody answers what the network never had: not what it refused, nor before it came."""
    had: set[object] = set()
    broken: Broken = []
    for message in sorted(messages, key=lambda m: m.get("began", "")):
        if message["direction"] == "from_gateway" and (message["status"] == 202 or message["text"]):
            had.add(said(message, "correlation_id"))
        elif message["direction"] == "to_gateway" and said(message, "kind") in _REPLIES:
            broken += [] if said(message, "correlation_id") in had else [message["seq"]]
    return broken


def mixed_up(messages: Sequence[NorthEntry]) -> Broken:
    """One person has one link code at one organisation, and it is nobody else's (guide §5)."""
    codes: dict[object, set[object]] = {}
    for message in messages:
        if message["direction"] == "to_gateway" and message["person"] and message["alteration"] is None:
            codes.setdefault(said(message, "link_code"), set()).add(message["person"])
    people = Counter(person for persons in codes.values() for person in persons)
    return [
        *(c for c, persons in codes.items() if len(persons) > 1),
        *(p for p, n in people.items() if n > 1),
    ]


def unlike(messages: Sequence[NorthEntry]) -> Broken:
    """What answers names the affair, the information and the organisation that the question named."""
    asked = {said(m, "correlation_id"): m for m in taken(messages) if said(m, "kind") in ("照会依頼", "連絡")}
    broken: Broken = []
    for message in messages:
        question = asked.get(said(message, "correlation_id"))
        if question and message["direction"] == "to_gateway" and message["alteration"] is None:
            same = [(said(question, name), said(message, name)) for name in ("affair", "information")]
            same.append((said(question, "to"), said(message, "from")))
            broken += [message["seq"] for one, other in same if one != other]
    return broken


@pytest.mark.parametrize("found", [not_numbered, taken_twice, invented, mixed_up, unlike])
def test_it_holds(messages: list[NorthEntry], found: Callable[[Sequence[NorthEntry]], Broken]) -> None:
    assert len(messages) > STORIES, "or nothing was tried"
    assert found(messages) == []


def test_what_comes_again_is_confirmed_again_and_no_message(
    entries: list[AnyEntry], messages: list[NorthEntry]
) -> None:
    repeated = [entry for entry in entries if entry["type"] == Entry.ASKED and _is_message(entry)]
    had = {message["token"] for message in messages}
    assert [entry for entry in repeated if entry["token"] not in had] == []


def _is_message(entry: AskedEntry) -> bool:
    return entry["what"] not in ("directory", "link-codes")


def sent(seq: int, **other: object) -> dict[str, object]:
    """A message that the gateway sent and the network took."""
    header = {"message_id": f"m{seq}", "correlation_id": "c", "kind": "連絡", "affair": "x", "link_code": "l"}
    known: dict[str, object] = {"direction": "from_gateway", "status": 202, "text": "", "alteration": None}
    return {"seq": seq, "began": str(seq), "person": "p", "header": header, **known, **other}


def came(seq: int, person: str = "p", **header: object) -> dict[str, object]:
    """One that the network delivered."""
    return sent(seq, direction="to_gateway", person=person, header={"link_code": "l", **header})


@pytest.mark.parametrize(
    ("found", "record"),
    [
        (not_numbered, [sent(1), sent(1)]),
        (taken_twice, [sent(1), sent(2, header={"message_id": "m1"})]),
        (invented, [sent(1), came(2, correlation_id="other", kind="受領")]),
        (invented, [sent(1, status=400), came(2, correlation_id="c", kind="受領")]),
        (mixed_up, [came(1), came(2, person="q")]),
        (unlike, [sent(1), came(2, correlation_id="c", affair="y")]),
    ],
)
def test_each_would_be_seen(found: Callable[[Sequence[NorthEntry]], Broken], record: list[Any]) -> None:
    assert found(record)
