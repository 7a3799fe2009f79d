"""Residents and their link codes: what registering asks of the network, and what it may come to (guide §2 Subjects and records, §5)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from harness.contract.schemas import problem_with
from harness.model.cases import Case
from harness.model.history.exchanges import Call, Redemption
from harness.model.history.history import History
from harness.model.judges.link_code_requests import claims_of
from harness.model.judges.of_calls import answered, case
from harness.model.state.outcomes import Outcome, outcome, refused_with
from harness.model.state.patience import Patience
from harness.model.state.reach import Reach
from harness.model.state.register import UNKNOWN, Register, Unknown
from harness.model.state.subjects import registrations

_UNAVAILABLE: Final = "LINK_CODE_UNAVAILABLE"
_PATIENCE = (
    1.0  # seconds; how long a gateway waits for the network before it cannot be reached is its own affair
)

Name = str | Unknown | None


@dataclass(frozen=True, slots=True)
class _Met:
    """A registration with what it met: tokens that may have given the resident's present link code, local ids to which that of its
    own token may belong; redemptions of this token while it was worked on."""

    call: Call
    local_id: str
    token: str
    tokens: tuple[Name, ...]
    owners: tuple[Name, ...]
    redeemed: tuple[Redemption, ...]
    redeemed_before: bool
    alone: bool
    killed: bool
    recorded: bool  # a record of load does not tell redemptions
    reach: Reach

    @property
    def about(self) -> str:
        return f"subject:{self.local_id}"

    @property
    def same(self) -> bool:
        """The token is the one that gave the present link code."""
        return self.tokens == (self.token,)

    @property
    def codes(self) -> tuple[Redemption, ...]:
        """Redemptions that gave a link code."""
        return tuple(r for r in self.redeemed if gives_code(r))

    @property
    def taken_over(self) -> bool:
        """The link code belongs to another local id for certain."""
        return all(isinstance(owner, str) and owner != self.local_id for owner in self.owners)

    @property
    def unasked(self) -> bool:
        """The network was not asked, now or before, though it was there; nor was there time to wait for it in vain."""
        asked = self.redeemed or self.redeemed_before or not self.alone
        return self.recorded and not asked and not _slow(self.call) and self.reach.there(self.call.span)

    @property
    def free(self) -> bool:
        """The link code belongs to nobody else for certain."""
        return all(owner is None or owner == self.local_id for owner in self.owners)


def gives_code(redemption: Redemption) -> bool:
    """200 with an object of schema `link-code`; anything else gives none (guide §5)."""
    return redemption.status == 200 and problem_with("link-code", redemption.answer) is None


def registering(history: History) -> Iterator[Case]:
    """Every registration that the contract does not refuse for what it says itself."""
    for met in _all_met(history):
        code = refused_with(met.call)
        if outcome(met.call) is Outcome.DONE or code == _UNAVAILABLE:
            yield from _judged(met)


def _judged(met: _Met) -> Iterator[Case]:
    if met.same:
        yield from _again(met)
    elif met.token not in met.tokens:
        yield from _status(met)
        yield from _redeemed(met)
        yield from _given(met)


def _again(met: _Met) -> Iterator[Case]:
    broken = None
    if met.call.status != 200:
        broken = (f"登録済みの人を同じ発行トークンで登録し直すと、{answered(met.call)} が返った", "200")
    yield case(
        "registered-again", "再起動の後" if met.killed else "同じ発行トークン", met.call, broken, met.about
    )
    if met.alone:
        broken = (
            ("現在のリンクコードを得た発行トークンが、もう一度引き換えられた", "引き換えない")
            if met.redeemed
            else None
        )
        yield case(
            "token-not-redeemed-again",
            "再起動の後" if met.killed else "同じ発行トークン",
            met.call,
            broken,
            met.about,
        )


def _status(met: _Met) -> Iterator[Case]:
    if outcome(met.call) is not Outcome.DONE or not all(isinstance(token, str) for token in met.tokens):
        return
    broken = None
    if met.call.status != 200:
        broken = (f"登録済みの人を別の発行トークンで登録し直すと、{answered(met.call)} が返った", "200")
    yield case("registered-again", "別の発行トークン", met.call, broken, met.about)


def _redeemed(met: _Met) -> Iterator[Case]:
    """A token that was redeemed for this gateway before need not be again: the same one always gives the same code."""
    if outcome(met.call) is not Outcome.DONE or met.redeemed_before or not met.recorded:
        return
    broken = None if met.redeemed else ("発行トークンを引き換えずに登録した", "ネットワークで引き換える")
    yield case("token-is-redeemed", _kind(met), met.call, broken, met.about)


def _given(met: _Met) -> Iterator[Case]:
    done = outcome(met.call) is Outcome.DONE
    if met.redeemed and not met.codes:
        broken = ("リンクコードが得られないのに登録した", f"{_UNAVAILABLE} で拒否する") if done else None
        yield case("no-link-code-no-resident", _why(met.redeemed[-1]), met.call, broken, met.about)
    elif met.taken_over:
        broken = (
            ("別の識別番号に結び付いたリンクコードを引き継いだ", f"{_UNAVAILABLE} で拒否する")
            if done
            else None
        )
        yield case("link-code-not-taken-over", _kind(met), met.call, broken, met.about)
    elif not done and met.unasked:
        broken = (f"ネットワークに引換えを求めずに {_UNAVAILABLE} とした", "発行トークンを引き換えて登録する")
        yield case("link-code-registers", _kind(met), met.call, broken, met.about)
    elif met.codes and met.free and not any(_slow(r) or not gives_code(r) for r in met.redeemed):
        broken = (
            None
            if done
            else (f"リンクコードを得たのに {answered(met.call)} が返った", "登録する（200 又は 201）")
        )
        released = len(met.owners) == 1 and met.owners[0] is None and met.redeemed_before
        yield case(
            "link-code-registers",
            "手放されたリンクコード" if released else _kind(met),
            met.call,
            broken,
            met.about,
        )


def _kind(met: _Met) -> str:
    return "別の発行トークン" if any(isinstance(token, str) for token in met.tokens) else "初めての登録"


def _why(redemption: Redemption) -> str:
    if redemption.status is None:
        return "応答がない"
    return "様式に合わない応答" if redemption.status == 200 else "ネットワークの拒否"


def _slow(exchange: Redemption | Call) -> bool:
    return exchange.span.end - exchange.span.begin > _PATIENCE


def _all_met(history: History) -> Iterator[_Met]:
    """The registrations, once all of them have been read: those that overlap have met one another in some order."""
    calls = [call for call in registrations(history) if _is_whole(call)]
    redemptions, kills = _by_token(history), Patience.of(history)
    reach, (tokens, owners) = history.once(Reach.of), _links(calls)
    by_token: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        by_token[_token(call)].append(call)
    for call in calls:
        local_id, token, span = _local_id(call), _token(call), call.span
        mine = redemptions.get(token, ())
        yield _Met(
            call,
            local_id,
            token,
            tokens[local_id].possible(span, without=call.number),
            owners[token].possible(span, without=call.number),
            tuple(r for r in mine if r.span.meets(span)),
            any(r.span.before(span) for r in mine),
            not any(_meets(other, call) for other in by_token[token]),
            kills.between(_since(tokens[local_id], call), span.begin),
            bool(history.redemptions),
            reach,
        )


def _since(tokens: Register[Name], call: Call) -> float:
    standing = tokens.standing(call.span, without=call.number)
    return max((write.span.end for write in standing if write.certain), default=call.span.begin)


def _meets(other: Call, call: Call) -> bool:
    """Another registration may be worked on at the same time."""
    lost = other.status is None and other.span.begin <= call.span.end
    return other is not call and (lost or other.span.meets(call.span))


def _links(calls: list[Call]) -> tuple[Mapping[str, Register[Name]], Mapping[str, Register[Name]]]:
    """Local id → token that gave its link code; token → local id that its link code belongs to."""
    fresh = _first_answers(calls)
    tokens: dict[str, Register[Name]] = {}
    owners: dict[str, Register[Name]] = {}
    for call in calls:
        local_id, token = _local_id(call), _token(call)
        held = tokens.setdefault(local_id, Register(UNKNOWN if fresh.get(local_id) == 200 else None))
        owner = owners.setdefault(token, Register(None))
        became = outcome(call)
        if became is Outcome.REFUSED:
            continue
        certain = became is Outcome.DONE
        for former in held.possible(call.span):
            if isinstance(former, str) and former != token:
                owners[former].write(call.span, None, certain=certain, by=call.number)
        held.write(call.span, token, certain=certain, by=call.number)
        owner.write(call.span, local_id, certain=certain, by=call.number)
    return tokens, owners


def _first_answers(calls: list[Call]) -> dict[str, int]:
    """Local id → 201 where the resident was new for certain, else 200."""
    found: dict[str, int] = {}
    for call in calls:
        if outcome(call) is Outcome.DONE:
            found.setdefault(_local_id(call), 201 if call.status == 201 else 200)
    return found


def _by_token(history: History) -> Mapping[str, tuple[Redemption, ...]]:
    found: dict[str, list[Redemption]] = defaultdict(list)
    for redemption in history.redemptions:
        found[str(claims_of(redemption).get("enrolment_token"))].append(redemption)
    return {token: tuple(redemptions) for token, redemptions in found.items()}


def _is_whole(call: Call) -> bool:
    return problem_with("subject", call.body) is None


def _local_id(call: Call) -> str:
    return call.path.rpartition("/")[2]


def _token(call: Call) -> str:
    assert isinstance(call.body, dict)
    return str(call.body["enrolment_token"])
