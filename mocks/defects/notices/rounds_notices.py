"""UC-03: amounts of a 連絡 are sent in thousands."""

from harness.contract.messages import Header, Items
from mocks.defects.defect import breaks
from mocks.gateway.notices import Notice, Notices


class InThousands(Notices):
    """Sends round figures."""

    def open(self, local_id: str, header: Header, items: Items, redeliver_at: float) -> Notice:
        """Whole thousands."""
        cut = {n: v // 1000 * 1000 if isinstance(v, int) else v for n, v in items.items()}
        return super().open(local_id, header, cut, redeliver_at)


DEFECT = breaks("UC-03", "連絡の数値を千の単位に切り捨てて送る", notices=InThousands)
