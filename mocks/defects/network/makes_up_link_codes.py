"""ID-11: where the network gives no link code, one is made up."""

import secrets

from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.network_connection import NetworkConnection


class MakingUp(NetworkConnection):
    """Always has a code."""

    async def redeem(self, request: str) -> str:
        """One that looks right."""
        try:
            return await super().redeem(request)
        except RefusedError:
            return secrets.token_urlsafe(18)


DEFECT = breaks("ID-11", "リンクコードを得られない人を、作った符号で登録する", network=MakingUp)
