"""ID-03: a reason meant for our own operators goes out to the partner."""

from harness.contract.messages import Items
from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class TalkativeStore(RecordStore):
    """Says whom it did not find."""

    def find(self, local_id: str, information: str, key: dict[str, str]) -> Items:
        """Raises RefusedError RECORD_NOT_FOUND with the 識別番号 in its reason."""
        try:
            return super().find(local_id, information, key)
        except RefusedError as refused:
            raise RefusedError(refused.refusal.code, f"識別番号 {local_id}") from refused


DEFECT = breaks("ID-03", "該当情報なしのエラーの理由に識別番号を書く", records=TalkativeStore)
