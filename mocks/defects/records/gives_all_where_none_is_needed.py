"""STO-13: where an affair uses no item, it is given all."""

from dataclasses import replace

from harness.contract.items import informations
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import Items, RecordStore

REQUIREMENT = "STO-13"
SUMMARY = "使う項目のない事務に、すべての項目を提供する"


class AllOrNothing(RecordStore):
    """Takes an empty list for no limit."""

    def needed(self, items: Items, information: str, affair: str) -> Items:
        """All, where the list of items says nothing."""
        known = informations().get(information)
        names = known.used_by(affair) if known else ()
        return super().needed(items, information, affair) if names or not known else items


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(AllOrNothing, functions.records))
