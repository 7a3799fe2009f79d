"""NTC-01: only the first item of a 連絡 is sent."""

from harness.contract.messages import Header, Items
from mocks.defects.defect import breaks
from mocks.gateway.notices import Notice, Notices


class Short(Notices):
    """Sends what matters most."""

    def open(self, local_id: str, header: Header, items: Items, redeliver_at: float) -> Notice:
        """With its first item."""
        return super().open(local_id, header, dict(list(items.items())[:1]), redeliver_at)


DEFECT = breaks("NTC-01", "連絡の項目の一部を送らない", notices=Short)
