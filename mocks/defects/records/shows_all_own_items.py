"""POR-01: residents are shown what the office noted beside the items."""

from dataclasses import replace

from harness.contract.items import informations
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.portal import AFFAIR
from mocks.gateway.record_store import Items, RecordStore

REQUIREMENT = "POR-01"
SUMMARY = "本人に、示すべきでない項目（調査のメモなど）まで示す"


class OpenHanded(RecordStore):
    """Shows the whole record."""

    def needed(self, items: Items, information: str, affair: str) -> Items:
        """All of it."""
        if affair == AFFAIR and information in informations():
            return items
        return super().needed(items, information, affair)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(OpenHanded, functions.records))
