"""NET-07: the receipt names a number of the gateway instead of the message."""

from harness.contract.messages import Header, new_id
from mocks.defects.defect import breaks
from mocks.gateway.network_connection import NetworkConnection


class SelfNumbering(NetworkConnection):
    """Numbers what it receives by itself."""

    def receipt_of(self, header: Header) -> str:
        """A new number."""
        return new_id()


DEFECT = breaks("NET-07", "受信を、受け付けた電文のものでない番号で確認する", network=SelfNumbering)
