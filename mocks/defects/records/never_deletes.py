"""STO-17: a deleted record is still given."""

from dataclasses import replace
from typing import Any

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import RecordStore

REQUIREMENT = "STO-17"
SUMMARY = "削除した情報を提供する"


class Unforgetting(RecordStore):
    """Keeps everything."""

    def delete(self, place: dict[str, Any]) -> None:
        """Nothing."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(Unforgetting, functions.records))
