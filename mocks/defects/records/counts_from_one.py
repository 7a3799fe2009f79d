"""STO-07: errors of a bulk request are reported with the position behind."""

from dataclasses import replace
from typing import Any

from harness.contract.refusals import RefusedError
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import RecordStore

REQUIREMENT = "STO-07"
SUMMARY = "一括登録の誤りの位置を1ずらして知らせる"


class OffByOne(RecordStore):
    """Counts from one."""

    def reported(self, index: int, refused: RefusedError) -> dict[str, Any]:
        """Counted from one."""
        return super().reported(index + 1, refused)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(OffByOne, functions.records))
