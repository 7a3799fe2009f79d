"""STO-19: an information that is not held is answered with nothing in it."""

from harness.contract.items import informations
from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class EveryKind(RecordStore):
    """Has an answer to everything."""

    def find(self, local_id: str, information: str, key: dict[str, str]) -> Items:
        """Nothing, where there is no such kind."""
        return super().find(local_id, information, key) if information in informations() else {}


DEFECT = breaks("STO-19", "扱わない種類の情報に、項目のない応答を返す", records=EveryKind)
