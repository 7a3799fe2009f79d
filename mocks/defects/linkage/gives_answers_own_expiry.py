"""CON-25: an answer does not carry the expiry of its enquiry."""

from dataclasses import replace
from datetime import timedelta

from harness.contract.messages import Header, Items, Message, timestamp
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage


class OwnTime(Linkage):
    """Gives its answers an hour."""

    def answer(
        self, asked: Header, link_code: str, items: Items, reasons: dict[str, str] | None = None
    ) -> Message:
        """With an hour of its own."""
        message = super().answer(asked, link_code, items, reasons)
        return replace(message, header=replace(message.header, expires_at=timestamp(timedelta(hours=1))))


DEFECT = breaks("CON-25", "照会応答に照会依頼と違う有効期限を付ける", linkage=OwnTime)
