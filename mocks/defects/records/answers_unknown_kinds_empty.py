"""STO-19: an information that is not held is answered with nothing in it."""

from dataclasses import replace

from harness.contract.items import informations
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import Items, RecordStore

REQUIREMENT = "STO-19"
SUMMARY = "扱わない種類の情報に、項目のない応答を返す"


class EveryKind(RecordStore):
    """Has an answer to everything."""

    def find(self, local_id: str, information: str, key: dict[str, str]) -> Items:
        """Nothing, where there is no such kind."""
        return super().find(local_id, information, key) if information in informations() else {}


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(EveryKind, functions.records))
