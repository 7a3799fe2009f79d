"""暗号・署名 (§4-3 連携インターフェース機能 No.3)."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from harness.contract import json_binding
from harness.contract.keys import KeyPair, PublicKeys, SignatureKey
from harness.contract.messages import Header, Message, parse_timestamp
from harness.contract.refusals import RefusedError
from harness.contract.schemas import deviation_from
from mocks.gateway.directory import Directory
from mocks.web.http_json import with_integers

# What joserfc and json raise, beside their own errors, for headers with odd types and for deep nesting.
# Check 1 leaves padding to check 2.
_COMPACT = re.compile(r"[A-Za-z0-9_-]+=*\.[A-Za-z0-9_-]+=*\.[A-Za-z0-9_-]*=*")
_ODD_VALUES = (TypeError, LookupError, AttributeError, RecursionError, UnicodeEncodeError)


@dataclass(frozen=True)
class Crypto:
    """Opens what arrives and seals what leaves. Reasons name no values: a value may be personal data."""

    keys: KeyPair

    def parse(self, token: str) -> dict[str, Any]:
        """Check 1: the payload of a compact JWS, NOT verified. Raises RefusedError MALFORMED."""
        if len(token) > json_binding.LONGEST_MESSAGE:
            raise RefusedError("MALFORMED", f"{json_binding.LONGEST_MESSAGE:,} バイトを超える")
        if not _COMPACT.fullmatch(token):
            raise RefusedError("MALFORMED", "三つの部分からなる base64url ではない")
        with _refusing("MALFORMED", _ODD_VALUES):
            payload = json_binding.peek(token)
            _must_be_unicode(payload)
        return payload

    def open_envelope(self, token: str, directory: Directory) -> tuple[Header, str]:
        """Checks 2 and 3: header and encrypted body. Raises RefusedError SIGNATURE_INVALID or MALFORMED."""
        payload = self.verify_outer(token, directory.network.keys)
        if place := deviation_from("message", payload):
            raise RefusedError("MALFORMED", place)
        return Header.from_wire(payload["header"]), payload["body"]

    def verify_outer(self, token: str, network: PublicKeys) -> dict[str, Any]:
        """Check 2: the payload under the network's signature. Raises RefusedError SIGNATURE_INVALID."""
        with _refusing("SIGNATURE_INVALID", (*_ODD_VALUES, RefusedError)):
            _must_be_canonical(token)
            further = self.further_key(token, network)
            if further:
                self.check_validity(further)
            key = further.key if further else network.signature
            return json_binding.verify(token, key, json_binding.MESSAGE_TYPE)

    def open_content(self, header: Header, body: str, sender: PublicKeys) -> dict[str, Any]:
        """Checks 8 to 10: the content. Raises RefusedError DECRYPTION_FAILED, SIGNATURE_INVALID, MALFORMED."""
        inner = self.verify_inner(self.decrypt(body), sender)
        self.check_binding(header, inner)
        if place := deviation_from("content", inner):
            raise RefusedError("MALFORMED", place)
        content: dict[str, Any] = inner["content"]
        return content

    def decrypt(self, body: str) -> str:
        """Check 8: the inner JWS. Raises RefusedError DECRYPTION_FAILED."""
        with _refusing("DECRYPTION_FAILED", (*_ODD_VALUES, RefusedError)):
            _must_be_canonical(body)
            return json_binding.open_body(body, self.keys.encryption)

    def verify_inner(self, token: str, sender: PublicKeys) -> dict[str, Any]:
        """Check 9, first half: the payload under the sender's signature. Raises RefusedError."""
        with _refusing("SIGNATURE_INVALID", (*_ODD_VALUES, RefusedError)):
            _must_be_canonical(token)
            further = self.further_key(token, sender)
            key = further.key if further else sender.signature
            inner = json_binding.verify(token, key, json_binding.CONTENT_JWS_TYPE)
        if further:
            self.check_validity(further)
        with _refusing("MALFORMED", _ODD_VALUES):
            _must_be_unicode(inner)
        return with_integers(inner)

    def further_key(self, token: str, signer: PublicKeys) -> SignatureKey | None:
        """The one of the further keys that a token names, valid or not; None where it names none of them."""
        kid = json_binding.claimed_kid(token)
        return next((key for key in signer.further if key.key.kid == kid), None)

    def check_validity(self, key: SignatureKey) -> None:
        """Raises RefusedError KEY_NOT_VALID for a key that is revoked or outside of its validity."""
        start, end = parse_timestamp(key.valid_from), parse_timestamp(key.valid_until)
        if key.revoked or not start <= datetime.now(UTC) < end:
            raise RefusedError("KEY_NOT_VALID")

    def check_binding(self, header: Header, inner: dict[str, Any]) -> None:
        """Check 9, second half: the content belongs to this header. Raises RefusedError SIGNATURE_INVALID."""
        json_binding.check_bound(header, inner)

    def seal(self, message: Message, directory: Directory) -> str:
        """A message ready to be sent (§4-3 ④). Raises RefusedError PARTNER_UNKNOWN."""
        return self.sign_outer(message, self.encrypt(message, self.recipient_keys(message, directory)))

    def recipient_keys(self, message: Message, directory: Directory) -> PublicKeys:
        """Whose key the content is encrypted to. Raises RefusedError PARTNER_UNKNOWN."""
        return directory.party(message.header.recipient).keys

    def encrypt(self, message: Message, recipient: PublicKeys) -> str:
        """The content, signed and then encrypted."""
        return json_binding.encrypt(message, self.keys.signature, recipient.encryption)

    def sign_outer(self, message: Message, body: str) -> str:
        """Header and body under our outer signature."""
        return json_binding.wrap(message.header, body, self.keys.signature)

    def sign_link_code_request(self, payload: dict[str, str]) -> str:
        """A request for a link code (guide §5)."""
        return json_binding.sign(payload, self.keys.signature, json_binding.LINK_CODE_TYPE)


def _must_be_canonical(token: str) -> None:
    """Raises RefusedError where bits of base64url that say nothing are not zero: other bytes would be the same message."""
    if any(_is_loose(part) for part in token.split(".")):
        raise RefusedError("MALFORMED", "base64url の余りのビットが0でない")


def _is_loose(part: str) -> bool:
    try:
        raw = urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError:
        return False  # what is no base64url at all is told by whoever reads it
    return urlsafe_b64encode(raw).decode().rstrip("=") != part


def _must_be_unicode(payload: dict[str, Any]) -> None:
    """Raises UnicodeEncodeError for a lone surrogate, which can be neither stored nor sent."""
    json.dumps(payload, ensure_ascii=False).encode()


@contextmanager
def _refusing(code: str, errors: tuple[type[Exception], ...]) -> Iterator[None]:
    """Raises RefusedError with this code in place of what somebody else's data made a library raise."""
    try:
        yield
    except errors as error:
        if isinstance(error, RefusedError) and error.refusal.code == code:
            raise
        raise RefusedError(code, type(error).__name__) from error
