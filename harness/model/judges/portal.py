"""The residents' portal: sessions, and what residents are shown of themselves (guide §2 The portal, Refusals)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from harness.contract.messages import CLOCK_SECONDS, parse_timestamp
from harness.contract.schemas import problem_with
from harness.model.cases import Case
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.judges.of_calls import answered, case, of_record
from harness.model.judges.shown import of_shown
from harness.model.state.held import Held
from harness.model.state.holdings import Holding, Holdings, all_holdings
from harness.model.state.outcomes import Outcome, outcome, refused_with
from harness.model.state.patience import Patience
from harness.model.state.portal_sessions import PortalSessions, Session, logins, opened

_LOOK_UP: Final = ("POST", "/v1/own-information")
_NO_SESSION, _NOT_THE_SUBJECT, _NOT_FOUND = "PORTAL_SESSION_INVALID", "NOT_THE_SUBJECT", "NOT_FOUND"
_REFUSALS: Final = frozenset({_NO_SESSION, _NOT_THE_SUBJECT, _NOT_FOUND})
_USE_CASE: Final = ("use_cases", "税務に関する情報提供")
_FEWEST: Final = 6  # characters in which two unguessable sessions differ; of 16 random hexadecimal digits fewer do once in 10^9 times
_ROUNDED: Final = 1.0  # seconds; a moment may be told without a fraction


def portal(history: History) -> Iterator[Case]:
    """Every session that was opened, and every look-up."""
    if not history.declared.has(*_USE_CASE):
        return
    yield from _sessions(history)
    yield from _look_ups(history)


@dataclass
class _Opened:
    """Names of the sessions that were opened before, their residents, and the last name."""

    names: set[str] = field(default_factory=set)
    residents: set[str] = field(default_factory=set)
    last: str = ""


def _sessions(history: History) -> Iterator[Case]:
    before = _Opened()
    for call in logins(history):
        session = opened(call)
        if session is None or problem_with("portal-session", call.answer) is not None:
            continue
        assert isinstance(call.answer, dict)
        name = str(call.answer["session"])
        yield from _name(call, session, name, before)
        yield _until(call, session, str(call.answer["valid_until"]))
        before.names.add(name)
        before.residents.add(session.local_id)
        before.last = name


def _name(call: Call, session: Session, name: str, before: _Opened) -> Iterator[Case]:
    again, about = name in before.names, f"session:{name}"
    broken = ("前に示したしるしが、もう一度示された", "そのつど新しいしるし") if again else None
    if before.names:
        alternative = "同じ人の2度目" if session.local_id in before.residents else "ほかの人の後"
        yield case("session-of-one-resident", alternative, call, broken, about)
    if before.last and not again:
        near = len(before.last) == len(name) and _differing(before.last, name) < _FEWEST
        broken = ("続けて示したしるしが、数文字しか違わない", "推測できないしるし") if near else None
        yield case("session-unguessable", "続けて開いた二つ", call, broken, about)


def _differing(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _until(call: Call, session: Session, told: str) -> Case:
    """Both the moment and its clock are the gateway's."""
    moment = parse_timestamp(told).timestamp()
    begin, end = (at + session.seconds for at in call.span)
    slack = CLOCK_SECONDS + _ROUNDED
    fits = begin - slack <= moment <= end + slack
    broken = (
        None if fits else ("valid_until が、求めた秒数の後ではない", f"開いてから {session.seconds} 秒後")
    )
    assert isinstance(call.body, dict)
    alternative = "valid_seconds がある" if "valid_seconds" in call.body else "valid_seconds がない"
    return case("session-valid-until", alternative, call, broken, f"subject:{session.local_id}")


@dataclass
class _Books:
    """What the look-ups are held against; `ids` of those before."""

    holdings: Holdings
    kills: Patience
    ids: set[str] = field(default_factory=set)


