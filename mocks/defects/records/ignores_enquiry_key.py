"""STO-02: the newest record is given, whichever year was asked."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import Items, RecordStore

REQUIREMENT = "STO-02"
SUMMARY = "照会キーの相当年度を見ずに、最後に登録された情報を提供する"


class LatestOnlyStore(RecordStore):
    """Knows one record a person."""

    def find(self, local_id: str, information: str, key: dict[str, str]) -> Items:
        """The record that was registered last."""
        return self.latest(local_id, information)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(LatestOnlyStore, functions.records))
