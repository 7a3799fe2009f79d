"""What may be wrong with a message: each changes exactly one thing of a proper one. By name, for the control API."""

from collections.abc import Callable
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from harness.contract.refusals import RefusedError
from mocks.network.alterations import contents, headers, signatures
from mocks.network.alterations.drafts import Draft

REPLAYED: Final = "replayed"
AT_ONCE: Final = "twice-at-once"
ALTERATIONS: Final = MappingProxyType[str, Callable[[Draft], str]](
    {
        "unsigned": signatures.unsigned,
        "alg-none": signatures.alg_none,
        "signed-by-stranger": signatures.signed_by_stranger,
        "signed-by-sender": signatures.signed_by_sender,
        "tampered-header": signatures.tampered_header,
        "tampered-body": signatures.tampered_body,
        "content-of-stranger": contents.content_of_stranger,
        "moved-content": contents.moved_content,
        "swapped-signature": signatures.swapped_signature,
        "hmac-with-public-key": signatures.hmac_with_public_key,
        "embedded-key": signatures.embedded_key,
        "other-type": signatures.other_type,
        "other-kid": signatures.other_kid,
        "signed-with-former-key": contents.signed_with_former_key,
        "signed-with-next-key": contents.signed_with_next_key,
        "signed-with-expired-key": contents.signed_with_expired_key,
        "signed-with-revoked-key": contents.signed_with_revoked_key,
        "unsigned-content": contents.unsigned_content,
        "weaker-cipher": contents.weaker_cipher,
        "extra-member": headers.extra_member,
        "unknown-sender": headers.unknown_sender,
        "from-another": headers.from_another,
        "about-somebody-else": headers.about_somebody_else,
        "link-code-of-sender": headers.link_code_of_sender,
        "unasked": headers.unasked,
        "other-information": headers.other_information,
        "other-basis": headers.other_basis,
        "misaddressed": headers.misaddressed,
        "expired": headers.expired,
        "encrypted-to-other": contents.encrypted_to_other,
        "not-jose": headers.not_jose,
        REPLAYED: headers.replayed,
        AT_ONCE: headers.replayed,
    }
)


def altered(draft: Draft, name: str | None) -> str:
    """The message as it goes out; without a name nothing is wrong with it."""
    return ALTERATIONS[name](draft) if name else draft.token()


def must_be_known(name: str | None) -> None:
    """Raises RefusedError INVALID_REQUEST naming the nearest ones."""
    if name is not None and name not in ALTERATIONS:
        near = get_close_matches(name, ALTERATIONS, n=5, cutoff=0.0)
        raise RefusedError(
            "INVALID_REQUEST", f"alteration {name}: その名前はない（近い名前: {'、'.join(near)}）"
        )
