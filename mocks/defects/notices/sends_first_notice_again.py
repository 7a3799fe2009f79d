"""UC-03: what is told once more is told as it was the first time."""

import json

from harness.contract.messages import Header, Items
from mocks.defects.defect import breaks
from mocks.gateway.notices import Notice, Notices


class FirstEdition(Notices):
    """Looks for what it has at hand."""

    def open(self, local_id: str, header: Header, items: Items, redeliver_at: float) -> Notice:
        """With the items of the first 連絡 of this resident and information to this partner."""
        row = self.storage.row(
            "SELECT items FROM notices WHERE local_id = ? AND json_extract(header, '$.information') = ? "
            "AND json_extract(header, '$.to') = ? ORDER BY json_extract(header, '$.sent_at')",
            local_id,
            header.information,
            header.recipient,
        )
        return super().open(local_id, header, json.loads(row["items"]) if row else items, redeliver_at)


DEFECT = breaks("UC-03", "改めた連絡に、初めに連絡した項目を入れて送る", notices=FirstEdition)
