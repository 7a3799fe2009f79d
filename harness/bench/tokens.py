"""Are the bearer tokens of the statement those that the gateway knows?"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from harness.contract.messages import new_id
from harness.contract.statement import Tokens
from harness.gateways.exchange import Reply
from harness.gateways.south import SouthFace, Staff

Probe = Callable[[SouthFace, str], Reply]
_REFUSED = 401

# What each token is needed for and nothing comes of: an id that nobody has. One request that takes the token is proof
# of it; that the others do not is for the scenarios to say.
PROBES: Mapping[str, tuple[Probe, ...]] = MappingProxyType(
    {
        "business": (
            lambda south, id_: south.enquiry(id_),
            lambda south, id_: south.received_notices(id_),
            lambda south, id_: south.batch(id_),
        ),
        "staff": (
            lambda south, _: south.pending(_staff(south)),
            lambda south, id_: south.approve(id_, _staff(south)),
            lambda south, id_: south.refuse(id_, south.manners.words(id_), _staff(south)),
        ),
        "audit": (
            lambda south, id_: south.log("access", correlation_id=id_),
            lambda south, id_: south.log("audit", correlation_id=id_),
            lambda south, id_: south.log("business", correlation_id=id_),
        ),
    }
)


def _staff(south: SouthFace) -> Staff:
    return Staff(south.manners.staff_id("first"), "child-allowance")


def wrong_tokens(south: SouthFace) -> tuple[str, ...]:
    """The kinds of token that the gateway does not know: each request that needs one is 401, as it is with a token that
    nobody has. A gateway that tells the two apart knows the token, and one that answers nothing says nothing of it."""
    anybody = replace(
        south, statement=replace(south.statement, tokens=Tokens(*[secrets.token_urlsafe(16)] * 3))
    )
    wrong = []
    for kind, some in south.manners.ordered(tuple(PROBES.items()), "tokens"):
        probes, replies = south.manners.ordered(some, kind), []
        for probe in probes:
            replies.append(probe(south, new_id()))
            if replies[-1].status != _REFUSED:
                break
        if replies[-1].problem and replies[-1].status != _REFUSED:
            break
        strange = [probe(anybody, new_id()) for probe in probes if replies[-1].status == _REFUSED]
        if strange and [_answer(reply) for reply in replies] == [_answer(reply) for reply in strange]:
            wrong.append(kind)
    return tuple(kind for kind in PROBES if kind in wrong)


def _answer(reply: Reply) -> tuple[object, ...]:
    body = reply.body if isinstance(reply.body, dict) else {}
    return reply.status, body.get("code"), body.get("phase")
