"""SIG-01: the outer signature is not verified."""

from dataclasses import replace
from typing import Any

from harness.contract import json_binding
from harness.contract.keys import PublicKeys
from mocks.gateway.crypto import Crypto
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "SIG-01"
SUMMARY = "外側の署名を検証せず、署名のない電文も受け付ける"


class TrustingCrypto(Crypto):
    """Believes whoever hands a message over."""

    def verify_outer(self, token: str, network: PublicKeys) -> dict[str, Any]:
        """The payload, unverified."""
        return json_binding.peek(token)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, crypto=as_a(TrustingCrypto, functions.crypto))
