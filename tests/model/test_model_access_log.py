"""The access log against what was exchanged: one entry for each message, which says what the message said."""

from collections.abc import Callable
from typing import Any

import pytest

from harness.model.history.exchanges import Delivery, Restart, Sending
from harness.model.history.spans import Span
from harness.model.judges.logs import logs
from tests.model.histories import BEGAN, Told, broken, occasions
from tests.model.kept_logs import LATER, Kept, moment

KINDS = ("照会依頼", "照会応答", "連絡", "受領", "エラー")
CONTENTS: dict[str, dict[str, Any]] = {
    "照会依頼": {"key": {}},
    "照会応答": {"items": {"総所得額": 1, "氏名": "山田"}},
    "連絡": {"items": {"氏名": "山田"}},
    "受領": {},
    "エラー": {"code": "RECORD_NOT_FOUND", "phase": "連携情報保管", "reason": "該当なし"},
}
REFUSED = {
    "照会依頼": (
        "EXPIRED",
        "NOT_ADDRESSEE",
        "REPLAYED",
        "PARTNER_UNKNOWN",
        "DECRYPTION_FAILED",
        "KEY_NOT_VALID",
    ),
    "照会応答": ("NOT_FOUND", "BASIS_NOT_LAWFUL"),
    "連絡": ("ROLE_NOT_ALLOWED",),
    "受領": ("NOT_FOUND",),
    "エラー": ("NOT_FOUND", "NOT_DECLARED"),
}


def exchanged(kind: str, event: str, code: str | None = None) -> tuple[Kept, Delivery | Sending]:
    """One message, within a correlation that an enquiry opened."""
    told = Told()
    person = told.person("p")
    kept = Kept(told)
    if event == "送信":
        asked = told.deliver(person=person, content=CONTENTS["照会依頼"])
        kept.access("受信", asked)
        header = {} if kind in ("照会応答", "エラー") else {"kind": kind}
        return kept, told.send(kind, person, CONTENTS[kind], asked=asked, header=header)
    status = 202 if event == "受信" else 400
    return kept, told.deliver(kind, person, CONTENTS[kind], status=status, code=code)


EVENTS = [
    *((kind, event, None) for kind in KINDS for event in ("送信", "受信")),
    *((kind, "拒否", code) for kind, codes in REFUSED.items() for code in codes),
]


@pytest.mark.parametrize(("kind", "event", "code"), EVENTS)
def test_each_message_has_one_entry(kind: str, event: str, code: str | None) -> None:
    """There is one, there is none, there are two."""
    for count in (1, 0, 2):
        kept, message = exchanged(kind, event, code)
        for _ in range(count):
            kept.access(event, message)
        kept.show("access")
        found = broken(logs, kept.told)
        if count == 1:
            assert found == []
            assert ("access-once", event) in occasions(logs, kept.told)
        elif count == 2:
            assert found == ["access-once"]
        else:
            assert len(found) == 1
            assert found[0].startswith(
                f"access-{ {'送信': 'sent', '受信': 'received', '拒否': 'refused'}[event] }"
            )


@pytest.mark.parametrize(
    "happened",
    [
        lambda t, p: t.send("照会依頼", p, status=400, code="EXPIRED"),
        lambda t, p: t.send("照会依頼", p, status=502, code="UNDELIVERED"),
    ],
)
def test_what_the_network_did_not_take_was_not_sent(happened: Callable[[Told, Any], Sending]) -> None:
    told = Told()
    kept = Kept(told)
    kept.access("送信", happened(told, told.person("p")))
    kept.show("access")
    assert broken(logs, told) == ["access-nothing-else"]


def test_nothing_is_recorded_that_did_not_happen() -> None:
    kept, message = exchanged("照会依頼", "拒否", "EXPIRED")
    kept.access("拒否", message)
    kept.access("受信", message, recorded_at=moment(message.span.begin + 20))
    kept.show("access")
    assert broken(logs, kept.told) == ["access-nothing-else"]

    told = Told()
    stranger = Kept(told)
    elsewhere = Told().deliver(person=told.person("p"))
    stranger.access("受信", elsewhere, recorded_at=moment(BEGAN + 50))
    stranger.show("access")
    assert broken(logs, told) == ["access-nothing-else"]


def test_entries_of_an_earlier_run_are_nobodys_business() -> None:
    told = Told()
    kept = Kept(told)
    kept.access("受信", Told().deliver(person=told.person("p")), recorded_at=moment(BEGAN - 3600))
    kept.access("送信", Told().send("照会依頼"), recorded_at=moment(BEGAN + 4))
    kept.show("access")
    assert broken(logs, told) == []


@pytest.mark.parametrize(("status", "problem"), [(None, "TIMED_OUT"), (500, None)])
def test_what_nobody_answered_may_have_been_taken_or_not(status: int | None, problem: str | None) -> None:
    for event in ("受信", "拒否", None):
        told = Told()
        kept = Kept(told)
        message = told.deliver(person=told.person("p"), status=status, problem=problem)
        if event:
            kept.access(event, message, code="EXPIRED" if event == "拒否" else None)
        kept.show("access")
        assert broken(logs, told) == []


