"""STO-05: a missing record is answered with an answer without items."""

from harness.contract.messages import Items
from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class NeverWithoutAnswer(RecordStore):
    """Has something for everybody."""

    def extract(self, local_id: str, information: str, key: dict[str, str], affair: str) -> Items:
        """Nothing, where there is nothing."""
        try:
            return super().extract(local_id, information, key, affair)
        except RefusedError:
            return {}


DEFECT = breaks("STO-05", "該当する情報がなくても、項目のない照会応答を返す", records=NeverWithoutAnswer)
