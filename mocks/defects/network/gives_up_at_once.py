"""NET-08: an outage of the network is taken for a refusal."""

from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.network_connection import Delivery, NetworkConnection


class FaintHearted(NetworkConnection):
    """Tries once."""

    async def deliver(self, token: str) -> Delivery:
        """One attempt is the only one."""
        delivery = await super().deliver(token)
        return delivery if delivery.is_final else Delivery(refusal=RefusedError("UNDELIVERED").content())


DEFECT = breaks("NET-08", "ネットワークの一時的な障害で電文をあきらめる", network=FaintHearted)
