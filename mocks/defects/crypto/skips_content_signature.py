"""SIG-02: the inner signature and its binding to the header are not verified."""

from harness.contract import json_binding
from harness.contract.keys import PublicKeys
from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class ContentTrustingCrypto(Crypto):
    """Believes any content that it can decrypt."""

    def verify_inner(self, token: str, sender: PublicKeys) -> dict[str, object]:
        """The payload, unverified."""
        return json_binding.peek(token)

    def check_binding(self, header: Header, inner: dict[str, object]) -> None:
        """Any content fits any header."""


DEFECT = breaks(
    "SIG-02", "本文の署名と、本文がその電文のものであることを検証しない", crypto=ContentTrustingCrypto
)
