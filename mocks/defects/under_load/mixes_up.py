"""Now and then the answer has the record of another resident, under the link code of the right one (ID-12)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from harness.contract.messages import Items
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import RecordStore


@dataclass(frozen=True)
class MixingRecords(RecordStore):
    """Takes the next record of the same kind where it is due."""

    due: Callable[[], bool] = lambda: False

    def extract(self, local_id: str, information: str, key: dict[str, str], affair: str) -> Items:
        """The asked record, or somebody else's."""
        row = self.storage.row(
            "SELECT local_id FROM records WHERE information = ? AND local_id <> ? LIMIT 1",
            information,
            local_id,
        )
        whose = str(row["local_id"]) if row and self.due() else local_id
        return super().extract(whose, information, key, affair)


def break_it(functions: Functions, due: Callable[[], bool]) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(MixingRecords, functions.records, due=due))
