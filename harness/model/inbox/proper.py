"""What stands on trial where nothing is wrong with a message: every check of the list has to let it go on."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from harness.contract.law import further_bases
from harness.contract.messages import Kind
from harness.model.inbox import admission, authority, content, outer
from harness.model.inbox.steps import Arrival
from harness.model.inbox.walk import UNDELIVERED

PROPER: Final = "適正"
_REPLIES: Final = frozenset({Kind.ANSWER, Kind.RECEIPT, Kind.ERROR})
_LAST_CHECK: Final = MappingProxyType(
    {
        admission.NOT_ADDRESSEE: 4,
        admission.EXPIRED: 5,
        admission.REPLAYED: 6,
        admission.PARTNER_UNKNOWN: 7,
        content.DECRYPTION_FAILED: 8,
        "KEY_NOT_VALID": 9,
        "SIGNATURE_INVALID": 9,
        "MALFORMED": 10,
        authority.ROLE_NOT_ALLOWED: 11,
        authority.BASIS_NOT_LAWFUL: 12,
        authority.NOT_DECLARED: 13,
    }
)
_ACCEPTS: Final = MappingProxyType(
    {
        Kind.ENQUIRY: "inbox-accepts-enquiry",
        Kind.ANSWER: "inbox-accepts-answer",
        Kind.NOTICE: "inbox-accepts-notice",
        Kind.RECEIPT: "inbox-accepts-receipt",
        Kind.ERROR: "inbox-accepts-error",
    }
)


def accepts_rule(kind: str) -> str:
    """That a proper message of this kind is accepted."""
    return _ACCEPTS[Kind(kind)]


@cache
def _rules(kind: str) -> Mapping[str, str]:
    """Code of a refusal → the rule of the check that wrongly refused."""
    found = {
        "MALFORMED": "inbox-schema",
        "SIGNATURE_INVALID": outer.outer_rule(kind, ""),
        "KEY_NOT_VALID": content.content_rule(kind),
        admission.NOT_ADDRESSEE: admission.addressee_rule(kind),
        admission.EXPIRED: "inbox-expired",
        admission.REPLAYED: "inbox-replayed",
        admission.PARTNER_UNKNOWN: "inbox-sender",
        content.DECRYPTION_FAILED: content.decryption_rule(kind),
        authority.ROLE_NOT_ALLOWED: "inbox-role",
        UNDELIVERED: "inbox-directory",
    }
    if kind in {Kind.ENQUIRY, Kind.ANSWER}:
        found[authority.BASIS_NOT_LAWFUL] = authority.basis_rule(kind)
    if kind in _REPLIES:
        found[authority.NOT_FOUND] = authority.unasked_rule(kind)
    return MappingProxyType(found)


def is_of_earlier_check(code: str, number: int) -> bool:
    """Does a code belong only to checks before that of a number, which have to let the message go on?"""
    return _LAST_CHECK.get(code, number) < number


@cache
def passed(kind: str) -> tuple[tuple[str, str], ...]:
    """Rules and alternatives that had an occasion when a proper message was accepted."""
    alternative = f"{kind}・{PROPER}"
    names = (*_rules(kind).values(), "inbox-content", accepts_rule(kind))
    return tuple((rule, alternative) for rule in dict.fromkeys(names))


def wrongly_refused(code: str, arrival: Arrival) -> tuple[str, str]:
    """Rule and alternative that the refusal of a proper message breaks."""
    kind, taken, id_ = arrival.kind, arrival.inbox.taken, arrival.envelope.text("message_id")
    if code == admission.REPLAYED and taken.at_once(id_, arrival.delivery):
        return "inbox-twice-at-once", f"{kind}・同時に二つ"
    particular = dict(particulars(arrival))
    blamed = {
        "SIGNATURE_INVALID": "inbox-key-valid",
        "KEY_NOT_VALID": "inbox-key-valid",
        admission.REPLAYED: "inbox-refused-id",
        authority.NOT_FOUND: "inbox-early-answer"
        if "inbox-early-answer" in particular
        else "inbox-second-answer",
        authority.BASIS_NOT_LAWFUL: "inbox-basis-further",
    }.get(code, "")
    if blamed in particular:
        return blamed, particular[blamed]
    rule = _rules(kind).get(code, accepts_rule(kind))
    if code == admission.EXPIRED and rule in particular:
        return rule, particular[rule]
    return rule, f"{kind}・{PROPER}"


def particulars(arrival: Arrival) -> Iterator[tuple[str, str]]:
    """Rules and alternatives for which this message is an occasion beside those of every proper one."""
    kind, envelope, delivery = arrival.kind, arrival.envelope, arrival.delivery
    if admission.has_offset(envelope.text("expires_at")):
        yield "inbox-expired", f"{kind}・時差付き"
    if content.further_key(arrival):
        yield "inbox-key-valid", f"{kind}・有効な鍵"
    if arrival.inbox.taken.refused(envelope.text("message_id"), delivery):
        yield "inbox-refused-id", f"{kind}・拒否された番号"
    if kind in _REPLIES and arrival.inbox.answered(arrival.envelope.text("correlation_id"), delivery):
        yield "inbox-second-answer", f"{kind}・二度目"
    if kind in _REPLIES and authority.overtakes(arrival):
        yield "inbox-early-answer", f"{kind}・送信の確認より先"
    if kind == Kind.ENQUIRY:
        table = authority.cited_table(arrival)
        yield "inbox-basis-further" if table in further_bases() else "inbox-basis-version", table
