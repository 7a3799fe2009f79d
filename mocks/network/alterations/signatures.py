"""Outer signatures that do not hold: each changes exactly one thing of a proper message."""

import hmac
import json
from dataclasses import replace
from datetime import timedelta

from harness.contract.json_binding import LINK_CODE_TYPE, MESSAGE_TYPE
from harness.contract.keys import STRANGER, public_jwk
from harness.contract.messages import timestamp
from mocks.network.alterations.drafts import (
    Draft,
    decoded,
    encoded,
    signed_otherwise,
    stranger_as,
    with_payload,
)


def unsigned(draft: Draft) -> str:
    """The signature is cut off."""
    return draft.token().rpartition(".")[0] + "."


def alg_none(draft: Draft) -> str:
    """An unsecured JWS (RFC 7515 appendix A.5) that claims to need no signature."""
    protected, payload, _ = draft.token().split(".")
    claims = json.loads(decoded(protected))
    return f"{encoded(json.dumps(claims | {'alg': 'none'}).encode())}.{payload}."


def signed_by_stranger(draft: Draft) -> str:
    """Signed with a key nobody knows, under the network's kid."""
    return draft.token(signer=stranger_as(draft.network_key, draft.keys))


def signed_by_sender(draft: Draft) -> str:
    """Signed by the sending organisation, as if the network could be left out."""
    return draft.token(signer=draft.sender_key)


def swapped_signature(draft: Draft) -> str:
    """The network's own signature, of another message."""
    signed_part = draft.token().rpartition(".")[0]
    signature = replace(draft, message=draft.other).token().rpartition(".")[2]
    return f"{signed_part}.{signature}"


def hmac_with_public_key(draft: Draft) -> str:
    """HS256 with the network's public key as the secret, as if the algorithm were the sender's choice
    (RFC 8725 §2.1)."""
    secret = draft.network_key.as_pem(private=False)
    _, payload, _ = draft.token().split(".")
    claims = {"alg": "HS256", "kid": draft.network_key.kid, "typ": MESSAGE_TYPE}
    signed = f"{encoded(json.dumps(claims).encode())}.{payload}"
    return f"{signed}.{encoded(hmac.digest(secret, signed.encode(), 'sha256'))}"


def embedded_key(draft: Draft) -> str:
    """Signed with a key nobody knows, which stands in the header (RFC 7515 §4.1.3)."""
    stranger = stranger_as(draft.network_key, draft.keys)
    return signed_otherwise(draft, {"jwk": public_jwk(stranger.dict_value)}, stranger)


def other_type(draft: Draft) -> str:
    """Signed by the network, as something else than a message."""
    return signed_otherwise(draft, {"typ": LINK_CODE_TYPE}, draft.network_key)


def other_kid(draft: Draft) -> str:
    """Signed with the network's key under the name of another key."""
    return signed_otherwise(draft, {"kid": draft.keys.of(STRANGER).signature.kid}, draft.network_key)


def tampered_header(draft: Draft) -> str:
    """The time of sending is changed after signing: a field that no other check would notice."""
    return with_payload(
        draft.token(), lambda payload: payload["header"].update(sent_at=timestamp(timedelta(hours=-1)))
    )


def tampered_body(draft: Draft) -> str:
    """Another body of the same sender for the same message is put in after signing."""
    body = draft.body()
    return with_payload(draft.token(), lambda payload: payload.update(body=body))
