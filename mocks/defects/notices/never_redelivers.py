"""NTC-05: a 連絡 without 受領 is not sent again."""

from mocks.defects.defect import breaks
from mocks.gateway.notices import Notice, Notices


class OnceOnly(Notices):
    """Sends once."""

    def due(self, now: float) -> list[Notice]:
        """Nothing."""
        super().due(now)
        return []


DEFECT = breaks("NTC-05", "受領のない連絡を送り直さない", notices=OnceOnly)
