"""PFM-01: what does not fit into a short queue is dropped after its 202."""

from harness.contract.messages import Message
from mocks.defects.defect import breaks
from mocks.gateway.platform_messaging import PlatformMessaging


class ShortQueue(PlatformMessaging):
    """Has room for a few."""

    def hand_inward(self, message: Message) -> None:
        """Eight messages about one subject at most."""
        row = self.storage.row(
            "SELECT count(*) AS waiting FROM inward WHERE json_extract(header, '$.link_code') = ?",
            message.header.link_code,
        )
        if row is None or row["waiting"] < LONGEST:
            super().hand_inward(message)


LONGEST = 8


DEFECT = breaks("PFM-01", "続けて届いた照会依頼の一部を失う", messaging=ShortQueue)
