"""NET-10: a refusal of the network is taken for an outage."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.network_connection import Delivery, NetworkConnection

REQUIREMENT = "NET-10"
SUMMARY = "ネットワークが拒否した電文を送り続ける"


class Insistent(NetworkConnection):
    """Does not take no for an answer."""

    async def deliver(self, token: str) -> Delivery:
        """Tries again whatever was said."""
        delivery = await super().deliver(token)
        return delivery if delivery.taken else Delivery()


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, network=as_a(Insistent, functions.network))
