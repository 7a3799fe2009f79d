"""STO-10: items that are null do not arrive."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import Items, RecordStore

REQUIREMENT = "STO-10"
SUMMARY = "値のない項目を応答から落とす"


class NullDropping(RecordStore):
    """Has nothing to say about nothing."""

    def needed(self, items: Items, information: str, affair: str) -> Items:
        """Those that have a value."""
        found = super().needed(items, information, affair)
        return {name: value for name, value in found.items() if value is not None}


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(NullDropping, functions.records))
