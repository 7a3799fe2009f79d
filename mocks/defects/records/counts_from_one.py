"""STO-07: errors of a bulk request are reported with the position behind."""

from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class OffByOne(RecordStore):
    """Counts from one."""

    def reported(self, index: int, refused: RefusedError) -> dict[str, object]:
        """Counted from one."""
        return super().reported(index + 1, refused)


DEFECT = breaks("STO-07", "一括登録の誤りの位置を1ずらして知らせる", records=OffByOne)
