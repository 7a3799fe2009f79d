"""STO-01: the list of items that an affair uses is not applied."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import Items, RecordStore

REQUIREMENT = "STO-01"
SUMMARY = "事務に必要な項目に限らず、登録された全項目を提供する"


class OpenHandedStore(RecordStore):
    """Gives the whole record."""

    def needed(self, items: Items, information: str, affair: str) -> Items:
        """All items."""
        return items


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(OpenHandedStore, functions.records))
