"""ID-11: where the network gives no link code, one is made up."""

import secrets
from dataclasses import replace

from harness.contract.refusals import RefusedError
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.network_connection import NetworkConnection

REQUIREMENT = "ID-11"
SUMMARY = "リンクコードを得られない人を、作った符号で登録する"


class MakingUp(NetworkConnection):
    """Always has a code."""

    async def redeem(self, request: str) -> str:
        """One that looks right."""
        try:
            return await super().redeem(request)
        except RefusedError:
            return secrets.token_urlsafe(18)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, network=as_a(MakingUp, functions.network))
