"""NET-06: two copies that arrive at once are both accepted."""

import time
from typing import ClassVar

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.network_connection import NetworkConnection


class RacingConnection(NetworkConnection):
    """Looks into a register that is written a moment later."""

    SEEN: ClassVar[dict[str, float]] = {}

    def check_not_replayed(self, header: Header) -> None:
        """What was looked at a moment ago is not in the register yet."""
        first = self.SEEN.setdefault(header.message_id, time.monotonic())
        if time.monotonic() - first > SETTLES_AFTER:
            super().check_not_replayed(header)


SETTLES_AFTER = 0.03  # seconds, as between a check and a commit in another process


DEFECT = breaks("NET-06", "同時に二度届いた同じ電文を二度とも受け付ける", network=RacingConnection)
