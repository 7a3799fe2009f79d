"""STO-08: of duplicates in one request the first counts."""

from dataclasses import replace
from typing import Any

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import RecordStore

REQUIREMENT = "STO-08"
SUMMARY = "一括登録の重複の先のものを採る"


class FirstDuplicate(RecordStore):
    """Works off a stack."""

    def in_order(self, records: list[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
        """Last first."""
        return super().in_order(records)[::-1]


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(FirstDuplicate, functions.records))