def test_received_and_refused_are_there_before_the_answer() -> None:
    for event, code in (("受信", None), ("拒否", "EXPIRED")):
        kept, message = exchanged("照会依頼", event, code)
        entry = kept.access(event, message)
        kept.show("access", entries=[], at=2)
        kept.show("access", f"?message_id={message.header['message_id']}", entries=[], at=2.5)
        kept.show("access", entries=[entry])
        assert set(broken(logs, kept.told)) == {"access-before-answer"}


def test_what_was_sent_may_be_recorded_later() -> None:
    kept, message = exchanged("照会応答", "送信")
    kept.show("access", at=3)
    kept.access("送信", message)
    kept.show("access")
    assert broken(logs, kept.told) == []


@pytest.mark.parametrize("event", ["送信", "受信"])
@pytest.mark.parametrize(
    ("off", "judged"), [(-9 * 3600, True), (9 * 3600, True), (-20, True), (-4, False), (4, False)]
)
def test_an_entry_has_the_time_of_its_message(event: str, off: float, judged: bool) -> None:
    kept, message = exchanged("照会応答", event)
    kept.access(event, message, recorded_at=moment(message.span.end + off))
    kept.show("access")
    assert ("access-recorded-at" in broken(logs, kept.told)) is judged


def test_the_order_is_that_of_what_happened() -> None:
    for swapped in (False, True):
        told = Told()
        kept = Kept(told)
        both = [told.deliver(person=told.person(f"p{n}")) for n in (1, 2)]
        for message in both[::-1] if swapped else both:
            kept.access("受信", message)
        kept.show("access")
        assert broken(logs, told) == (["access-order"] if swapped else [])


def test_messages_at_once_may_stand_in_either_order() -> None:
    told = Told()
    kept = Kept(told)
    both = [told.deliver(person=told.person(f"p{n}"), at=2 + n / 10, lasts=1.0) for n in (1, 2)]
    for message in both[::-1]:
        kept.access("受信", message)
    kept.show("access")
    assert broken(logs, told) == []


def test_a_message_that_is_not_the_networks_has_no_entry() -> None:
    """Whether a refusal for its signature came before or after that is told by the bytes."""
    told = Told()
    kept = Kept(told)
    message = told.deliver(
        person=told.person("p"), status=401, code="SIGNATURE_INVALID", alteration="unsigned", token="e30.e30."
    )
    kept.show("access")
    assert broken(logs, told) == []
    told.exchanges.pop()
    kept.access("拒否", message, recorded_at=moment(BEGAN + 20))
    kept.show("access")
    assert broken(logs, told) == ["access-nothing-else"]


def test_windows_that_follow_each_other_are_whole_together() -> None:
    for complete in (True, False):
        kept, message = exchanged("照会依頼", "受信")
        entry = kept.access("受信", message)
        bound = moment(message.span.begin)
        kept.show("access", f"?since={moment(BEGAN - 60)}&until={bound}", entries=[], at=LATER)
        shown = [entry] if complete else []
        kept.show("access", f"?since={bound}", entries=shown, at=LATER + 1)
        assert broken(logs, kept.told) == ([] if complete else ["access-received-enquiry"])


def test_a_window_shows_nothing_of_what_may_lie_beside_it() -> None:
    kept, message = exchanged("照会依頼", "受信")
    kept.show("access", f"?since={moment(message.span.begin + 3)}", entries=[])
    assert broken(logs, kept.told) == []


@pytest.mark.parametrize(
    ("begin", "end", "judged"),
    [(1, 3, False), (-0.5, 3, False), (-9, -8, True), (40, 42, True)],  # seconds after the network's 202
)
def test_a_kill_may_come_between_the_networks_answer_and_the_entry(
    begin: float, end: float, judged: bool
) -> None:
    """Between the moments at which it was asked for and was over: a message may be sent after the one."""
    kept, message = exchanged("照会応答", "送信")
    kept.told.told(Restart(50, Span(message.span.end + begin, message.span.end + end)))
    kept.show("access")
    assert broken(logs, kept.told) == (["access-sent-answer"] if judged else [])


@pytest.mark.parametrize(("after", "judged"), [(1, False), (30, True)])
def test_what_was_refused_just_before_a_kill_may_be_lost(after: float, judged: bool) -> None:
    kept, message = exchanged("照会依頼", "拒否", "EXPIRED")
    kept.told.told(Restart(50, Span(message.span.end + after, message.span.end + after + 2)))
    kept.show("access")
    assert broken(logs, kept.told) == (["access-refused-enquiry"] if judged else [])


def test_what_was_accepted_survives_a_kill() -> None:
    kept, message = exchanged("照会依頼", "受信")
    kept.told.told(Restart(50, Span(message.span.end + 1, message.span.end + 3)))
    kept.show("access")
    assert broken(logs, kept.told) == ["access-received-enquiry"]


def test_the_same_message_may_be_refused_several_times_and_then_be_taken() -> None:
    for missing in (False, True):
        told = Told()
        kept = Kept(told)
        first = told.deliver(person=told.person("p"), status=400, code="DECRYPTION_FAILED")
        for _ in range(2):
            again = told.deliver(
                person=told.persons[0], header=first.header, status=400, code="DECRYPTION_FAILED"
            )
        kept.access("拒否", first)
        kept.access("拒否", again)
        if not missing:
            kept.access("拒否", again)
        kept.access("受信", told.deliver(person=told.persons[0], header=first.header))
        kept.show("access")
        assert set(broken(logs, told)) == ({"access-refused-enquiry"} if missing else set())
