"""SIG-07: the typ of a signature is not looked at."""

from dataclasses import replace
from typing import Any

from harness.contract import json_binding
from harness.contract.keys import PublicKeys
from harness.contract.refusals import RefusedError
from mocks.gateway.crypto import Crypto
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "SIG-07"
SUMMARY = "別の用途の署名を電文の署名と認める"


class TypeBlind(Crypto):
    """Cares for keys only."""

    def verify_outer(self, token: str, network: PublicKeys) -> dict[str, Any]:
        """Any type that the network signs."""
        try:
            return super().verify_outer(token, network)
        except RefusedError:
            return json_binding.verify(token, network.signature, json_binding.LINK_CODE_TYPE)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, crypto=as_a(TypeBlind, functions.crypto))
