"""NET-05: a message id is used up by a message that was refused."""

from typing import ClassVar

from harness.contract.messages import Header
from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.network_connection import NetworkConnection


class BurningConnection(NetworkConnection):
    """Remembers ids before the message is judged."""

    SEEN: ClassVar[set[str]] = set()

    def check_not_replayed(self, header: Header) -> None:
        """Remembers every id that it looks at."""
        if header.message_id in self.SEEN:
            raise RefusedError("REPLAYED")
        self.SEEN.add(header.message_id)


DEFECT = breaks("NET-05", "拒否した電文の番号も受付済みとする", network=BurningConnection)
