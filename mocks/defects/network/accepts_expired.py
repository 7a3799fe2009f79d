"""NET-01: `expires_at` is not compared with the clock."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.network_connection import NetworkConnection


class TimelessConnection(NetworkConnection):
    """Has no clock."""

    def check_fresh(self, header: Header) -> None:
        """Nothing ever expires."""


DEFECT = breaks("NET-01", "有効期限の切れた電文を受け付ける", network=TimelessConnection)
