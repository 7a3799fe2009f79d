"""SIG-04: the outer signature of answers is not verified."""

from dataclasses import replace
from typing import Any

from harness.contract import json_binding
from harness.contract.keys import PublicKeys
from harness.contract.messages import Kind
from mocks.gateway.crypto import Crypto
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "SIG-04"
SUMMARY = "照会応答の外側の署名を検証しない"


class HalfTrustingCrypto(Crypto):
    """Verifies what others ask, and believes what they answer."""

    def verify_outer(self, token: str, network: PublicKeys) -> dict[str, Any]:
        """The payload of an answer, unverified."""
        payload = json_binding.peek(token)
        if payload.get("header", {}).get("kind") == Kind.ANSWER:
            return payload
        return super().verify_outer(token, network)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, crypto=as_a(HalfTrustingCrypto, functions.crypto))
