"""What the network checks of a message that it is asked to carry, and what it keeps of one that it refuses."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from harness.contract.json_binding import peek
from harness.contract.law.lawfulness import Asked
from harness.contract.messages import CLOCK_SECONDS, Header, Kind, parse_timestamp
from harness.contract.organisations import organisations
from harness.contract.refusals import RefusedError
from harness.contract.versions import FIRST
from mocks.network.records import parties

_WIRE_NAMES: Final = {"sender": "from", "recipient": "to"}
_APART: Final = timedelta(seconds=CLOCK_SECONDS)
_WITH_BASIS: Final = (Kind.ENQUIRY, Kind.ANSWER)  # guide §3, check 12


def claimed_sender(token: str) -> str:
    """Who a message says that it is from, to find the key. Raises RefusedError MALFORMED."""
    header = peek(token).get("header")
    sender = header.get("from") if isinstance(header, dict) else None
    if not isinstance(sender, str):
        raise RefusedError("MALFORMED", "header の from がない")
    return sender


def legible(claim: Any) -> dict[str, object] | None:
    """The header of a payload that meets no schema, so far as its texts can be read; None where there is none."""
    header = claim.get("header") if isinstance(claim, dict) else None
    if not isinstance(header, dict):
        return None
    names = [_WIRE_NAMES.get(f.name, f.name) for f in fields(Header)]
    return {name: value if isinstance(value := header.get(name), str) else None for name in names}


def must_not_be_expired(header: Header) -> None:
    """By the clock of whoever wrote it, which may be behind ours. Raises RefusedError EXPIRED."""
    if parse_timestamp(header.expires_at) <= datetime.now(UTC) - _APART:
        raise RefusedError("EXPIRED")


def must_be_lawful(header: Header) -> None:
    """番号法21条2項: the minister notifies the provider unless the four do not match, by competence or, as gateways of contract 1 may
    read the table, by kind. Both parties must exist."""
    if header.kind not in _WITH_BASIS:
        return
    requester, provider = (organisations()[code] for code in parties(header))
    asked = Asked(header.basis, requester, header.affair, provider, header.information)
    if True not in asked.verdicts(FIRST):
        raise RefusedError("BASIS_NOT_LAWFUL")
