"""NTC-04: a 受領 changes nothing."""

from typing import Any

from mocks.defects.defect import breaks
from mocks.gateway.notices import Notices


class Unmoved(Notices):
    """Is through with what it has sent."""

    def note(self, correlation_id: str, status: str, error: dict[str, Any] | None = None) -> None:
        """Anything but 受領済."""
        if status != "受領済":
            super().note(correlation_id, status, error)


DEFECT = breaks("NTC-04", "受領が届いても連絡を送信済のままにする", notices=Unmoved)
