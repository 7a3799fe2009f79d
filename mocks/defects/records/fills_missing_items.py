"""STO-15: items that a record lacks are given as zero."""

from dataclasses import replace

from harness.contract.items import informations
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import Items, RecordStore

REQUIREMENT = "STO-15"
SUMMARY = "登録のない項目を0で補う"


class Filling(RecordStore):
    """Fills every column."""

    def needed(self, items: Items, information: str, affair: str) -> Items:
        """Every needed item."""
        known = informations().get(information)
        names = known.used_by(affair) if known else ()
        return {name: items.get(name, 0) for name in names}


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(Filling, functions.records))