def _look_ups(history: History) -> Iterator[Case]:
    sessions = PortalSessions.of(history)
    books = _Books(history.once(all_holdings), Patience.of(history))
    for call in history.calls:
        if (call.method, call.path) == _LOOK_UP and call.caller == "business":
            shown, code = outcome(call) is Outcome.DONE, refused_with(call)
            if problem_with("record-key", call.body) is None and (shown or code in _REFUSALS):
                yield from _look_up(call, sessions.known(call.session), books)


def _look_up(call: Call, sessions: tuple[Session, ...], books: _Books) -> Iterator[Case]:
    """The first refusal that applies decides; where it is not certain whether the session holds, nothing is."""
    about = f"session:{call.session}"
    said, asked = answered(call), call.body
    assert isinstance(asked, dict)
    holding = [session for session in sessions if session.may_hold(call.span)]
    if not holding:
        broken = _unless(call, _NO_SESSION, f"有効でないしるしの閲覧に {said} が返った")
        yield case("portal-session-invalid", _why(call, sessions), call, broken, about)
    elif not all(session.must_hold(call.span) for session in sessions):
        return
    elif all(session.local_id != asked["local_id"] for session in sessions):
        broken = _unless(call, _NOT_THE_SUBJECT, f"本人でない人の情報の閲覧に {said} が返った")
        there = _exists(call, books.holdings)
        yield case("not-the-subject", "その情報がある" if there else "その情報がない", call, broken, about)
    elif all(session.local_id == asked["local_id"] for session in sessions):
        yield from _own(call, sessions[0], books)


def _own(call: Call, session: Session, books: _Books) -> Iterator[Case]:
    """The resident's own: what is registered under this key, or for an information without a key the last."""
    met, place = _met(call, books.holdings), _place(call)
    about = of_record(*place)
    shown, said = outcome(call) is Outcome.DONE, answered(call)
    if all(holding is None for holding in met):
        broken = _unless(call, _NOT_FOUND, f"登録のない件の閲覧に {said} が返った")
        yield case(*_absent(call, books.holdings), call, broken, about)
        return
    certain = all(isinstance(holding, Held) for holding in met)
    if certain or (not shown and refused_with(call) != _NOT_FOUND):
        broken = None if shown else (f"本人の情報の閲覧に {said} が返った", "示す（200）")
        yield case(
            "own-information-shown",
            _age(call, session, books),
            call,
            broken,
            about,
            f"session:{call.session}",
        )
    if shown:
        yield from of_shown(call, met, books.holdings, books.ids)


def _met(call: Call, holdings: Holdings) -> tuple[Holding, ...]:
    """For an information without a key the guide can be read both ways: the record of this key, or the last of any."""
    place = _place(call)
    return (*holdings.asked(*place, call.span), *holdings.record(*place, call.span))


def _place(call: Call) -> tuple[str, str, Mapping[str, str]]:
    assert isinstance(call.body, dict)
    return call.body["local_id"], call.body["information"], call.body["key"]


def _age(call: Call, session: Session, books: _Books) -> str:
    opened = session.opened.span.end
    if books.kills.between(min(opened, books.holdings.since(*_place(call), call.span)), call.span.begin):
        return "再起動の後"
    return "期限の近く" if call.span.begin - opened > session.seconds / 2 else "開いてすぐ"


def _exists(call: Call, holdings: Holdings) -> bool:
    return any(holding is not None for holding in _met(call, holdings))


def _absent(call: Call, holdings: Holdings) -> tuple[str, str]:
    """Rule and alternative."""
    local_id, information, key = _place(call)
    if holdings.ever(local_id, information, key, before=call.span):
        return "deleted-is-forgotten", "自己情報"
    other = holdings.ever_any(local_id, information, before=call.span)
    return "nothing-to-show", "ほかの照会キーの件がある" if other else "登録したことのない件"


def _why(call: Call, sessions: tuple[Session, ...]) -> str:
    if not call.session:
        return "しるしがない"
    return "期限の過ぎたしるし" if sessions else "知らないしるし"


def _unless(call: Call, code: str, observed: str) -> tuple[str, str] | None:
    return None if refused_with(call) == code else (observed, f"{code} で拒否する")
