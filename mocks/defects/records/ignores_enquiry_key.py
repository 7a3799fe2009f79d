"""STO-02: the newest record is given, whichever year was asked."""

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class LatestOnlyStore(RecordStore):
    """Knows one record a person."""

    def find(self, local_id: str, information: str, key: dict[str, str]) -> Items:
        """The record that was registered last."""
        return self.latest(local_id, information)


DEFECT = breaks(
    "STO-02", "照会キーの相当年度を見ずに、最後に登録された情報を提供する", records=LatestOnlyStore
)
