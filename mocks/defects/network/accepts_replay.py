"""NET-02: message ids are not remembered."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.network_connection import NetworkConnection


class ForgetfulConnection(NetworkConnection):
    """Has no memory."""

    def check_not_replayed(self, header: Header) -> None:
        """Every message is new."""


DEFECT = breaks("NET-02", "同じ電文を何度でも受け付ける", network=ForgetfulConnection)
