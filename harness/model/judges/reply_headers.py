"""The header of what answers an enquiry, member by member (guide §3)."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from harness.contract.messages import CLOCK_SECONDS, Kind
from harness.model.cases import Case
from harness.model.history.spans import Span
from harness.model.judges.replying import Talk, code_of
from harness.model.state.conversations import Reply, moment_of
from harness.model.state.register import UNKNOWN

_COPIED: Final = ("affair", "information", "role", "mode")
_OF_BASIS: Final = ("table", "item")
_MEMBERS: Final = (*(f"basis.{member}" for member in _OF_BASIS), *_COPIED, "expires_at")
_KEPT: Final[Mapping[str, tuple[Case, ...]]] = MappingProxyType(
    {
        str(kind): tuple(Case("reply-copies", f"{kind}・{member}") for member in _MEMBERS)
        for kind in (Kind.ANSWER, Kind.ERROR)
    }
)
_NEVER: Final = float("inf")
APART: Final = CLOCK_SECONDS + 1.0  # the fraction of a moment may be absent (guide §2)
_EXPECTED: Final = "照会依頼のとおり"


def headers(talk: Talk, reply: Reply, since: float) -> Iterator[Case]:
    """`since`: when it could be made at the earliest."""
    yield from _copied(talk, reply)
    yield from made_anew(talk, reply, since)
    yield from _link_code(talk, reply)


def made_anew(talk: Talk, reply: Reply, since: float) -> Iterator[Case]:
    """The members that no reply takes from what it answers: its id, and when it was sent."""
    first = reply.first
    used = reply.message_id in talk.replying.conversations.from_others
    broken = "届いた電文の番号を使っている" if used else None
    expected = "電文ごとに新しい番号"
    yield talk.case("reply-id-is-new", reply.kind, broken, expected, first)
    if "sent_at" not in first.header:
        return  # a message without is none, which is another rule
    sent = moment_of(first.header.get("sent_at"), _NEVER)
    early = min(since, first.span.begin) - APART - sent
    late = sent - first.span.end - APART
    broken = None
    if early > 0 or late > 0:
        broken = f"送信日時が実際の送信から {max(early, late) + APART:.0f} 秒離れている"
    expected = "実際の送信の日時（時計の差は5秒まで）"
    yield talk.case("reply-sent-at", reply.kind, broken, expected, first)


def _copied(talk: Talk, reply: Reply) -> Iterator[Case]:
    said, meant = reply.first.header, talk.asked.header
    other = [member for member in _COPIED if said.get(member) != meant.get(member)]
    if said.get("basis") != meant.get("basis"):
        other += [f"basis.{member}" for member in _OF_BASIS if _part(said, member) != _part(meant, member)]
    if not _same_moment(said, meant):
        other.append("expires_at")
    for case in _KEPT[reply.kind]:
        member = case.alternative.partition("・")[2]
        broken = f"ヘッダーの {member} が照会依頼と違う" if member in other else None
        yield talk.case(*case[:2], broken, _EXPECTED, reply.first) if broken else case


def _part(header: Mapping[str, object], member: str) -> object:
    basis = header.get("basis")
    return basis.get(member) if isinstance(basis, Mapping) else None


def _same_moment(said: Mapping[str, object], meant: Mapping[str, object]) -> bool:
    """Moments, not texts."""
    one, other = said.get("expires_at"), meant.get("expires_at")
    return one == other or moment_of(one, _NEVER) == moment_of(other, -_NEVER)


def _link_code(talk: Talk, reply: Reply) -> Iterator[Case]:
    """Of the subject, by the code that came: where it was replaced meanwhile, either is its own."""
    first, code, came = reply.first, code_of(reply), talk.asked.header.get("link_code")
    said = first.header.get("link_code")
    if code == "SUBJECT_UNKNOWN":
        broken = None if said == came else "届いたものと違うリンクコードを付けている"
        expected = "届いたリンクコード"
        yield talk.case("unknown-code-comes-back", code, broken, expected, first)
        return
    alternative = code if code in {"RECORD_NOT_FOUND", "REFUSED_BY_STAFF"} else str(Kind.ANSWER)
    if said == came and talk.stand.owners != (None,) and UNKNOWN not in talk.stand.owners:
        yield Case("reply-own-link-code", alternative)  # it leads to its subject
        return
    during = Span(min(talk.asked.span.begin, first.span.begin), first.span.begin)
    owners = talk.replying.subjects.owner(str(came), during)
    codes = [c for o in owners if isinstance(o, str) for c in talk.replying.subjects.code(o, during)]
    if UNKNOWN in owners or UNKNOWN in codes or not codes:
        return
    broken = None if said in codes else "対象者の自団体のリンクコードでない"
    expected = "対象者の自団体のリンクコード"
    yield talk.case("reply-own-link-code", alternative, broken, expected, first)
