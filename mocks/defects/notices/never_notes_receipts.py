"""NTC-04: a 受領 changes nothing."""

from mocks.defects.defect import breaks
from mocks.gateway.notices import Notices


class Unmoved(Notices):
    """Is through with what it has sent."""

    def note(self, correlation_id: str, event: str, error: dict[str, str] | None = None) -> None:
        """Anything but a 受領."""
        if event != "acknowledged":
            super().note(correlation_id, event, error)


DEFECT = breaks("NTC-04", "受領が届いても連絡を送信済のままにする", notices=Unmoved)
