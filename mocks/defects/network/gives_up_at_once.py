"""NET-08: an outage of the network is taken for a refusal."""

from dataclasses import replace

from harness.contract.refusals import RefusedError
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.network_connection import Delivery, NetworkConnection

REQUIREMENT = "NET-08"
SUMMARY = "ネットワークの一時的な障害で電文をあきらめる"


class FaintHearted(NetworkConnection):
    """Tries once."""

    async def deliver(self, token: str) -> Delivery:
        """One attempt is the only one."""
        delivery = await super().deliver(token)
        return delivery if delivery.is_final else Delivery(refusal=RefusedError("UNDELIVERED").content())


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, network=as_a(FaintHearted, functions.network))
