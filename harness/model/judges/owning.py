"""Who sees and decides what waits: by contract 2 who owns the information (guide §12 release-by-owner, pending-by-owner); by contract 1
whether others do is left open (§11)."""

from collections.abc import Iterator
from typing import Final

from harness.contract.roles import role_owns
from harness.contract.versions import FIRST
from harness.model.cases import Case
from harness.model.history.exchanges import Call
from harness.model.judges.replying import Talk
from harness.model.state.outcomes import refused_with
from harness.model.state.pending import Decision, Listing, is_over

ROLE_REFUSED: Final = "ROLE_NOT_ALLOWED"
_TOLD: Final = frozenset({ROLE_REFUSED, "NOT_FOUND"})  # another fault than whose it is may come first
_RELEASE: Final = "contract-2-release-by-owner"
_LIST: Final = "contract-2-pending-by-owner"


def owns(call: Call, talk: Talk) -> bool:
    """Does the role of a request own the information of an enquiry?"""
    return role_owns((call.staff.role or "").strip(" \t"), str(talk.asked.header.get("information")))


def decided_by_others(talk: Talk, decision: Decision) -> Iterator[Case]:
    """Who does not own it decides nothing, and is told why."""
    call, word, code = decision.call, decision.words, refused_with(decision.call)
    if not settles_owners(talk) or owns(call, talk):
        return
    if code in _TOLD and _is_gone(talk, decision):
        broken = f"待っていない照会の{word}に {code}" if code == ROLE_REFUSED else None
        yield talk.case(_RELEASE, f"{word}・待っていない照会", broken, "NOT_FOUND", call)
    elif decision.taken or code == ROLE_REFUSED:
        broken = f"所管しない職責の{word}に 200" if decision.taken else None
        yield talk.case(_RELEASE, f"{word}・ほかの職責", broken, ROLE_REFUSED, call)


def not_told_why(talk: Talk, decision: Decision) -> Iterator[Case]:
    """Of what certainly waits, and was not found by who does not own it."""
    if settles_owners(talk):
        broken = "待っている照会について、所管しない職責に NOT_FOUND"
        yield talk.case(_RELEASE, f"{decision.words}・ほかの職責", broken, ROLE_REFUSED, decision.call)


def shown_to_others(talk: Talk, listing: Listing) -> Iterator[Case]:
    """Of an enquiry that is listed, or that is not and would be to who owns the information."""
    if settles_owners(talk) and not owns(listing.call, talk):
        broken = "所管しない職責に、待っている照会を示した" if talk.id in listing.entries else None
        yield talk.case(_LIST, "ほかの職責", broken, "その職責が判断できる照会だけ", listing.call)


def settles_owners(talk: Talk) -> bool:
    """Is it decided who decides? Not by contract 1."""
    return talk.replying.history.declared.contract != FIRST


def _is_gone(talk: Talk, decision: Decision) -> bool:
    """For certain."""
    ended = any(d.taken and d.call.span.before(decision.call.span) for d in talk.effective)
    return ended or not talk.stand.may_wait or is_over(talk.asked, decision.call.span.begin)
