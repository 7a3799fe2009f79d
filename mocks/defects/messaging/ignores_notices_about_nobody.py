"""NTC-07: a 連絡 about somebody unknown is passed over."""

from harness.contract.messages import Kind, Message
from mocks.defects.defect import breaks
from mocks.gateway.platform_messaging import PlatformMessaging


class Ignoring(PlatformMessaging):
    """Does not answer to what nobody asked."""

    def hand_outward(self, message: Message, lane: str | None = None) -> None:
        """No error about a 連絡."""
        row = self.storage.row(
            "SELECT 1 FROM inward WHERE json_extract(header, '$.correlation_id') = ? "
            "AND json_extract(header, '$.kind') = '連絡'",
            message.header.correlation_id,
        )
        if message.header.kind != Kind.ERROR or row is None:
            super().hand_outward(message, lane)


DEFECT = breaks("NTC-07", "対象者のいない連絡に答えない", messaging=Ignoring)
