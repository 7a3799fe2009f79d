"""NET-10: a refusal of the network is taken for an outage."""

from mocks.defects.defect import breaks
from mocks.gateway.network_connection import Delivery, NetworkConnection


class Insistent(NetworkConnection):
    """Does not take no for an answer."""

    async def deliver(self, token: str) -> Delivery:
        """Tries again whatever was said."""
        delivery = await super().deliver(token)
        return delivery if delivery.taken else Delivery()


DEFECT = breaks("NET-10", "ネットワークが拒否した電文を送り続ける", network=Insistent)
