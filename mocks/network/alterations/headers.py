"""Messages that are signed as they should be, and should not be sent."""

from dataclasses import replace
from datetime import timedelta

from harness.contract.json_binding import MESSAGE_TYPE, sign
from harness.contract.keys import STRANGER
from harness.contract.law import table, versions
from harness.contract.law.regimes import newest
from harness.contract.messages import new_id, timestamp
from mocks.network.alterations.drafts import Draft, elsewhere, with_header

UNKNOWN_ORGANISATION = "999997"  # (own) with a valid check digit, in no directory


def extra_member(draft: Draft) -> str:
    """A properly signed message whose header has a member that the contract does not know."""
    header = {**draft.message.header.to_wire(), "priority": "high"}
    return sign({"header": header, "body": draft.body()}, draft.network_key, MESSAGE_TYPE)


def unknown_sender(draft: Draft) -> str:
    """From an organisation that is not in the directory, signed by it."""
    message = replace(draft.message, header=replace(draft.message.header, sender=UNKNOWN_ORGANISATION))
    body = draft.body_of(message, draft.keys.of(STRANGER).signature)
    return replace(draft, message=message).token(body=body)


def from_another(draft: Draft) -> str:
    """From another organisation of the same kind, properly signed by it."""
    return with_header(draft, sender=elsewhere(draft.message.header))


def about_somebody_else(draft: Draft) -> str:
    """With the link code of somebody else."""
    return with_header(draft, link_code=draft.other.header.link_code)


def link_code_of_sender(draft: Draft) -> str:
    """With the sender's own link code of the subject, as if nobody had translated it."""
    return with_header(draft, link_code=draft.sender_code)


def unasked(draft: Draft) -> str:
    """An answer to something that nobody asked."""
    return with_header(draft, correlation_id=new_id())


def other_information(draft: Draft) -> str:
    """Another information that the same basis allows."""
    return with_header(draft, information="住民票関係情報")


def other_basis(draft: Draft) -> str:
    """Under the item of another affair."""
    header = draft.message.header
    another = next(row.item for row in table(newest(versions())) if row.affair != header.affair)
    return with_header(draft, basis=replace(header.basis, item=another))


def misaddressed(draft: Draft) -> str:
    """Properly signed and delivered here, addressed to somebody else."""
    header = replace(draft.message.header, recipient=elsewhere(draft.message.header))
    return replace(draft, message=replace(draft.message, header=header)).token()


def expired(draft: Draft) -> str:
    """Properly signed, and its time is over."""
    header = replace(
        draft.message.header,
        sent_at=timestamp(timedelta(minutes=-2)),
        expires_at=timestamp(timedelta(minutes=-1)),
    )
    return replace(draft, message=replace(draft.message, header=header)).token()


def replayed(draft: Draft) -> str:
    """Nothing wrong in itself: whoever sends it has sent the same bytes before."""
    return draft.token()


def not_jose(draft: Draft) -> str:
    """Text."""
    return "照会依頼 " + draft.message.header.message_id
