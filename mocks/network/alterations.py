"""What may be wrong with a message: each changes exactly one thing of a proper one. By name, for the control API."""

from collections.abc import Callable
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from harness.contract.refusals import RefusedError
from mocks.network import altered_contents, altered_headers, altered_signatures
from mocks.network.drafts import Draft

REPLAYED: Final = "replayed"
AT_ONCE: Final = "twice-at-once"
ALTERATIONS: Final = MappingProxyType[str, Callable[[Draft], str]](
    {
        "unsigned": altered_signatures.unsigned,
        "alg-none": altered_signatures.alg_none,
        "signed-by-stranger": altered_signatures.signed_by_stranger,
        "signed-by-sender": altered_signatures.signed_by_sender,
        "tampered-header": altered_signatures.tampered_header,
        "tampered-body": altered_signatures.tampered_body,
        "content-of-stranger": altered_contents.content_of_stranger,
        "moved-content": altered_contents.moved_content,
        "swapped-signature": altered_signatures.swapped_signature,
        "hmac-with-public-key": altered_signatures.hmac_with_public_key,
        "embedded-key": altered_signatures.embedded_key,
        "other-type": altered_signatures.other_type,
        "other-kid": altered_signatures.other_kid,
        "signed-with-former-key": altered_contents.signed_with_former_key,
        "signed-with-next-key": altered_contents.signed_with_next_key,
        "signed-with-expired-key": altered_contents.signed_with_expired_key,
        "signed-with-revoked-key": altered_contents.signed_with_revoked_key,
        "unsigned-content": altered_contents.unsigned_content,
        "weaker-cipher": altered_contents.weaker_cipher,
        "extra-member": altered_headers.extra_member,
        "unknown-sender": altered_headers.unknown_sender,
        "from-another": altered_headers.from_another,
        "about-somebody-else": altered_headers.about_somebody_else,
        "link-code-of-sender": altered_headers.link_code_of_sender,
        "unasked": altered_headers.unasked,
        "other-information": altered_headers.other_information,
        "other-basis": altered_headers.other_basis,
        "misaddressed": altered_headers.misaddressed,
        "expired": altered_headers.expired,
        "encrypted-to-other": altered_contents.encrypted_to_other,
        "not-jose": altered_headers.not_jose,
        REPLAYED: altered_headers.replayed,
        AT_ONCE: altered_headers.replayed,
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
