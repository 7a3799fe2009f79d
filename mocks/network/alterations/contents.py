"""Contents whose signature or encryption does not hold, inside a message that is proper otherwise."""

import json

from harness.contract.json_binding import CONTENT_JWS_TYPE, encrypt, sign
from mocks.network.alterations.drafts import Draft, elsewhere, encoded, encrypted_inner, stranger_as


def content_of_stranger(draft: Draft) -> str:
    """The content is signed with a key nobody knows, under the sender's kid."""
    stranger = stranger_as(draft.sender_key, draft.keys)
    return draft.token(body=draft.body_of(draft.message, stranger))


def signed_with_former_key(draft: Draft) -> str:
    """The content is signed with a key that is about to be replaced and is still valid: nothing is wrong."""
    return _signed_with(draft, "former")


def signed_with_next_key(draft: Draft) -> str:
    """The content is signed with the key that was published to replace the present one: nothing is wrong."""
    return _signed_with(draft, "next")


def signed_with_expired_key(draft: Draft) -> str:
    """The content is signed with a key of the sender whose time is over."""
    return _signed_with(draft, "expired")


def signed_with_revoked_key(draft: Draft) -> str:
    """The content is signed with a key that the sender has revoked."""
    return _signed_with(draft, "revoked")


def unsigned_content(draft: Draft) -> str:
    """The content is an unsecured JWS inside a body that was encrypted as it should be."""
    claims = {"alg": "none", "kid": draft.sender_key.kid}
    inner = json.dumps(claims | {"typ": CONTENT_JWS_TYPE}).encode()
    content = json.dumps(draft.inner(), ensure_ascii=False).encode()
    return draft.token(body=encrypted_inner(draft, f"{encoded(inner)}.{encoded(content)}.", "A256GCM"))


def moved_content(draft: Draft) -> str:
    """The content of another message of the same sender, properly signed for that one."""
    signer = draft.keys.of(draft.other.header.sender).signature
    return draft.token(body=draft.body_of(draft.other, signer))


def encrypted_to_other(draft: Draft) -> str:
    """Properly signed, encrypted to somebody else."""
    signer = draft.sender_key
    other = draft.keys.public(elsewhere(draft.message.header)).encryption
    return draft.token(body=encrypt(draft.message, signer, other))


def weaker_cipher(draft: Draft) -> str:
    """The content is encrypted with a cipher that was not agreed."""
    signer = draft.sender_key
    inner = sign(draft.inner(), signer, CONTENT_JWS_TYPE)
    return draft.token(body=encrypted_inner(draft, inner, "A128CBC-HS256"))


def _signed_with(draft: Draft, state: str) -> str:
    signer = draft.keys.further(draft.message.header.sender)[state].key
    return draft.token(body=draft.body_of(draft.message, signer))
