"""STO-09: a correction of one item is taken for the same record."""

from dataclasses import replace
from typing import Any

from harness.contract.refusals import RefusedError
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import RecordStore

REQUIREMENT = "STO-09"
SUMMARY = "扶養親族数だけの訂正を見落とす"


class Comparing(RecordStore):
    """Compares amounts to see whether a record has changed."""

    def put(self, record: dict[str, Any]) -> None:
        """Only where something else than the dependants differs."""
        try:
            known = self.find(record["local_id"], record["information"], record["key"])
        except RefusedError:
            known = {}
        differing = {name for name, value in record["items"].items() if known.get(name) != value}
        if differing != {"扶養親族数"}:
            super().put(record)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(Comparing, functions.records))
