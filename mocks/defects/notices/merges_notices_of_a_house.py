"""UC-04: of several 連絡 about one house, one is handed over."""

from harness.contract.messages import Message
from mocks.defects.defect import breaks
from mocks.gateway.notices import Notices

_HOUSE = "家屋番号"


class OneAHouse(Notices):
    """Takes co-owners for the same 連絡 again."""

    def keep(self, message: Message, local_id: str) -> None:
        """Only the first of a house from this sender."""
        row = self.storage.row(
            f"SELECT 1 FROM received_notices WHERE sender = ? AND correlation_id <> ? "  # noqa: S608
            f"AND json_extract(items, '$.{_HOUSE}') = ? AND json_extract(header, '$.information') = ?",
            message.header.sender,
            message.header.correlation_id,
            message.content["items"].get(_HOUSE),
            message.header.information,
        )
        if row is None:
            super().keep(message, local_id)


DEFECT = breaks("UC-04", "同じ家屋についての連絡を、初めの一つだけ渡す", notices=OneAHouse)
