"""What contract 2 decides of sending (guide §12): how long an attempt waits, what a 202 is, and which refusals are passed on."""

from collections.abc import Iterator
from typing import Final

from harness.contract.refusals import refusals
from harness.model.cases import Case
from harness.model.history.exchanges import Sending
from harness.model.history.history import History
from harness.model.likeness import moment
from harness.model.occasions import Occasion
from harness.model.state.errands import Errand, NetworkSaid, Traffic, What, answer_to, messages, repeats_of
from harness.model.state.looks import Look, looked_at
from harness.model.state.patience import CLOCKS, Patience
from harness.model.state.statuses import EXPIRED, FAILED, Event, events_of, has_error, table_of

_LONGEST: Final = 10.0  # seconds that one attempt waits
_PAUSE: Final = 4.0  # seconds: two between attempts, and as many for whoever wakes up late


def sent_by_contract_2(history: History) -> Iterator[Case]:
    """Every attempt to send, and every status that was shown of what was refused."""
    patience, traffic = Patience.of(history), history.once(Traffic.of)
    repeats = repeats_of(history)
    for attempts in messages(history):
        spans = [*(s.span for s in attempts), *repeats.get(attempts[0].token, ())]
        begins = sorted(span.begin for span in spans)
        for attempt in attempts:
            until = _until(attempt, history, traffic)
            again = next((begin for begin in begins if begin > attempt.span.begin), None)
            yield from _attempt(attempt, again, until, history, patience)
    for errand, looks in looked_at(history):
        yield from _passed_on(errand, looks, patience)


def _until(attempt: Sending, history: History, traffic: Traffic) -> float:
    """From when on it need not be sent any more: its time is over, the record ends, or an answer tells that it arrived."""
    expires = moment(attempt.header.get("expires_at"))
    over = (expires if expires is not None else float("-inf")) - CLOCKS
    return min(over, history.ended, traffic.answered(attempt))


def _attempt(
    attempt: Sending, again: float | None, until: float, history: History, patience: Patience
) -> Iterator[Case]:
    said = answer_to(attempt)
    unheard = said is NetworkSaid.NONE and attempt.error is None
    slow = attempt.span.end - attempt.span.begin > _LONGEST + 1
    if said is NetworkSaid.STRANGE:
        rule, by = "contract-2-accepted-only", attempt.span.end + _PAUSE
        observed, expected = "様式 accepted でない 202 の後、送り直さない", "同じバイト列で送り直す"
    elif unheard and slow:
        rule, by = "contract-2-sending-timeout", attempt.span.begin + _LONGEST + _PAUSE
        observed, expected = "応答のないまま、10秒を超えて待つ", "10秒までに応答がなければやり直す"
    else:
        return
    if patience.between(attempt.span.begin, by):
        by = patience.until(by)
    kept = again is not None and again <= by
    if not kept and by >= until:
        return
    scenario = history.scenario_of(attempt.person, attempt.header.get("correlation_id"))
    about = (f"message:{attempt.header.get('message_id')}",)
    occasion = Occasion(attempt, scenario, by, about)
    yield occasion.case(rule, str(attempt.header["kind"]), kept, observed, expected)


def _passed_on(errand: Errand, looks: list[Look], patience: Patience) -> Iterator[Case]:
    events = events_of(errand, patience)
    refused = _refused_later(errand, patience)
    for look in looks:
        begin = look.call.span.begin
        foreign = next((e for e in events if _is_foreign(e) and e.shown < begin), None)
        if foreign is not None and not _may_come_first(foreign, events):
            source = "ネットワーク" if foreign.network else "相手団体"
            yield _told(errand, look, foreign, "contract-2-error-passed-on", f"{errand.what}:{source}")
        if refused is not None and refused.shown < begin and not _may_come_first(refused, events):
            yield _told(errand, look, refused, "contract-2-notice-refused-later", "二度目の電文")


def _is_foreign(event: Event) -> bool:
    """An エラー of a code that the contract does not have."""
    code = (event.error or {}).get("code")
    return event.name == FAILED and isinstance(code, str) and code not in refusals()


def _refused_later(errand: Errand, patience: Patience) -> Event | None:
    """The network's refusal of the second message of a 連絡."""
    if errand.what is not What.NOTICE or not errand.sendings:
        return None
    first = errand.sendings[0].header.get("message_id")
    for sending in errand.sendings:
        if sending.header.get("message_id") != first and answer_to(sending) is NetworkSaid.FINAL:
            begin, end = sending.span
            return Event(FAILED, begin, end, patience.until(end), sending.error, network=True)
    return None


def _may_come_first(event: Event, events: tuple[Event, ...]) -> bool:
    """Another outcome that may have been there before, so that it stands."""
    others = (e for e in events if e.is_outcome and not (e.name == FAILED and e.error is event.error))
    return any(e.begins <= event.happened and (e.name != EXPIRED or e.begins <= event.shown) for e in others)


def _told(errand: Errand, look: Look, event: Event, rule: str, alternative: str) -> Case:
    wanted = table_of(errand.what).transitions[FAILED].to
    kept = look.said.get("status") == wanted and has_error(event, look.said.get("error"))
    occasion = Occasion(look.call, errand.scenario, look.call.span.end, errand.about)
    observed = f"{errand.words}の処理状況が {look.said.get('status')} で、拒否のとおりでない"
    return occasion.case(rule, alternative, kept, observed, f"{wanted}、error はそのまま")
