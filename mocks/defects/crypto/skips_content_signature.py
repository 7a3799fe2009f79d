"""SIG-02: the inner signature and its binding to the header are not verified."""

from dataclasses import replace
from typing import Any

from harness.contract import json_binding
from harness.contract.keys import PublicKeys
from harness.contract.messages import Header
from mocks.gateway.crypto import Crypto
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "SIG-02"
SUMMARY = "本文の署名と、本文がその電文のものであることを検証しない"


class ContentTrustingCrypto(Crypto):
    """Believes any content that it can decrypt."""

    def verify_inner(self, token: str, sender: PublicKeys) -> dict[str, Any]:
        """The payload, unverified."""
        return json_binding.peek(token)

    def check_binding(self, header: Header, inner: dict[str, Any]) -> None:
        """Any content fits any header."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, crypto=as_a(ContentTrustingCrypto, functions.crypto))
