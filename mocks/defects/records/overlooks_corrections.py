"""STO-09: a correction of one item is taken for the same record."""

from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.record_store import Record, RecordStore


class Comparing(RecordStore):
    """Compares amounts to see whether a record has changed."""

    def put(self, record: Record) -> None:
        """Only where something else than the dependants differs."""
        try:
            known = self.find(record.local_id, record.information, record.key)
        except RefusedError:
            known = {}
        differing = {name for name, value in record.items.items() if known.get(name) != value}
        if differing != {"扶養親族数"}:
            super().put(record)


DEFECT = breaks("STO-09", "扶養親族数だけの訂正を見落とす", records=Comparing)
